"""The shape: its cdf, its survival and its quantiles are one and the same distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.forecasting.shape import LOG2, Shape, log_tail, tail_point

numbers = st.floats(0.0, 1.0)


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    horizon = draw(st.floats(1.0, 8000.0))
    kept, early = draw(st.floats(0.0, 0.95)), draw(st.floats(0.0, 0.9))
    values = (
        horizon,
        horizon * draw(st.sampled_from([0.0, 0.0, 0.3, 0.9])),
        kept,
        (1 - kept) * early,
        draw(st.floats(1.0, 9.0)),
        draw(st.floats(0.2, 3.0)),
        draw(st.floats(0.6, 40.0)),
        draw(st.floats(0.01, 4.0)),
    )
    return Shape(*(np.array([value]) for value in values))


@given(shapes(), st.lists(st.floats(0.0, 60000.0), min_size=2, max_size=8))
def test_cdf_rises_from_0_to_1_and_agrees_with_survival(shape: Shape, days: list[float]) -> None:
    t = np.array([sorted(days)])
    f = shape.cdf(t)
    assert np.isfinite(f).all()
    assert ((f >= -1e-12) & (f <= 1 + 1e-12)).all()
    assert (np.diff(f) >= -1e-9).all()
    np.testing.assert_allclose(f, -np.expm1(shape.log_survival(t)), atol=1e-7)


@given(shapes(), st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_cdf_passes_its_level(shape: Shape, level: float) -> None:
    t = shape.quantile(np.array([[np.log1p(-level)]]))
    assert np.isfinite(t).all()
    eps = 1e-3 + 1e-3 * np.abs(t)
    assert shape.cdf(t - eps)[0, 0] <= level + 2e-3
    assert shape.cdf(t + eps)[0, 0] >= level - 2e-3


def test_a_quantile_far_out_is_not_cut_short() -> None:
    shape = Shape(*(np.array([v]) for v in (1.0, 0.0, 0.0, 0.0, 8.0, 3.0, 1.0, 0.1)))  # found by the property above
    t = shape.quantile(np.array([[np.log1p(-0.96875)]]))
    assert shape.cdf(t)[0, 0] == pytest.approx(0.96875, abs=1e-4)


def test_the_promised_day_carries_the_kept_mass() -> None:
    shape = Shape(*(np.array([v]) for v in (100.0, 0.0, 0.4, 0.1, 5.0, 1.0, 3.0, 0.1)))
    before, on = shape.cdf(np.array([[99.999, 100.0]]))[0]
    assert before == pytest.approx(0.1, abs=1e-5)
    assert on == pytest.approx(0.5, abs=1e-6)


def test_a_window_spreads_the_kept_mass_evenly() -> None:
    shape = Shape(*(np.array([v]) for v in (400.0, 200.0, 0.5, 0.0, 5.0, 1.0, 3.0, 0.1)))
    np.testing.assert_allclose(shape.cdf(np.array([[200.0, 300.0, 400.0]]))[0], [0.0, 0.25, 0.5], atol=1e-6)


@pytest.mark.parametrize("theta", [0.01, 0.135, 1.0, 5.0])
def test_the_median_late_slip_is_the_parameter(theta: float) -> None:
    """Half of the late ones are later than the median, whatever the frailty: 1 - F0(0) = 1/2."""
    assert float(log_tail(np.array(0.0), np.array(theta))) == pytest.approx(-LOG2)
    assert float(tail_point(np.array(-LOG2), np.array(theta))) == pytest.approx(0.0, abs=1e-9)


def test_the_tail_is_a_weibull_at_one_end_and_a_log_logistic_at_the_other() -> None:
    """theta -> 0: exp(-log 2 e^z); theta = 1: 1 / (1 + e^z)."""
    z = np.linspace(-4.0, 2.0, 7)
    np.testing.assert_allclose(log_tail(z, np.array(1e-6)), -LOG2 * np.exp(z), rtol=1e-4)
    np.testing.assert_allclose(log_tail(z, np.array(1.0)), -np.log1p(np.exp(z)))


@given(st.floats(-30.0, 60.0), st.floats(0.01, 4.0))
def test_the_tail_is_inverted_exactly(z: float, theta: float) -> None:
    left = log_tail(np.array(z), np.array(theta))
    assert float(tail_point(left, np.array(theta))) == pytest.approx(z, abs=1e-4)


def test_far_overdue_the_wait_grows_with_the_wait() -> None:
    """Never "tomorrow": the median further wait after 20 years overdue exceeds that after 5."""
    shape = Shape(*(np.array([v]) for v in (365.0, 0.0, 0.2, 0.1, 5.5, 0.8, 3.0, 0.15)))
    waits = []
    for years in (1.0, 5.0, 20.0):
        at = np.array([365.0 + years * 365.25])
        waits.append(float(shape.quantile((shape.log_survival(at) - LOG2)[:, None])[0, 0] - at[0]))
    assert waits[0] < waits[1] < waits[2]
    assert waits[0] > 30
