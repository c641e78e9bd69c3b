"""Predictions: their form, their limits, what moves them and what must not. Promises are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import STATUSES, Promise
from slipcast.errors import PanelError
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.predict import lines, predict
from slipcast.forecasting.waiting import LEVELS

FITTED = Fitted.load()
CABLE = Promise("statements", "cable ship", "delivery", date(2019, 7, 31), date(2020, 12, 31))
days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    stated = draw(days)
    return Promise(
        draw(st.sampled_from(["statements", "sar", "adb", "worldbank", "bridges"])),
        "item",
        draw(st.sampled_from(["delivery", "IOC", "closing", "Critical Design Review", ""])),
        stated,
        draw(st.none() | st.just(stated + timedelta(draw(st.integers(-4000, 9000))))),
        started_on=draw(st.none() | st.just(stated - timedelta(draw(st.integers(-10, 9000))))),
        rating=draw(st.sampled_from(["", "amber", "red", "Design"])),
        status=draw(st.sampled_from(["", *STATUSES])),
        condition=draw(st.none() | st.just("funding")),
        window_days=draw(st.none() | st.integers(1, 4000)),
        history=draw(st.sampled_from([(), ((stated - timedelta(700), stated - timedelta(30)),)])),
    )


@settings(max_examples=150, deadline=None)
@given(promises(), st.integers(0, 12000))
def test_every_promise_gets_a_distribution(promise: Promise, later: int) -> None:
    as_of = promise.stated_on + timedelta(later)
    (made,) = predict([promise], FITTED, [as_of])
    found = list(made.quantiles.values())
    assert tuple(made.quantiles) == LEVELS
    assert found == sorted(found)
    assert found[0] >= as_of
    assert 0.0 < made.p_never < 1.0
    assert np.isfinite([driver.months for driver in made.drivers]).all()


@settings(max_examples=60, deadline=None)
@given(promises(), st.integers(0, 6000))
def test_drivers_sum_to_the_move_of_p50_from_the_promise(promise: Promise, later: int) -> None:
    (made,) = predict([promise], FITTED, [promise.stated_on + timedelta(later)])
    start = promise.promised_for or promise.stated_on
    assert sum(d.months for d in made.drivers) == pytest.approx((made.quantile(0.5) - start).days / MONTH, abs=1e-6)


def test_outcomes_do_not_matter() -> None:
    known = replace(CABLE, outcome="delivered", outcome_on=date(2024, 1, 1), followed_until=date(2024, 1, 1))
    assert list(lines(predict([known], FITTED))) == list(lines(predict([CABLE], FITTED)))


def test_a_prediction_does_not_depend_on_its_neighbours() -> None:
    other = replace(CABLE, source="adb", item="dam", promised_for=date(2030, 1, 1))
    alone = list(lines(predict([CABLE], FITTED)))
    together = list(lines(predict([other, CABLE, other], FITTED)))
    assert together[1] == alone[0]


def test_waiting_conditions_and_never_clamps() -> None:
    """By hand from the definition: P(T <= t | T > a) = (F(t) - F(a)) / (1 - F(a)), p_never by Bayes."""
    (first,) = predict([CABLE], FITTED)
    as_of = date(2021, 6, 30)
    (then,) = predict([CABLE], FITTED, [as_of])
    gone = first.probability_by(as_of)
    assert then.p_never == pytest.approx(first.p_never / (1 - gone), rel=0.01)
    for day in (date(2021, 12, 31), date(2022, 12, 31), date(2024, 12, 31)):
        expected = (first.probability_by(day) - gone) / (1 - gone)
        assert then.probability_by(day) == pytest.approx(expected, abs=0.012)


def test_silence_makes_soon_less_likely_and_never_likelier() -> None:
    asked = [date(year, 12, 31) for year in range(2020, 2030)]
    made = predict([CABLE] * len(asked), FITTED, asked)
    never = [each.p_never for each in made]
    soon = [each.probability_by(each.as_of + timedelta(365)) for each in made]
    assert never == sorted(never)
    assert soon[-1] < soon[0]


def test_an_overdue_promise_gets_a_fresh_distribution() -> None:
    overdue = replace(CABLE, promised_for=date(2019, 1, 1))
    (made,) = predict([overdue], FITTED)
    assert made.quantile(0.5) > CABLE.stated_on + timedelta(90)
    assert made.quantile(0.9) > made.quantile(0.5) + timedelta(180)


@pytest.mark.parametrize("worse", ["delayed", "at_risk", "suspended"])
def test_bad_news_moves_the_answer_out(worse: str) -> None:
    told = replace(CABLE, status=worse)
    plain, moved = predict([CABLE, told], FITTED)
    assert moved.quantile(0.5) > plain.quantile(0.5)
    assert moved.p_never > plain.p_never
    assert {"status", "standing still"} & {driver.name for driver in moved.drivers}


def test_a_delay_with_a_date_of_its_own_moves_nothing_beside_the_date() -> None:
    anew = replace(CABLE, history=((date(2018, 1, 1), date(2019, 12, 31)),))
    plain, told = predict([anew, replace(anew, status="delayed")], FITTED)
    assert told.quantiles == plain.quantiles


def test_an_open_condition_and_a_vague_window_move_it_too() -> None:
    plain, waiting, vague = predict(
        [CABLE, replace(CABLE, condition="a contract"), replace(CABLE, window_days=366)], FITTED
    )
    assert waiting.quantile(0.5) > plain.quantile(0.5)
    assert vague.quantile(0.1) < date(2020, 12, 31)


def test_a_class_never_seen_is_wider_than_one_that_was() -> None:
    seen, unseen = predict([replace(CABLE, source="adb"), replace(CABLE, source="bridges")], FITTED)
    width = [each.quantile(0.9) - each.quantile(0.1) for each in (seen, unseen)]
    assert unseen.reference_class.startswith("pool of")
    assert seen.reference_class.startswith("adb")
    assert width[1] > width[0]


def test_without_a_date_the_answer_is_wide_and_says_when() -> None:
    (made,) = predict([replace(CABLE, promised_for=None)], FITTED)
    assert (made.quantile(0.9) - made.quantile(0.1)).days > 2 * 365


def test_lines_hold_the_fixed_form() -> None:
    (line,) = lines(predict([CABLE], FITTED))
    record = json.loads(line)
    assert {"source", "item", "milestone", "stated_on", "p_never", "quantiles"} <= set(record)
    needed = ["0.01", "0.05", *(f"{k / 10:g}" for k in range(1, 10)), "0.95", "0.99"]
    assert set(needed) <= set(record["quantiles"])


def test_asking_before_it_was_stated_is_refused() -> None:
    with pytest.raises(PanelError, match="before it was stated"):
        predict([CABLE], FITTED, [date(2019, 1, 1)])


def test_no_promises_no_predictions() -> None:
    assert predict([], FITTED) == []


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(PanelError, match="status 'perhaps' is not known"):
        predict([replace(CABLE, status="perhaps")], FITTED)
