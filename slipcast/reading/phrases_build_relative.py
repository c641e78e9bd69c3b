"""Builders: what the grammar makes of this, last and next, of early and late, of parts within a year. None refuses the match."""

from __future__ import annotations

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_nodes import (
    Back,
    Deictic,
    Edge,
    Fiscal,
    Fixed,
    InYear,
    Length,
    MonthNumber,
    Node,
    Numeric,
    Piece,
    Range,
    Recurring,
    Stretch,
    Weekday,
)  # fmt: skip
from slipcast.reading.phrases_parts import STEP, Items, every, long_year, number, one


def beyond_near_day(items: Items) -> Node | None:
    """The day after tomorrow, the day before yesterday."""
    sign = {"after": 1, "before": -1}.get(one(items, "shift"), 0)
    near = one(items, "near_day")
    return Deictic("day", near + sign) if one(items, "unit") == "day" and near * sign > 0 else None


def day_beside(items: Items) -> Node | None:
    """The day before, the year after: beside the one spoken of."""
    unit, sign = (items[1].value, {"before": -1, "after": 1, "earlier": -1}.get(items[2].value))
    return Back(unit, sign) if sign and items[1].word in ("day", "month", "year") else None


def near_day(items: Items) -> Node | None:
    """Today, yesterday, tomorrow."""
    return Deictic("day", items[0].value)


def holiday(items: Items) -> Node | None:
    """Christmas; Easter, which is as exact as its month."""
    value = items[0].value
    return Recurring("feast", value) if value < 100 else Recurring("day", *divmod(value, 100))


def day_of_this(items: Items) -> Node | None:
    """The first of this month, the 15th of next month."""
    whole = items[-1].value
    day = number(one(items, "ordinal", "ordinal_digit"))
    of_month = isinstance(whole, (Deictic, Back)) and whole.unit == "month"
    return Piece("day", day, whole) if of_month and 1 <= day <= 31 else None


def units_of(items: Items) -> Node | None:
    """The last three months of 2021, the first six weeks of next year."""
    which, away, whole = one(items, "which"), one(items, "length"), items[-1].value
    first, count = one(items, "ordinal", "ordinal_digit") == 1, int(away.low)
    if away.low != away.high or count != away.low or count < 1 or away.bound or not (first or which == "last"):
        return None
    pieces = [Piece(away.unit, k, whole) for k in ((1, count) if first else (-count, -1))]
    return Range(pieces[0], pieces[1]) if away.unit in ("day", "week", "month", "quarter") else None


def day_part(items: Items) -> Node | None:
    """This morning, last night."""
    which, part = items[0].value, items[1].word
    if which == "this":
        return Deictic("day", 0)
    return Deictic("day", -1) if which == "last" and part in ("night", "evening") else None


def unit_before_last(items: Items) -> Node | None:
    """The year before last, the week after next."""
    pair = (one(items, "shift"), one(items, "which"))
    offset = {("before", "last"): -2, ("after", "next"): 2}.get(pair)
    return Deictic(one(items, "unit"), offset) if offset else None


def unit_end(items: Items) -> Node | None:
    """Year's end, year-end 2020, month's end."""
    unit, year = items[0].value, one(items, "year4")
    if items[0].word.endswith("s") or unit not in ("year", "month", "decade") or one(items, "edge_noun") != "end":
        return None
    if year and unit != "year":
        return None
    return Edge("end", Fixed(str(year)) if year else Deictic(unit, 0))


def deictic(items: Items) -> Node | None:
    """This year, next month, last week, the coming decade, that year, the same month, the previous year."""
    which, unit = one(items, "which"), one(items, "unit", "quarter", "half")
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
    if whose == "past" or (unit == "decade" and which == "last"):
        return Stretch(Length(1, 1, unit), -1)
    return Deictic(unit, STEP[which])


def deictic_year(items: Items) -> Node | None:
    """The same before "of": "this year of", but not "the last week of March"."""
    which, unit = one(items, "which"), one(items, "unit")
    return Deictic(unit, STEP[which]) if unit == "year" and which in STEP else None


def spoken_day(items: Items) -> Node | None:
    """The day, the year: the one spoken of."""
    word = items[-1].word
    return Back(items[-1].value, here=True) if word in ("day", "month", "year", "quarter") else None


def weekday(items: Items) -> Node | None:
    """Monday, last Monday, next Monday."""
    which = one(items, "which") or ""
    return Weekday(one(items, "weekday"), which) if which in ("", *STEP) else None


def month(items: Items) -> Node | None:
    """July, last July, next July, that July."""
    which = one(items, "which") or ""
    which = "same" if items[0].word == "that" else which
    known = which in ("", "same", *STEP)
    return Recurring("month", one(items, "month", "month_short"), which=which) if known else None


def plain_year(items: Items) -> Node | None:
    """2021, the year 2021."""
    unit = one(items, "unit")
    return Fixed(f"{one(items, 'year4'):04d}") if unit in (None, "year") and items[-2:][0].word != "years" else None


def short_year(items: Items) -> Node | None:
    """'08, where a preposition shows that it is a year."""
    return Fixed(str(long_year(items[0].value)))


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
    nodes = every(items, "bare", "date", "yearly")
    part: Node
    if len(nodes) == 1:
        part, unit = nodes[0], one(items, "unit")
        return InYear(part, Back(unit, here=True)) if unit in ("year", "month", "decade") else None
    whole, part = nodes if any(item.category == "possessive" for item in items) else reversed(nodes)
    if items[-1].category == "bare" and items[0].category == "bare":
        halved = isinstance(part, Recurring) and part.unit == "half"
        return Piece("half", part.value, whole) if isinstance(part, Recurring) and halved else None
    if isinstance(part, Recurring) and (part.which or (one(items, "in") and items[0].word in ("fall", "spring"))):
        return None
    if isinstance(whole, Fixed) and calendar.unit_of(whole.edtf) == "month" and isinstance(part, Recurring):
        return Piece("half", part.value, whole) if part.unit == "half" else None
    if one(items, "comma") and not isinstance(whole, Fixed):
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
    nodes = every(items[1:], "date", "yearly")
    if nodes:
        return InYear(same, nodes[0]) if _is_year(nodes[0]) else None
    away = one(items, "length")
    if not away or away.unit != "year" or away.low != away.high or one(items, "shift") not in ("ago", "earlier"):
        return None
    return InYear(same, Deictic("year", -int(away.low)))


def piece(items: Items) -> Node | None:
    """The last week of March, the first month of 2021."""
    which = one(items, "which")
    index = -1 if which == "last" else one(items, "ordinal", "ordinal_digit")
    unit_item = next(item for item in items if item.category == "unit")
    if index is None or unit_item.word.endswith("s") or unit_item.value not in ("day", "week", "month", "year"):
        return None
    whole = items[-1].value
    if items[-1].category in ("unit", "quarter"):
        whole = Back(items[-1].value, here=True)
    return Piece(unit_item.value, number(index) if index != -1 else -1, whole)


def edge(items: Items) -> Node | None:
    """Early next year, mid-2020, the end of July, the end of the decade."""
    which = one(items, "edge_adjective", "edge_noun")
    last = items[-1]
    if last.category in ("unit", "quarter"):
        if last.value == "day":
            return Back("day", here=True) if one(items, "edge_adjective") else None
        if last.word.endswith("s") or last.value not in ("year", "month", "decade", "week", "quarter"):
            return None
        return Edge(which, Back(last.value, here=True))
    noun = next((item for item in items if item.category == "edge_noun"), None)
    if noun and noun.word not in ("end", "start") and not one(items, "of"):
        return None
    if isinstance(last.value, (Weekday, Numeric)) or (isinstance(last.value, Deictic) and last.value.unit == "day"):
        return last.value if items[0].category == "edge_adjective" else None
    return Edge(which, last.value)


def two_edges(items: Items) -> Node | None:
    """Mid to late 2021."""
    low, high = every(items, "edge_adjective")
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
    if one(items, "in"):
        return node if isinstance(node, (Fixed, Deictic, Back)) else None
    return node if isinstance(node, (Deictic, Back)) and getattr(node, "offset", 0) == 0 else None
