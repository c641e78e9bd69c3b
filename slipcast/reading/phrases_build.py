"""Builders: what each rule of the grammar makes of the items it matched. None refuses the match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_nodes import (
    About, Back, Choice, Deictic, Edge, Fiscal, Fixed, InYear, Length, MonthNumber, Node, Numeric, Offset, Piece,
    Range, Recurring, Stretch, Weekday,
)  # fmt: skip
from slipcast.reading.phrases_tokens import Item

Items = Sequence[Item]
_STEP = {"this": 0, "next": 1, "last": -1}
_NODES = ("date", "yearly", "bare", "edge", "length", "anchored")


def _all(items: Items, *categories: str) -> list[Any]:
    return [item.value for item in items if item.category in categories]


def _one(items: Items, *categories: str) -> Any:
    return next((item.value for item in items if item.category in categories), None)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else int("".join(c for c in str(value) if c in "0123456789"))


def _long_year(value: Any) -> int:
    number = _number(value)
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _fixed(edtf: str | None) -> Node | None:
    return Fixed(edtf) if calendar.valid(edtf) and edtf else None


def _day(year: int, month: int, day: int) -> Node | None:
    return _fixed(f"{year:04d}-{month:02d}-{day:02d}")


def numeric(items: Items) -> Node | None:
    """31/03/2021, 2021-03-31, 31.03.21."""
    parts = [int(part) for part in _digit_groups(items[0].word)[:3]]
    if parts[0] > 31:
        return _day(*parts)
    first, second, year = parts[0], parts[1], _long_year(parts[2])
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else (Numeric(first, second, year) if first and second else None)


def _digit_groups(word: str) -> list[str]:
    return "".join(c if c in "0123456789" else " " for c in word).split()


def days_of_month(items: Items) -> Node | None:
    """12-14 May 2020; May 12-14; 12 or 13 May; the two days of 12 and 13 May."""
    days = [_number(value) for value in _all(items, "day2", "ordinal_digit")]
    month, year = _one(items, "month", "month_short"), _one(items, "year4")
    pair = [
        _day(year, month, day) if year else Recurring("day", month, day) if 1 <= day <= 31 else None for day in days
    ]
    if pair[0] is None or pair[1] is None:
        return None
    if _one(items, "or"):
        return Choice((pair[0], pair[1]))
    gap = days[1] - days[0]
    return Range(pair[0], pair[1]) if gap == 1 or (gap > 0 and not _one(items, "and")) else None


def day_month_year(items: Items) -> Node | None:
    """31 March 2021; March 31st, 2021; 31 Mar 23."""
    month = _one(items, "month", "month_short")
    years = [item.value for item in items if item.category in ("year4", "short_year")]
    numbers = [_number(value) for value in _all(items, "day2", "ordinal_digit")]
    if not years:
        short = items[-1]
        if len(short.word) != 2 or short.category == "day2" and short.value < 10:
            return None
        years, numbers = [short.value], numbers[:1]
    return _day(_long_year(years[0]), month, numbers[0])


def day_month(items: Items) -> Node | None:
    """5 May; May 5th."""
    day = _number(_one(items, "day2", "ordinal_digit"))
    return Recurring("day", _one(items, "month", "month_short"), day) if 1 <= day <= 31 else None


def month_year(items: Items) -> Node | None:
    """May 2021; May '21; May-21."""
    month, year = _one(items, "month", "month_short"), _one(items, "year4", "short_year", "two_digit", "day2")
    return _fixed(calendar.month_edtf(_long_year(year), month))


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
            numbers.append(_long_year(item.value))
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
    return InYear(part, Fiscal(_long_year(int(digits[:2])), _long_year(int(digits[2:])))) if part else None


def coded_quarter(items: Items) -> Node | None:
    """Q3, Q3 2021, 2021 Q3, 3Q21, H1 2022."""
    code = str(_one(items, "quarter_code")).lower()
    year = _one(items, "year4", "short_year")
    if code[0] in "123456789":
        index, letter = int(code[0]), code[1]
        year = _long_year(int(code[2:])) if len(code) > 2 else year
    else:
        letter, index = code[0], int(code[1])
    unit = "quarter" if letter == "q" else "half"
    if unit == "half" and index > 2:
        return None
    return _fixed(calendar.piece_edtf(_long_year(year), unit, index)) if year else Recurring(unit, index)


def fiscal_now(items: Items) -> Node | None:
    """This, next, last fiscal year."""
    which = _one(items, "which")
    return Deictic("fiscal", _STEP[which]) if which in _STEP and items[-1].value == "year" else None


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
    return Range(Fixed(str(first)), Fixed(str(last))) if first < last else None


def season(items: Items) -> Node | None:
    """Summer 2021, this summer, the summer."""
    code, year, which = _one(items, "season"), _one(items, "year4"), _one(items, "which")
    if year:
        return _fixed(f"{year:04d}-{code}")
    return Recurring("season", code, which=which or "") if which in (None, *_STEP) else None


def decade(items: Items) -> Node | None:
    """The 2030s, the '90s."""
    digits = "".join(c for c in items[-1].word if c in "0123456789")
    if len(digits) == 4:
        return _fixed(digits[:3] + "X")
    century = "20" if digits[0] in "01" else "19"
    return _fixed(f"{century}{digits[0]}X") if digits[0] in "3456789" else None


def ordinal_part(items: Items) -> Node | None:
    """The third quarter, the second half, the final quarter of."""
    unit = _one(items, "quarter", "half")
    index = -1 if _one(items, "which") == "last" else _one(items, "ordinal", "ordinal_digit")
    if index is None:
        return None
    index = _number(index) if index != -1 else -1
    count = 4 if unit == "quarter" else 2
    index = count if index == -1 else index
    return Recurring(unit, index) if 1 <= index <= count else None


def two_ordinals(items: Items) -> Node | None:
    """The second or third quarter; the first to third quarter."""
    unit = _one(items, "quarter", "half")
    one, other = (Recurring(unit, value) for value in _all(items, "ordinal"))
    if not 1 <= one.value < other.value <= (4 if unit == "quarter" else 2):
        return None
    return Choice((one, other)) if _one(items, "or") else Range(one, other)


def beyond_near_day(items: Items) -> Node | None:
    """The day after tomorrow, the day before yesterday."""
    sign = {"after": 1, "before": -1}.get(_one(items, "shift"), 0)
    near = _one(items, "near_day")
    return Deictic("day", near + sign) if _one(items, "unit") == "day" and near * sign > 0 else None


def day_beside(items: Items) -> Node | None:
    """The day before, the year after: beside the one spoken of."""
    unit, sign = items[1].value, {"before": -1, "after": 1, "earlier": -1}.get(items[2].value)
    return Back(unit, sign) if sign and items[1].word in ("day", "month", "year") else None


def near_day(items: Items) -> Node | None:
    """Today, yesterday, tomorrow."""
    return Deictic("day", items[0].value)


def holiday(items: Items) -> Node | None:
    """Christmas."""
    return Recurring("day", *divmod(items[0].value, 100))


def day_part(items: Items) -> Node | None:
    """This morning, last night."""
    which, part = items[0].value, items[1].word
    if which == "this":
        return Deictic("day", 0)
    return Deictic("day", -1) if which == "last" and part in ("night", "evening") else None


def unit_before_last(items: Items) -> Node | None:
    """The year before last, the week after next."""
    pair = (_one(items, "shift"), _one(items, "which"))
    offset = {("before", "last"): -2, ("after", "next"): 2}.get(pair)
    return Deictic(_one(items, "unit"), offset) if offset else None


def unit_end(items: Items) -> Node | None:
    """Year's end, year-end 2020, month's end."""
    unit, year = items[0].value, _one(items, "year4")
    if items[0].word.endswith("s") or unit not in ("year", "month", "decade") or _one(items, "edge_noun") != "end":
        return None
    if year and unit != "year":
        return None
    return Edge("end", Fixed(str(year)) if year else Deictic(unit, 0))


def deictic(items: Items) -> Node | None:
    """This year, next month, last week, the coming decade, that year, the same month, the previous year."""
    which, unit = _one(items, "which"), _one(items, "unit", "quarter", "half")
    word = next(item.word for item in items if item.category in ("unit", "quarter", "half"))
    whose = next(item.word for item in items if item.category == "which")
    if word.endswith("s") or word == "halves" or unit in ("century", "fortnight", "weekend"):
        return None
    if items[-1].category == "which" and (whose not in ("previous", "before", "following") or unit != "year"):
        return None
    if unit == "time":
        return Back("time") if whose == "that" else None
    if which == "same":
        return Back(unit)
    if unit in ("period", "day"):
        return Back("day", -1 if which == "previous" else 1) if whose in ("previous", "following", "next") else None
    if which == "previous" or whose == "following":
        return Back(unit, -1 if which == "previous" else 1)
    if whose == "past" or (unit == "decade" and which != "this"):
        return Stretch(Length(1, 1, unit), _STEP[which]) if which != "this" else None
    return Deictic(unit, _STEP[which])


def deictic_year(items: Items) -> Node | None:
    """The same before "of": "this year of", but not "the last week of March"."""
    which, unit = _one(items, "which"), _one(items, "unit")
    return Deictic(unit, _STEP[which]) if unit == "year" and which in _STEP else None


def spoken_day(items: Items) -> Node | None:
    """The day, the year: the one spoken of."""
    word = items[-1].word
    return Back(items[-1].value, here=True) if word in ("day", "month", "year", "quarter") else None


def weekday(items: Items) -> Node | None:
    """Monday, last Monday, next Monday."""
    which = _one(items, "which") or ""
    return Weekday(_one(items, "weekday"), which) if which in ("", *_STEP) else None


def month(items: Items) -> Node | None:
    """July, last July, next July."""
    which = _one(items, "which") or ""
    return Recurring("month", _one(items, "month", "month_short"), which=which) if which in ("", *_STEP) else None


def plain_year(items: Items) -> Node | None:
    """2021, the year 2021."""
    unit = _one(items, "unit")
    return _fixed(f"{_one(items, 'year4'):04d}") if unit in (None, "year") and items[-2:][0].word != "years" else None


def short_year(items: Items) -> Node | None:
    """'08, where a preposition shows that it is a year."""
    return Fixed(str(_long_year(items[0].value)))


def dated_weekday(items: Items) -> Node | None:
    """Monday, June 1; Monday 1 June 2020; Tuesday of last week."""
    first, last = items[0], items[-1].value
    if first.category == "weekday_short" or isinstance(first.value, Weekday):
        if isinstance(last, Recurring) and last.unit == "day" and len(items) <= 3:
            return last
        if isinstance(last, MonthNumber) and last.number <= 31:
            return Recurring("day", last.month, last.number)
        if isinstance(last, Fixed) and calendar.unit_of(last.edtf) == "day":
            return last
    if isinstance(first.value, Weekday) and isinstance(last, Deictic) and last.unit == "week":
        return Weekday(first.value.value, weeks=last.offset)
    return None


def _is_year(node: Node) -> bool:
    if isinstance(node, Fixed):
        return calendar.unit_of(node.edtf) in ("year", "decade")
    return isinstance(node, Fiscal) or (
        isinstance(node, (Deictic, Back)) and node.unit in ("year", "fiscal", "month", "decade")
    )


def part_of_year(items: Items) -> Node | None:
    """July last year, the third quarter of fiscal 2021, next year's summer, the second half of July, of the year."""
    nodes = _all(items, "bare", "date", "yearly")
    part: Node
    if len(nodes) == 1:
        part, unit = nodes[0], _one(items, "unit")
        return InYear(part, Back(unit, here=True)) if unit in ("year", "month", "decade") else None
    whole, part = nodes if any(item.category == "possessive" for item in items) else reversed(nodes)
    if items[-1].category == "bare" and items[0].category == "bare":
        halved = isinstance(part, Recurring) and part.unit == "half"
        return Piece("half", part.value, whole) if isinstance(part, Recurring) and halved else None
    if isinstance(part, Recurring) and (part.which or (_one(items, "in") and items[0].word in ("fall", "spring"))):
        return None
    if isinstance(whole, Fixed) and calendar.unit_of(whole.edtf) == "month" and isinstance(part, Recurring):
        return Piece("half", part.value, whole) if part.unit == "half" else None
    if _one(items, "comma") and not isinstance(whole, Fixed):
        return None
    return InYear(part, whole) if _is_year(whole) else None


def year_then_part(items: Items) -> Node | None:
    """2021 first quarter, fiscal 2021 second half."""
    year, part = items[0].value, items[1].value
    fits = isinstance(part, Recurring) and part.unit in ("quarter", "half") and isinstance(year, (Fixed, Fiscal))
    return InYear(part, year) if fits else None


def same_in_year(items: Items) -> Node | None:
    """The same period last year; the same month a year ago."""
    same = items[0].value
    if not isinstance(same, Back) or same.offset:
        return None
    nodes = _all(items[1:], "date", "yearly")
    if nodes:
        return InYear(same, nodes[0]) if _is_year(nodes[0]) else None
    away = _one(items, "length")
    if not away or away.unit != "year" or away.low != away.high or _one(items, "shift") not in ("ago", "earlier"):
        return None
    return InYear(same, Deictic("year", -int(away.low)))


def piece(items: Items) -> Node | None:
    """The last week of March, the first month of 2021."""
    which = _one(items, "which")
    index = -1 if which == "last" else _one(items, "ordinal", "ordinal_digit")
    unit_item = next(item for item in items if item.category == "unit")
    if index is None or unit_item.word.endswith("s") or unit_item.value not in ("day", "week", "month", "year"):
        return None
    whole = items[-1].value
    if items[-1].category in ("unit", "quarter"):
        whole = Back(items[-1].value, here=True)
    return Piece(unit_item.value, _number(index) if index != -1 else -1, whole)


def edge(items: Items) -> Node | None:
    """Early next year, mid-2020, the end of July, the end of the decade."""
    which = _one(items, "edge_adjective", "edge_noun")
    last = items[-1]
    if last.category in ("unit", "quarter"):
        if last.value == "day":
            return Back("day", here=True) if _one(items, "edge_adjective") else None
        if last.word.endswith("s") or last.value not in ("year", "month", "decade", "week", "quarter"):
            return None
        return Edge(which, Back(last.value, here=True))
    noun = next((item for item in items if item.category == "edge_noun"), None)
    if noun and noun.word not in ("end", "start") and not _one(items, "of"):
        return None
    if isinstance(last.value, (Weekday, Numeric)) or (isinstance(last.value, Deictic) and last.value.unit == "day"):
        return last.value if items[0].category == "edge_adjective" else None
    return Edge(which, last.value)


def two_edges(items: Items) -> Node | None:
    """Mid to late 2021."""
    low, high = _all(items, "edge_adjective")
    whole = items[-1].value
    return Range(Edge(low, whole), Edge(high, whole)) if low != high else None


def later_in(items: Items) -> Node | None:
    """Later this year, earlier today, later in the year."""
    if items[0].value not in ("later", "earlier"):
        return None
    last = items[-1]
    if last.category == "unit":
        return Back(last.value, here=True) if last.value in ("day", "month", "year", "week", "decade") else None
    node: Node = last.value
    if _one(items, "in"):
        return node if isinstance(node, (Fixed, Deictic, Back)) else None
    return node if isinstance(node, (Deictic, Back)) and getattr(node, "offset", 0) == 0 else None


def length(items: Items) -> Node | None:
    """Three months, four to six weeks, a year and a half, several years."""
    unit_item = next(item for item in items if item.category == "unit")
    unit = unit_item.value
    if unit in ("weekend", "century", "period", "time"):
        return None
    counts: list[float] = []
    for item in items:
        if item.category in ("cardinal", "day2", "two_digit", "number", "vague_count"):
            counts.append(float(item.value if isinstance(item.value, int) else 0))
        elif item.category == "a":
            counts.append(1.0)
    if len(items) > 2 and items[1].category == "joiner" and items[0].category == items[2].category == "cardinal":
        tens = counts[0] >= 20 and counts[0] % 10 == 0 and counts[1] < 10
        counts = [counts[0] + counts[1]] if tens else counts
    elif _one(items, "half") and _one(items, "and"):
        counts = [counts[0] + 0.5]
    elif _one(items, "half"):
        counts = [0.5]
    elif items[0].category == "a" and len(items) > 2 and items[1].category in ("vague_count", "cardinal"):
        counts = [counts[1]]
    if unit == "fortnight":
        unit, counts = "week", [2 * count for count in counts]
    low, high = min(counts), max(counts)
    if high > 9999 or (len(counts) == 1 and low > 1 and not unit_item.word.endswith("s")):
        return None
    return Length(low, high, unit, "~" if _one(items, "vague_count") else "")


_BOUNDS = {
    ("up", "to"): "<", ("less", "than"): "<", ("fewer", "than"): "<", ("under", ""): "<", ("more", "than"): ">",
    ("at", "least"): ">", ("over", ""): ">", ("nearly", ""): "~", ("almost", ""): "~", ("some", ""): "~",
}  # fmt: skip


def bounded_length(items: Items) -> Node | None:
    """Up to 13 months, more than a year, about two months."""
    inner: Length = items[-1].value
    if items[0].category == "about":
        return Length(inner.low, inner.high, inner.unit, "~")
    bound = _BOUNDS.get((items[0].word, items[1].word if len(items) > 2 else ""))
    return Length(inner.low, inner.high, inner.unit, bound) if bound else None


def stretch(items: Items) -> Node | None:
    """Over the next three years; within the next six months; in the past decade."""
    which, away = _one(items, "which"), _one(items, "length")
    if which not in ("next", "last"):
        return None
    if away is None:
        return Length(0, 0, items[-1].value) if items[-1].word.endswith("s") else None
    if which == "next" and items[0].category in ("within", "in"):
        return Offset(away, 1, "published")
    return Stretch(away, _STEP[which])


_SIGN = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1, "from now": 1}


def shifted(items: Items) -> Node | None:
    """Two weeks ago, a year later, six weeks after 12 May, 18 months from now."""
    away: Length = items[0].value
    shift = _one(items, "shift")
    nodes = _all(items[1:], "date", "yearly", "bare", "edge")
    if shift is None:
        return Offset(away, 1, nodes[0] if nodes else "published")
    if nodes:
        return Offset(away, _SIGN[shift], nodes[0]) if shift in ("after", "before") else None
    anchor = {"ago": "published", "from now": "published", "later": "told", "earlier": "told"}.get(shift, "event")
    if items[-1].category == "comma":
        anchor = "told"
    return Offset(away, _SIGN[shift], anchor)


def within(items: Items) -> Node | None:
    """Within 18 months; within 24 months of signature, of 12 May 2020."""
    away: Length = items[1].value
    last = items[-1]
    if len(items) == 2:
        return Offset(away, 1, "published")
    if _one(items, "shift") not in (None, "after"):
        return None
    return Offset(away, 1, last.word if last.category == "other" else last.value)


def ahead(items: Items) -> Node | None:
    """In two months: from now, where the clause looks ahead."""
    return Offset(items[-1].value, 1, "ahead")


def span(items: Items) -> Node | None:
    """Between 2022 and 2024; from March to June 2021; late 2020 to early 2021."""
    low, high = _all(items, *_NODES)
    return None if isinstance(low, (Stretch, Length)) or isinstance(high, (Stretch, Length)) else Range(low, high)


def choice(items: Items) -> Node | None:
    """2024 or 2025; in December, or possibly already in November."""
    return Choice(tuple(_all(items, *_NODES)))


def about(items: Items) -> Node | None:
    """Around 2020."""
    return About(items[-1].value)
