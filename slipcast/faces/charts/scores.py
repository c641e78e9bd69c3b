"""Charts that score forecasts: the fan over time, the reliability diagram, the PIT histogram, skill by horizon."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.dates import parse
from slipcast.domain import Forecast
from slipcast.faces import wording
from slipcast.faces.charts.curves import quantile
from slipcast.faces.charts.drawing import (
    COLOURS,
    FAINT,
    INK,
    QUIET,
    Chart,
    Frame,
    Key,
    Spec,
    axis,
    caption,
    instant,
    padded,
    svg,
    time_axis,
    whole,
)
from slipcast.faces.inert import label

BLUE, RED = COLOURS[0], COLOURS[1]
_Z90 = 1.6448536269514722  #: standard normal quantile of 0.95: bounds of a 90 % interval
_TIMES: Spec = {"x": {"field": "x", "type": "temporal"}, "y": {"field": "y", "type": "temporal"}}
_NUMBERS: Spec = {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}
_WIDE, _NARROW = Frame(720, 400, 74, 24, 30, 48), Frame(360, 350, 64, 24, 30, 46)
_SQUARE, _SMALL = Frame(460, 420, 60, 24, 30, 48), Frame(360, 340, 54, 24, 30, 46)


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 90 % interval of a share of hits (Wilson 1927, doi:10.1080/01621459.1927.10502953); trials >= 1."""
    share, z2 = hits / trials, _Z90**2 / trials
    middle, half = share + z2 / 2, _Z90 * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials))
    return (middle - half) / (1 + z2), (middle + half) / (1 + z2)


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast as a fan draws it. days: of P10, P20, P50, P80 and P90; due: the promised day as it stood then."""

    as_of: date
    days: Sequence[date]
    due: date | None


def fan(forecasts: Sequence[Forecast], met: date | None, name: str) -> Chart | None:
    """x: as of, y: P10 to P90 and P20 to P80 as bands, P50 as a line, the promised day as steps, the outcome as a level.

    forecasts: one milestone; met: the day on which it came. The bands are given that it arrives at all.
    None below two forecasts.
    """
    rows = []
    for one in sorted(forecasts, key=lambda one: one.as_of):
        days = [quantile(one, level) for level in (0.1, 0.2, 0.5, 0.8, 0.9)]
        if all(days):
            due = parse(one.promised).deadline if one.promised else None
            rows.append(Standing(one.as_of, [day for day in days if day], due))
    if len(rows) < 2:
        return None
    wide, narrow = (svg(_fan(rows, met, frame), f"{name}-{size}") for frame, size in ((_WIDE, "w"), (_NARROW, "n")))
    first, last = rows[0], rows[-1]
    told = [f"as of {wording.of_day(one.as_of)} P50 was {wording.of_day(one.days[2])}" for one in (first, last)]
    told.append(f"it came on {wording.of_day(met)}" if met else "it has not come")
    key = [Key("P50", BLUE, "line"), Key("P20 to P80, P10 to P90", BLUE, "bar")]
    key += [Key("promised day", RED, "line")] if any(one.due for one in rows) else []
    key += [Key("when it came", INK, "dashes")] if met else []
    key.append(Key("the day of asking", FAINT, "dashes"))
    return Chart("The forecast as it stood over time", "; ".join(told) + ".", wide, narrow, tuple(key))


def _fan(rows: Sequence[Standing], met: date | None, frame: Frame) -> Spec:
    left, right = padded(rows[0].as_of, rows[-1].as_of)
    marked = [day for day in (met, *(one.due for one in rows)) if day]
    lowest, highest = [one.days[0] for one in rows], [one.days[4] for one in rows]
    bottom, top = padded(min(left, *lowest, *marked), max(*highest, *marked))
    x: Spec = {"field": "x", "type": "temporal", **time_axis(left, right, frame.plot_width // 78, grid=False)}
    y: Spec = {"field": "y", "type": "temporal", **time_axis(bottom, top, frame.plot_height // 40, grid=True)}
    layers: list[Spec] = []
    for low, high, opacity in ((0, 4, 0.16), (1, 3, 0.25)):
        band = [{"x": instant(r.as_of), "y": instant(r.days[low]), "y2": instant(r.days[high])} for r in rows]
        look = {"type": "area", "color": BLUE, "opacity": opacity, "line": False}
        layers.append({"data": {"values": band}, "mark": look, "encoding": {"x": x, "y": y, "y2": {"field": "y2"}}})
    middle = [{"x": instant(one.as_of), "y": instant(one.days[2])} for one in rows]
    layers.append(
        {"data": {"values": middle}, "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5}, "encoding": _TIMES}
    )
    due = [{"x": instant(one.as_of), "y": instant(one.due)} for one in rows if one.due]
    if due:
        steps = {"type": "line", "color": RED, "strokeWidth": 1.5, "interpolate": "step-after"}
        layers.append({"data": {"values": due}, "mark": steps, "encoding": _TIMES})
    today = [{"x": instant(day), "y": instant(day)} for day in (max(left, bottom), min(right, top))]
    quiet = {"type": "line", "color": FAINT, "strokeWidth": 1, "strokeDash": [4, 3]}
    layers.append({"data": {"values": today}, "mark": quiet, "encoding": _TIMES})
    if met:
        level = [{"x": instant(day), "y": instant(met)} for day in (left, right)]
        ink = {"type": "line", "color": INK, "strokeWidth": 1.5, "strokeDash": [6, 3]}
        layers.append({"data": {"values": level}, "mark": ink, "encoding": _TIMES})
    layers.append(caption("arrives", -frame.left + 8, -14, "left"))
    layers.append(caption("as of", frame.plot_width, frame.plot_height + 38, "right"))
    return whole(frame, layers)


def reliability(judged: Sequence[tuple[float, bool]], name: str, bins: int = 10) -> Chart | None:
    """How often it came, against how likely it was said to be; None where nothing was judged.

    judged: (forecast chance, whether it came). Chances are binned in equal widths; bars are 90 % Wilson intervals.
    """
    if not judged:
        return None
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for chance, came in judged:
        held[min(int(chance * bins), bins - 1)].append((chance, came))
    points = []
    for group in filter(None, held):
        hits = sum(came for _, came in group)
        low, high = wilson(hits, len(group))
        mean = sum(chance for chance, _ in group) / len(group)
        points.append({"x": mean, "y": hits / len(group), "low": low, "high": high, "n": len(group)})
    wide, narrow = (
        svg(_reliability(points, frame), f"{name}-{size}") for frame, size in ((_SQUARE, "w"), (_SMALL, "n"))
    )
    told = [f"of {p['n']} forecasts near {wording.percent(p['x'])}, {wording.percent(p['y'])} came" for p in points]
    key = (Key("share that came, 90 % interval", BLUE, "circle"), Key("perfect", QUIET, "dashes"))
    return Chart("Said how likely, came how often", "; ".join(told) + ".", wide, narrow, key)


def _percents(field: str, *, grid: bool) -> Spec:
    shown = axis(grid=grid, values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": shown}


def _reliability(points: Sequence[dict[str, float]], frame: Frame) -> Spec:
    scales: Spec = {"x": _percents("x", grid=True), "y": _percents("y", grid=True)}
    diagonal = {"type": "line", "color": QUIET, "strokeWidth": 1, "strokeDash": [4, 3]}
    bars = [{"x": p["x"], "y": p["low"], "y2": p["high"]} for p in points]
    bar = {"type": "rule", "color": BLUE, "strokeWidth": 4, "opacity": 0.35}
    point = {"type": "point", "filled": True, "size": 70, "color": BLUE, "opacity": 1}
    layers: list[Spec] = [
        {"data": {"values": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]}, "mark": diagonal, "encoding": scales},
        {"data": {"values": bars}, "mark": bar, "encoding": {**_NUMBERS, "y2": {"field": "y2"}}},
        {"data": {"values": list(points)}, "mark": point, "encoding": _NUMBERS},
        caption("came", -frame.left + 8, -14, "left"),
        caption("was said to be this likely", frame.plot_width, frame.plot_height + 38, "right"),
    ]
    return whole(frame, layers)


def pit_histogram(values: Sequence[float], name: str, bins: int = 10) -> Chart | None:
    """Where in their forecasts the outcomes fell (probability integral transform); flat where calibrated; None if empty.

    values: G(outcome), each in 0..1. The dashed lines hold 90 of 100 bars of a calibrated forecaster (normal
    approximation of the binomial).
    """
    if not values:
        return None
    counts = [0] * bins
    for value in values:
        counts[min(max(int(value * bins), 0), bins - 1)] += 1
    expected = len(values) / bins
    half = _Z90 * math.sqrt(expected * (1 - 1 / bins))
    band = (max(expected - half, 0.0), expected + half)
    top = max([*counts, band[1]]) * 1.08
    wide, narrow = (
        svg(_pit(counts, expected, band, top, frame), f"{name}-{size}")
        for frame, size in ((_WIDE, "w"), (_NARROW, "n"))
    )
    told = (
        f"{len(values)} outcomes in {bins} bins: {', '.join(map(str, counts))}; {expected:g} in each would be perfect."
    )
    key = (Key("outcomes", BLUE, "bar"), Key("90 % band if calibrated", INK, "dashes"))
    return Chart("Where in its forecast each outcome fell", told, wide, narrow, key)


def _pit(counts: Sequence[int], expected: float, band: tuple[float, float], top: float, frame: Frame) -> Spec:
    x: Spec = _percents("x", grid=False)
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": axis(grid=True, tickCount=4),
    }
    width = 1 / len(counts)
    bars = [
        {"x": n * width + width * 0.04, "x2": (n + 1) * width - width * 0.04, "y": count, "y2": 0}
        for n, count in enumerate(counts)
    ]
    spans: Spec = {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    layers: list[Spec] = [
        {"data": {"values": bars}, "mark": {"type": "rect", "color": BLUE, "opacity": 0.55}, "encoding": spans}
    ]
    for level, dash in ((expected, [1, 0]), (band[0], [5, 4]), (band[1], [5, 4])):
        look = {"type": "rule", "color": INK, "strokeWidth": 1.2, "strokeDash": dash}
        values = [{"x": 0, "x2": 1, "y": level}]
        layers.append({"data": {"values": values}, "mark": look, "encoding": {**_NUMBERS, "x2": {"field": "x2"}}})
    layers.append(caption("outcomes", -frame.left + 8, -14, "left"))
    layers.append(caption("earlier than said … later than said", frame.plot_width, frame.plot_height + 38, "right"))
    return whole(frame, layers)


def skill_by_horizon(rows: Sequence[tuple[str, float, int]], name: str) -> Chart | None:
    """Skill of the forecast against the official date, a bar a horizon; None without rows.

    rows: (horizon as read, skill with 1 perfect and 0 no better, number of forecasts), nearest first.
    """
    if not rows:
        return None
    low = min(0.0, *(skill for _, skill, _ in rows))
    frames = [Frame(f.width, 74 + 34 * len(rows), 160 if f is _WIDE else 112, 92, 26, 44) for f in (_WIDE, _NARROW)]
    wide, narrow = (svg(_skill(rows, low, frame), f"{name}-{size}") for frame, size in zip(frames, "wn", strict=True))
    told = "; ".join(f"{label(horizon, 30)}: {skill:.2f} on {n}" for horizon, skill, n in rows)
    return Chart("Skill against the official date, by horizon", f"{told}.", wide, narrow)


def _skill(rows: Sequence[tuple[str, float, int]], low: float, frame: Frame) -> Spec:
    high = max(0.1, *(skill for _, skill, _ in rows))
    shown = axis(grid=True, tickCount=4, format=".1f")
    x: Spec = {"field": "x", "type": "quantitative", "scale": {"domain": [low, high], "nice": False}, "axis": shown}
    hidden: Spec = {"scale": {"domain": [0, len(rows)], "reverse": True, "nice": False}, "axis": None}
    y: Spec = {"field": "y", "type": "quantitative", **hidden}
    bars = [
        {"x": 0, "x2": skill, "y": place + 0.2, "y2": place + 0.8, "c": BLUE if skill >= 0 else RED}
        for place, (_, skill, _) in enumerate(rows)
    ]
    spans: Spec = {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    colour: Spec = {"color": {"field": "c", "type": "nominal", "scale": None}}
    layers: list[Spec] = [
        {"data": {"values": bars}, "mark": {"type": "rect", "opacity": 0.75}, "encoding": {**spans, **colour}},
        {"data": {"values": [{"x": 0}]}, "mark": {"type": "rule", "color": FAINT}, "encoding": {"x": _NUMBERS["x"]}},
    ]
    for place, (horizon, skill, n) in enumerate(rows):
        height = (place + 0.5) / len(rows) * frame.plot_height
        layers.append(caption(label(horizon, 24 if frame.width > 500 else 16), -10, height, "right", INK))
        layers.append(caption(f"{skill:+.2f} ({n})", frame.plot_width + 4, height, "left", QUIET))
    return whole(frame, layers)
