"""Which country's habits hold at a place of the text: its fiscal year, and whether the day stands before the month."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta
from functools import cached_property, lru_cache

from slipcast.dates import add_months
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_lexicon import FiscalYear, lexicon
from slipcast.reading.phrases_nodes import Fiscal

_DAY_FIRST = re.compile(r"\b(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2])/[0-9]{2}|\b[0-3]?[0-9](?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")  # fmt: skip
_MONTH_FIRST = re.compile(r"\b(?:0?[1-9]|1[0-2])/(?:1[3-9]|2[0-9]|3[01])/[0-9]{2}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-3]?[0-9],? (?:19|20)[0-9]{2}")  # fmt: skip
_SHORT_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
_SHORT_YEAR = re.compile(
    rf"\b(?:in|since|until|during|end of|early|late|mid|[0-3]?[0-9]) {_SHORT_MONTH} [1-5][0-9]\b(?!,? (?:19|20)[0-9]{{2}})"
)
_SHORT_DAY = re.compile(
    rf"\b(?:on {_SHORT_MONTH}\.?|{_SHORT_MONTH}\.) [0-9]{{1,2}}\b|\b{_SHORT_MONTH}\.? [0-9]{{1,2}},? (?:19|20)[0-9]{{2}}\b"
)
_BESIDE = 14
_FISCAL_CODE = re.compile(r"\bQ[1-4] (?:[0-9]{2}/[0-9]{2}|1[0-9]{3})\b")


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], dict[str, FiscalYear]]:
    """A pattern for every cue, and the fiscal year of each: lower case for names of countries, as written for services."""
    by_cue = {cue: year for year in lexicon().fiscal_years for cue in (*year.cues, *year.services)}
    longest_first = sorted(by_cue, key=len, reverse=True)
    pattern = "|".join("US" if cue == "us" else _caseless(cue) if cue.islower() else cue for cue in longest_first)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), by_cue


def _caseless(cue: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c) for c in cue)


class Manners:
    """How a text writes its dates, read off it when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> tuple[list[int], list[FiscalYear]]:
        """Where countries are named, and their fiscal years."""
        pattern, by_cue = _cues()
        places: list[int] = []
        years: list[FiscalYear] = []
        for match in pattern.finditer(self._text):
            word = match.group()
            if word in by_cue and places and match.start() - places[-1] < _BESIDE:
                continue  # "the Indian Air Force": the country before the service counts
            places.append(match.start())
            years.append(by_cue.get(word) or by_cue[word.lower()])
        return places, years

    @cached_property
    def day_first(self) -> bool | None:
        """Whether the day stands before the month; by the country where no date shows it; None where nothing does."""
        day, month = (len(_DAY_FIRST.findall(self._text)), len(_MONTH_FIRST.findall(self._text)))
        if day != month:
            return day > month
        countries = {year.country for year in self._places[1]}
        return None if not countries or (len(countries) > 1 and "US" in countries) else "US" not in countries

    @cached_property
    def years_short(self) -> bool:
        """Whether "in Dec 20" is written, so that "Dec 20" is a month of 2020 all through, and nowhere "Dec. 20"."""
        return _SHORT_YEAR.search(self._text) is not None and _SHORT_DAY.search(self._text) is None

    @cached_property
    def fiscal_codes(self) -> bool:
        """Whether "Q2 1920" is written, so that "Q2" alone is of a fiscal year."""
        return _FISCAL_CODE.search(self._text) is not None

    @cached_property
    def usual(self) -> FiscalYear | None:
        """The fiscal year of the country that is named most."""
        counts = Counter(self._places[1])
        return counts.most_common(1)[0][0] if counts else None

    def fiscal_year(self, place: int, clause: tuple[int, int]) -> FiscalYear | None:
        """The fiscal year that holds at a place: of the country named nearest in its clause, else most in the text."""
        places, years = self._places
        k = bisect_right(places, place)
        near = [i for i in (k - 1, k) if 0 <= i < len(places) and clause[0] <= places[i] < clause[1]]
        return years[min(near, key=lambda i: abs(places[i] - place))] if near else self.usual


def fiscal(node: Fiscal, year: FiscalYear | None) -> str | None:
    """The EDTF of a fiscal year, as wide as what is not told: no country gives about the year, or both years joined.

    Years joined by a dash are a fiscal year only where the text says so, or the country writes them so.
    """
    if not 1 < node.year < 9998:
        return None
    if node.ends is not None:
        known = year is not None and (node.sure or year.start not in (1, 10))
        return _from(node.year, year.start) if year and known else f"{node.year:04d}/{node.ends:04d}"
    if year is None:
        return f"{node.year:04d}~"
    if year.named == "either":
        return calendar.between(_from(node.year - 1, year.start) or "", _from(node.year, year.start) or "")
    return _from(node.year - (year.named == "end"), year.start)


def fiscal_part(unit: str, index: int, node: Fiscal, year: FiscalYear | None) -> str | None:
    """A quarter or half of a fiscal year: one of two where its name fits two years, no narrower than the year unknown."""
    if node.ends is not None:
        whole = _from(node.year, year.start if year and year.start != 10 else 4)
        return calendar.piece(whole, unit, index) if whole else None
    if year is None:
        return fiscal(node, None)
    firsts = {"end": (node.year - 1,), "start": (node.year,)}.get(year.named, (node.year - 1, node.year))
    parts = [calendar.piece(whole, unit, index) for first in firsts if (whole := _from(first, year.start))]
    return calendar.one_of([part for part in parts if part]) if any(parts) else None


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
