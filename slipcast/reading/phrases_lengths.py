"""Lengths of time away from an anchor, never more exact than their unit: weeks give a month, months a month, years a year."""

from __future__ import annotations

from datetime import date

from slipcast.dates import add_months
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_nodes import Length


def away(anchor: str, length: Length, sign: int) -> str | None:
    """The time `length` after (sign 1) or before (-1) an anchor's EDTF, None where the anchor is too vague for it."""
    if length.high == 0 or length.low == 0:
        return None
    far = _away(anchor, length.high, length.unit, sign)
    if far is None:
        return None
    if length.bound == "<":
        start = _coarse(anchor, "month" if length.unit in ("month", "year") else "day")
        return (calendar.between(start, far) if sign > 0 else calendar.between(far, start)) if start else None
    if length.bound == ">":
        return f"{far}/.." if sign > 0 else f"../{far}"
    if length.bound == "~":
        return calendar.about(far)
    if length.low != length.high:
        near = _away(anchor, length.low, length.unit, sign)
        return (calendar.between(near, far) if sign > 0 else calendar.between(far, near)) if near else None
    return far


def _away(anchor: str, count: float, unit: str, sign: int) -> str | None:
    whole = calendar.window(anchor)
    if whole is None or whole.earliest is None or calendar.unit_of(anchor) == "span":
        return None
    known = calendar.unit_of(anchor)
    day = whole.earliest
    if unit in ("day", "week"):
        moved = (
            calendar.plus_days(day, sign * count * (7 if unit == "week" else 1))
            if known == "day" and count < 4000
            else None
        )
        return moved[:7] if moved and unit == "week" else moved
    if unit == "year" and count == int(count):
        return calendar.year_edtf(day.year + sign * int(count))
    if unit == "decade":
        year = calendar.year_edtf(day.year + sign * int(10 * count))
        return f"{year}~" if year else None
    months = count * (12 if unit == "year" else 1)
    if unit not in ("month", "year") or known not in ("day", "month"):
        return None
    return calendar.month_edtf(day.year, day.month + sign * int(months))


def _coarse(anchor: str, unit: str) -> str | None:
    known = calendar.unit_of(anchor)
    if known not in ("day", "month", "year"):
        return None
    return anchor.rstrip("~")[:7] if unit == "month" else anchor


def from_now(today: date, length: Length, sign: int) -> str | None:
    """The stretch of that length which begins (sign 1) or ends (-1) today: "over the next three years"."""
    if length.high == 0 or length.unit not in ("day", "week", "month", "year", "decade"):
        return None
    if length.unit in ("day", "week"):
        days = length.high * (7 if length.unit == "week" else 1)
        ends = [today.isoformat(), calendar.plus_days(today, sign * days)] if days < 4000 else [None, None]
    else:
        months = int(length.high * {"month": 1, "year": 12, "decade": 120}[length.unit])
        size = 7 if length.unit == "month" else 4
        far = add_months(today, sign * months) if months < 12000 else None
        ends = [today.isoformat()[:size], far.isoformat()[:size] if far else None]
    if ends[0] is None or ends[1] is None:
        return None
    return calendar.between(ends[0], ends[1]) if sign > 0 else calendar.between(ends[1], ends[0])
