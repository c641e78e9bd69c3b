"""Workshare in lists: "Engines: X", "X (engines), Y (wings)", "engines (X)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from slipcast import names
from slipcast.reading.makers import makers, participant
from slipcast.reading.making import NOW, after
from slipcast.reading.parts import ShareFound, is_part, lines, parts

_LONGEST = 40  #: tokens of a line that may be a label with what it stands for


def labelled(sentence: Span) -> Iterator[ShareFound]:
    """A line of a list: "Engines: Example Motors EM 40, Springfield"."""
    colon = next((t for t in sentence if t.text == ":"), None)
    if colon is None or len(sentence) > _LONGEST or any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in sentence):
        return
    label = [t for t in sentence if t.i < colon.i and not t.is_punct]
    name: list[Token] = []
    for token in after(colon):
        if not (token.pos_ == "PROPN" or token.text in ("&", "-")) or any(c.isdigit() for c in token.text):
            break
        name.append(token)
    if len(name) > 1 and name[-1].text.isupper() and len(name[-1]) < 4 and name[-1].i + 1 < sentence.end:
        name = name[:-1] if name[-1].nbor().like_num else name  # a type designation in two words
    items = parts(label, strict=True) if len(label) <= 5 else []
    if items and name and (len(name) > 1 or participant(name[0])):
        yield from lines([_text(name)], items, NOW, colon)


def bracketed(sentence: Span) -> Iterator[ShareFound]:
    """Makers and parts in a list with brackets: "Example Motors (engines), Example Wings (wings and tail)"; or "engines (X)"."""
    opened = [t for t in sentence if t.text == "(" and t.i > sentence.start]
    for bracket in opened:
        inside = []
        for token in after(bracket):
            if token.text == ")":
                break
            inside.append(token)
        before = bracket.nbor(-1)
        if not inside or any(t.pos_ in ("VERB", "AUX") and t.tag_ != "VBG" for t in inside):
            continue
        if before.pos_ == "PROPN" and (items := parts(inside, strict=True)) and items[0].start == inside[0].i:
            yield from lines(makers([before]), items, NOW, bracket)
        elif (
            is_part(before)
            and inside[0].pos_ == "PROPN"
            and inside[-1].pos_ == "PROPN"
            and names.organisation(_text(inside))
        ):
            yield from lines(
                [_text(inside)],
                parts(list(sentence.doc[before.left_edge.i : bracket.i]), strict=True)[-1:],
                NOW,
                bracket,
            )


def _text(tokens: Sequence[Token]) -> str:
    return str(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text)
