"""One class's coefficients: penalised minimum of the loss, and how sure they are.

theta = argmin sum_i w_i l_i(theta) + 1/2 (theta - m)' S^-1 (theta - m), l = LOG_WEIGHT * log score + CRPS / its scale.
The gradient is exact in theta given differences in the five linear predictors, row by row. The covariance is
the sandwich H^-1 G H^-1 with whole items as the independent units (Huber 1967; Liang and Zeger 1986,
doi:10.1093/biomet/73.1.13), never narrower than the prior and the data together would make it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from slipcast.forecasting.design import QUANTITIES, Design
from slipcast.forecasting.loss import Outcomes, crps, log_score
from slipcast.forecasting.predictors import linear, shape

Floats = NDArray[np.float64]

LOG_WEIGHT, CRPS_WEIGHT = 0.4, 1.0
_STEP = 1e-6


class Problem:
    """A class's rows as a function of theta. weight: (n,); scale: months by which the CRPS is divided."""

    def __init__(
        self,
        columns: dict[str, Floats],
        horizon: Floats,
        seen: Outcomes,
        weight: Floats,
        scale: float,
        design: Design,
    ) -> None:
        self.columns, self.horizon, self.seen, self.weight = columns, horizon, seen, weight
        self.scale, self.design, self.window = scale, design, np.zeros(len(horizon))

    def rows(self, eta: dict[str, Floats]) -> Floats:
        """The weighted loss of each row."""
        made = shape(self.horizon, self.window, eta)
        loss = CRPS_WEIGHT * crps(made, self.seen) / self.scale + LOG_WEIGHT * log_score(made, self.seen)
        return self.weight * loss

    def slopes(self, theta: Floats) -> Floats:
        """d loss_i / d theta, (n, k)."""
        return self._at(theta)[1]

    def _at(self, theta: Floats) -> tuple[Floats, Floats]:
        eta = linear(self.columns, theta, self.design)
        here, parts = self.rows(eta), []
        for quantity in QUANTITIES:
            slope = (self.rows({**eta, quantity: eta[quantity] + _STEP}) - here) / _STEP
            parts.append(slope[:, None] * self.columns[quantity])
        return here, np.concatenate(parts, axis=1)

    def total(self, theta: Floats) -> tuple[float, Floats]:
        """The loss over all rows and its gradient."""
        loss, slopes = self._at(theta)
        return float(loss.sum()), slopes.sum(axis=0)


def minimise(problem: Problem, mean: Floats, variance: Floats, start: Floats | None = None) -> Floats:
    """theta for a class, given a normal prior with independent components."""

    def value(theta: Floats) -> tuple[float, Floats]:
        loss, slope = problem.total(theta)
        off = theta - mean
        return loss + 0.5 * float((off**2 / variance).sum()), slope + off / variance

    found = minimize(
        value, mean if start is None else start, jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-9}
    )
    return np.asarray(found.x, float)


def covariance(problem: Problem, theta: Floats, variance: Floats, items: NDArray[np.int64]) -> Floats:
    """The sandwich covariance of theta, (k, k)."""
    k = len(theta)
    bread = np.empty((k, k))
    for j in range(k):
        step = np.zeros(k)
        step[j] = 1e-3
        bread[j] = (problem.slopes(theta + step).sum(axis=0) - problem.slopes(theta - step).sum(axis=0)) / 2e-3
    bread = (bread + bread.T) / 2 + np.diag(1 / variance)
    values, vectors = np.linalg.eigh(bread)
    inverse = (vectors / np.maximum(values, 1 / variance.max())) @ vectors.T
    slopes = problem.slopes(theta)
    clusters = np.zeros((int(items.max()) + 1, k))
    np.add.at(clusters, items, slopes)
    meat = clusters.T @ clusters + np.diag(1 / variance)
    return np.asarray(inverse @ meat @ inverse)
