"""Builders: what the grammar makes of lengths of time, ranges and choices. None refuses the match."""

from __future__ import annotations

from slipcast.reading.phrases_nodes import (
    About,
    Choice,
    Length,
    Node,
    Offset,
    Range,
    Stretch,
)  # fmt: skip
from slipcast.reading.phrases_parts import NODES, STEP, Items, every, one


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
    elif one(items, "half") and one(items, "and"):
        counts = [counts[0] + 0.5]
    elif one(items, "half"):
        counts = [0.5]
    elif items[0].category == "a" and len(items) > 2 and items[1].category in ("vague_count", "cardinal"):
        counts = [counts[1]]
    if unit == "fortnight":
        unit, counts = "week", [2 * count for count in counts]
    low, high = min(counts), max(counts)
    if high > 9999 or (len(counts) == 1 and low > 1 and not unit_item.word.endswith("s")):
        return None
    return Length(low, high, unit, "~" if one(items, "vague_count") else "")


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
    which, away = one(items, "which"), one(items, "length")
    if which not in ("next", "last"):
        return None
    if away is None:
        return Length(0, 0, items[-1].value) if items[-1].word.endswith("s") else None
    if which == "next" and items[0].category in ("within", "in"):
        return Offset(away, 1, "published")
    return Stretch(away, STEP[which])


_SIGN = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1, "from now": 1}


def shifted(items: Items) -> Node | None:
    """Two weeks ago, a year later, six weeks after 12 May, 18 months from now."""
    away: Length = items[0].value
    shift = one(items, "shift")
    nodes = every(items[1:], "date", "yearly", "bare", "edge")
    if shift is None:
        return Offset(away, 1, nodes[0] if nodes else "published")
    if nodes:
        return Offset(away, _SIGN[shift], nodes[0]) if shift in ("after", "before") else None
    anchor = {"ago": "published", "from now": "published", "later": "told", "earlier": "told"}.get(shift, "event")
    return Offset(away, _SIGN[shift], anchor)


def shifted_from_told(items: Items) -> Node | None:
    """One day after, two years before: with nothing named behind it, from the date told before."""
    shift = one(items, "shift")
    return Offset(items[0].value, _SIGN[shift], "told") if shift in ("after", "before") else shifted(items)


def within(items: Items) -> Node | None:
    """Within 18 months; within 24 months of signature, of 12 May 2020."""
    away: Length = items[1].value
    last = items[-1]
    if len(items) == 2:
        return Offset(away, 1, "within")
    if one(items, "shift") not in (None, "after"):
        return None
    return Offset(away, 1, last.word if last.category == "other" else last.value)


def ahead(items: Items) -> Node | None:
    """In two months: from now, where the clause looks ahead."""
    return Offset(items[-1].value, 1, "ahead")


def span(items: Items) -> Node | None:
    """Between 2022 and 2024; from March to June 2021; late 2020 to early 2021."""
    low, high = every(items, *NODES)
    if isinstance(low, (Stretch, Length)) or isinstance(high, (Stretch, Length)):
        return None
    return Range(low, high, _spans(items))


def choice(items: Items) -> Node | None:
    """2024 or 2025; in December, or possibly already in November."""
    return Choice(tuple(every(items, *NODES)), _spans(items))


def _spans(items: Items) -> tuple[tuple[int, int], ...]:
    return tuple((item.start, item.end) for item in items if item.category in NODES)


def about(items: Items) -> Node | None:
    """Around 2020."""
    return About(items[-1].value)
