"""What moves a forecast: months that sum to the move of P50 from the promise, whatever is known of it. Promises are invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import STATUSES, Promise
from slipcast.forecasting.drivers import CLASS, DROPPED, STILL, WAITED
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.mixtures import pool
from slipcast.forecasting.outlook import GROUPS
from slipcast.forecasting.predict import Prediction, predict
from slipcast.forecasting.sensitivity import would_change

FITTED = Fitted.load()
FIRST = date(1995, 1, 1)


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Anything that a row or a register may hold: overdue when stated, undated, suspended, unsigned, of any source."""
    stated = FIRST + timedelta(draw(st.integers(0, 10_000)))
    due = draw(st.none() | st.integers(-2000, 9000).map(lambda days: stated + timedelta(days)))
    told = draw(st.lists(st.tuples(st.integers(1, 3000), st.integers(-1000, 5000)), max_size=3))
    history = sorted((stated - timedelta(ago), stated + timedelta(ahead)) for ago, ahead in told)
    return Promise(
        source=draw(st.sampled_from(["statements", "sar", "adb", "worldbank", "kilns"])),
        item="KX-30/Vendland",
        milestone=draw(
            st.sampled_from(["delivery", "entry_into_service", "IOC", "closing", "Final Design Review", "?"])
        ),
        stated_on=stated,
        promised_for=due,
        started_on=draw(st.none() | st.integers(-4000, 500).map(lambda days: stated + timedelta(days))),
        rating=draw(st.sampled_from(["", "red", "amber", "construction"])),
        history=tuple(history),
        status=draw(st.sampled_from(["", *STATUSES])),
        condition=draw(st.sampled_from([None, "talks"])),
        window_days=draw(st.sampled_from([None, 1, 31, 366, 4000])),
        heard_on=draw(st.none() | st.integers(-500, 4000).map(lambda days: stated + timedelta(days))),
        status_on=draw(st.none() | st.integers(-500, 2000).map(lambda days: stated + timedelta(days))),
        unsigned=draw(st.booleans()),
    )


def moved(made: Prediction) -> float:
    """Months from the promise, or from the day it was stated where none was promised, to P50."""
    start = made.promise.promised_for or made.promise.stated_on
    return (int(made.days[len(made.days) // 2]) - start.toordinal()) / MONTH


@settings(max_examples=150, deadline=None)
@given(promises(), st.integers(0, 6000))
def test_drivers_sum_to_the_move_of_p50(promise: Promise, waited: int) -> None:
    (made,) = predict([promise], FITTED, [promise.stated_on + timedelta(waited)])
    assert sum(driver.months for driver in made.drivers) == pytest.approx(moved(made), abs=1e-6)
    assert {driver.name for driver in made.drivers} <= {CLASS, *GROUPS, WAITED, DROPPED, STILL}
    assert 0 <= made.p_never <= 1
    assert (made.days[1:] >= made.days[:-1]).all()
    assert made.days[0] >= made.as_of.toordinal()


@settings(max_examples=50, deadline=None)
@given(promises(), promises(), st.floats(0.01, 1.0))
def test_drivers_of_a_mixture_sum_too(a: Promise, b: Promise, weight: float) -> None:
    day = max(a.stated_on, b.stated_on)
    mixed = pool(predict([a, b], FITTED, [day, day]), [1.0, weight])
    assert sum(driver.months for driver in mixed.drivers) == pytest.approx(moved(mixed), abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(promises(), st.integers(0, 4000))
def test_what_would_change_it_is_what_the_changed_promise_is_forecast_at(promise: Promise, waited: int) -> None:
    day = promise.stated_on + timedelta(waited)
    (made,) = predict([promise], FITTED, [day])
    news = would_change(made, FITTED, day)
    assert len(news) >= 2
    assert [abs(each.months) for each in news] == sorted((abs(each.months) for each in news), reverse=True)
    assert all(0 <= each.p_never <= 1 for each in news)
