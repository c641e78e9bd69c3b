"""The milestone trend chart: what was promised for when, each time that it was said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from slipcast.faces import wording
from slipcast.faces.charts.drawing import (
    COLOURS,
    FAINT,
    INK,
    LATE,
    QUIET,
    SHADE,
    STAR,
    Chart,
    Frame,
    Key,
    Spec,
    caption,
    grouped,
    instant,
    padded,
    places,
    svg,
    time_axis,
    whole,
)
from slipcast.faces.inert import label

SHAPES = {
    **{"planned": "circle", "delayed": "triangle-up", "reaffirmed": "square", "resumed": "square"},
    **{"at_risk": "diamond", "suspended": "cross", "cancelled": "cross", "denied": "cross", "achieved": "star"},
}
_AT: Spec = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "temporal"}}
_FRAMES = (Frame(720, 400, 74, 24, 30, 48), Frame(360, 350, 64, 14, 30, 46))

_LABEL = 160  #: length of the diagonal's label, in pixels


@dataclass(frozen=True, slots=True)
class Said:
    """One promise, or one word that took a promise back without a new date (dated: False; deadline: the old one).

    number: its row in the slip table; on: when it was said; earliest, deadline: the window.
    """

    number: int
    on: date
    earliest: date
    deadline: date
    status: str
    speaker: str
    dated: bool = True


def milestone_trend(said: Sequence[Said], met: date | None, until: date, name: str) -> Chart | None:
    """x: said on, y: promised for, windows as bars, the diagonal where the promise is today; None without promises.

    said: in the order of the slip table; met: the day on which it was achieved, where that is told; until: how far the
    promise is followed otherwise; name: begins every id in the SVG.
    One colour a speaker, one shape a status word, hollow where no new date was given.
    """
    if not said:
        return None
    colours = _colours(said)
    wide, narrow = (
        svg(_spec(said, colours, met, until, frame), f"{name}-{size}")
        for frame, size in zip(_FRAMES, "wn", strict=True)
    )
    title = "What it was promised for, each time it was said"
    return Chart(title, _description(said, met), wide, narrow, tuple(_key(said, colours, met, until)))


def _colours(said: Sequence[Said]) -> dict[str, str]:
    """Speaker -> colour, in order of first speaking; all beyond the palette share its last."""
    speakers = list(dict.fromkeys(one.speaker for one in said))
    return {who: COLOURS[min(place, len(COLOURS) - 1)] for place, who in enumerate(speakers)}


def _key(said: Sequence[Said], colours: Mapping[str, str], met: date | None, until: date) -> list[Key]:
    names = list(colours)
    alone = names if len(names) <= len(COLOURS) else names[: len(COLOURS) - 1]
    key = [Key(label(who, 44), colours[who], "line") for who in alone]
    if len(alone) < len(names):
        key.append(Key(f"{len(names) - len(alone)} others", COLOURS[-1], "line"))
    key += [
        Key(wording.words(word), QUIET, SHAPES.get(word, "circle")) for word in dict.fromkeys(s.status for s in said)
    ]
    if not all(one.dated for one in said):
        key.append(Key("hollow: no new date given", QUIET, "hollow"))
    if any(one.earliest < one.deadline for one in said if one.dated):
        key.append(Key("window promised", QUIET, "bar"))
    if met:
        key.append(Key("achieved", INK, "star"))
    if (met or until) > _standing(said).deadline:
        key.append(Key("overdue", LATE, "dashes"))
    return key


def _standing(said: Sequence[Said]) -> Said:
    dated = [one for one in said if one.dated] or list(said)
    return max(dated, key=lambda one: (one.on, one.number))


def _description(said: Sequence[Said], met: date | None) -> str:
    dated = [one for one in said if one.dated]
    told = [f"{len(dated)} promise{'s' * (len(dated) != 1)}"]
    told += [
        f"on {wording.of_day(one.on)} for {wording.of_day(one.deadline)} at the latest"
        for one in dated[:1] + dated[1:][-1:]
    ]
    told += [f"{len(said) - len(dated)} times no new date was given"] if len(dated) < len(said) else []
    return "; ".join(told) + (f"; achieved {wording.of_day(met)}." if met else ".")


def _spec(said: Sequence[Said], colours: Mapping[str, str], met: date | None, until: date, frame: Frame) -> Spec:
    end = max(met or until, *(one.on for one in said))
    left, right = padded(min(one.on for one in said), end)
    bottom, top = padded(min(left, *(one.earliest for one in said)), max(end, *(one.deadline for one in said)))
    x: Spec = {"field": "x", "type": "temporal", **time_axis(left, right, frame.plot_width // 78, grid=False)}
    y: Spec = {"field": "y", "type": "temporal", **time_axis(bottom, top, frame.plot_height // 40, grid=True)}
    ends = [
        {"x": instant(day), "y": instant(day), "y2": instant(bottom)} for day in (max(left, bottom), min(right, top))
    ]
    area: Spec = {
        "mark": {"type": "area", "color": SHADE, "clip": True},
        "encoding": {"x": x, "y": y, "y2": {"field": "y2"}},
    }
    line: Spec = {"mark": {"type": "line", "color": QUIET, "strokeWidth": 1, "strokeDash": [4, 3]}, "encoding": _AT}
    layers: list[Spec] = [{"data": {"values": ends}, **area}, {"data": {"values": ends}, **line}]
    layers += _diagonal_label((left, right), (bottom, top), _standing(said).deadline, frame)
    layers += _held(said, met or until)
    layers += _marks(said, colours)
    if met:
        star = {"type": "point", "shape": STAR, "filled": True, "size": 190, "color": INK, "opacity": 1}
        layers.append({"data": {"values": [{"x": instant(met), "y": instant(met)}]}, "mark": star, "encoding": _AT})
    layers += _numbers(said, (left, right), (bottom, top), frame)
    layers.append(caption("promised for", -frame.left + 8, -14, "left"))
    layers.append(caption("said on", frame.plot_width, frame.plot_height + 38, "right"))
    return whole(frame, layers)


def _diagonal_label(across: tuple[date, date], up: tuple[date, date], held: date, frame: Frame) -> list[Spec]:
    """What lies below the diagonal, written along it where it is long enough and clear of the promise held last."""
    low, high = max(across[0], up[0]), min(across[1], up[1])
    rise = (high - low).days / (up[1] - up[0]).days * frame.plot_height
    run = (high - low).days / (across[1] - across[0]).days * frame.plot_width
    long = math.hypot(rise, run)
    if long < 2 * _LABEL:
        return []
    reach = _LABEL / 2 / long + 14 / max(rise, 1)  #: half the label and a line's height, as a share of the diagonal
    level = (held - low).days / max((high - low).days, 1)
    clear = [
        share
        for share in (0.7, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2)
        if abs(share - level) > reach and reach < share < 1 - reach
    ]
    if not clear:
        return []
    middle = instant(low + timedelta(days=int((high - low).days * clear[0])))
    spot = {"x": middle, "y": middle, "t": "below this line it is overdue"}
    look = {"type": "text", "angle": -math.degrees(math.atan2(rise, run)), "dy": 14, "color": QUIET}
    return [{"data": {"values": [spot]}, "mark": look, "encoding": {**_AT, "text": {"field": "t"}}}]


def _held(said: Sequence[Said], until: date) -> list[Spec]:
    """The promise that stood at each time, and since when it is overdue."""
    steps = sorted((one for one in said if one.dated), key=lambda one: (one.on, one.number))
    if not steps:
        return []
    values = [{"x": instant(one.on), "y": instant(one.deadline)} for one in steps]
    last = steps[-1]
    due = min(max(last.deadline, last.on), until)
    values.append({"x": instant(max(due, last.on)), "y": instant(last.deadline)})
    look = {"type": "line", "interpolate": "step-after", "color": FAINT, "strokeWidth": 1.5}
    layers: list[Spec] = [{"data": {"values": values}, "mark": look, "encoding": _AT}]
    if until > due:
        late = [{"x": instant(day), "y": instant(last.deadline)} for day in (due, until)]
        look = {"type": "line", "color": LATE, "strokeWidth": 2, "strokeDash": [2, 4]}
        layers.append({"data": {"values": late}, "mark": look, "encoding": _AT})
    return layers


def _marks(said: Sequence[Said], colours: Mapping[str, str]) -> list[Spec]:
    colour: Spec = {"field": "c", "type": "nominal", "scale": None}
    values = [
        {"x": instant(one.on), "y": instant(one.deadline), "y2": instant(one.earliest), "c": colours[one.speaker]}
        | {"f": colours[one.speaker] if one.dated else "#ffffff", "s": _path(SHAPES.get(one.status, "circle"))}
        for one in said
    ]
    bars = [value for value, one in zip(values, said, strict=True) if one.dated and one.earliest < one.deadline]
    shape: Spec = {"shape": {"field": "s", "type": "nominal", "scale": None}, "stroke": colour}
    point = {"type": "point", "filled": True, "size": 85, "opacity": 1, "strokeWidth": 1.6}
    bar = {"type": "rule", "strokeWidth": 5, "opacity": 0.35}
    return [
        {"data": {"values": bars}, "mark": bar, "encoding": {**_AT, "y2": {"field": "y2"}, "color": colour}},
        {"data": {"values": values}, "mark": point, "encoding": {**_AT, **shape, "fill": {**colour, "field": "f"}}},
    ]


def _path(shape: str) -> str:
    return STAR if shape == "star" else shape


def _numbers(said: Sequence[Said], across: tuple[date, date], up: tuple[date, date], frame: Frame) -> list[Spec]:
    """The number of the slip table beside each mark, where there is room for it."""

    def across_at(day: date) -> float:
        return (day - across[0]).days / (across[1] - across[0]).days * frame.plot_width

    def down_at(day: date) -> float:
        return (up[1] - day).days / (up[1] - up[0]).days * frame.plot_height

    spots = [(across_at(one.on), down_at(one.deadline)) for one in said]
    bars = [(x - 3, y, x + 3, down_at(one.earliest)) for one, (x, y) in zip(said, spots, strict=True) if one.dated]
    groups = grouped(spots, 5)
    names = [_span([said[index].number for index in group]) for group in groups]
    firsts = [spots[group[0]] for group in groups]
    found = places(firsts, [len(name) * 6.5 + 3 for name in names], 12, (frame.plot_width, frame.plot_height), bars)
    return [
        caption(name, place[0], place[1], "center", INK, "bold")
        for name, place in zip(names, found, strict=True)
        if place
    ]


def _span(numbers: list[int]) -> str:
    """1, 2, 3 is 1–3; 1, 3 is 1, 3."""
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))
