"""What is left of a promise: time, silence, being dropped, standing still. Promises are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.domain import Promise
from slipcast.forecasting.features import MONTH, YEAR
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import Exit, exit_of, yearly_drop
from slipcast.forecasting.histories import Counts, Histories
from slipcast.forecasting.predict import predict
from slipcast.forecasting.priors import cancelled, never, suspended
from slipcast.forecasting.shape import Shape
from slipcast.forecasting.waiting import LEVELS, lapsed, left, standing_still

FITTED = Fitted.load()
DAY = date(2020, 1, 1)
FERRY = Promise("statements", "ferry", "delivery", DAY, date(2022, 1, 1))


def shape(spread: float = 1.0, frailty: float = 1e-4) -> Shape:
    """Late for certain; with spread 1 and hardly any frailty an exponential slip of median 400 days from day 0."""
    values = (0.0, 0.0, 0.0, 0.0, np.log(400.0), spread, 1.0, frailty)
    return Shape(*(np.array([value]) for value in values))


def one(value: float) -> np.ndarray:
    return np.array([value])


def test_with_nothing_dropped_the_answer_is_the_shape_itself() -> None:
    found = left(shape(), one(0.0), one(0.0), one(0.0), one(0.0))
    assert found.never[0] == pytest.approx(0.0, abs=1e-12)
    np.testing.assert_allclose(found.days[0], shape().quantile(np.log1p(-np.array(LEVELS))[None, :])[0], rtol=1e-5)


def test_an_exponential_wait_against_an_exponential_drop_has_its_known_odds() -> None:
    """Rates a = log 2 / 400 and d: never with d / (a + d), and of what comes the median is log 2 / (a + d)."""
    a, d = np.log(2) / 400, np.log(2) / 400 / 4
    found = left(shape(), one(0.0), one(0.0), one(0.0), one(d))
    assert found.never[0] == pytest.approx(d / (a + d), abs=0.004)
    assert found.days[0, LEVELS.index(0.5)] == pytest.approx(np.log(2) / (a + d), rel=0.02)


def test_silence_has_its_known_odds_too() -> None:
    """Exponentials: dropped in u days of silence, of what is not there, D / (D + A) with A = e^-(a+d)u, D = d (1 - A) / (a + d)."""
    a, d, u = np.log(2) / 400, 1e-4, 900.0
    alive = np.exp(-(a + d) * u)
    gone = d * (1 - alive) / (a + d)
    silent = gone / (gone + alive)
    found = left(shape(), one(0.0), one(0.0), one(u), one(d))
    assert found.never[0] == pytest.approx(silent + (1 - silent) * d / (a + d), abs=0.004)


@given(st.floats(0.0, 4000.0), st.floats(0.0, 4000.0), st.floats(1e-7, 1e-3), st.floats(0.3, 2.0), st.floats(0.05, 2.0))
def test_days_rise_and_word_of_it_lowers_never(
    heard: float, silent: float, daily: float, spread: float, frailty: float
) -> None:
    asked = heard + silent
    told = left(shape(spread, frailty), one(0.0), one(asked), one(asked), one(daily))
    found = left(shape(spread, frailty), one(0.0), one(heard), one(asked), one(daily))
    assert (np.diff(found.days[0]) >= 0).all()
    assert found.days[0, 0] >= asked
    assert 0 <= told.never[0] <= found.never[0] <= 1
    np.testing.assert_allclose(told.days, found.days)


def test_never_rises_with_time_overdue_and_a_heavier_tail_waits_longer() -> None:
    asked = [FERRY.stated_on + timedelta(365 * k) for k in range(2, 14)]
    made = predict([FERRY] * len(asked), FITTED, asked)
    chances = [each.p_never for each in made]
    assert chances == sorted(chances)
    assert chances[0] < 0.05 < 0.3 < chances[-1] < 1
    heard = predict([replace(FERRY, heard_on=asked[-1] - timedelta(30))], FITTED, asked[-1:])
    assert heard[0].p_never < chances[-1] / 2


def test_what_is_not_signed_is_dropped_oftener() -> None:
    signed, unsigned = predict([FERRY, replace(FERRY, unsigned=True)], FITTED)
    assert 3 < unsigned.p_never / signed.p_never < never().unsigned


def test_what_stands_still_waits_for_its_return_and_then_for_its_work() -> None:
    """Work of one day, exits exponential (a gamma of a million) at one a year, half of them returns: P50 is log 2 years."""
    quick = replace_late(1.0)
    days, gone = standing_still(quick, 0.0, 0.0, 1000.0, 0.0, Exit(0.5, 1e6, 1e6))
    assert gone == pytest.approx(0.5)
    assert (days[LEVELS.index(0.5)] - 1000) / YEAR == pytest.approx(np.log(2), rel=0.03)


def replace_late(days: float) -> Shape:
    return Shape(*(np.array([v]) for v in (0.0, 0.0, 0.0, 0.0, np.log(days), 0.2, 1.0, 1e-3)))


def test_a_long_suspension_is_likely_to_last() -> None:
    """Lomax: after u years the median further wait is (beta + u) (2^(1/alpha) - 1)."""
    ends = Exit(0.5, 2.0, 4.0)
    for years in (0.0, 4.0, 12.0):
        days, _ = standing_still(replace_late(1.0), 0.0, 0.0, years * YEAR, 0.0, ends)
        wait = (days[LEVELS.index(0.5)] - years * YEAR) / YEAR
        assert wait == pytest.approx((4 + years) * (2**0.5 - 1), rel=0.03)


def test_suspended_and_cancelled_have_their_own_never() -> None:
    asked = date(2021, 6, 1)
    stopped = [replace(FERRY, status=word, status_on=date(2021, 1, 1)) for word in ("suspended", "cancelled")]
    plain, held, dropped = predict([FERRY, *stopped], FITTED, [asked] * 3)
    assert plain.p_never < 0.1 < held.p_never < dropped.p_never
    assert held.p_never == pytest.approx(1 - exit_of("suspended", FITTED).returned, abs=0.05)
    assert dropped.p_never == pytest.approx(1 - cancelled().returned, abs=0.02)
    assert held.quantile(0.5) > plain.quantile(0.5)


def test_a_date_set_during_the_suspension_comes_as_promised_if_at_all() -> None:
    known = replace(FERRY, status="suspended", status_on=date(2019, 5, 1))
    plain, held = predict([FERRY, known], FITTED)
    assert (held.days == plain.days).all()
    assert held.p_never > 0.4
    later = predict([known], FITTED, [date(2025, 1, 1)])[0]
    assert later.p_never > held.p_never


def test_waiting_makes_the_return_less_likely() -> None:
    """Bayes: half return; with a quarter of the returns' arrivals still to come, 0.5 * 0.25 / (0.5 * 0.25 + 0.5) = 0.2 are left."""
    assert lapsed(one(0.0), one(0.5), np.log(one(0.25)))[0] == pytest.approx(0.8)


def test_the_case_histories_move_the_stated_priors() -> None:
    """Gamma: (0.01 * 100 + 2) / (100 + 50) a year; exits (2 + 3 + 1) in (4 + 2) years, of them (1 + 3) returns."""
    counted = Counts(years=50.0, dropped=2.0, stopped_years=2.0, returned=3.0, abandoned=1.0)
    fit = replace(FITTED, histories=Histories({"KX-30/Vendland": counted}))
    assert (never().yearly, never().worth) == (0.01, 100.0)
    assert yearly_drop("statements", fit) == pytest.approx(3 / 150)
    assert suspended().exits == 2.0
    assert exit_of("suspended", fit) == Exit(4 / 6, 6.0, 6.0)
    assert yearly_drop("statements", fit.without_history("KX-30/Vendland")) == pytest.approx(0.01)


def test_lists_of_projects_hold_few_that_were_dropped() -> None:
    listed = [yearly_drop(name, FITTED) for name in ("worldbank", "adb", "sar", "a list not seen")]
    assert listed == sorted(listed)
    assert listed[0] > 0
    assert listed[-1] < yearly_drop("statements", FITTED)


def test_a_month_is_a_month() -> None:
    assert pytest.approx(12 * MONTH) == YEAR
