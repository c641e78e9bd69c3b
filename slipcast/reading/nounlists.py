"""Lists of noun phrases, read off the surface: the parse of a long enumeration is its weakest part, its commas are not.

"parts for the programme, including A, B and more than 100 C to include D" gives A, B, more than 100 C, D.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

_NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_INNER = _NOUNS | {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "CD", "POS", "HYPH", "FW", "AFX", "$"}
_FINITE = {"VBZ", "VBD", "VBP", "MD"}
_RELATIVE = {"WDT", "WP", "WP$", "WRB"}
_MORE = {
    "more",
    "less",
    "fewer",
    "up",
    "at",
    "about",
    "around",
    "some",
    "roughly",
    "nearly",
    "almost",
    "over",
    "under",
    "than",
}
_SOME = {"some", "most", "many", "all", "half", "several", "part", "both", "much"}
_OPENING = {
    "also",
    "mainly",
    "mostly",
    "chiefly",
    "both",
    "notably",
    "either",
    "even",
    "primarily",
    "then",
    "now",
    "only",
    "just",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One item. start, end: tokens of the sentence's Doc, end exclusive; head: its noun; rest: what follows it in its piece;
    nested: it stands below the item before it ("including ...")."""

    start: int
    end: int
    head: Token
    rest: tuple[Token, ...] = ()
    nested: bool = False

    @property
    def text(self) -> str:
        """The item's words as they stand."""
        return self.head.doc[self.start : self.end].text

    @property
    def bare(self) -> bool:
        """Whether nothing but an article stands beside the noun."""
        return all(t.tag_ in ("DT", "PRP$") or t == self.head for t in self.head.doc[self.start : self.head.i + 1])


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].tag_ in _NOUNS or tokens[at].tag_ in ("JJ", "HYPH", "VBN", "VBG", "CD"))


def counts(tokens: Sequence[Token]) -> bool:
    """Whether a row begins with a count: "over 100 parts", "up to 40 doors"."""
    return tokens[0].lower_ in _MORE and any(t.like_num for t in tokens[1:3])


def core(tokens: Sequence[Token]) -> tuple[int, int, Token] | None:
    """The noun phrase that a row of tokens begins with: (first, one past the last) as places in the row, and its head."""
    first = 0
    while first < len(tokens) and (
        tokens[first].tag_ == "CC" or tokens[first].is_punct or tokens[first].lower_ in _OPENING
    ):
        first += 1
    at, head = first, None
    while at < len(tokens):
        token = tokens[at]
        counted = token.lower_ in _MORE and head is None
        formed = token.tag_ in ("VBG", "VBN", "RB", "VB", "VBD") and _noun_follows(tokens, at + 1)
        percent = token.lower_ == "per" and at + 1 < len(tokens) and tokens[at + 1].lower_ == "cent"
        paired = token.tag_ == "CC" and head is None and at > first and tokens[at - 1].tag_ in ("JJ", "VBN")
        if not (token.tag_ in _INNER or counted or formed or percent or paired or token.text in ("-", "/", "–", "&")):
            break
        if token.tag_ in ("DT", "PRP$") and head is not None:
            break  # a second phrase without a comma: "makes parts each month"
        partitive = token.lower_ in _SOME and head is None and at + 1 < len(tokens) and tokens[at + 1].lower_ == "of"
        mistagged = token.tag_ == "JJ" and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass")
        if (
            partitive
            or mistagged
            or token.tag_ in _NOUNS
            or (token.tag_ == "CD" and re.search(r"[A-Za-z]", token.text))
        ):
            head = token
        at += 1
    if head is None:
        return None
    while tokens[at - 1] != head and tokens[at - 1].tag_ not in _NOUNS:
        at -= 1
    return first, at, head


def _phrase(tokens: Sequence[Token], nested: bool, belongs: Callable[[Token], bool]) -> Phrase | None:
    """The item that a piece holds; "of" and a "for" or "in" before another part stay with it."""
    found = core(tokens)
    if found is None:
        return None
    first, end, head = found
    while end < len(tokens) and tokens[end].lower_ in ("of", "for"):
        below = core(tokens[end + 1 :])
        if (
            below is None
            or below[0] != 0
            or not (belongs(below[2]) or head.lower_ in _SOME or head.lower_ in ("percent", "cent"))
        ):
            break
        end += 1 + below[1]
    while end + 1 < len(tokens) and tokens[end].tag_ == "CC" and (below := core(tokens[end + 1 :])) and below[0] == 0:
        end += 1 + below[1]
    return Phrase(tokens[first].i, tokens[end - 1].i + 1, head, tuple(tokens[end:]), nested)


def _stops(token: Token) -> bool:
    """Whether a clause of its own begins or ends here."""
    if token.text in (";", "—", ".", "”", "?", "!") or token.tag_ in _RELATIVE:
        return True
    if token.dep_ == "mark" and token.lower_ != "as":
        return True
    if token.lower_ in ("but", "while", "whereas", "although", "because", "after", "before"):
        return True
    return token.tag_ in _FINITE and any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in token.children
    )


def _cut(tokens: Sequence[Token]) -> list[Token]:
    """The row up to where another clause begins, without that clause's own subject."""
    for at, token in enumerate(tokens):
        if _stops(token):
            subjects = [c.left_edge.i for c in token.children if c.dep_.startswith("nsubj")]
            edge = min([token.i, *(i for i in subjects if i > tokens[0].i)])
            return [t for t in tokens[:at] if t.i < edge]
        if token.tag_ in _FINITE and at and tokens[at - 1].tag_ == "CC":
            return list(tokens[: at - 1])
    return list(tokens)


def _marker(tokens: Sequence[Token], at: int, includes: Collection[str]) -> int:
    """Length of a marker that opens a list one level down ("including", "such as"), 0 where there is none."""
    here, after = tokens[at].lower_, tokens[at + 1].lower_ if at + 1 < len(tokens) else ""
    if (here, after) in (("such", "as"), ("to", "include"), ("among", "them"), ("for", "example")):
        return 2
    return 1 if here in includes else 0


def _separator(tokens: Sequence[Token], at: int, includes: Collection[str]) -> tuple[int, str]:
    """(length, kind) of what parts two items here: ",", "and", ", and" or "including"; (0, "") where nothing does."""
    start, kind = at, ""
    if tokens[at].text == ",":
        kind, at = ",", at + 1
    words = [t.lower_ for t in tokens[at : at + 3]]
    name = at < len(tokens) and (
        tokens[at].text == "&" or (tokens[at].ent_type_ == "ORG" and tokens[at].ent_iob_ == "I")
    )
    if words == ["as", "well", "as"]:
        kind, at = f"{kind} and".strip(), at + 3
    elif words and words[0] in ("and", "or", "plus") and not name:
        kind, at = f"{kind} and".strip(), at + 1
    if at < len(tokens) and (length := _marker(tokens, at, includes)):
        kind, at = "including", at + length
    return at - start, kind


@dataclass(slots=True)
class _Piece:
    """The tokens between two separators. by: the separator before them; nested: after an "including"."""

    tokens: list[Token]
    by: str
    nested: bool


def _pieces(tokens: Sequence[Token], includes: Collection[str]) -> list[_Piece]:
    pieces, at = [_Piece([], "", False)], 0
    while at < len(tokens):
        length, kind = _separator(tokens, at, includes)
        if length:
            pieces.append(_Piece([], kind, kind == "including" or pieces[-1].nested))
        else:
            pieces[-1].tokens.append(tokens[at])
        at += max(length, 1)
    return [piece for piece in pieces if piece.tokens]


def _joined(pieces: list[_Piece], tails: Collection[str]) -> list[_Piece]:
    """Put "airframe structures and assemblies" together again: a bare second half, or an "and" that does not end its list."""
    found: list[_Piece] = []
    for at, piece in enumerate(pieces):
        later = [p.by for p in pieces[at + 1 :] if p.tokens[0].tag_ not in ("IN", "TO", "VBN", "VBG")]
        goes_on = any(by.startswith(",") for by in later) and any(by.endswith("and") for by in later)
        bare = len(piece.tokens) == 1 and piece.tokens[0].lemma_.lower() in tails
        headless = bool(found) and all(t.tag_ in ("DT", "JJ", "VBN", "CD") for t in found[-1].tokens)
        if piece.by == "and" and found and (bare or headless or (goes_on and found[-1].tokens[0].tag_ != "IN")):
            last = found[-1].tokens
            last.extend([*last[0].doc[last[-1].i + 1 : piece.tokens[0].i], *piece.tokens])
        else:
            found.append(piece)
    return found


def read_list(
    tokens: Sequence[Token], *, includes: Collection[str], tails: Collection[str], belongs: Callable[[Token], bool]
) -> list[Phrase]:
    """The items of a row of tokens, in order. includes: words that open a list one level down; tails: nouns that may be the
    bare second half of one item; belongs: whether "of" or "for" before this noun stays inside the item."""
    items: list[Phrase] = []
    opener = tokens[0].doc[tokens[0].i - 1].lower_ if tokens and tokens[0].i else ""
    for piece in _joined(_pieces(_cut(tokens), includes), tails):
        row = piece.tokens[1:] if piece.tokens[0].lower_ == opener and opener in ("of", "for", "on") else piece.tokens
        first = row[0] if row else piece.tokens[0]
        if (first.tag_ in ("IN", "TO") and not counts(row or piece.tokens)) or (
            first.tag_ == "VBN" and not _noun_follows(row, 1)
        ):
            if items:
                items[-1] = replace(items[-1], rest=(*items[-1].rest, *row))
            continue
        item = _phrase(row, piece.nested, belongs)
        if item is not None:
            items.append(item)
    return items
