"""A promise's outlook: its shape, its hazard of being dropped and its reference class, before any waiting is taken out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Promise
from slipcast.forecasting.design import QUANTITIES
from slipcast.forecasting.features import YEAR, Table
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import yearly_drop
from slipcast.forecasting.predictors import designs, linear, shape, variance
from slipcast.forecasting.priors import family, never, shifts
from slipcast.forecasting.shape import Shape

Floats = NDArray[np.float64]

HORIZON, WINDOW = "how far ahead", "width of the window"
_WORDS = {
    "horizon": HORIZON,
    "age": "age of the project",
    "short": "age of the project",
    "moved_later": "earlier moves",
    "stood": "earlier moves",
    "kind_": "kind of milestone",
    "year": "years it was promised in",
    "vintage_": "years it was promised in",
}
#: what moves a forecast away from its class, in the order in which it is told
GROUPS = (*dict.fromkeys(_WORDS.values()), WINDOW, "rating", "status", "condition")

#: log-variance that an unknown horizon adds to the slip
UNKNOWN_HORIZON = 0.5


@dataclass(frozen=True)
class Outlook:
    """n promises. origin: ordinal day from which the shape counts; daily: hazard of being dropped; shape: from the origin.

    class_of: index into classes, each (name, promises, projects).
    """

    origin: Floats
    shape: Shape
    daily: Floats
    class_of: NDArray[np.int64]
    classes: tuple[tuple[str, int, int], ...]


def outlook(
    promises: Sequence[Promise],
    numbers: Table,
    fitted: Fitted,
    only: Collection[str] | None = None,
    *,
    yearly: float | None = None,
) -> Outlook:
    """The outlook of each promise; only: the groups of GROUPS that count (None: all), for drivers.py.

    yearly: share that is dropped in a year, None: each source's own.
    """
    names = [promise.source for promise in promises]
    sources = sorted(set(names))
    index = {name: k for k, name in enumerate(sources)}
    class_of = np.array([index[name] for name in names], np.int64)
    usual = np.array([fitted.horizon(name) for name in sources])[class_of]
    ahead, unknown = numbers.ahead, np.isnan(numbers.ahead)
    horizon = np.where(unknown | (ahead <= 0), usual, ahead)
    told_horizon = np.where(~unknown & (ahead <= 0), ahead + numbers.told, -1.0)
    horizon = np.where(told_horizon > 0, told_horizon, horizon)
    origin = numbers.stated + np.where(unknown, 0.0, ahead - horizon)
    columns = designs(numbers, horizon, fitted.design)
    if only is not None:
        columns = _neutral(columns, designs(numbers, usual, fitted.design), only, fitted)
    eta, spare = _predictors(columns, class_of, sources, fitted)
    window = np.minimum(np.where(numbers.window > 1, numbers.window, 0.0), horizon)
    if only is not None and WINDOW not in only:
        window = np.zeros_like(window)
    log_factor = np.zeros(len(promises))
    for group, shift in shifts(promises).items():
        if only is None or group in only:
            for column, quantity in enumerate(("kept", "early", "late")):
                eta[quantity] = eta[quantity] + shift[:, column]
            log_factor += shift[:, 3]
    eta["kept"] = np.where(unknown, -7.0, eta["kept"])
    eta["early"] = np.where(unknown, eta["early"] + 1.0, eta["early"])
    spare["late"] = np.where(unknown, spare["late"] + UNKNOWN_HORIZON, spare["late"])
    rates = np.array([yearly_drop(name, fitted) if yearly is None else yearly for name in sources])
    unsigned = np.array([never().unsigned if promise.unsigned else 1.0 for promise in promises])
    return Outlook(
        origin,
        shape(horizon, window, eta, spare),
        rates[class_of] * unsigned * np.exp(log_factor) / YEAR,
        class_of,
        tuple(_label(name, fitted) for name in sources),
    )


def _neutral(
    columns: dict[str, Floats], usual: dict[str, Floats], only: Collection[str], fitted: Fitted
) -> dict[str, Floats]:
    """The columns with every group that does not count put to its middle: the usual horizon, and 0 for the rest."""
    out = {}
    for quantity, every in columns.items():
        out[quantity] = every.copy()
        for k, feature in enumerate(fitted.design.columns[quantity]):
            group = group_of(feature)
            if group is not None and group not in only:
                out[quantity][:, k] = usual[quantity][:, k] if group == HORIZON else 0.0
    return out


def group_of(feature: str) -> str | None:
    """The driver group of a feature; None for the class itself."""
    return next((group for word, group in _WORDS.items() if feature.startswith(word)), None)


def _predictors(
    columns: dict[str, Floats], class_of: NDArray[np.int64], sources: Sequence[str], fitted: Fitted
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    n, design = len(class_of), fitted.design
    eta = {quantity: np.empty(n) for quantity in QUANTITIES}
    spare = {quantity: np.empty(n) for quantity in QUANTITIES}
    for k, name in enumerate(sources):
        rows = np.flatnonzero(class_of == k)
        theta, covariance = coefficients(name, fitted)
        part = {quantity: columns[quantity][rows] for quantity in QUANTITIES}
        for out, values in ((eta, linear(part, theta, design)), (spare, variance(part, covariance, design))):
            for quantity in QUANTITIES:
                out[quantity][rows] = values[quantity]
    return eta, spare


def coefficients(source: str, fitted: Fitted) -> tuple[Floats, Floats]:
    """theta and covariance for a source.

    A family leans on fitted classes by weight, and stands from the pool as a new class does over the rest of it:
    theta = sum w_c theta_c + (1 - w) mean, covariance = sum w_c^2 Sigma_c + (1 - w) T, w = sum w_c, T the pool's.
    """
    leans = {name: weight for name, weight in family(source).items() if name in fitted.classes}
    if source in fitted.classes or not leans:
        return fitted.coefficients(source)
    mean, spread = fitted.pool()
    rest = 1 - sum(leans.values())
    theta, covariance = rest * mean, rest * np.diag(spread)
    for name, weight in leans.items():
        theta = theta + weight * fitted.classes[name].theta
        covariance = covariance + weight**2 * fitted.classes[name].covariance
    return theta, covariance


def _label(source: str, fitted: Fitted) -> tuple[str, int, int]:
    if source in fitted.classes:
        fit = fitted.classes[source]
        return f"{source}: {fit.n} promises of {fit.items} projects", fit.n, fit.items
    n, items = sum(f.n for f in fitted.classes.values()), sum(f.items for f in fitted.classes.values())
    leans = [f"{name} ({weight:.0%})" for name, weight in family(source).items() if name in fitted.classes]
    like = f", leaning on {', '.join(leans)}" if leans else ""
    return f"pool of {', '.join(sorted(fitted.classes))}{like}: {n} promises of {items} projects", n, items
