"""Windows: the sentences of a document, in word pieces, packed for the encoder with the title and what stands before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from slipcast.reading.sentences import Sentence

#: Word pieces in one window, of its heading (month and title), and of the sentences before it that give it context.
LONGEST, HEADING, CONTEXT = 320, 40, 50
_CLS, _SEP = 101, 102
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Window:
    """A run of word pieces, n of them.

    ids: (n,) numbers in the vocabulary; starts, ends: (n,) code points of the document's text, -1 in the heading;
    title_starts, title_ends: (n,) code points of its title, -1 elsewhere; sentence: (n,) number of the sentence, -1 in the heading; own: (n,) whether the piece is to be read here, not only context.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    title_starts: NDArray[np.int64]
    title_ends: NDArray[np.int64]
    sentence: NDArray[np.int64]
    own: NDArray[np.bool_]


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    found: Any = Tokenizer.from_str(files("slipcast.reading.learned").joinpath("tokenizer.json").read_text("utf-8"))
    found.no_truncation()
    found.no_padding()
    return found


def vocabulary() -> list[str]:
    """The word pieces, by number."""
    return [word for word, _ in sorted(_tokenizer().get_vocab().items(), key=lambda one: one[1])]


def _month(published: str | None) -> str:
    """'March 2021', so that the model can tell past from future; "" without a date."""
    year, _, rest = (published or "").partition("-")
    name = _MONTHS[int(rest[:2]) - 1] + " " if rest[:2].isdigit() and 1 <= int(rest[:2]) <= 12 else ""
    return name + year


def windows(
    text: str, sentences: Sequence[Sentence], wanted: Sequence[bool], title: str | None, published: str | None
) -> list[Window]:
    """The windows of a document that together hold each wanted sentence once.

    A sentence that is not wanted stands in a window only where it comes right before a wanted one. wanted: one a sentence.
    """
    told = f"{_month(published)}. "
    head = _tokenizer().encode(told + (title or ""), add_special_tokens=False)
    heading = [
        (i, a - len(told), b - len(told)) for i, (a, b) in zip(head.ids[:HEADING], head.offsets[:HEADING], strict=True)
    ]
    shown = [k for k, want in enumerate(wanted) if want or (k + 1 < len(wanted) and wanted[k + 1])]
    room = LONGEST - len(heading) - 3
    encoded = _tokenizer().encode_batch(
        [text[sentences[k].start : sentences[k].end] for k in shown], add_special_tokens=False
    )
    pieces = [
        (k, e.ids[:room], [(a + sentences[k].start, b + sentences[k].start) for a, b in e.offsets[:room]])
        for k, e in zip(shown, encoded, strict=True)
    ]  # fmt: skip
    found: list[Window] = []
    at = 0
    while at < len(pieces):
        before = [
            (k, i, o) for k, ids, offsets in pieces[max(0, at - 2) : at] for i, o in zip(ids, offsets, strict=True)
        ]
        before = before[-CONTEXT:]
        held = [(k, i, o, False) for k, i, o in before]
        first = at
        while at < len(pieces) and (at == first or len(held) + len(pieces[at][1]) <= room):
            k, ids, offsets = pieces[at]
            held += [(k, i, o, bool(wanted[k])) for i, o in zip(ids, offsets, strict=True)]
            at += 1
        found.append(_window(heading, held[-room:] if len(held) > room else held))
    return [w for w in found if w.own.any()]


def _window(heading: list[tuple[int, int, int]], held: list[tuple[int, int, tuple[int, int], bool]]) -> Window:
    front = len(heading) + 2
    ids = [_CLS, *(i for i, _, _ in heading), _SEP, *(i for _, i, _, _ in held), _SEP]
    starts = [-1] * front + [o[0] for _, _, o, _ in held] + [-1]
    ends = [-1] * front + [o[1] for _, _, o, _ in held] + [-1]
    rest = [-1] * (len(held) + 2)
    title_starts = [-1, *(max(a, -1) for _, a, _ in heading), *rest]
    title_ends = [-1, *(b if a >= 0 else -1 for _, a, b in heading), *rest]
    sentence = [-1] * front + [k for k, _, _, _ in held] + [-1]
    own = [False] * front + [mine for _, _, _, mine in held] + [False]
    return Window(
        np.array(ids),
        np.array(starts),
        np.array(ends),
        np.array(title_starts),
        np.array(title_ends),
        np.array(sentence),
        np.array(own),
    )


#: Buckets of distance between a claim's word and another: by sentence and by piece.
SENTENCE_BUCKETS, PIECE_BUCKETS = 8, 15
#: Bucket of a sentence that stands from three or more before (-3) to two or more after (2).
_BY_GAP = np.array([3, 2, 1, 0, 4, 5])


def sentence_buckets(window: Window, at: int) -> NDArray[np.int64]:
    """(n,) where each piece stands as seen from the piece `at`: 0 same sentence, 1 and 2 before, 3 earlier, 4 next, 5 later, 7 heading."""
    gap = np.clip(window.sentence - window.sentence[at], -3, 2)
    return np.where(window.sentence < 0, 7, _BY_GAP[gap + 3])


def piece_buckets(window: Window, at: int) -> NDArray[np.int64]:
    """(n,) signed distance to the piece `at` on a scale of powers of two, 7 for itself."""
    gap = np.arange(len(window.ids)) - at
    scaled = np.sign(gap) * np.ceil(np.log2(np.abs(gap) + 1)).astype(int)
    buckets: NDArray[np.int64] = np.clip(scaled, -7, 7) + 7
    return buckets
