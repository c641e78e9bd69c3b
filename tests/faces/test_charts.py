"""Charts: what they draw for whom, and that nothing in them moves, acts or collides."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.faces import pages
from slipcast.faces.charts import curves, drawing, scores, trend
from slipcast.faces.charts.drawing import Chart
from slipcast.faces.charts.trend import Said
from tests.faces import sample

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
SAID = [
    Said(1, date(2019, 7, 31), date(2020, 1, 1), date(2020, 12, 31), "planned", "Ismail Demir"),
    Said(2, date(2019, 11, 12), date(2020, 12, 31), date(2020, 12, 31), "delayed", "Ismail Demir", dated=False),
    Said(3, date(2020, 6, 8), date(2021, 1, 1), date(2021, 6, 30), "reaffirmed", "an invented minister"),
]


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text")]


def all_charts() -> list[Chart]:
    made = [
        trend.milestone_trend(SAID, date(2021, 5, 1), sample.TODAY, "a"),
        curves.s_curves(sample.forecasts(), "b"),
        scores.fan(sample.forecasts(), date(2024, 3, 1), "c"),
        scores.reliability([(0.15, False), (0.2, True), (0.8, True), (0.95, True)], "d"),
        scores.pit_histogram([0.05, 0.4, 0.45, 0.9, 1.0], "e"),
        scores.skill_by_horizon([("under a year", 0.41, 30), ("one to two years", -0.08, 12)], "f"),
    ]
    return [chart for chart in made if chart]


def test_every_chart_is_drawn_twice_with_words_and_clean_marks() -> None:
    charts = all_charts()
    assert len(charts) == 6
    for chart in charts:
        assert chart.title
        assert chart.description.endswith(".")
        for svg in (chart.wide, chart.narrow):
            root = ElementTree.fromstring(svg)
            assert {one.tag.rpartition("}")[2] for one in root.iter()} <= drawing.TAGS
            for one in root.iter():
                assert not [key for key in one.attrib if key.startswith("on") or "href" in key or key == "style"]
            assert "NaN" not in svg


def test_the_same_nouns_draw_the_same_bytes_however_often() -> None:
    assert [(c.wide, c.narrow) for c in all_charts()] == [(c.wide, c.narrow) for c in all_charts()]


def test_ids_of_different_charts_do_not_meet() -> None:
    ids = [
        found
        for chart in all_charts()
        for svg in (chart.wide, chart.narrow)
        for found in re.findall(r'\bid="([^"]+)"', svg)
    ]
    assert len(ids) == len(set(ids))


def test_specs_hold_to_the_vega_lite_schema() -> None:
    frame = drawing.Frame(720, 400, 74, 24, 30, 48)
    spec = drawing.whole(frame, [drawing.caption("a promise", 10, 10, "left")])
    assert altair.Chart.from_dict(spec).to_dict()["width"] == frame.plot_width


def test_the_trend_shows_speakers_shapes_and_what_is_overdue() -> None:
    chart = trend.milestone_trend(SAID, None, sample.TODAY, "a")
    assert chart
    assert [key.label for key in chart.key] == [
        "Ismail Demir", "an invented minister", "planned", "delayed", "reaffirmed", "hollow: no new date given",
        "window promised", "overdue",
    ]  # fmt: skip
    assert {"promised for", "said on", "below this line it is overdue", "1", "2", "3"} <= set(texts(chart.wide))
    assert chart.description.startswith("2 promises; on 31 Jul 2019 for 31 Dec 2020 at the latest")


def test_what_was_achieved_is_not_overdue() -> None:
    chart = trend.milestone_trend(SAID, date(2021, 5, 1), sample.TODAY, "a")
    assert chart
    labels = [key.label for key in chart.key]
    assert "achieved" in labels
    assert "overdue" not in labels


def test_what_was_achieved_late_was_overdue_until_then() -> None:
    chart = trend.milestone_trend(SAID, date(2022, 5, 1), sample.TODAY, "a")
    assert chart
    assert {"achieved", "overdue"} <= {key.label for key in chart.key}


def test_many_speakers_share_the_last_colour() -> None:
    said = [
        Said(n, date(2019, 1, n), date(2020, 1, n), date(2020, 1, n), "planned", f"invented speaker {n}")
        for n in range(1, 12)
    ]
    chart = trend.milestone_trend(said, None, date(2019, 6, 1), "a")
    assert chart
    assert [key.label for key in chart.key if key.shape == "line"][-1] == "5 others"


def test_without_promises_there_is_no_trend() -> None:
    assert trend.milestone_trend([], None, sample.TODAY, "a") is None


def test_s_curves_name_their_day_and_their_never() -> None:
    chart = curves.s_curves(sample.forecasts(), "b")
    assert chart
    shown = texts(chart.wide)
    for words in (
        "as of 12 Nov 2019",
        "never 17\N{NO-BREAK SPACE}%",
        "as of 31 Dec 2020",
        "never 31\N{NO-BREAK SPACE}%",
        "as of 23 Nov 2026",
        "never 78\N{NO-BREAK SPACE}%",
    ):
        assert words in shown
    assert "promised for about Dec 2020" in shown
    assert "the latest P50 is 5 Feb 2032" in chart.description


def test_an_s_curve_ends_below_its_plateau() -> None:
    one = sample.forecast(date(2020, 1, 1), 400, 0.25)
    spec = curves._spec([one], drawing.Frame(720, 400, 52, 152, 32, 48))
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    chances = [value["y"] for value in line["data"]["values"]]
    assert chances == sorted(chances)
    assert chances[0] == 0
    assert chances[-1] == pytest.approx(0.99 * 0.75)


def test_a_certain_never_and_one_day_for_all_levels_can_be_drawn() -> None:
    day = date(2020, 1, 1)
    never = sample.forecast(day, 400, 1.0)
    one_day = sample.forecast(day, 400, 0.0, quantiles=dict.fromkeys(sample.LEVELS, day), promised=None)
    assert curves.s_curves([never], "b")
    assert curves.s_curves([one_day], "c")
    assert curves.s_curves([sample.forecast(day, 400, 0.5, quantiles={})], "d") is None


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12), DAYS)
def test_any_history_can_be_laid_out(pairs: list[tuple[date, date]], as_of: date) -> None:
    said = [Said(n, on, min(on, due), due, "planned", "someone invented") for n, (on, due) in enumerate(pairs, 1)]
    spec = trend._spec(said, {"someone invented": "#000000"}, None, as_of, drawing.Frame(360, 350, 64, 14, 30, 46))
    assert spec["layer"]


@given(st.lists(st.floats(0, 300), max_size=8))
def test_labels_keep_their_gap_and_stay_inside_where_they_fit(values: list[float]) -> None:
    placed = drawing.spread(values, 36, 0, 300)
    assert len(placed) == len(values)
    ordered = sorted(placed)
    assert all(high - low >= 36 - 1e-6 for low, high in pairwise(ordered))
    assert all(place <= 300 + 1e-6 for place in placed)


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 300)), max_size=15))
def test_labels_of_marks_never_touch_each_other_or_leave_the_plot(points: list[tuple[float, float]]) -> None:
    found = [place for place in drawing.places(points, [20] * len(points), 12, (600, 300)) if place]
    for n, (x, y) in enumerate(found):
        assert 10 <= x <= 590
        assert 6 <= y <= 294
        assert all(abs(x - other[0]) >= 20 or abs(y - other[1]) >= 12 for other in found[:n])


@given(DAYS, DAYS, st.integers(2, 12))
def test_ticks_are_few_round_and_inside(one: date, other: date, most: int) -> None:
    first, last = sorted((one, other))
    days, _ = drawing.ticks(first, last, most)
    assert 1 <= len(days) <= most
    assert all(day == first or (first <= day <= last and day.day == 1) for day in days)


def test_hostile_names_stay_names() -> None:
    said = [Said(1, date(2020, 1, 1), date(2021, 1, 1), date(2021, 1, 1), "planned", sample.MARKUP + sample.OVERRIDE)]
    chart = trend.milestone_trend(said, None, sample.TODAY, "a")
    assert chart
    assert "<script" not in chart.wide + chart.narrow
    assert "\u202e" not in chart.key[0].label
    assert len(chart.key[0].label) <= 44
    skill = scores.skill_by_horizon([(sample.MARKUP, 0.3, 5)], "f")
    assert skill
    assert "<script" not in skill.wide


def test_wilson_gives_the_published_interval() -> None:
    # 15 of 50, z = 1.645, by hand: centre (0.3 + 0.02706) / 1.05411, half 1.645 * 0.06686 / 1.05411
    assert scores.wilson(15, 50) == pytest.approx((0.2059, 0.4146), abs=2e-4)


def test_pit_and_reliability_count_what_they_are_given() -> None:
    pit = scores.pit_histogram([0.0, 0.05, 0.5, 1.0], "e", bins=2)
    assert pit
    assert pit.description == "4 outcomes in 2 bins: 2, 2; 2 in each would be perfect."
    judged = scores.reliability([(0.9, True), (0.9, True), (0.9, False), (0.1, False)], "d")
    assert judged
    assert "of 3 forecasts near 90\N{NO-BREAK SPACE}%, 67\N{NO-BREAK SPACE}% came" in judged.description
    assert scores.pit_histogram([], "e") is None
    assert scores.reliability([], "d") is None
    assert scores.skill_by_horizon([], "f") is None
    assert scores.fan(sample.forecasts()[:1], None, "c") is None


def test_a_fan_shows_the_promised_day_as_it_stood_and_keys_every_line() -> None:
    chart = scores.fan(sample.forecasts(), date(2024, 3, 1), "c")
    assert chart
    assert [key.label for key in chart.key] == [
        "P50", "P20 to P80, P10 to P90", "promised day", "when it came", "the day of asking",
    ]  # fmt: skip
    days = [date(2019, 1, 1), date(2019, 6, 1), date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    told = [scores.Standing(date(2019, 1, n), days, due) for n, due in ((1, date(2019, 3, 1)), (2, None))]
    spec = scores._fan(told, None, drawing.Frame(360, 350, 64, 24, 30, 46))
    steps = [layer for layer in spec["layer"] if isinstance(layer["mark"], dict) and "interpolate" in layer["mark"]]
    assert [one["data"]["values"] for one in steps] == [
        [{"x": drawing.instant(date(2019, 1, 1)), "y": drawing.instant(date(2019, 3, 1))}]
    ]


def test_the_page_holds_a_chart_for_each_history_and_forecast() -> None:
    page = pages.report_page([sample.s400()], {"s-400/turkey": sample.forecasts()}, "one", sample.TODAY)
    section = page.programmes[0]
    assert [bool(one.chart) for one in section.histories] == [True]
    assert [bool(one.chart) for one in section.forecasts] == [True]
