"""Builders: what the grammar makes of days, months, quarters and years. None refuses the match."""

from __future__ import annotations

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_nodes import (
    Choice,
    Deictic,
    Fiscal,
    Fixed,
    InYear,
    MonthNumber,
    Node,
    Numeric,
    Range,
    Recurring,
)  # fmt: skip
from slipcast.reading.phrases_parts import STEP, Items, every, long_year, number, one


def _fixed(edtf: str | None) -> Node | None:
    return Fixed(edtf) if calendar.valid(edtf) and edtf else None


def _day(year: int, month: int, day: int) -> Node | None:
    return _fixed(f"{year:04d}-{month:02d}-{day:02d}")


def numeric(items: Items) -> Node | None:
    """31/03/2021, 2021-03-31, 31.03.21; 03/2021."""
    parts = [int(part) for part in _digit_groups(items[0].word)[:3]]
    if len(parts) == 2:
        return _fixed(calendar.month_edtf(parts[1], parts[0]))
    if parts[0] > 31:
        return _day(*parts)
    first, second, year = parts[0], parts[1], long_year(parts[2])
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else (Numeric(first, second, year) if first and second else None)


def _digit_groups(word: str) -> list[str]:
    return "".join(c if c in "0123456789" else " " for c in word).split()


def days_of_month(items: Items) -> Node | None:
    """12-14 May 2020; May 12-14; 12 or 13 May; the two days of 12 and 13 May."""
    days = [number(value) for value in every(items, "day2", "ordinal_digit")]
    month, year = one(items, "month", "month_short"), one(items, "year4")
    pair = [
        _day(year, month, day) if year else Recurring("day", month, day) if 1 <= day <= 31 else None for day in days
    ]
    if pair[0] is None or pair[1] is None:
        return None
    at = [k for k, item in enumerate(items) if item.category in ("day2", "ordinal_digit")]
    start = items[1 if items[0].category in ("from", "between") else 0].start
    spans = ((start, items[at[0]].end), (items[at[1]].start, items[-1].end))
    if one(items, "or"):
        return Choice((pair[0], pair[1]), spans)
    gap = days[1] - days[0]
    apart = one(items, "and") and not one(items, "between")
    return Range(pair[0], pair[1], spans) if gap == 1 or (gap > 0 and not apart) else None


def day_month_year(items: Items) -> Node | None:
    """31 March 2021; March 31st, 2021; 31 Mar 23."""
    month = one(items, "month", "month_short")
    years = [item.value for item in items if item.category in ("year4", "short_year")]
    numbers = [number(value) for value in every(items, "day2", "ordinal_digit")]
    if not years:
        short = items[-1]
        if len(short.word) != 2 or (short.category == "day2" and short.value < 10):
            return None
        years, numbers = [short.value], numbers[:1]
    return _day(long_year(years[0]), month, numbers[0])


def day_month(items: Items) -> Node | None:
    """5 May; May 5th."""
    day = number(one(items, "day2", "ordinal_digit"))
    return Recurring("day", one(items, "month", "month_short"), day) if 1 <= day <= 31 else None


def day_of_month(items: Items) -> Node | None:
    """The 15th: of the month spoken of, where a preposition shows that it is a day."""
    day = number(items[-1].value)
    return Recurring("monthday", day) if 1 <= day <= 31 else None


def month_year(items: Items) -> Node | None:
    """May 2021; May '21; May-21."""
    month, year = (one(items, "month", "month_short"), one(items, "year4", "short_year", "two_digit", "day2"))
    return _fixed(calendar.month_edtf(long_year(year), month))


def month_number(items: Items) -> Node | None:
    """ "May 20": a day of May, or May of 2020, by the habit of the text."""
    word = items[-1].word
    if items[-1].value == 0 or (items[-1].value > 31 and len(word) != 2):
        return None
    return MonthNumber(items[0].value, items[-1].value)


def _years(items: Items) -> tuple[int, int | None]:
    numbers: list[int] = []
    for item in items:
        if item.category in ("year4", "short_year", "fiscal_code", "day2", "two_digit"):
            numbers.append(long_year(item.value))
    first = numbers[0]
    return first, (numbers[1] if len(numbers) > 1 else None)


def fiscal_year(items: Items) -> Node | None:
    """FY2021, fiscal 2021, financial year 2020-21, FY20/21."""
    first, ends = _years(items)
    if items[0].word.startswith("cy"):
        return _fixed(calendar.year_edtf(first))
    if ends is not None and ends != first + 1:
        return Range(Fiscal(first), Fiscal(ends)) if first < ends else None
    if items[0].category == "fiscal" and len(items) == 2 and items[0].word == "budget":
        return None
    return Fiscal(first, ends)


def quarter_of_fiscal(items: Items) -> Node | None:
    """Q3 FY2021."""
    year = fiscal_year([item for item in items if item.category != "quarter_code"])
    part = coded_quarter([item for item in items if item.category == "quarter_code"])
    return InYear(part, year) if year and part else None


def packed_fiscal_quarter(items: Items) -> Node | None:
    """Q2 1920, Q2 19/20: the second quarter of the fiscal year that ends in 2020."""
    digits = "".join(item.word for item in items[1:] if item.word[0] in "0123456789")
    if len(digits) != 4 or int(digits[2:]) != int(digits[:2]) + 1 or digits in ("2021", "2122"):
        return None
    part = coded_quarter(items[:1])
    return InYear(part, Fiscal(long_year(int(digits[:2])), long_year(int(digits[2:])))) if part else None


def coded_quarter(items: Items) -> Node | None:
    """Q3, Q3 2021, 2021 Q3, Q3'21, 3Q21, 2021Q3, H1 2022."""
    code = str(one(items, "quarter_code")).lower()
    year = one(items, "year4", "short_year")
    letter = "q" if "q" in code else "h"
    before, _, after = code.partition(letter)
    index = before if len(before) == 1 else after[:1]
    told = before if len(before) > 1 else after[1:] if len(before) == 0 else after
    digits = _digit_groups(told)
    year = long_year(int(digits[0])) if digits else year
    unit = "quarter" if letter == "q" else "half"
    if unit == "half" and int(index) > 2:
        return None
    return _fixed(calendar.piece_edtf(long_year(year), unit, int(index))) if year else Recurring(unit, int(index))


def fiscal_now(items: Items) -> Node | None:
    """This, next, last fiscal year."""
    which = one(items, "which")
    return Deictic("fiscal", STEP[which]) if which in STEP and items[-1].value == "year" else None


def joined_years(items: Items) -> Node | None:
    """2019-2021, 2024-25, 2019/20; 2019-07 is a month."""
    first, second = items[0].value, items[2]
    if second.category != "year4" and len(second.word) != 2:
        return None
    last = second.value if second.category == "year4" else first // 100 * 100 + second.value
    if last == first + 1:
        return Fiscal(first, last, sure=False)
    if second.category == "day2" and second.value <= 12 and items[1].word == "-":
        return _fixed(calendar.month_edtf(first, second.value))
    spans = ((items[0].start, items[0].end), (second.start, second.end))
    return Range(Fixed(str(first)), Fixed(str(last)), spans) if first < last else None


def season(items: Items) -> Node | None:
    """Summer 2021, this summer, the summer."""
    code, year, which = one(items, "season"), one(items, "year4"), one(items, "which")
    if year:
        return _fixed(f"{year:04d}-{code}")
    return Recurring("season", code, which=which or "") if which in (None, *STEP) else None


def decade(items: Items) -> Node | None:
    """The 2030s, the '90s."""
    digits = "".join(c for c in items[-1].word if c in "0123456789")
    if len(digits) == 4:
        return _fixed(digits[:3] + "X")
    century = "20" if digits[0] in "01" else "19"
    return _fixed(f"{century}{digits[0]}X") if digits[0] in "3456789" else None


def ordinal_part(items: Items) -> Node | None:
    """The third quarter, the second half, the final quarter of."""
    unit = one(items, "quarter", "half")
    index = -1 if one(items, "which") == "last" else one(items, "ordinal", "ordinal_digit")
    if index is None:
        return None
    index = number(index) if index != -1 else -1
    count = 4 if unit == "quarter" else 2
    index = count if index == -1 else index
    return Recurring(unit, index) if 1 <= index <= count else None


def two_ordinals(items: Items) -> Node | None:
    """The second or third quarter; the first to third quarter."""
    unit = one(items, "quarter", "half")
    low, high = (Recurring(unit, value) for value in every(items, "ordinal"))
    if not 1 <= low.value < high.value <= (4 if unit == "quarter" else 2):
        return None
    return Choice((low, high)) if one(items, "or") else Range(low, high)
