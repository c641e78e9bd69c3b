"""Arithmetic on EDTF strings: their unit, a part of them, the same a year later, ranges, what two have in common.

Every function gives None where the result has no form or leaves the calendar (years 1 to 9999).
"""

from __future__ import annotations

from datetime import date, timedelta

from slipcast.dates import PARTS, Window, add_months, month_end, parse
from slipcast.errors import DateError

#: unit -> code of its first piece within a year
FIRST_CODE = {"season": 21, "quarter": 33, "third": 37, "half": 40}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def window(edtf: str) -> Window | None:
    """The window of an EDTF string, None where it is none."""
    try:
        return parse(edtf)
    except DateError:
        return None


def valid(edtf: str | None) -> str | None:
    """The string itself where it parses, else None."""
    return edtf if edtf is not None and window(edtf) is not None else None


def unit_of(edtf: str) -> str:
    """decade, year, half, third, quarter, season, month, day, or span for intervals and sets."""
    if "/" in edtf or edtf.startswith("["):
        return "span"
    bare = edtf.rstrip("~")
    if bare.endswith("X"):
        return "decade"
    if len(bare) == 4:
        return "year"
    if len(bare) == 10:
        return "day"
    code = int(bare[5:])
    return "month" if code <= 12 else max((c, unit) for unit, c in FIRST_CODE.items() if c <= code)[1]


def year_edtf(year: int) -> str | None:
    """A year."""
    return f"{year:04d}" if 1 <= year <= 9999 else None


def month_edtf(year: int, month: int) -> str | None:
    """A month; 13 is January of the next year, 0 December of the last."""
    year, month = divmod(year * 12 + month - 1, 12)
    return f"{year:04d}-{month + 1:02d}" if 1 <= year <= 9999 else None


def piece_edtf(year: int, unit: str, index: int) -> str | None:
    """The index-th (from 1) quarter, half, third or month of a calendar year; -1 is the last."""
    count = 12 // _MONTHS[unit] if unit in _MONTHS else 3
    index = count if index == -1 else index
    if not 1 <= index <= count or not 1 <= year <= 9999:
        return None
    return f"{year:04d}-{index if unit == 'month' else FIRST_CODE[unit] + index - 1:02d}"


def feast_edtf(year: int, which: int) -> str | None:
    """The month of a feast that moves: Easter (1; the Gregorian rule of J.-M. Oudin, 1940), Thanksgiving (2, in November)."""
    if which == 2:
        return month_edtf(year, 11)
    century = year // 100
    epact = (century - century // 4 - (century - (century - 17) // 25) // 3 + 19 * (year % 19) + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - year % 19) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return month_edtf(year, 3 + (epact - weekday + 40) // 44)


def plus_days(day: date, days: float) -> str | None:
    """A day so many days later, None beyond the calendar."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def stretch(low: date, high: date) -> str:
    """The shortest EDTF for whole days low to high: year, half, quarter, month, day, else an interval of months or days."""
    if low == high:
        return low.isoformat()
    if low.day == 1 and high == month_end(high.year, high.month):
        months = (high.year - low.year) * 12 + high.month - low.month + 1
        if low.year == high.year:
            for code, (first, count) in sorted(PARTS.items()):
                if (first, count) == (low.month, months) and code >= 33 and not 37 <= code <= 39:
                    return f"{low.year:04d}-{code}"
        if months == 1:
            return f"{low.year:04d}-{low.month:02d}"
        if months == 12 and low.month == 1:
            return f"{low.year:04d}"
        return f"{low.year:04d}-{low.month:02d}/{high.year:04d}-{high.month:02d}"
    return f"{low.isoformat()}/{high.isoformat()}"


def moved(edtf: str, years: int) -> str | None:
    """The same part of another year."""
    if unit_of(edtf) in ("span", "decade"):
        return None
    year = int(edtf[:4]) + years
    return valid(f"{year:04d}{edtf[4:]}") if 1 <= year <= 9999 else None


def edge(edtf: str, which: str) -> str | None:
    """early, mid, late, start, middle or end of a period. Never narrower than the words: an early month is the month."""
    whole = window(edtf)
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    unit = unit_of(edtf)
    bare = edtf.rstrip("~")
    if which in ("end", "start"):
        if unit == "decade":
            return f"{(whole.latest if which == 'end' else whole.earliest).year:04d}~"
        if unit in ("day", "season") or (whole.days or 0) < 28:
            return edtf
        day = whole.latest if which == "end" else whole.earliest
        return f"{day.year:04d}-{day.month:02d}~"
    if unit == "year":
        return f"{bare}-{ {'early': 37, 'mid': 38, 'middle': 38, 'late': 39}[which] }"
    if unit == "decade":
        low, high = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}[which]
        return f"{bare[:3]}{low}/{bare[:3]}{high}"
    if unit == "span" and (whole.days or 0) > 300:
        third = (whole.days or 0) // 3
        offset = {"early": 0, "mid": 1, "middle": 1, "late": 2}[which] * third
        low_day = whole.earliest + timedelta(days=offset)
        high_day = whole.latest if which == "late" else low_day + timedelta(days=third)
        return f"{low_day:%Y-%m}/{high_day:%Y-%m}"
    return edtf


def piece(edtf: str, unit: str, index: int) -> str | None:
    """The index-th unit of a period: second quarter, first half, third month; counted from the end below 0: -1 is the last week."""
    whole = window(edtf)
    if whole is None or whole.earliest is None or whole.latest is None or "[" in edtf:
        return None
    low, high = whole.earliest, whole.latest
    days = (high - low).days + 1
    if unit in ("quarter", "half", "month", "year"):
        months = (high.year - low.year) * 12 + high.month - low.month + 1
        size = {"half": months // 2, "quarter": months // 4}.get(unit, _MONTHS[unit])
        if unit == "half" and 28 <= days <= 31:
            middle = date(low.year, low.month, 15)
            return stretch(low, middle) if index == 1 else stretch(middle + timedelta(days=1), high)
        count = months // size if size else 0
        index = count + 1 + index if index < 0 else index
        if low.day != 1 or not 1 <= index <= count:
            return None
        first = add_months(low, (index - 1) * size)
        return stretch(first, add_months(first, size) - timedelta(days=1))
    if unit in ("week", "day"):
        size = 7 if unit == "week" else 1
        first = high + timedelta(days=1 + index * size) if index < 0 else low + timedelta(days=(index - 1) * size)
        last = first + timedelta(days=size - 1)
        return stretch(first, last) if low <= first and last <= high else None
    return None


def between(left: str, right: str) -> str | None:
    """The interval from the first of `left` to the last of `right`."""
    low = left.partition("/")[0] if "[" not in left else left[1:-1].split(",")[0]
    high = right.rpartition("/")[2] if "[" not in right else right[1:-1].split(",")[-1]
    if low in ("", "..") or high in ("", ".."):
        return None
    return low if low == high else valid(f"{low}/{high}")


def one_of(members: list[str]) -> str | None:
    """One of a set, in the order of the calendar; intervals among them become the interval over all."""
    flat: list[str] = []
    for member in members:
        flat.extend(member[1:-1].split(",") if member.startswith("[") else [member])
    unique = sorted(set(flat), key=lambda m: (parse(m).earliest or date.min, m))
    if len(unique) == 1:
        return unique[0]
    if any("/" in member for member in unique):
        return between(unique[0], unique[-1])
    return valid(f"[{','.join(unique)}]")


def common(one: str | None, other: str | None) -> str | None:
    """What two readings have in common: themselves where equal, else the month or year that holds both, else None."""
    if one is None or other is None or one == other:
        return one if one == other else None
    first, last = window(one), window(other)
    if not first or not last or not (first.earliest and first.latest and last.earliest and last.latest):
        return None
    low, high = min(first.earliest, last.earliest), max(first.latest, last.latest)
    if low.year != high.year:
        return None
    if low.month == high.month:
        return f"{low.year:04d}-{low.month:02d}"
    return f"{low.year:04d}"


def about(edtf: str) -> str | None:
    """The same, written as about; None for intervals and sets."""
    return None if unit_of(edtf) == "span" else edtf.rstrip("~") + "~"
