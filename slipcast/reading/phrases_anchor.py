"""Ties what a phrase means to the calendar: against the day of publication, the tense, the dates told before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from slipcast.dates import add_months, parse
from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_nodes import (
    About, Back, Choice, Deictic, Edge, Fiscal, Fixed, InYear, Length, MonthNumber, Node, Numeric, Offset, Piece,
    Range, Recurring, Stretch, Weekday,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A date that the text has told before.

    near: in the same sentence; verb: the word that gave its tense; aside: told for comparison only ("since 1987"), so
    that "the day" does not go back to it.
    """

    edtf: str
    near: bool
    verb: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against.

    today: the day of publication, None where it is not known; tense: "past", "future", "plan" or "";
    told: dates told before, latest last; fiscal: fiscal year -> EDTF for the country at this place;
    day_first: whether the text writes the day before the month, None where it does not show.
    """

    today: date | None
    tense: str = ""
    told: tuple[Told, ...] = ()
    fiscal: Callable[[Fiscal], str | None] = field(default=lambda _: None)
    fiscal_now: Callable[[date, int], str | None] = field(default=lambda _day, _offset: None)
    day_first: bool | None = None
    after_in: bool = False


def resolve(node: Node, setting: Setting) -> str | None:
    """The EDTF of a node, None where the setting does not tell. Never more exact than the node."""
    return calendar.valid(_READERS[type(node)](node, setting))


def _fixed(node: Fixed, _: Setting) -> str | None:
    return node.edtf


def _candidate(node: Recurring, year: int) -> str | None:
    if node.unit == "month":
        return calendar.month_edtf(year, node.value)
    if node.unit == "day":
        return calendar.valid(f"{year:04d}-{node.value:02d}-{node.day:02d}")
    if node.unit == "season":
        return calendar.valid(f"{year:04d}-{node.value}")
    return calendar.piece_edtf(year, node.unit, node.value)


def _recurring(node: Recurring, setting: Setting) -> str | None:
    today = setting.today
    if today is None:
        return None
    around: list[tuple[date, date, str]] = []
    for year in range(today.year - 9 if node.value == 2 and node.day == 29 else today.year - 2, today.year + 9):
        edtf = _candidate(node, year) if 1 <= year <= 9999 else None
        if edtf:
            whole = parse(edtf)
            if whole.earliest and whole.latest:
                around.append((whole.earliest, whole.latest, edtf))
    before = [edtf for low, _, edtf in around if low <= today]
    ahead = [edtf for _, high, edtf in around if high >= today]
    if node.which == "last":
        return next((edtf for _, high, edtf in reversed(around) if high < today), None)
    if node.which == "next":
        if node.unit == "season":
            return _candidate(node, today.year + 1)
        return next((edtf for low, _, edtf in around if low > today), None)
    if node.which == "this":
        return _candidate(node, today.year - (node.value == 24 and today.month < 3))
    if setting.tense == "past":
        return before[-1] if before else None
    if setting.tense == "future":
        return ahead[0] if ahead else None
    again = next((t.edtf for t in reversed(setting.told) if t.edtf in before[-1:] + ahead[:1]), None)
    if again:
        return again
    distance = [(max((low - today).days, (today - high).days, 0), -low.toordinal(), e) for low, high, e in around]
    return min(distance)[2] if distance else None


def _weekday(node: Weekday, setting: Setting) -> str | None:
    today = setting.today
    if today is None:
        return None
    back, forth = (today.weekday() - node.value) % 7, (node.value - today.weekday()) % 7
    if node.weeks is not None:
        return _plus(today, 7 * node.weeks - today.weekday() + node.value)
    if node.which == "last":
        # "last Thursday" on a Friday is not yesterday, which has a word of its own
        return _plus(today, -back - 7 if back < 2 else -back)
    if node.which == "next":
        return _plus(today, forth or 7)
    ahead = setting.tense == "future" or (node.which == "this" and setting.tense != "past")
    return _plus(today, forth if ahead else -back)


def _plus(day: date, days: float) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _deictic(node: Deictic, setting: Setting) -> str | None:
    today = setting.today
    if today is None:
        return None
    if node.unit == "fiscal":
        return setting.fiscal_now(today, node.offset)
    return _unit_around(today, node.unit, node.offset)


def _unit_around(day: date, unit: str, offset: int) -> str | None:
    if unit == "day":
        return _plus(day, offset)
    if unit == "week":
        monday = _plus(day, 7 * offset - day.weekday())
        return calendar.stretch(date.fromisoformat(monday), date.fromisoformat(monday) + timedelta(days=6)) if monday else None
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


def _back(node: Back, setting: Setting) -> str | None:
    fits = {"day": ("day",), "week": ("day",), "month": ("day", "month"), "quarter": ("day", "month", "quarter")}.get(node.unit)
    for told in reversed(setting.told):
        if told.aside:
            continue
        if node.here and node.unit != "day" and (not told.near or setting.tense == "future" or node.unit == "decade"):
            break
        whole = parse(told.edtf)
        unit = calendar.unit_of(told.edtf)
        if node.unit == "period" or (node.unit == "time" and unit in ("day", "month")):
            return told.edtf
        if whole.earliest is None or (fits and unit not in fits) or unit in ("span", "decade"):
            continue
        return _unit_around(whole.earliest, node.unit, node.offset)
    if node.unit == "decade" and setting.today and setting.tense == "future" and setting.today.year % 10 == 9:
        return _decade(setting.today.year + 1)  # what is to come by the end of the decade is not due within weeks
    if (node.here or node.offset) and setting.today:
        return _unit_around(setting.today, node.unit, node.offset)
    return None


def _in_year(node: InYear, setting: Setting) -> str | None:
    part = node.part
    year = resolve(node.year, setting)
    if year is None:
        return None
    if isinstance(part, Back):
        same = _back(part, setting)
        whole = parse(year)
        return calendar.moved(same, whole.earliest.year - int(same[:4])) if same and whole.earliest else None
    if isinstance(part, (Range, Choice, Edge)):
        return resolve(within_year(part, Fixed(year)), setting)
    if isinstance(part, MonthNumber):
        part = Recurring("day", part.month, part.number)
    if not isinstance(part, Recurring):
        return None
    whole = parse(year)
    if whole.earliest is None or whole.latest is None:
        return None
    if part.unit in ("quarter", "half") and calendar.unit_of(year) != "year":
        return calendar.piece(year, part.unit, part.value)
    for number in range(whole.earliest.year, whole.latest.year + 1):
        edtf = _candidate(part, number)
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
        return Range(within_year(node.low, year), within_year(node.high, year))
    if isinstance(node, Choice):
        return Choice(tuple(within_year(member, year) for member in node.members))
    return node


def yearless(node: Node) -> bool:
    """Whether the node hangs on a year that it does not tell."""
    if isinstance(node, (Edge, Piece, About)):
        return yearless(node.of)
    if isinstance(node, Range):
        return yearless(node.low) and yearless(node.high)
    if isinstance(node, Choice):
        return all(yearless(member) for member in node.members)
    return isinstance(node, MonthNumber) or (isinstance(node, Recurring) and not node.which)


def _edge(node: Edge, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    return calendar.edge(whole, node.which) if whole else None


def _piece(node: Piece, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    return calendar.piece(whole, node.unit, node.index) if whole else None


def _fiscal(node: Fiscal, setting: Setting) -> str | None:
    return setting.fiscal(node)


def _numeric(node: Numeric, setting: Setting) -> str | None:
    day_first = f"{node.year:04d}-{node.second:02d}-{node.first:02d}"
    month_first = f"{node.year:04d}-{node.first:02d}-{node.second:02d}"
    if setting.day_first is None:
        return calendar.one_of([e for e in (day_first, month_first) if calendar.valid(e)])
    return day_first if setting.day_first else month_first


def _month_number(node: MonthNumber, setting: Setting) -> str | None:
    year = 2000 + node.number
    as_year = calendar.month_edtf(year, node.month)
    today = setting.today
    likely = node.number >= 10 and (today is None or -25 <= year - today.year <= 30)
    if node.number > 31:
        return as_year if likely else None
    if likely and (setting.after_in or (setting.day_first and today is not None)):
        return as_year
    return _recurring(Recurring("day", node.month, node.number), setting)


def _length(_: Length, __: Setting) -> str | None:
    return None


def _offset(node: Offset, setting: Setting) -> str | None:
    anchor = _anchor(node, setting)
    length = node.length
    if anchor is None or length.high == 0 or length.low == 0:
        return None
    far = _away(anchor, length.high, length.unit, node.sign)
    if far is None:
        return None
    if length.bound == "<":
        start = _coarse(anchor, "month" if length.unit in ("month", "year") else "day")
        return (calendar.between(start, far) if node.sign > 0 else calendar.between(far, start)) if start else None
    if length.bound == ">":
        return f"{far}/.." if node.sign > 0 else f"../{far}"
    if length.bound == "~":
        return calendar.about(far)
    if length.low != length.high:
        near = _away(anchor, length.low, length.unit, node.sign)
        return (calendar.between(near, far) if node.sign > 0 else calendar.between(far, near)) if near else None
    return far


def _anchor(node: Offset, setting: Setting) -> str | None:
    anchor = node.anchor
    if not isinstance(anchor, str):
        return resolve(anchor, setting)
    if anchor == "published" or (anchor == "ahead" and setting.tense == "future"):
        return setting.today.isoformat() if setting.today else None
    if anchor == "ahead":
        return None
    if anchor == "told":
        return next((told.edtf for told in reversed(setting.told) if not told.aside), None)
    stem = anchor[:4]
    return next((told.edtf for told in reversed(setting.told) if len(stem) == 4 and told.verb[:4] == stem), None)


def _away(anchor: str, count: float, unit: str, sign: int) -> str | None:
    whole = calendar.window(anchor)
    if whole is None or whole.earliest is None or calendar.unit_of(anchor) == "span":
        return None
    known = calendar.unit_of(anchor)
    day = whole.earliest
    if unit in ("day", "week"):
        moved = _plus(day, sign * count * (7 if unit == "week" else 1)) if known == "day" and count < 4000 else None
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


def _stretch(node: Stretch, setting: Setting) -> str | None:
    today = setting.today
    length = node.length
    if today is None or length.high == 0 or length.unit not in ("day", "week", "month", "year", "decade"):
        return None
    if length.unit in ("day", "week"):
        days = length.high * (7 if length.unit == "week" else 1)
        ends = [today.isoformat(), _plus(today, node.sign * days)] if days < 4000 else [None, None]
    else:
        months = int(length.high * {"month": 1, "year": 12, "decade": 120}[length.unit])
        size = 7 if length.unit == "month" else 4
        far = add_months(today, node.sign * months) if months < 12000 else None
        ends = [today.isoformat()[:size], far.isoformat()[:size] if far else None]
    if ends[0] is None or ends[1] is None:
        return None
    return calendar.between(ends[0], ends[1]) if node.sign > 0 else calendar.between(ends[1], ends[0])


def _together(nodes: Sequence[Node], setting: Setting) -> list[str] | None:
    """Members that share a year: the told year goes to those without one, in the order of the calendar."""
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
            out.append(_after(node, out[-1], setting) if yearless(node) and out[-1] else resolve(node, setting))
    return None if any(edtf is None for edtf in out) else [edtf for edtf in out if edtf]


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


def _after(node: Node, low: str | None, setting: Setting) -> str | None:
    whole = parse(low) if low else None
    if whole is None or whole.earliest is None:
        return None
    for year in (whole.earliest.year, whole.earliest.year + 1):
        edtf = resolve(within_year(node, Fixed(f"{year:04d}")), setting)
        high = parse(edtf).latest if edtf else None
        if high and high >= whole.earliest:
            return edtf
    return None


def _range(node: Range, setting: Setting) -> str | None:
    both = _together((node.low, node.high), setting)
    return calendar.between(both[0], both[1]) if both else None


def _choice(node: Choice, setting: Setting) -> str | None:
    nodes = node.members
    if len(nodes) == 2 and all(yearless(n) for n in nodes):
        # either may stand first: "in December, or possibly already in November"
        one, other = (resolve(n, setting) for n in nodes)
        return calendar.one_of([one, other]) if one and other else None
    members = _together(nodes, setting)
    return calendar.one_of(members) if members else None


def _about(node: About, setting: Setting) -> str | None:
    whole = resolve(node.of, setting)
    if whole is None:
        return None
    return calendar.about(whole) if calendar.unit_of(whole) != "span" else whole


_READERS: dict[type, Callable[..., str | None]] = {
    Fixed: _fixed, Recurring: _recurring, Weekday: _weekday, Deictic: _deictic, Back: _back, InYear: _in_year,
    Edge: _edge, Piece: _piece, Fiscal: _fiscal, Numeric: _numeric, MonthNumber: _month_number, Length: _length,
    Offset: _offset, Stretch: _stretch, Range: _range, Choice: _choice, About: _about,
}  # fmt: skip
