"""S-curves: the chance that it has come by each day, as that chance stood at several days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slipcast import dates
from slipcast.domain import Forecast
from slipcast.faces import wording
from slipcast.faces.charts.drawing import (
    COLOURS,
    INK,
    QUIET,
    SHADE,
    Chart,
    Frame,
    Key,
    Spec,
    axis,
    caption,
    instant,
    padded,
    spread,
    svg,
    time_axis,
    whole,
)

_AT: Spec = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "quantitative"}}
_DASHES = ([1, 0], [8, 3], [2, 2], [8, 3, 2, 3])
_FRAMES = (Frame(720, 400, 52, 152, 32, 48), Frame(360, 350, 48, 14, 32, 46))


def quantile(forecast: Forecast, level: float) -> date | None:
    """The day of a level, given that it arrives at all; None where the forecast does not hold that level."""
    return next((day for held, day in forecast.quantiles.items() if abs(held - level) < 1e-9), None)


def s_curves(forecasts: Sequence[Forecast], name: str) -> Chart | None:
    """P(arrived by a day) for each as_of: (1 - p_never) G, which levels off at 1 - p_never.

    forecasts: one milestone, oldest as_of first; None where none holds quantiles. The promised day is a rule, its window
    a band; P50 and P80 (of the arrivals) are marked. name: begins every id in the SVG.
    """
    drawn = [one for one in forecasts if one.quantiles]
    if not drawn:
        return None
    wide, narrow = (svg(_spec(drawn, frame), f"{name}-{size}") for frame, size in zip(_FRAMES, "wn", strict=True))
    key = [
        Key(f"as of {wording.of_day(one.as_of)}: never {wording.percent(one.p_never)}", *_look(place, len(drawn))[:2])
        for place, one in enumerate(drawn)
    ]
    key += [Key("P50: half of the arrivals", QUIET, "circle"), Key("P80: four fifths of them", QUIET, "square")]
    return Chart("The chance that it has come by a day", _description(drawn), wide, narrow, tuple(key))


def _look(place: int, count: int) -> tuple[str, str, list[int]]:
    """Colour, key shape and dashes; the latest is always the first, so that it looks the same alone and among others."""
    back = count - 1 - place
    shape = "line" if back % len(_DASHES) == 0 else "dashes"
    return COLOURS[back % len(COLOURS)], shape, _DASHES[back % len(_DASHES)]


def _description(forecasts: Sequence[Forecast]) -> str:
    told = [
        f"as of {wording.of_day(one.as_of)} the chance levels off at {wording.percent(1 - one.p_never)} "
        f"(never: {wording.percent(one.p_never)})"
        for one in forecasts
    ]
    p50, p80 = quantile(forecasts[-1], 0.5), quantile(forecasts[-1], 0.8)
    if p50 and p80:
        told.append(f"the latest P50 is {wording.of_day(p50)} and its P80 {wording.of_day(p80)}")
    what = wording.milestone(forecasts[-1].milestone, forecasts[-1].tranche)
    return f"Chance that {what} has come by a day: {'; '.join(told)}."


def _spec(forecasts: Sequence[Forecast], frame: Frame) -> Spec:
    window = next((dates.parse(one.promised) for one in reversed(forecasts) if one.promised), None)
    due = [window.deadline] if window and window.deadline else []
    reach = [min(quantile(one, 0.9) or max(one.quantiles.values()), _horizon(one.as_of)) for one in forecasts]
    left, right = padded(min([*due, *(one.as_of for one in forecasts)]), max([*reach, *due]))
    x: Spec = {"field": "x", "type": "temporal", **time_axis(left, right, frame.plot_width // 70, grid=False)}
    shown = axis(grid=True, values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    y: Spec = {"field": "y", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": shown}
    layers = _promised(window, left, right, frame) if window else []
    for place, one in enumerate(forecasts):
        layers += _curve(one, (left, right), *_look(place, len(forecasts)), {"x": x, "y": y} if place == 0 else _AT)
    if frame.width > 500:
        layers += _labels(forecasts, right, frame)
    layers.append(caption("arrived by", frame.plot_width, frame.plot_height + 38, "right"))
    return whole(frame, layers)


def _horizon(as_of: date) -> date:
    """How far a curve is followed: 25 years."""
    return dates.add_months(as_of, 25 * 12)


def _curve(one: Forecast, span: tuple[date, date], colour: str, _: str, dash: list[int], scales: Spec) -> list[Spec]:
    levels = sorted((day, level) for level, day in one.quantiles.items())
    points = [(one.as_of, 0.0), *((day, level * (1 - one.p_never)) for day, level in levels)]
    line = {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash, "clip": True}
    flat = {"type": "rule", "color": colour, "strokeWidth": 1, "strokeDash": [1, 3]}
    plateau = {"x": instant(span[0]), "x2": instant(span[1]), "y": 1 - one.p_never}
    layers: list[Spec] = [
        {
            "data": {"values": [{"x": instant(day), "y": chance} for day, chance in points]},
            "mark": line,
            "encoding": scales,
        },
        {"data": {"values": [plateau]}, "mark": flat, "encoding": {**_AT, "x2": {"field": "x2"}}},
    ]
    for level, shape in ((0.5, "circle"), (0.8, "square")):
        day = quantile(one, level)
        if day and day <= span[1]:
            point = {"type": "point", "shape": shape, "filled": True, "size": 85, "color": colour, "opacity": 1}
            layers.append(
                {
                    "data": {"values": [{"x": instant(day), "y": level * (1 - one.p_never)}]},
                    "mark": {**point, "stroke": "#ffffff", "strokeWidth": 1.2},
                    "encoding": _AT,
                }
            )
    return layers


def _promised(window: dates.Window, left: date, right: date, frame: Frame) -> list[Spec]:
    """The promised window as a band, its deadline as a rule, and its name above the plot."""
    layers: list[Spec] = []
    if window.earliest and window.latest and window.earliest < window.latest:
        low, high = max(window.earliest, left), min(window.latest, right)
        band = {"x": instant(low), "x2": instant(high), "y": 0, "y2": 1}
        spans: Spec = {**_AT, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
        layers.append({"data": {"values": [band]}, "mark": {"type": "rect", "color": SHADE}, "encoding": spans})
    if window.deadline:
        rule = {"x": instant(window.deadline), "y": 0, "y2": 1}
        look = {"type": "rule", "color": INK, "strokeWidth": 1.5}
        layers.append({"data": {"values": [rule]}, "mark": look, "encoding": {**_AT, "y2": {"field": "y2"}}})
        text = f"promised for {wording.of_edtf(window.edtf)}"
        place = (window.deadline - left).days / (right - left).days * frame.plot_width
        half = len(text) * 3.3
        layers.append(caption(text, min(max(place, half), frame.width - frame.left - half - 4), -14, "center", INK))
    return layers


def _labels(forecasts: Sequence[Forecast], right: date, frame: Frame) -> list[Spec]:
    """At the right end of each curve its as_of and its chance of never, none over another."""
    wanted = [(1 - one.chance_by(right)) * frame.plot_height for one in forecasts]
    heights = spread(wanted, 36, 8, frame.plot_height - 18)
    layers: list[Spec] = []
    for place, (one, level, height) in enumerate(zip(forecasts, wanted, heights, strict=True)):
        ends = {"x": {"value": frame.plot_width + 3}, "x2": {"value": frame.plot_width + 22}}
        rise = {"y": {"value": level}, "y2": {"value": height}}
        look = {"type": "rule", "color": _look(place, len(forecasts))[0], "strokeWidth": 1}
        layers.append({"data": {"values": [{}]}, "mark": look, "encoding": {**ends, **rise}})
        said = (
            (f"as of {wording.of_day(one.as_of)}", "bold", 0),
            (f"never {wording.percent(one.p_never)}", "normal", 15),
        )
        layers += [
            caption(text, frame.plot_width + 26, height + drop, "left", INK, weight) for text, weight, drop in said
        ]
    return layers
