"""From a promise's numbers and a vector of coefficients to its shape.

Each quantity is a linear predictor: eta = x . theta. What is not known for sure of theta (its covariance, and how far
an unseen class may stand from the pool) widens the answer in closed form, as if theta had been averaged over:
a log-odds is drawn towards 0 by sqrt(1 + pi v / 8) (MacKay 1992, doi:10.1162/neco.1992.4.5.720), a log-median
adds its variance to the spread.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from slipcast.forecasting.design import QUANTITIES, Design
from slipcast.forecasting.features import Table, matrix
from slipcast.forecasting.shape import Shape

Floats = NDArray[np.float64]

#: bounds of the linear predictors, so that no extrapolation leaves what a promise can do
BOUNDS = {
    "kept": (-7, 7),
    "early": (-7, 5),
    "late": (1.0, 9.5),
    "spread": (-1.6, 1.2),
    "early_shape": (-0.5, 4.0),
    "frailty": (-5.0, 1.5),
}
#: variance of the log of a Weibull variable with shape 1
GUMBEL_VARIANCE = float(np.pi**2 / 6)


def designs(table: Table, horizon: Floats, design: Design) -> dict[str, Floats]:
    """The design matrix of each quantity, (n, its features)."""
    every = matrix(table, horizon, design.features)
    at = {name: column for column, name in enumerate(design.features)}
    return {quantity: every[:, [at[name] for name in design.columns[quantity]]] for quantity in QUANTITIES}


def linear(columns: dict[str, Floats], theta: Floats, design: Design) -> dict[str, Floats]:
    """Each quantity's linear predictor, (n,)."""
    return {quantity: columns[quantity] @ theta[design.slices[quantity]] for quantity in QUANTITIES}


def variance(columns: dict[str, Floats], covariance: Floats, design: Design) -> dict[str, Floats]:
    """The variance of each linear predictor under the covariance of theta, (n,)."""
    out = {}
    for quantity in QUANTITIES:
        x, part = columns[quantity], design.slices[quantity]
        out[quantity] = np.maximum(((x @ covariance[part, part]) * x).sum(axis=1), 0.0)
    return out


def shape(horizon: Floats, window: Floats, eta: dict[str, Floats], spare: dict[str, Floats] | None = None) -> Shape:
    """The shape that linear predictors stand for; spare: their variances, averaged over where given."""
    bound = {quantity: np.clip(eta[quantity], *BOUNDS[quantity]) for quantity in QUANTITIES}
    spread = np.exp(bound["spread"])
    if spare is not None:
        for quantity in ("kept", "early"):
            bound[quantity] = bound[quantity] / np.sqrt(1 + np.pi * spare[quantity] / 8)
        spread = np.sqrt((spread * np.exp(spare["spread"] / 2)) ** 2 + spare["late"] / GUMBEL_VARIANCE)
    kept = expit(bound["kept"])
    early = (1 - kept) * expit(bound["early"])
    if window.any():  # before a window that opens soon there is little time to be early in: that mass falls inside it
        inside = early * window / horizon
        kept, early = kept + inside, early - inside
    power, frailty = np.exp(bound["early_shape"]), np.exp(bound["frailty"])
    return Shape(horizon, window, kept, early, bound["late"], spread, power, frailty)
