"""What all charts share: frames, colours, ticks, label places, and the way from Vega-Lite to clean SVG."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import vl_convert

from slipcast.dates import add_months
from slipcast.errors import SlipcastError

Spec = dict[str, Any]
Box = tuple[float, float, float, float]  #: left, top, right, bottom in pixels
#: Okabe and Ito's colours for all kinds of sight (https://jfly.uni-koeln.de/color/), without its yellow (too pale on white)
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00")
INK, QUIET, FAINT, GRID, SHADE, LATE = "#1d2530", "#55606e", "#9aa4b0", "#e6e9ee", "#f3f0ea", "#a33c00"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
#: Vega draws no star of its own: a path in its unit square
STAR = (
    "M0,-1L0.225,-0.309L0.951,-0.309L0.363,0.118L0.588,0.809L0,0.382"
    "L-0.588,0.809L-0.363,0.118L-0.951,-0.309L-0.225,-0.309Z"
)
VEGA_LITE = "5.20"
TAGS = {"svg", "g", "path", "rect", "text", "tspan", "line", "circle", "defs", "clipPath"}
_DROPPED = re.compile(r"aria-|on|role$|class$|style$|href$|version$|xlink")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a chart and of its margins, in pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def plot_width(self) -> int:
        """Width between the margins, in pixels."""
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> int:
        """Height between the margins, in pixels."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a chart's key. shape: circle, triangle-up, square, diamond, cross, star, hollow, bar, line or dashes."""

    label: str
    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart twice, for wide and for narrow pages, with the words that stand for it where it cannot be seen."""

    title: str
    description: str
    wide: str
    narrow: str
    key: tuple[Key, ...] = ()


def instant(day: date) -> int:
    """A day as Vega counts it: milliseconds of UTC since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def padded(first: date, last: date) -> tuple[date, date]:
    """The span of an axis: a little wider than first to last on each side, never outside the calendar."""
    pad = timedelta(days=max(5, (last - first).days // 32))
    return max(first, date.min + pad) - pad, min(last, date.max - pad) + pad


def caption(text: str, x: float, y: float, align: str, colour: str = QUIET, weight: str = "normal") -> Spec:
    """A layer of one line of text at a place in pixels of the plot."""
    look = {"type": "text", "align": align, "color": colour, "fontWeight": weight, "clip": False}
    at = {"x": {"value": x}, "y": {"value": y}, "text": {"field": "t"}}
    return {"data": {"values": [{"t": text}]}, "mark": look, "encoding": at}


def ticks(first: date, last: date, most: int) -> tuple[list[date], str]:
    """At most `most` round days from first to last, and how to print them (a d3 time format)."""
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
        years = max(step // 12, 1)
        start = (
            date(first.year - first.year % years if step >= 12 else first.year, 1, 1) if first.year > 1 else date.min
        )
        found: list[date] = []
        day = start
        while day <= last and len(found) <= most + 1:
            if day >= first:
                found.append(day)
            following = add_months(day, step)
            if following <= day:
                break
            day = following
        if 1 <= len(found) <= most:
            return found, "%Y" if step >= 12 else "%b %Y"
    return [first], "%-d %b %Y"


def spread(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to `values` as can be that are at least `gap` apart, within low..high where they fit; same order."""
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    placed = [0.0] * len(values)
    floor = low
    for i in order:
        placed[i] = max(values[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


def grouped(points: Sequence[tuple[float, float]], reach: float) -> list[list[int]]:
    """Indices of points that lie within `reach` pixels of the first of their group, in order."""
    groups: list[list[int]] = []
    for index, (x, y) in enumerate(points):
        near = (g for g in groups if abs(points[g[0]][0] - x) <= reach and abs(points[g[0]][1] - y) <= reach)
        home = next(near, None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return groups


def places(
    points: Sequence[tuple[float, float]],
    widths: Sequence[float],
    height: float,
    bounds: tuple[float, float],
    obstacles: Sequence[Box] = (),
) -> list[tuple[float, float] | None]:
    """For each point (pixels) the centre of its label, which touches no point and no earlier label; None without room.

    widths: of the labels; height: of each; bounds: width and height of the plot, which labels do not leave; obstacles:
    what they shall not touch beside.
    """
    taken = [*obstacles, *((x - 6, y - 6, x + 6, y + 6) for x, y in points)]
    found: list[tuple[float, float] | None] = []
    for (x, y), width in zip(points, widths, strict=True):
        right, up = width / 2 + 8, height / 2 + 8
        for dx, dy in (
            (0, -up),
            (right, 0),
            (right, -up),
            (-right, -up),
            (0, up),
            (-right, 0),
            (right, up),
            (-right, up),
        ):
            box = (x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2)
            inside = box[0] >= 1 and box[1] >= 0 and box[2] <= bounds[0] and box[3] <= bounds[1]
            if inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                found.append((x + dx, y + dy))
                break
        else:
            found.append(None)
    return found


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def whole(frame: Frame, layers: Sequence[Spec]) -> Spec:
    """A Vega-Lite chart of these layers, laid out by the frame alone, so that no font on the machine moves anything."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": frame.plot_width,
        "height": frame.plot_height,
        "autosize": "none",
        "padding": {"left": frame.left, "right": frame.right, "top": frame.top, "bottom": frame.bottom},
        "background": "#ffffff",
        "layer": list(layers),
        "config": {"view": {"stroke": None}, "font": FONT, "text": {"font": FONT, "fontSize": 12, "color": INK}},
    }


def axis(*, grid: bool, **more: Any) -> Spec:
    """The house's axis: quiet, its labels always shown."""
    return {
        **{"title": None, "grid": grid, "gridColor": GRID, "domainColor": FAINT, "tickColor": FAINT, "tickSize": 4},
        **{"labelColor": QUIET, "labelFontSize": 12, "labelOverlap": False, "labelFlush": False, "labelFont": FONT},
        **{"labelPadding": 5, **more},
    }


def time_axis(first: date, last: date, most: int, *, grid: bool) -> Spec:
    """Scale and axis of days from first to last with at most `most` labels."""
    days, form = ticks(first, last, most)
    shown = axis(grid=grid, values=[instant(day) for day in days], format=form)
    return {"scale": {"type": "utc", "domain": [instant(first), instant(last)], "nice": False}, "axis": shown}


def svg(spec: Mapping[str, Any], name: str) -> str:
    """Clean SVG of a Vega-Lite chart: known elements only, nothing that acts or links, ids that begin with `name`."""
    try:
        drawn = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    except ValueError as error:
        raise SlipcastError("the chart cannot be drawn", where=name, todo=str(error).splitlines()[0]) from None
    return _clean(drawn, name)


def _clean(drawn: str, name: str) -> str:
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(drawn)
    ids: dict[str, str] = {}
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag not in TAGS:
            raise SlipcastError(f"a chart holds <{tag}>", where=name, todo="report this as a fault of slipcast")
        for key in [key for key in element.attrib if _DROPPED.match(key.rpartition("}")[2])]:
            del element.attrib[key]
        if "id" in element.attrib:
            ids[element.attrib["id"]] = element.attrib["id"] = f"{name}-{len(ids)}"
    _drop_unseen(root)
    renamed = {f"url(#{old})": f"url(#{new})" for old, new in ids.items()}
    for element in root.iter():
        for key, value in element.attrib.items():
            value = renamed.get(value, value)
            element.attrib[key] = _NUMBER.sub(lambda n: f"{float(n.group()):.2f}", value) if key != "id" else value
    root.attrib.update({"aria-hidden": "true", "focusable": "false"})
    return ElementTree.tostring(root, encoding="unicode")


def _drop_unseen(parent: ElementTree.Element) -> None:
    for child in list(parent):
        if child.attrib.get("display") == "none" or child.attrib.get("d") in ("", "M0,0h0v0h0Z"):
            parent.remove(child)
        else:
            _drop_unseen(child)
