"""What a fit is made small by: the survival CRPS and the log score, a row each, censored rows as what they are.

Survival CRPS (Avati et al. 2019, arXiv:1806.08324), in months, from the origin to CAP:
    arrived on y:        integral of (F(t) - [t >= y])^2 dt
    still open at c:     integral of F(t)^2 dt up to c
Log score: -log of the probability of arriving within NEAR days of y, or of not having arrived by c.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slipcast.forecasting.features import MONTH, YEAR
from slipcast.forecasting.shape import Shape

Floats = NDArray[np.float64]

CAP = 25 * YEAR
NEAR = 15.0
#: no outcome costs more than -log(FLOOR): one row that no shape foresees must not rule the fit
FLOOR = 1e-6
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2


@dataclass(frozen=True)
class Outcomes:
    """What became of n promises, days since the origin, (n,). end: arrival, or the last look; arrived: which of both."""

    end: Floats
    arrived: NDArray[np.bool_]


def crps(shape: Shape, seen: Outcomes) -> Floats:
    """Survival CRPS of each row in months, (n,), by Gauss-Legendre between the points where the integrand breaks."""
    top = np.where(seen.arrived, CAP, seen.end)
    first = np.minimum(np.minimum(shape.horizon, seen.end), top)
    second = np.minimum(np.where(seen.arrived, np.maximum(shape.horizon, seen.end), shape.horizon), top)
    total = np.zeros(len(shape))
    for low, high, power in ((np.zeros_like(first), first, 1), (first, second, 2), (second, top, 4)):
        width = high - low
        t = low[:, None] + width[:, None] * _NODES[None, :] ** power
        there = (t >= seen.end[:, None]) & seen.arrived[:, None]
        weight = _WEIGHTS * power * _NODES ** (power - 1)
        total += width * ((shape.cdf(t) - there) ** 2 @ weight)
    return total / MONTH


def log_score(shape: Shape, seen: Outcomes) -> Floats:
    """Log score of each row, (n,), in nats."""
    past = shape.cdf(np.stack([seen.end - NEAR, seen.end + NEAR, seen.end], axis=1))
    chance = np.where(seen.arrived, past[:, 1] - past[:, 0], 1.0 - past[:, 2])
    return -np.log(np.maximum(chance, FLOOR))


def official(horizon: Floats, seen: Outcomes) -> Floats:
    """Survival CRPS of the promised day itself, in months, (n,)."""
    off = seen.end - horizon
    return np.where(seen.arrived, np.abs(off), np.maximum(off, 0.0)) / MONTH
