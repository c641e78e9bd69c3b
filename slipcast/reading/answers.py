"""Where in the text the slots of a claim stand: spans of code points from the chances of word pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slipcast.reading.encoder import Floats, Tag
from slipcast.reading.labels import SLOTS
from slipcast.reading.windows import Window

_JOINTS = "-–/&.’'"
#: Chance of a piece beside a likely one from which it still belongs to the same answer.
_SPREAD = 0.3
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """A stretch of text that may fill a slot. span: code points; chance: of its likeliest piece."""

    span: tuple[int, int]
    chance: float


class Answers:
    """The slots of one claim. text: the whole document's."""

    def __init__(self, text: str, window: Window, tag: Tag) -> None:
        self._text, self._window, self._tag = text, window, tag

    @cached_property
    def word(self) -> tuple[int, int]:
        """The word that carries the claim."""
        return _whole(self._text, int(self._window.starts[self._tag.at]), int(self._window.ends[self._tag.at]))

    def chance(self, slot: str, span: tuple[int, int]) -> float:
        """How likely a given stretch fills a slot: the mean over its pieces; 0 outside the window."""
        inside = (self._window.starts >= span[0]) & (self._window.ends <= span[1]) & (self._window.starts >= 0)
        row = self._row(slot)[inside]
        return float(row.mean()) if len(row) else 0.0

    def best(self, slot: str, floor: float) -> Answer | None:
        """The likeliest stretch for a slot with at least one piece of chance `floor`; the nearest of equals."""
        found = self.all(slot, floor)
        at = self.word[0]
        return max(found, key=lambda a: (round(a.chance, 2), -abs(a.span[0] - at)), default=None)

    def all(self, slot: str, floor: float) -> list[Answer]:
        """Every stretch for a slot with at least one piece of chance `floor`, in order, whole words only."""
        window = self._window
        return _stretches(self._row(slot), floor, self._text, window.starts, window.ends, window.sentence)

    def titled(self, slot: str, floor: float, title: str) -> list[Answer]:
        """The same of the title: spans are its code points."""
        window = self._window
        return _stretches(self._row(slot), floor, title, window.title_starts, window.title_ends, window.sentence)

    def _row(self, slot: str) -> Floats:
        row: Floats = self._tag.slots[SLOTS.index(slot)]
        return row


def _stretches(row: Floats, floor: float, text: str, starts: Places, ends: Places, sentence: Places) -> list[Answer]:
    found: list[Answer] = []
    past, spread = -1, min(_SPREAD, floor)

    def goes_on(at: int) -> bool:
        """Likely itself, or a joint ("F-35", "St. Ann") before a likely piece."""
        joint = text[starts[at] : ends[at]] in _JOINTS and at + 1 < len(row) and row[at + 1] >= spread
        return bool(starts[at] >= 0 and (row[at] >= spread or joint))

    for at in np.flatnonzero((row >= spread) & (starts >= 0)).tolist():
        if at <= past:
            continue
        end = at
        while end + 1 < len(row) and sentence[end + 1] == sentence[at] and goes_on(end + 1):
            end += 1
        chance = float(row[at : end + 1].max())
        span = _whole(text, int(starts[at]), int(ends[end]))
        if chance >= floor and span[0] < span[1]:
            if found and found[-1].span[1] >= span[0]:
                found[-1] = Answer((found[-1].span[0], span[1]), max(chance, found[-1].chance))
            else:
                found.append(Answer(span, chance))
        past = end
    return found


def _whole(text: str, low: int, high: int) -> tuple[int, int]:
    """Widen a stretch to whole words (with what is joined by a hyphen), and strip what does not belong to a name."""
    while low > 0 and (text[low - 1].isalnum() or (text[low - 1] in "-/&" and low > 1 and text[low - 2].isalnum())):
        low -= 1
    while high < len(text) and (
        text[high].isalnum() or (text[high] in "-/&" and high + 1 < len(text) and text[high + 1].isalnum())
    ):
        high += 1
    while low < high and not (text[low].isalnum() or text[low] in '“"$£€('):
        low += 1
    while high > low and not (text[high - 1].isalnum() or text[high - 1] in "%)."):
        high -= 1
    if high > low and text[high - 1] == "." and not re.search(r"\b(?:[A-Z]|Inc|Co|Corp|Ltd)\.$", text[low:high]):
        high -= 1
    return low, high
