"""Ties what a phrase means to the calendar: against the day of publication, the tense, the dates told before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from slipcast.dates import parse
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_country import fiscal, fiscal_part
from slipcast.reading.phrases_lengths import away, from_now
from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_nodes import (
    About,
    Back,
    Choice,
    Deictic,
    Edge,
    End,
    Fiscal,
    Fixed,
    InYear,
    Length,
    MonthNumber,
    Node,
    Numeric,
    Offset,
    Piece,
    Range,
    Recurring,
    Stretch,
    Weekday,
)  # fmt: skip
from slipcast.reading.phrases_present import back, deictic, in_calendar_year, recurring, weekday
from slipcast.reading.phrases_setting import Setting


def resolve(node: Node, setting: Setting) -> str | None:
    """The EDTF of a node, None where the setting does not tell. Never more exact than the node."""
    return calendar.valid(_READERS[type(node)](node, setting))


def _fixed(node: Fixed, _: Setting) -> str | None:
    return node.edtf


def _in_year(node: InYear, setting: Setting) -> str | None:
    part = node.part
    if isinstance(node.year, Fiscal) and isinstance(part, Recurring) and part.unit in ("quarter", "half"):
        return fiscal_part(part.unit, part.value, node.year, setting.country())
    year = resolve(node.year, setting)
    if year is None:
        return None
    if isinstance(part, Back):
        same = back(part, setting)
        whole = parse(year)
        return calendar.moved(same, whole.earliest.year - int(same[:4])) if same and whole.earliest else None
    if isinstance(part, (Range, Choice, Edge)):
        return resolve(within_year(part, Fixed(year)), setting)
    if isinstance(part, MonthNumber):
        part = Recurring("day", part.month, part.number)
    if not isinstance(part, Recurring) or part.unit == "monthday":
        return None
    whole = parse(year)
    if whole.earliest is None or whole.latest is None:
        return None
    if part.unit in ("quarter", "half") and calendar.unit_of(year) != "year":
        return calendar.piece(year, part.unit, part.value)
    for number in range(whole.earliest.year, whole.latest.year + 1):
        edtf = in_calendar_year(part, number)
        inside = edtf and parse(edtf).earliest
        if inside and whole.earliest <= inside <= whole.latest and calendar.unit_of(year) != "decade":
            return edtf
    return None


def within_year(node: Node, year: Node) -> Node:
    """The node with its yearless parts put in a year."""
    if isinstance(node, (Recurring, MonthNumber)):
        return InYear(node, year)
    if isinstance(node, Edge):
        return Edge(node.which, within_year(node.of, year))
    if isinstance(node, Piece):
        return Piece(node.unit, node.index, within_year(node.of, year))
    if isinstance(node, Range):
        return Range(within_year(node.low, year), within_year(node.high, year), node.spans)
    if isinstance(node, Choice):
        return Choice(tuple(within_year(member, year) for member in node.members), node.spans)
    return node


def yearless(node: Node) -> bool:
    """Whether the node hangs on a year that it does not tell."""
    if isinstance(node, (Edge, Piece, About)):
        return yearless(node.of)
    if isinstance(node, Range):
        return yearless(node.low) and yearless(node.high)
    if isinstance(node, Choice):
        return all(yearless(member) for member in node.members)
    return isinstance(node, MonthNumber) or (isinstance(node, Recurring) and not node.which and node.unit != "monthday")


def _edge(node: Edge, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    return calendar.edge(whole, node.which) if whole else None


def _piece(node: Piece, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    return calendar.piece(whole, node.unit, node.index) if whole else None


def _fiscal(node: Fiscal, setting: Setting) -> str | None:
    return fiscal(node, setting.country())


def _numeric(node: Numeric, setting: Setting) -> str | None:
    day_first = f"{node.year:04d}-{node.second:02d}-{node.first:02d}"
    month_first = f"{node.year:04d}-{node.first:02d}-{node.second:02d}"
    habit = setting.day_first()
    if habit is None:
        return calendar.one_of([e for e in (day_first, month_first) if calendar.valid(e)])
    return day_first if habit else month_first


def _month_number(node: MonthNumber, setting: Setting) -> str | None:
    year = 2000 + node.number
    as_year = calendar.month_edtf(year, node.month)
    today = setting.today
    if setting.years_short() and node.number >= 10 and setting.before != "on":
        return as_year
    likely = node.number >= 10 and setting.before != "on" and (today is None or -25 <= year - today.year <= 30)
    if node.number > 31:
        return as_year if likely else None
    if likely and (setting.before in ("in", "since") or (today is not None and setting.day_first())):
        return as_year
    return recurring(Recurring("day", node.month, node.number), setting)


def _length(_: Length, __: Setting) -> str | None:
    return None


def _offset(node: Offset, setting: Setting) -> str | None:
    length = node.length
    if node.sign < 0 and length.unit == "year" and length.low == length.high and length.low >= 1:
        # "up from a year earlier": the same month or quarter, where the sentence told one
        told = next((t.edtf for t in reversed(setting.told) if t.near and not t.aside), "")
        compared = node.anchor == "told" or (node.anchor == "published" and setting.before in ("from", "than", "with"))
        if compared and told and calendar.unit_of(told) in ("month", "quarter", "half"):
            return calendar.moved(told, -int(length.low))
    anchor = _anchor(node, setting)
    if anchor is None:
        return None
    short = length.unit == "year" and length.low == length.high <= 2 and node.sign > 0
    if short and node.anchor not in ("published", "ahead") and calendar.unit_of(anchor) in ("day", "month"):
        length = replace(length, low=12 * length.low, high=12 * length.high, unit="month")  # "in May, and a year later"
    return away(anchor, length, node.sign)


def _anchor(node: Offset, setting: Setting) -> str | None:
    anchor = node.anchor
    if not isinstance(anchor, str):
        return resolve(anchor, setting)
    if anchor == "published" or (anchor == "ahead" and setting.tense == "future"):
        return setting.today.isoformat() if setting.today else None
    if anchor == "within":
        told = next((t.edtf for t in reversed(setting.told) if t.near and not t.aside), None)
        ahead = setting.tense == "future" or (told is None and setting.tense != "plan")
        return told if not ahead else setting.today.isoformat() if setting.today else None
    if anchor == "ahead":
        return None
    if anchor == "told":
        return next((told.edtf for told in reversed(setting.told) if not told.aside), None)
    stems = lexicon().events.get(anchor, (anchor[:4],) if len(anchor) > 3 else ())
    return next((told.edtf for told in reversed(setting.told) if told.verb.startswith(stems)), None) if stems else None


def _stretch(node: Stretch, setting: Setting) -> str | None:
    return from_now(setting.today, node.length, node.sign) if setting.today else None


def _together(nodes: Sequence[Node], setting: Setting) -> list[str] | None:
    """Members that share a year: the told year goes to those without one, in the order of the calendar."""
    nodes = [_of_short_year(node) if setting.years_short() else node for node in nodes]
    last = nodes[-1]
    if not yearless(last):
        high = resolve(last, setting)
        out = [high]
        for node in reversed(nodes[:-1]):
            out.insert(0, _before(node, out[0], setting) if yearless(node) and out[0] else resolve(node, setting))
    elif yearless(nodes[0]):
        out = [resolve(last, setting)]
        for node in reversed(nodes[:-1]):
            out.insert(0, _before(node, out[0], setting) if out[0] else None)
    else:
        out = [resolve(nodes[0], setting)]
        for node in nodes[1:]:
            out.append(next_after(node, out[-1], setting) if yearless(node) and out[-1] else resolve(node, setting))
    return None if any(edtf is None for edtf in out) else [edtf for edtf in out if edtf]


def _of_short_year(node: Node) -> Node:
    """ "Dec 20" as a month of 2020."""
    if isinstance(node, MonthNumber) and node.number >= 10:
        return Fixed(calendar.month_edtf(2000 + node.number, node.month) or "")
    return node


def _before(node: Node, high: str | None, setting: Setting) -> str | None:
    whole = parse(high) if high else None
    if whole is None or whole.latest is None or whole.earliest is None:
        return None
    for year in (whole.latest.year, whole.earliest.year, whole.earliest.year - 1):
        edtf = resolve(within_year(node, Fixed(f"{year:04d}")), setting)
        low = parse(edtf).earliest if edtf else None
        if low and low <= whole.latest:
            return edtf
    return None


def next_after(node: Node, low: str | None, setting: Setting) -> str | None:
    """The first time of a node without a year that is not over before `low` begins."""
    whole = parse(low) if low else None
    if whole is None or whole.earliest is None:
        return None
    for year in (whole.earliest.year, whole.earliest.year + 1):
        edtf = resolve(within_year(node, Fixed(f"{year:04d}")), setting)
        high = parse(edtf).latest if edtf else None
        if high and high >= whole.earliest:
            return edtf
    return None


def members(node: Range | Choice, setting: Setting) -> list[str] | None:
    """The EDTF of each end of a range, of each alternative of a choice; None where one is not told."""
    if isinstance(node, Range):
        return _together((node.low, node.high), setting)
    if all(yearless(member) for member in node.members):
        # either may stand first: "in December, or possibly already in November"
        each = [resolve(member, setting) for member in node.members]
        return [edtf for edtf in each if edtf] if all(each) else None
    return _together(node.members, setting)


def _range(node: Range, setting: Setting) -> str | None:
    both = members(node, setting)
    return calendar.between(both[0], both[1]) if both else None


def _end(node: End, setting: Setting) -> str | None:
    both = members(node.of, setting)
    return both[node.at] if both else None


def _choice(node: Choice, setting: Setting) -> str | None:
    each = members(node, setting)
    return calendar.one_of(each) if each else None


def _about(node: About, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    if whole is None:
        return None
    return calendar.about(whole) if calendar.unit_of(whole) != "span" else whole


_READERS: dict[type, Callable[..., str | None]] = {
    Fixed: _fixed, Recurring: recurring, Weekday: weekday, Deictic: deictic, Back: back, InYear: _in_year,
    Edge: _edge, Piece: _piece, Fiscal: _fiscal, Numeric: _numeric, MonthNumber: _month_number, Length: _length,
    Offset: _offset, Stretch: _stretch, Range: _range, End: _end, Choice: _choice, About: _about,
}  # fmt: skip
