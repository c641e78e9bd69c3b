"""Days and windows: imprecise dates written as EDTF (ISO 8601-2), as far as reporting on deliveries needs them.

Read: 2020, 2020-07, 2020-07-12, 204X, seasons 21-24, quarters 33-36, quadrimesters 37-39, semesters 40-41,
a trailing ~ (about), intervals A/B with .. for an open end, one-of-a-set [A,B].
A season is taken north of the equator: 21 March to May, 22 June to August, 23 September to November,
24 December of that year to February of the next. `~` widens nothing: its window is the period as written.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from slipcast.errors import DateError

#: sub-year code -> (first month, number of months)
PARTS = {
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)},
    **{33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},
    **{37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6)},
}
_SIMPLE = re.compile(r"(\d{4}|\d{3}X)(?:-(\d{2}))?(?:-(\d{2}))?(~?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Window:
    """An imprecise date. earliest, latest: inclusive days, None where that side is open; about: written with ~."""

    edtf: str
    earliest: date | None
    latest: date | None
    about: bool = False

    def __str__(self) -> str:
        return self.edtf

    @property
    def days(self) -> int | None:
        """Number of days in the window, None where a side is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def deadline(self) -> date | None:
        """The day by which a promise for this window is kept: its last day; its first where the end is open."""
        return self.latest or self.earliest

    @property
    def middle(self) -> date | None:
        """The day in the middle of the window, or its only bound."""
        if self.earliest is None or self.latest is None:
            return self.deadline
        return self.earliest + (self.latest - self.earliest) // 2

    def overlaps(self, other: Window) -> bool:
        """Whether some day lies in both windows."""
        low = max(self.earliest or date.min, other.earliest or date.min)
        return low <= min(self.latest or date.max, other.latest or date.max)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where that does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, add_months(start, count) - timedelta(days=1)


def _simple(text: str) -> Window:
    found = _SIMPLE.fullmatch(text)
    if not found:
        raise DateError(f"{text!r} is no date", todo="write it as EDTF: 2020, 2020-07, 2020-07-12, 2020-33 (a quarter)")
    year, part, day, about = found.groups()
    try:
        if year.endswith("X"):
            if part:
                raise ValueError("a decade has no month")
            low, high = date(int(year[:3] + "0"), 1, 1), date(int(year[:3] + "9"), 12, 31)
        elif day:
            low = high = date(int(year), int(part), int(day))
        elif part and int(part) in PARTS:
            low, high = _months(int(year), *PARTS[int(part)])
        else:
            low, high = _months(int(year), int(part), 1) if part else (date(int(year), 1, 1), date(int(year), 12, 31))
    except ValueError as error:
        raise DateError(f"{text!r} does not exist ({error})", todo="check the calendar") from None
    return Window(text, low, high, bool(about))


@lru_cache(maxsize=65536)
def parse(text: str) -> Window:
    """Read one EDTF string. Raises DateError where it is none, or where the day does not exist."""
    if text.startswith("[") and text.endswith("]"):
        members = [_simple(part.strip()) for part in text[1:-1].split(",")]
        lows, highs = [m.earliest for m in members if m.earliest], [m.latest for m in members if m.latest]
        return Window(text, min(lows), max(highs), any(m.about for m in members))
    if "/" not in text:
        return _simple(text)
    left, _, right = text.partition("/")
    low = None if left in ("..", "") else _simple(left)
    high = None if right in ("..", "") else _simple(right)
    if low and high and low.earliest and high.latest and low.earliest > high.latest:
        raise DateError(f"{text!r} ends before it begins", todo="put the earlier day first")
    about = bool((low and low.about) or (high and high.about))
    return Window(text, low.earliest if low else None, high.latest if high else None, about)


def of_day(day: date) -> Window:
    """The window of one day."""
    return Window(day.isoformat(), day, day)


def parse_day(text: str, *, where: str = "") -> date:
    """An exact day, YYYY-MM-DD. Raises DateError otherwise."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError("not YYYY-MM-DD")
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateError(f"{text!r} is no day ({error})", where=where, todo="write it as 2019-11-12") from None


def counts_from(edtf: str) -> date:
    """The day from which something said `edtf` counts in as-of: the last day of its window."""
    window = parse(edtf)
    return window.deadline or date.max
