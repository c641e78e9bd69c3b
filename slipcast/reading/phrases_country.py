"""Which country's habits hold at a place of the text: its fiscal year, and whether the day stands before the month."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from slipcast.dates import add_months
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_lexicon import FiscalYear, lexicon
from slipcast.reading.phrases_nodes import Fiscal

_DAY_FIRST = re.compile(r"\b(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2])/[0-9]{2}|\b[0-3]?[0-9](?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")  # fmt: skip
_MONTH_FIRST = re.compile(r"\b(?:0?[1-9]|1[0-2])/(?:1[3-9]|2[0-9]|3[01])/[0-9]{2}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-3]?[0-9],? (?:19|20)[0-9]{2}")  # fmt: skip
_FISCAL_CODE = re.compile(r"\bQ[1-4] (?:[0-9]{2}/[0-9]{2}|1[0-9]{3})\b")


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], dict[str, FiscalYear]]:
    by_cue = {cue: year for year in lexicon().fiscal_years for cue in year.cues}
    longest_first = sorted(by_cue, key=len, reverse=True)
    pattern = "|".join(re.escape(cue).replace("us", "US") if cue == "us" else _caseless(cue) for cue in longest_first)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), by_cue


def _caseless(cue: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c) for c in cue)


@dataclass(frozen=True, slots=True)
class Habits:
    """The cues of a text.

    places, years: where a country is named, and its fiscal year; usual: that of the country named most; day_first: None
    where the text does not show it; fiscal_codes: "Q2 1920" is written, so that "Q2" alone is of a fiscal year.
    """

    places: tuple[int, ...]
    years: tuple[FiscalYear, ...]
    usual: FiscalYear | None
    day_first: bool | None
    fiscal_codes: bool

    def fiscal_year(self, place: int, sentence: tuple[int, int]) -> FiscalYear | None:
        """The fiscal year that holds at a place: of the country named nearest in its sentence, else most in the text."""
        if not self.places:
            return None
        k = bisect_right(self.places, place)
        near = [i for i in (k - 1, k) if 0 <= i < len(self.places) and sentence[0] <= self.places[i] < sentence[1]]
        if near:
            return self.years[min(near, key=lambda i: abs(self.places[i] - place))]
        return self.usual


def habits(text: str) -> Habits:
    """Read the cues of a whole text once."""
    pattern, by_cue = _cues()
    found = [(match.start(), by_cue[match.group().lower()]) for match in pattern.finditer(text)]
    day, month = len(_DAY_FIRST.findall(text)), len(_MONTH_FIRST.findall(text))
    day_first = None if day == month else day > month
    if day_first is None and found:
        countries = {year.country for _, year in found}
        day_first = False if countries == {"US"} else True if "US" not in countries else None
    counts = Counter(year for _, year in found)
    usual = counts.most_common(1)[0][0] if counts else None
    codes = _FISCAL_CODE.search(text) is not None
    return Habits(tuple(place for place, _ in found), tuple(year for _, year in found), usual, day_first, codes)


def fiscal(node: Fiscal, year: FiscalYear | None) -> str | None:
    """The EDTF of a fiscal year. Where no country is named: about the year; years joined by a dash stay calendar years."""
    if node.ends is not None and (not node.sure or year is None or year.start in (1, 10)):
        slashed = year is not None and year.start == 4
        if not slashed and not (node.sure and year is None):
            return f"{node.year:04d}/{node.ends:04d}" if not node.sure or year is None else _from(node.year, year.start)
    if node.ends is not None:
        return _from(node.year, year.start if year else 4)
    if year is None:
        return f"{node.year:04d}~"
    if year.start == 1:
        return f"{node.year:04d}"
    if year.named == "either":
        return f"{node.year - 1:04d}-{year.start:02d}/{node.year + 1:04d}-{year.start - 1:02d}"
    return _from(node.year - (year.named == "end"), year.start)


def fiscal_now(today: date, offset: int, year: FiscalYear | None) -> str | None:
    """The fiscal year that holds today, or the offset-th after it; None where no country is named."""
    if year is None or not 2 < today.year + offset < 9998:
        return None
    first = today.year if today.month >= year.start else today.year - 1
    return _from(first + offset, year.start)


def _from(first: int, start: int) -> str | None:
    if not 1 < first < 9998:
        return None
    low = date(first, start, 1)
    return calendar.stretch(low, add_months(low, 12) - timedelta(days=1))
