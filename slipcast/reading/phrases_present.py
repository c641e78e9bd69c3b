"""Parts of the calendar that are counted from the day of publication, or from a date told before."""

from __future__ import annotations

from datetime import date, timedelta

from slipcast.dates import parse
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_country import fiscal_now
from slipcast.reading.phrases_nodes import Back, Deictic, Recurring, Weekday
from slipcast.reading.phrases_setting import Setting


def in_calendar_year(node: Recurring, year: int) -> str | None:
    """A recurring part in a calendar year."""
    if node.unit == "month":
        return calendar.month_edtf(year, node.value)
    if node.unit == "day":
        return calendar.valid(f"{year:04d}-{node.value:02d}-{node.day:02d}")
    if node.unit == "season":
        return calendar.valid(f"{year:04d}-{node.value}")
    if node.unit == "feast":
        return calendar.feast_edtf(year, node.value)
    return calendar.piece_edtf(year, node.unit, node.value)


def _around(node: Recurring, today: date) -> list[tuple[date, date, str]]:
    """First day, last day and EDTF of the recurrences around a day, in order."""
    if node.unit == "monthday":
        months = [calendar.month_edtf(today.year, today.month + step) for step in range(-4, 5)]
        days = [calendar.valid(f"{month}-{node.value:02d}") for month in months if month]
    else:
        leap = node.value == 2 and node.day == 29
        years = range(max(1, today.year - (9 if leap else 2)), min(9999, today.year + 9))
        days = [in_calendar_year(node, year) for year in years]
    windows = [parse(edtf) for edtf in days if edtf]
    return [(w.earliest, w.latest, w.edtf) for w in windows if w.earliest and w.latest]


def recurring(node: Recurring, setting: Setting) -> str | None:
    """July: the one before, or the one to come, by the tense; without one, that told before, else the nearest."""
    today = setting.today
    if today is None:
        return None
    if node.which == "same":
        return _in_told_year(node, setting)
    if node.unit == "monthday":
        spoken = next(
            (t.edtf for t in reversed(setting.told) if t.near and calendar.unit_of(t.edtf) in ("day", "month")), None
        )
        if spoken is not None:
            return calendar.valid(f"{spoken[:7]}-{node.value:02d}")  # "on 9 March, and again on the 15th"
    around = _around(node, today)
    before = [edtf for low, _, edtf in around if low <= today]
    ahead = [edtf for _, high, edtf in around if high >= today]
    if node.which == "last":
        return next((edtf for _, high, edtf in reversed(around) if high < today), None)
    if node.which == "next":
        if node.unit == "season":
            return in_calendar_year(node, today.year + 1)
        return next((edtf for low, _, edtf in around if low > today), None)
    if node.which == "this":
        return in_calendar_year(node, today.year - (node.value == 24 and today.month < 3))
    if setting.tense == "past":
        return before[-1] if before else None
    if setting.tense == "future":
        return ahead[0] if ahead else None
    again = next((t.edtf for t in reversed(setting.told) if t.edtf in before[-1:] + ahead[:1]), None)
    if again:
        return again
    distance = [(max((low - today).days, (today - high).days, 0), -low.toordinal(), e) for low, high, e in around]
    return min(distance)[2] if distance else None


def _in_told_year(node: Recurring, setting: Setting) -> str | None:
    """That September: in the year told last, or in the year after where a later month was told."""
    told = next((t.edtf for t in reversed(setting.told) if calendar.unit_of(t.edtf) not in ("span", "decade")), None)
    spoken = parse(told) if told else None
    if spoken is None or spoken.earliest is None or spoken.latest is None:
        return None
    same = in_calendar_year(node, spoken.earliest.year)
    is_past = same is not None and (low := parse(same).latest) is not None and low < spoken.earliest
    return in_calendar_year(node, spoken.earliest.year + 1) if is_past else same


def weekday(node: Weekday, setting: Setting) -> str | None:
    """Monday: the latest up to today, or the next from today where the clause looks ahead."""
    today = setting.today
    if today is None:
        return None
    back, forth = (today.weekday() - node.value) % 7, (node.value - today.weekday()) % 7
    if node.weeks is not None:
        return calendar.plus_days(today, 7 * node.weeks - today.weekday() + node.value)
    if node.which == "last":
        # "last Thursday" on a Friday is not yesterday, which has a word of its own
        return calendar.plus_days(today, -back - 7 if back < 2 else -back)
    if node.which == "next":
        return calendar.plus_days(today, forth or 7)
    ahead = setting.tense == "future" or (node.which == "this" and setting.tense != "past")
    return calendar.plus_days(today, forth if ahead else -back)


def deictic(node: Deictic, setting: Setting) -> str | None:
    """This year, last month, today."""
    today = setting.today
    if today is None:
        return None
    if node.unit == "fiscal":
        return fiscal_now(today, node.offset, setting.home())
    return _unit_around(today, node.unit, node.offset)


def _unit_around(day: date, unit: str, offset: int) -> str | None:
    if unit == "day":
        return calendar.plus_days(day, offset)
    if unit == "week":
        monday = calendar.plus_days(day, 7 * offset - day.weekday())
        return (
            calendar.stretch(date.fromisoformat(monday), date.fromisoformat(monday) + timedelta(days=6))
            if monday
            else None
        )
    if unit == "month":
        return calendar.month_edtf(day.year, day.month + offset)
    if unit == "decade":
        return _decade(day.year + 10 * offset)
    if unit in ("quarter", "half"):
        count = 4 if unit == "quarter" else 2
        year, index = divmod(day.year * count + (day.month - 1) * count // 12 + offset, count)
        return calendar.piece_edtf(year, unit, index + 1)
    return calendar.year_edtf(day.year + offset) if unit == "year" else None


def _decade(year: int) -> str | None:
    return f"{year // 10:03d}X" if 1 <= year <= 9999 else None


def back(node: Back, setting: Setting) -> str | None:
    """That year, the day before, the end of the year: by the date told last."""
    fits = {"day": ("day",), "week": ("day",), "month": ("day", "month"), "quarter": ("day", "month", "quarter")}.get(
        node.unit
    )
    now = node.unit == "decade" or setting.before == "since"  # "since the start of the year": of this one
    for told in reversed(setting.told):
        if told.aside:
            continue
        if node.here and node.unit != "day" and (not told.near or setting.tense == "future" or now):
            break
        if node.unit == "time" and calendar.unit_of(told.edtf) not in ("day", "month"):
            continue
        whole = parse(told.edtf)
        unit = calendar.unit_of(told.edtf)
        if node.unit in ("period", "time"):
            return told.edtf
        if whole.earliest is None or (fits and unit not in fits) or unit in ("span", "decade"):
            continue
        return _unit_around(whole.earliest, node.unit, node.offset)
    if node.unit == "decade" and setting.today and setting.tense == "future" and setting.today.year % 10 == 9:
        return _decade(setting.today.year + 1)  # what is to come by the end of the decade is not due within weeks
    if (node.here or node.offset) and setting.today:
        return _unit_around(setting.today, node.unit, node.offset)
    return None
