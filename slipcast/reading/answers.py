"""Where in the text the slots of a claim stand: spans of code points from the chances of word pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from slipcast.reading.encoder import Floats, Tag
from slipcast.reading.labels import SLOTS
from slipcast.reading.windows import Window

_JOINTS = "-–/&.’'"
#: Chance of a piece beside a likely one from which it still belongs to the same answer.
_SPREAD = 0.3


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
        return self._whole(int(self._window.starts[self._tag.at]), int(self._window.ends[self._tag.at]))

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
        row, window = self._row(slot), self._window
        found: list[Answer] = []
        past, spread = -1, min(_SPREAD, floor)
        for at in np.flatnonzero((row >= spread) & (window.starts >= 0)).tolist():
            if at <= past:
                continue
            end = at
            while (
                end + 1 < len(row)
                and window.sentence[end + 1] == window.sentence[at]
                and self._goes_on(row, end + 1, spread)
            ):
                end += 1
            chance = float(row[at : end + 1].max())
            span = self._whole(int(window.starts[at]), int(window.ends[end]))
            if chance >= floor and span[0] < span[1]:
                if found and found[-1].span[1] >= span[0]:
                    found[-1] = Answer((found[-1].span[0], span[1]), max(chance, found[-1].chance))
                else:
                    found.append(Answer(span, chance))
            past = end
        return found

    def _goes_on(self, row: Floats, at: int, spread: float) -> bool:
        """Likely itself, or a joint ("F-35", "St. Ann") before a likely piece."""
        if row[at] >= spread:
            return True
        joint = self._text[self._window.starts[at] : self._window.ends[at]] in _JOINTS
        return bool(joint and at + 1 < len(row) and row[at + 1] >= spread)

    def _row(self, slot: str) -> Floats:
        row: Floats = self._tag.slots[SLOTS.index(slot)]
        return row

    def _whole(self, low: int, high: int) -> tuple[int, int]:
        """Widen a stretch to whole words (with what is joined by a hyphen), and strip what does not belong to a name."""
        text = self._text
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
