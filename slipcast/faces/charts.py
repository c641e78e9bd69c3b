"""The report's charts, from nouns to SVG: the milestone trend chart and the S-curves of a forecast."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from slipcast import dates
from slipcast.domain import Entry, Forecast, Milestone
from slipcast.faces import wording
from slipcast.faces.drawing import (
    COLOURS,
    FAINT,
    INK,
    QUIET,
    Chart,
    Frame,
    Key,
    Spec,
    axis,
    instant,
    places,
    spread,
    svg,
    time_axis,
    whole,
)  # fmt: skip
from slipcast.faces.inert import label

SHAPES = {
    **{"planned": "circle", "delayed": "triangle-up", "reaffirmed": "square", "resumed": "square"},
    **{"at_risk": "diamond", "suspended": "cross", "cancelled": "cross", "denied": "cross", "achieved": "star"},
}
#: Vega draws no star of its own: a path in its unit square
STAR = "M0,-1L0.225,-0.309L0.951,-0.309L0.363,0.118L0.588,0.809L0,0.382L-0.588,0.809L-0.363,0.118L-0.951,-0.309L-0.225,-0.309Z"
_DASHES = ([1, 0], [7, 3], [2, 2], [7, 2, 2, 2])


def chance_by(forecast: Forecast, day: date) -> float:
    """P(arrived by `day`), never included: (1 - p_never) G(day), G linear between the levels and 0 at as_of."""
    levels = sorted((when, level) for level, when in forecast.quantiles.items())
    at = bisect_right(levels, (day, math.inf))
    if at == len(levels):
        return (1 - forecast.p_never) * (levels[-1][1] if levels else 0.0)
    low_day, low = levels[at - 1] if at else (min(forecast.as_of, levels[0][0]), 0.0)
    high_day, high = levels[at]
    if day <= low_day:
        return (1 - forecast.p_never) * (low if at else 0.0)
    return (1 - forecast.p_never) * (low + (high - low) * (day - low_day).days / (high_day - low_day).days)


def quantile(forecast: Forecast, level: float) -> date | None:
    """The day of a level, given that it arrives at all; None where the forecast does not hold that level."""
    return next((day for held, day in forecast.quantiles.items() if abs(held - level) < 1e-9), None)


def _days(first: date, last: date, *, share: float = 0.03) -> tuple[date, date]:
    pad = timedelta(days=max(3, int((last - first).days * share)))
    return max(first, date.min + pad) - pad, min(last, date.max - pad) + pad


def _rule(values: Sequence[Mapping[str, object]], *, x2: bool = False, y2: bool = False, **mark: object) -> Spec:
    encoding: Spec = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "quantitative"}}
    encoding.update({"x2": {"field": "x2"}} if x2 else {}, **({"y2": {"field": "y2"}} if y2 else {}))
    return {"data": {"values": list(values)}, "mark": {"type": "rule", **mark}, "encoding": encoding}


@dataclass(frozen=True, slots=True)
class _Said:
    number: int
    on: date
    earliest: date
    deadline: date
    status: str
    speaker: str


def _said(milestone: Milestone, entries: Mapping[str, Entry]) -> list[_Said]:
    """The promises of a milestone, and the words that moved one without a new date, in the order of the slip table."""
    found = []
    for number, slip in enumerate(milestone.promises, 1):
        window = dates.parse(slip.promised)
        if window.deadline is None:
            continue
        said = entries[slip.statement]
        speaker = said.statement.speaker or ("unnamed source" if said.statement.anonymous else said.document.outlet)
        start = window.earliest if window.latest else None
        on = dates.counts_from(slip.stated_on)
        status = said.statement.status
        found.append(_Said(number, on, start or window.deadline, window.deadline, status, speaker or "not told"))
    return found


def milestone_trend(milestone: Milestone, entries: Mapping[str, Entry], as_of: date, name: str) -> Chart | None:
    """x: said on, y: promised for, windows as bars, the diagonal where the promise is today; None without promises.

    One colour a speaker, one shape a status word, the number of the slip table beside each mark.
    name: begins every id in the SVG, so that several charts stand on one page.
    """
    said = _said(milestone, entries)
    if not said:
        return None
    speakers = list(dict.fromkeys(one.speaker for one in said))
    shown = speakers if len(speakers) <= len(COLOURS) else speakers[: len(COLOURS) - 1]
    colours = {who: COLOURS[shown.index(who)] if who in shown else COLOURS[-1] for who in speakers}
    key = [Key(label(who, 40), colours[who], "line") for who in shown]
    if len(shown) < len(speakers):
        key.append(Key(f"{len(speakers) - len(shown)} others", COLOURS[-1], "line"))
    for status in dict.fromkeys(one.status for one in said):
        key.append(Key(wording.words(status), QUIET, SHAPES.get(status, "circle")))
    if any(one.earliest < one.deadline for one in said):
        key.append(Key("bar: the window promised", QUIET, "bar"))
    met = dates.parse(milestone.achieved).deadline if milestone.achieved not in (None, "yes") else None
    if met:
        key.append(Key("achieved", INK, "star"))
    first, last = said[0], said[-1]
    description = (
        f"{len(said)} promise{'s' * (len(said) != 1)} for {wording.milestone(milestone.kind, milestone.tranche)}: "
        f"on {wording.of_day(first.on)} for {wording.of_day(first.deadline)} at the latest"
        + (f", on {wording.of_day(last.on)} for {wording.of_day(last.deadline)}" if len(said) > 1 else "")
        + (f"; achieved {wording.of_day(met)}." if met else ".")
    )
    frames = (Frame(720, 380, 74, 24, 14, 34), Frame(360, 330, 64, 14, 12, 32))
    drawn = [
        svg(_trend(said, colours, met, as_of, frame), f"{name}-{size}")
        for frame, size in zip(frames, ("w", "n"), strict=True)
    ]
    return Chart("When it was promised for, each time it was said", description, drawn[0], drawn[1], tuple(key))


def _trend(said: list[_Said], colours: Mapping[str, str], met: date | None, as_of: date, frame: Frame) -> Spec:
    end = max(as_of, max(one.on for one in said), met or as_of)
    left, right = _days(min(one.on for one in said), end)
    bottom, top = _days(min([left, *(one.earliest for one in said)]), max([end, *(one.deadline for one in said)]))
    across, up = (right - left).days / frame.plot_width, (top - bottom).days / frame.plot_height
    x: Spec = {"field": "x", "type": "temporal", **time_axis(left, right, frame.plot_width // 85, grid=False)}
    y: Spec = {"field": "y", "type": "temporal", **time_axis(bottom, top, frame.plot_height // 45, grid=True)}
    low, high = max(left, bottom), min(right, top)
    diagonal = [{"x": instant(day), "y": instant(day), "y2": instant(bottom)} for day in (low, high)]
    held = [(one.on, one.deadline) for one in sorted(said, key=lambda one: (one.on, one.number))]
    held.append((max(met or as_of, held[-1][0]), held[-1][1]))
    pixels = [((one.on - left).days / across, frame.plot_height - (one.deadline - bottom).days / up) for one in said]
    numbers = [
        {"x": spot[0], "y": spot[1], "t": str(one.number)}
        for one, spot in zip(said, places(pixels, 16, 13), strict=True)
        if spot
    ]
    angle = -math.degrees(math.atan2(across, up))
    middle = low + (high - low) * (0.62 if frame.width > 500 else 0.5)
    marks = [
        {"x": instant(one.on), "y": instant(one.deadline), "y2": instant(one.earliest)}
        | {"c": colours[one.speaker], "s": _symbol(SHAPES.get(one.status, "circle"))}
        for one in said
    ]
    colour = {"field": "c", "type": "nominal", "scale": None}
    at = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "temporal"}}
    layers: list[Spec] = [
        {
            "data": {"values": diagonal},
            "mark": {"type": "area", "color": "#f3f0ea", "clip": True},
            "encoding": {"x": x, "y": y, "y2": {"field": "y2"}},
        },
        {
            "data": {"values": diagonal},
            "mark": {"type": "line", "color": QUIET, "strokeWidth": 1, "strokeDash": [4, 3]},
            "encoding": at,
        },
        {
            "data": {"values": [{"x": instant(middle), "y": instant(middle), "t": "the promise is today"}]},
            "mark": {"type": "text", "angle": angle, "dy": 13, "color": QUIET},
            "encoding": {**at, "text": {"field": "t"}},
        },
        {
            "data": {"values": [{"x": instant(day), "y": instant(when)} for day, when in held]},
            "mark": {"type": "line", "interpolate": "step-after", "color": FAINT, "strokeWidth": 1.5},
            "encoding": at,
        },
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35},
            "encoding": {**at, "y2": {"field": "y2"}, "color": colour},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "stroke": "#ffffff", "strokeWidth": 1},
            "encoding": {**at, "color": colour, "shape": {"field": "s", "type": "nominal", "scale": None}},
        },
    ]
    if met:
        layers.append(
            {
                "data": {"values": [{"x": instant(met), "y": instant(met)}]},
                "mark": {"type": "point", "shape": STAR, "filled": True, "size": 190, "color": INK, "opacity": 1},
                "encoding": at,
            }
        )
    for number in numbers:
        layers.append(
            {
                "data": {"values": [{"t": number["t"]}]},
                "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": INK},
                "encoding": {"x": {"value": number["x"]}, "y": {"value": number["y"]}, "text": {"field": "t"}},
            }
        )
    return whole(frame, layers)


def _symbol(shape: str) -> str:
    return STAR if shape == "star" else shape


def s_curves(forecasts: Sequence[Forecast], name: str) -> Chart | None:
    """The chance that it has arrived by each day, as it stood at each as_of; levels off at 1 - p_never.

    forecasts: one milestone, oldest as_of first; None without any. The promised date is a vertical rule, its window a
    band; P50 and P80 (given that it arrives) are marked. name: begins every id in the SVG.
    """
    drawable = [one for one in forecasts if one.quantiles]
    if not drawable:
        return None
    latest = drawable[-1]
    standing = [
        f"as of {wording.of_day(one.as_of)} it levels off at {wording.percent(1 - one.p_never)}, never "
        f"{wording.percent(one.p_never)}"
        for one in drawable
    ]
    p50, p80 = quantile(latest, 0.5), quantile(latest, 0.8)
    if p50 and p80:
        standing.append(f"the latest P50 is {wording.of_day(p50)} and its P80 {wording.of_day(p80)}")
    frames = (Frame(720, 380, 52, 148, 30, 34), Frame(360, 330, 48, 12, 30, 32))
    drawn = [svg(_curves(drawable, frame), f"{name}-{size}") for frame, size in zip(frames, ("w", "n"), strict=True)]
    what = wording.milestone(latest.milestone, latest.tranche)
    description = f"Chance that {what} has come by a day: {'; '.join(standing)}."
    marks = (Key("P50: half of the arrivals", QUIET, "circle"), Key("P80: four fifths of them", QUIET, "square"))
    lines = tuple(
        Key(
            f"as of {wording.of_day(one.as_of)}: never {wording.percent(one.p_never)}", _colour(index, drawable), "line"
        )
        for index, one in enumerate(drawable)
    )
    return Chart("Chance that it has come by a day", description, drawn[0], drawn[1], marks + lines)


def _colour(index: int, drawn: Sequence[Forecast]) -> str:
    """The latest is always the first colour, so that one forecast alone and the newest of several look the same."""
    return COLOURS[(len(drawn) - 1 - index) % len(COLOURS)]


def _curves(forecasts: Sequence[Forecast], frame: Frame) -> Spec:
    first = min(one.as_of for one in forecasts)
    reach = [quantile(one, 0.9) or max(one.quantiles.values()) for one in forecasts]
    promises = [dates.parse(one.promised) for one in forecasts if one.promised]
    deadlines = [window.deadline for window in promises if window.deadline]
    left, right = _days(min([first, *deadlines[-1:]]), max([*reach, *deadlines[-1:]]))
    wide = frame.width > 500
    x: Spec = {"field": "x", "type": "temporal", **time_axis(left, right, frame.plot_width // 75, grid=False)}
    shown = axis(grid=True, values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    y: Spec = {"field": "y", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": shown}
    at = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "quantitative"}}
    layers: list[Spec] = []
    if promises:
        layers += _promised(promises[-1], forecasts[-1].promised or "", left, right, frame)
    ends: list[float] = []
    for index, one in enumerate(forecasts):
        colour, dash = _colour(index, forecasts), _DASHES[(len(forecasts) - 1 - index) % len(_DASHES)]
        levels = sorted((when, level) for level, when in one.quantiles.items())
        line = [(one.as_of, 0.0), *((when, level * (1 - one.p_never)) for when, level in levels)]
        layers.append(
            {
                "data": {"values": [{"x": instant(when), "y": p} for when, p in line]},
                "mark": {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash, "clip": True},
                "encoding": {"x": x, "y": y} if index == 0 else at,
            }
        )
        plateau = [{"x": instant(left), "x2": instant(right), "y": 1 - one.p_never}]
        layers.append(_rule(plateau, x2=True, color=colour, strokeWidth=1, strokeDash=[1, 3], opacity=0.9))
        ends.append(chance_by(one, right))
        for level, shape in ((0.5, "circle"), (0.8, "square")):
            day = quantile(one, level)
            if day and day <= right:
                layers.append(_mark(day, level * (1 - one.p_never), shape, colour, at))
    layers += _labels(forecasts, ends, right, frame) if wide else []
    return whole(frame, layers)


def _promised(window: dates.Window, edtf: str, left: date, right: date, frame: Frame) -> list[Spec]:
    """The promised window as a band, its deadline as a rule, and its name above the plot."""
    layers: list[Spec] = []
    if window.earliest and window.latest and window.earliest < window.latest:
        band = {"x": instant(max(window.earliest, left)), "x2": instant(min(window.latest, right)), "y": 0, "y2": 1}
        encoding = {"x": {"field": "x", "type": "temporal"}, "x2": {"field": "x2"}}
        encoding |= {"y": {"field": "y", "type": "quantitative"}, "y2": {"field": "y2"}}
        layers.append({"data": {"values": [band]}, "mark": {"type": "rect", "color": "#f3f0ea"}, "encoding": encoding})
    if window.deadline:
        values: list[dict[str, object]] = [{"x": instant(window.deadline), "y": 0, "y2": 1}]
        layers.append(_rule(values, y2=True, color=INK, strokeWidth=1.5))
        place = (window.deadline - left).days / max((right - left).days, 1) * frame.plot_width
        text = f"promised: {wording.of_edtf(edtf)}"
        half = len(text) * 3.2
        layers.append(
            {
                "data": {"values": [{"t": text}]},
                "mark": {"type": "text", "dy": -12, "fontWeight": "bold", "color": INK},
                "encoding": {
                    "x": {"value": min(max(place, half - frame.left + 4), frame.width - frame.left - half - 4)},
                    "y": {"value": 0},
                    "text": {"field": "t"},
                },
            }
        )
    return layers


def _mark(day: date, chance: float, shape: str, colour: str, at: Spec) -> Spec:
    look = {"type": "point", "shape": shape, "filled": True, "size": 80, "color": colour, "opacity": 1}
    return {
        "data": {"values": [{"x": instant(day), "y": chance}]},
        "mark": {**look, "stroke": "#ffffff", "strokeWidth": 1.2},
        "encoding": at,
    }


def _labels(forecasts: Sequence[Forecast], ends: Sequence[float], right: date, frame: Frame) -> list[Spec]:
    """At the right end of each curve, its as_of and its chance of never, none over another."""
    wanted = [(1 - end) * frame.plot_height for end in ends]
    heights = spread(wanted, 34, 8, frame.plot_height - 18)
    layers: list[Spec] = []
    for index, (one, height) in enumerate(zip(forecasts, heights, strict=True)):
        for line, weight, drop in (
            (f"as of {wording.of_day(one.as_of)}", "bold", 0),
            (f"never {wording.percent(one.p_never)}", "normal", 15),
        ):
            layers.append(
                {
                    "data": {"values": [{"x": instant(right), "t": line}]},
                    "mark": {"type": "text", "align": "left", "dx": 26, "dy": drop, "fontWeight": weight},
                    "encoding": {
                        "x": {"field": "x", "type": "temporal"},
                        "y": {"value": height},
                        "text": {"field": "t"},
                    },
                }
            )
        layers.append(
            {
                "data": {"values": [{"x": instant(right)}]},
                "mark": {"type": "rule", "color": _colour(index, forecasts), "strokeWidth": 1, "clip": False},
                "encoding": {
                    "x": {"value": frame.plot_width + 3},
                    "x2": {"value": frame.plot_width + 22},
                    "y": {"value": wanted[index]},
                    "y2": {"value": height},
                },
            }
        )
    return layers
