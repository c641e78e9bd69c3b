"""Scores: known values, limits, and agreement with numeric integration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import Promise
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.loss import CAP, Outcomes
from slipcast.forecasting.loss import crps as shape_crps
from slipcast.forecasting.predict import Prediction
from slipcast.forecasting.scores import brier, covered, crps, d_calibration, log_score, pit, score, skill
from slipcast.forecasting.shape import Shape
from slipcast.forecasting.waiting import LEVELS

TODAY = date(2020, 1, 1)
PROMISE = Promise("kilns", "one", "delivery", TODAY, date(2021, 1, 1))


def forecast(days: list[int], p_never: float = 0.0) -> Prediction:
    return Prediction(PROMISE, TODAY, TODAY.toordinal() + np.array(days, np.int64), p_never, "kilns", 1, 1)


def point(day: int) -> Prediction:
    return forecast([day] * len(LEVELS))


quantiles = st.lists(st.integers(0, 4000), min_size=len(LEVELS), max_size=len(LEVELS)).map(sorted)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_crps_of_a_point_is_its_absolute_error(day: int, came: int) -> None:
    assert crps(point(day), TODAY + timedelta(came), True) == pytest.approx(abs(day - came) / MONTH)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_crps_of_a_point_while_open_is_the_time_it_is_overdue(day: int, seen: int) -> None:
    assert crps(point(day), TODAY + timedelta(seen), False) == pytest.approx(max(seen - day, 0) / MONTH)


def test_crps_of_a_uniform_forecast_at_its_middle() -> None:
    """Uniform on [0, L], y = L / 2: L / 12 (Gneiting and Raftery 2007, by integration); the 1 % ends add little."""
    made = forecast([round(1000 * level) for level in LEVELS])
    assert crps(made, TODAY + timedelta(500), True) == pytest.approx(1000 / 12 / MONTH, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(quantiles, st.integers(1, 5000), st.booleans(), st.floats(0.0, 0.9))
def test_crps_agrees_with_numeric_integration(days: list[int], end: int, arrived: bool, never: float) -> None:
    made = forecast(days, never)
    t = np.arange(0, CAP if arrived else end, 0.5) + 0.25
    f = (1 - never) * np.interp(t, np.array(days, float), np.array(LEVELS), left=0.0, right=1.0)
    expected = float((((f - ((t >= end) & arrived)) ** 2) * 0.5).sum()) / MONTH
    assert crps(made, TODAY + timedelta(end), arrived) == pytest.approx(expected, rel=0.01, abs=0.03)


def test_the_crps_that_fits_are_made_by_is_the_same_one() -> None:
    values = (700.0, 0.0, 0.3, 0.1, 5.2, 0.9, 4.0, 0.1)
    shape = Shape(*(np.array([v, v]) for v in values))
    found = shape_crps(shape, Outcomes(np.array([900.0, 800.0]), np.array([True, False])))
    t = np.arange(0, CAP, 0.25) + 0.125
    f = Shape(*(np.array([v]) for v in values)).cdf(t[None, :])[0]
    assert found[0] == pytest.approx(((f - (t >= 900)) ** 2).sum() * 0.25 / MONTH, rel=0.01)
    assert found[1] == pytest.approx((f[t < 800] ** 2).sum() * 0.25 / MONTH, rel=0.01)


def test_never_is_paid_for_when_it_comes_after_all() -> None:
    assert crps(replace(point(300), p_never=0.5), TODAY + timedelta(300), True) == pytest.approx(
        0.25 * (CAP - 300) / MONTH
    )


def test_pit_coverage_brier_and_skill() -> None:
    made = forecast([round(1000 * level) for level in LEVELS], p_never=0.2)
    assert pit(made, TODAY + timedelta(500)) == pytest.approx(0.4)
    assert covered(made, TODAY + timedelta(500))
    assert not covered(made, TODAY + timedelta(20))
    assert brier(made, TODAY + timedelta(500), True) == pytest.approx(0.36)
    assert brier(made, TODAY + timedelta(500), False) == pytest.approx(0.16)
    assert skill(3.0, 4.0) == pytest.approx(0.25)
    assert skill(0.0, 0.0) == 0.0
    assert skill(1.0, 0.0) == float("-inf")


def test_log_score_is_the_log_of_the_chance_and_infinite_where_there_was_none() -> None:
    made = forecast([round(1000 * level) for level in LEVELS])
    assert log_score(made, TODAY + timedelta(500), True) == pytest.approx(-np.log(0.03), rel=1e-6)
    assert log_score(made, TODAY + timedelta(500), False) == pytest.approx(-np.log(0.5), rel=1e-6)
    assert log_score(made, TODAY + timedelta(1500), True) == float("inf")


def test_arrivals_drawn_from_the_forecast_are_calibrated_and_late_ones_are_not() -> None:
    made = forecast([round(10000 * level) for level in LEVELS])
    even = [(made, TODAY + timedelta(50 + 100 * k), True) for k in range(100)]
    bins, chance = d_calibration(even)
    assert bins.sum() == pytest.approx(100)
    assert chance > 0.9
    assert d_calibration([(made, TODAY + timedelta(9000), True)] * 100)[1] < 1e-6
    with pytest.raises(ValueError, match="no cases"):
        d_calibration([])


def test_every_score_at_once_is_each_by_itself() -> None:
    made = forecast(list(range(10, 10 + 30 * len(LEVELS), 30)), 0.1)
    day = TODAY + timedelta(days=400)
    told = score(made, day, True)
    assert told == {
        "crps": crps(made, day, True),
        "log": log_score(made, day, True),
        "pit": pit(made, day),
        "covered80": float(covered(made, day)),
    }
    assert set(score(made, day, False)) == {"crps", "log"}
