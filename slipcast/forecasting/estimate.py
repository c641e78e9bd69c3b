"""One class's coefficients: penalised minimum of the loss, and how sure they are.

theta = argmin sum_i w_i l_i(theta) + 1/2 (theta - m)' S^-1 (theta - m), l = CRPS / its scale + weight * log score.
The survival CRPS is what forecasts are scored by, but it is no proper score of open cases (Rindt et al. 2022,
arXiv:2103.14755); the log score is, so its weight rises with the share still open.
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

#: weight of the log score beside the CRPS: of arrivals, and how it rises with the share that is still open
LOG_WEIGHT, LOG_WEIGHT_OPEN = 0.3, 1.6
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
        self.log_weight = LOG_WEIGHT + LOG_WEIGHT_OPEN * float((~seen.arrived).mean())

    def rows(self, eta: dict[str, Floats]) -> Floats:
        """The weighted loss of each row."""
        made = shape(self.horizon, self.window, eta)
        loss = crps(made, self.seen) / self.scale + self.log_weight * log_score(made, self.seen)
        return self.weight * loss

    def slopes(self, theta: Floats) -> Floats:
        """d loss_i / d theta, (n, k)."""
        slope = self._slopes(linear(self.columns, theta, self.design))[1]
        return np.concatenate([slope[q][:, None] * self.columns[q] for q in QUANTITIES], axis=1)

    def _slopes(self, eta: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
        here = self.rows(eta)
        return here, {q: (self.rows({**eta, q: eta[q] + _STEP}) - here) / _STEP for q in QUANTITIES}

    def curvature(self, theta: Floats) -> Floats:
        """The Hessian of the total loss, (k, k), by central differences of the slopes in the linear predictors."""
        eta, at, wide = linear(self.columns, theta, self.design), self.design.slices, 1e-3
        out = np.zeros((len(theta), len(theta)))
        for b in QUANTITIES:
            up, down = (self._slopes({**eta, b: eta[b] + step})[1] for step in (wide, -wide))
            for a in QUANTITIES:
                second = (up[a] - down[a]) / (2 * wide)
                out[at[a], at[b]] = self.columns[a].T @ (second[:, None] * self.columns[b])
        return (out + out.T) / 2

    def total(self, theta: Floats) -> tuple[float, Floats]:
        """The loss over all rows and its gradient."""
        loss, slope = self._slopes(linear(self.columns, theta, self.design))
        return float(loss.sum()), np.concatenate([slope[q] @ self.columns[q] for q in QUANTITIES])


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
    bread = problem.curvature(theta) + np.diag(1 / variance)
    values, vectors = np.linalg.eigh(bread)
    inverse = (vectors / np.maximum(values, 1 / variance.max())) @ vectors.T
    slopes = problem.slopes(theta)
    clusters = np.zeros((int(items.max()) + 1, len(theta)))
    np.add.at(clusters, items, slopes)
    meat = clusters.T @ clusters + np.diag(1 / variance)
    return np.asarray(inverse @ meat @ inverse)
