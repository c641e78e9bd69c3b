"""Scores of forecasts against what happened, and tests of calibration. Pure functions over Predictions.

P(by t) = (1 - p_never) G(t), G linear between the quantiles, as the panel scorer reads it. A case still open is data:
it enters by what is known of it, that it had not arrived by its last look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from slipcast.forecasting.features import MONTH
from slipcast.forecasting.loss import CAP, NEAR
from slipcast.forecasting.predict import Prediction
from slipcast.forecasting.waiting import LEVELS

Floats = NDArray[np.float64]

_GAUSS = 0.5 / np.sqrt(3.0)
_LEVELS = np.array(LEVELS)


def _by(made: Prediction, t: Floats) -> Floats:
    return np.asarray((1.0 - made.p_never) * np.interp(t, made.days, _LEVELS, left=0.0, right=1.0))


def crps(made: Prediction, end: date, arrived: bool) -> float:
    """Survival CRPS in months (Avati et al. 2019, arXiv:1806.08324), exact; end: arrival, or the last look.

    arrived: integral of (P(by t) - [t >= end])^2 dt over 25 years from as_of; open: of P(by t)^2 dt up to end.
    The CRPS of a forecast that is one day is the absolute error.
    """
    start, y = float(made.as_of.toordinal()), float(end.toordinal())
    top = start + CAP if arrived else y
    if top <= start:
        return 0.0
    cuts = np.unique(np.clip(np.concatenate([made.days.astype(float), [start, y, top]]), start, top))
    width, middle = np.diff(cuts), (cuts[1:] + cuts[:-1]) / 2
    total = 0.0
    for side in (-_GAUSS, _GAUSS):  # two nodes: exact, since the integrand is a parabola between cuts
        t = middle + side * width
        total += float(((_by(made, t) - (arrived & (t >= y))) ** 2 * width).sum() / 2)
    return total / MONTH


def pit(made: Prediction, end: date) -> float:
    """P(by the day it arrived): uniform over many cases, if the forecasts are calibrated (Dawid 1984, doi:10.2307/2981683)."""
    return float(_by(made, np.array([float(end.toordinal())]))[0])


def covered(made: Prediction, end: date, share: float = 0.8) -> bool:
    """Whether the arrival lies in the central `share` of the forecast, never included."""
    return abs(pit(made, end) - 0.5) <= share / 2


def brier(made: Prediction, day: date, came: bool) -> float:
    """Brier score of the statement "it arrives by day" (Brier 1950): (P - came)^2."""
    return (made.probability_by(day) - float(came)) ** 2


def log_score(made: Prediction, end: date, arrived: bool) -> float:
    """-log of the probability of what happened, in nats: arrival within 15 days of end, or none by end.

    Infinite where the forecast held it impossible; no floor hides that.
    """
    y = float(end.toordinal())
    low, high, at = _by(made, np.array([y - NEAR, y + NEAR, y]))
    chance = high - low if arrived else 1.0 - at
    return float(-np.log(chance)) if chance > 0 else float("inf")


def d_calibration(cases: Sequence[tuple[Prediction, date, bool]]) -> tuple[Floats, float]:
    """Ten bins of survival probability, and the p-value of their being equal (Haider et al. 2020, JMLR 21:85).

    cases: (forecast, end, arrived). An arrival is spread over the survival probabilities of its 15 days before and
    after; an open case over those from 0 to its own. The p-value is the chi-square's, with 9 degrees of freedom.
    Raises ValueError for no cases.
    """
    if not cases:
        raise ValueError("d_calibration: no cases; give at least one")
    edges, bins = np.linspace(0.0, 1.0, 11), np.zeros(10)
    for made, end, arrived in cases:
        y = float(end.toordinal())
        early, late, at = 1.0 - _by(made, np.array([y - NEAR, y + NEAR, y]))
        low, high = (late, early) if arrived else (0.0, at)
        if high - low < 1e-9:
            bins += np.histogram([np.clip(low, 0.0, 1.0)], edges)[0]
        else:
            bins += np.clip(np.minimum(edges[1:], high) - np.maximum(edges[:-1], low), 0.0, None) / (high - low)
    expected = bins.sum() / 10
    return bins, float(chdtrc(9, float(((bins - expected) ** 2 / expected).sum())))


def skill(score: float, reference: float) -> float:
    """1 - score / reference; 0 where the reference is perfect and so is the score, -inf where only the reference is."""
    if reference > 0:
        return 1.0 - score / reference
    return 0.0 if score == 0 else float("-inf")


def score(made: Prediction, end: date, arrived: bool) -> dict[str, float]:
    """Every score of one prediction: crps (months), log (nats), and, where it arrived, pit and covered80 (0 or 1).

    end: the day it arrived, or the last day on which it was still open.
    """
    told = {"crps": crps(made, end, arrived), "log": log_score(made, end, arrived)}
    return {**told, "pit": pit(made, end), "covered80": float(covered(made, end))} if arrived else told
