"""The shape of a promise's arrival: kept to the day, early, or late by a heavy-tailed slip.

With horizon h (days from the origin to the promised day), window w before it, and probabilities of being kept
(kappa), early (epsilon) and late (lambda), kappa + epsilon + lambda = 1:

    F(t) = epsilon * (t / (h - w))^k                           0 <= t <  h - w
           epsilon + kappa * (t - h + w) / w                   h - w <= t < h   (a jump at h where w = 0)
           epsilon + kappa + lambda * F0((log(t - h) - m) / s) t >= h

F0 is a Weibull whose median is at 0, mixed with a share of log-logistic for the far tail: a promise long overdue
then waits in proportion to the time it has waited, as lateness does (docs/method/forecast.md, "The shape").
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

Floats = NDArray[np.float64]

LOG2 = float(np.log(2.0))
#: share of the log-logistic in F0, and its spread against the Weibull's
TAIL_SHARE, TAIL_SPREAD = 0.06, 1.3


@dataclass(frozen=True)
class Shape:
    """Arrival since the origin, n promises; every field (n,).

    horizon, window: days, 0 <= window <= horizon; kept, early: probabilities; late: log of the median slip in days;
    spread: of the slip on the log scale; power: exponent of early arrival.
    """

    horizon: Floats
    window: Floats
    kept: Floats
    early: Floats
    late: Floats
    spread: Floats
    power: Floats

    def __len__(self) -> int:
        return len(self.horizon)

    def log_survival(self, t: Floats) -> Floats:
        """log(1 - F(t)); t: days since the origin, (n,) or (n, m). Exact far out, where F is 1 to rounding."""
        s = self if t.ndim == 1 else Shape(*(getattr(self, f.name)[:, None] for f in fields(self)))
        opening = s.horizon - s.window
        with np.errstate(divide="ignore"):
            slip = np.log(np.maximum(t - s.horizon, 1e-6))
            before = np.log1p(-s.early * (np.clip(t, 0.0, opening) / np.maximum(opening, 1e-9)) ** s.power)
            through = np.clip((t - opening) / np.maximum(s.window, 1e-9), 0.0, 1.0)
            inside = np.log1p(-np.minimum(s.early + s.kept * through, 1.0 - 1e-15))
            after = np.log(np.maximum(1.0 - s.early - s.kept, 1e-15)) + log_tail((slip - s.late) / s.spread)
        return np.asarray(np.where(t < opening, before, np.where(t < s.horizon, inside, after)))

    def cdf(self, t: Floats) -> Floats:
        """F(t); t: days since the origin, (n,) or (n, m). Written apart from log_survival for speed: fits live on it."""
        s = self if t.ndim == 1 else Shape(*(getattr(self, f.name)[:, None] for f in fields(self)))
        opening, after = s.horizon - s.window, t - s.horizon
        z = (np.log(np.maximum(after, 1e-6)) - s.late) / s.spread
        late = 1.0 - s.early - s.kept
        with np.errstate(over="ignore"):
            past = 1.0 - late * ((1.0 - TAIL_SHARE) * np.exp(-LOG2 * np.exp(z)) + TAIL_SHARE * expit(-z / TAIL_SPREAD))
        before = s.early * (np.clip(t, 0.0, opening) / np.maximum(opening, 1e-9)) ** s.power
        if s.window.any():
            before = before + s.kept * np.clip((t - opening) / np.maximum(s.window, 1e-9), 0.0, 1.0)
        return np.asarray(np.where(after >= 0.0, past, before))

    def quantile(self, log_left: Floats) -> Floats:
        """The day t at which log(1 - F(t)) = log_left; log_left: (n, m), at most 0. Days since the origin."""
        s = Shape(*(getattr(self, f.name)[:, None] for f in fields(self)))
        p, opening = -np.expm1(log_left), s.horizon - s.window
        late = np.maximum(1.0 - s.early - s.kept, 1e-15)
        with np.errstate(divide="ignore", invalid="ignore"):
            before = opening * np.minimum(p / np.maximum(s.early, 1e-300), 1.0) ** (1.0 / s.power)
            inside = opening + s.window * np.clip((p - s.early) / np.maximum(s.kept, 1e-300), 0.0, 1.0)
            left = np.minimum(log_left - np.log(late), 0.0)
        after = s.horizon + np.exp(np.minimum(s.late + s.spread * tail_point(left), _FARTHEST))
        return np.asarray(np.where(p < s.early, before, np.where(p <= s.early + s.kept, inside, after)))


#: log days beyond which no quantile goes: far past any calendar, near enough to compute with
_FARTHEST = 40.0


def log_tail(z: Floats) -> Floats:
    """log(1 - F0(z))."""
    weibull = np.log1p(-TAIL_SHARE) - LOG2 * np.exp(np.minimum(z, 40.0))
    return np.asarray(np.logaddexp(weibull, np.log(TAIL_SHARE) + log_expit(-z / TAIL_SPREAD)))


@lru_cache(maxsize=1)
def _points() -> tuple[Floats, Floats]:
    z = np.concatenate([np.linspace(-25.0, -8.0, 400), np.linspace(-8.0, 8.0, 4001)[1:], np.linspace(8, 80, 800)[1:]])
    return np.log(-log_tail(z)), z


def tail_point(log_left: Floats) -> Floats:
    """The z at which log(1 - F0(z)) = log_left, by interpolation of a fixed table (error below 1e-4)."""
    with np.errstate(divide="ignore"):
        depth = np.log(-log_left)
    at, z = _points()
    return np.asarray(np.interp(depth, at, z))
