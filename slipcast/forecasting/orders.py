"""What one register's own orders tell of lead times, weighed with the table: a register has its own pace, and so has a kind in it.

log median = table's + b + d,  b ~ N(0, rho_r sigma^2) of the register, d ~ N(0, (rho_k - rho_r) sigma^2) of the kind in it,
sigma^2 = pi^2 s^2 / 6 the table's variance on the log scale. An order that came counts by the chance of its day, an open
one by that of not having come. The posterior is summed over a grid. What is still unknown of b + d stays in the spread, so
that without orders the answer is the table's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from slipcast.forecasting.loss import NEAR
from slipcast.forecasting.predictors import GUMBEL_VARIANCE
from slipcast.forecasting.priors import likeness
from slipcast.forecasting.shape import Shape

Floats = NDArray[np.float64]

#: shifts of the log median, and how many of the inner ones make either of its two parts
_GRID = np.linspace(-4.0, 4.0, 161)
_PART = np.linspace(-2.0, 2.0, 81)


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a register. days: from its contract or announcement to the first delivery, or to the last look."""

    kind: str
    days: float
    arrived: bool


def learnt(
    kind: str,
    scales: Mapping[str, tuple[float, float]],
    orders: Sequence[Order],
    shape_of: Callable[[Floats, Floats], Shape],
) -> tuple[float, float]:
    """Log median (days) and spread of a kind. scales: kind -> (log median, spread) of the table; all orders' kinds in it."""
    late, spread = scales[kind]
    if not orders:
        return late, spread
    prior = likeness()
    variance = GUMBEL_VARIANCE * spread**2
    register, own = prior.register * variance, (prior.kind - prior.register) * variance
    within = np.sqrt(1 - prior.kind)
    told = {name: _told(name, scales[name], within, orders, shape_of) for name in {order.kind for order in orders}}
    of_register = -0.5 * _PART**2 / register
    of_kind = -0.5 * _PART**2 / own
    at = np.rint((_PART[:, None] + _PART[None, :] - _GRID[0]) / (_GRID[1] - _GRID[0])).astype(int)
    for name, chance in sorted(told.items()):
        if name != kind:
            of_register = of_register + logsumexp(of_kind[None, :] + chance[at], axis=1)
    weight = of_register[:, None] + of_kind[None, :] + (told[kind][at] if kind in told else 0.0)
    weight = np.exp(weight - weight.max())
    shift = _PART[:, None] + _PART[None, :]
    mean = float((weight * shift).sum() / weight.sum())
    unknown = float((weight * (shift - mean) ** 2).sum() / weight.sum())
    return late + mean, float(np.sqrt((spread * within) ** 2 + unknown / GUMBEL_VARIANCE))


def _told(
    name: str,
    scale: tuple[float, float],
    within: float,
    orders: Sequence[Order],
    shape_of: Callable[[Floats, Floats], Shape],
) -> Floats:
    """Log-likelihood of one kind's orders at each shift of the grid."""
    shape = shape_of(scale[0] + _GRID, np.full(len(_GRID), scale[1] * within))
    total = np.zeros(len(_GRID))
    for order in orders:
        if order.kind == name:
            days = np.array([order.days - NEAR, order.days + NEAR, order.days])
            low, high, now = np.exp(shape.log_survival(np.tile(np.maximum(days, 0.0), (len(_GRID), 1)))).T
            total += np.log(np.maximum(low - high if order.arrived else now, 1e-12))
    return total
