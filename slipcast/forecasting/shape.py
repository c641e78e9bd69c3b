"""The shape of a promise's arrival: kept to the day, early, or late by a heavy-tailed slip.

With horizon h (days from the origin to the promised day), window w before it, and probabilities of being kept
(kappa), early (epsilon) and late (lambda), kappa + epsilon + lambda = 1:

    F(t) = epsilon * (t / (h - w))^k                           0 <= t <  h - w
           epsilon + kappa * (t - h + w) / w                   h - w <= t < h   (a jump at h where w = 0)
           epsilon + kappa + lambda * F0((log(t - h) - m) / s) t >= h

F0 is a Weibull whose pace differs from project to project by a gamma frailty of variance theta (Lancaster 1979,
doi:10.2307/1914140), scaled so that its median is at 0:

    1 - F0(z) = (1 + (2^theta - 1) e^z)^(-1/theta)

theta -> 0 is the Weibull itself, theta = 1 the log-logistic. A promise long overdue is likelier a slow project's: it
then waits in proportion to the time it has waited, as lateness does (docs/method/forecast.md, "The shape").
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOG2 = float(np.log(2.0))
#: log days beyond which no quantile goes: far past any calendar, near enough to compute with
_FARTHEST = 300.0
#: an exponent from which log(e^x - 1) is x to rounding
_LARGE = 30.0


@dataclass(frozen=True)
class Shape:
    """Arrival since the origin, n promises; every field (n,).

    horizon, window: days, 0 <= window <= horizon; kept, early: probabilities; late: log of the median slip in days;
    spread: of the slip on the log scale; power: exponent of early arrival; frailty: theta, above 0.
    """

    horizon: Floats
    window: Floats
    kept: Floats
    early: Floats
    late: Floats
    spread: Floats
    power: Floats
    frailty: Floats

    def __len__(self) -> int:
        return len(self.horizon)

    def __getitem__(self, rows: NDArray[np.intp]) -> Shape:
        """The shapes of some rows, (k,)."""
        return Shape(*(getattr(self, f.name)[rows] for f in fields(self)))

    def _columns(self) -> Shape:
        return Shape(*(getattr(self, f.name)[:, None] for f in fields(self)))

    def log_survival(self, t: Floats) -> Floats:
        """log(1 - F(t)); t: days since the origin, (n,) or (n, m). Exact far out, where F is 1 to rounding."""
        s = self if t.ndim == 1 else self._columns()
        opening = s.horizon - s.window
        with np.errstate(divide="ignore"):
            slip = np.log(np.maximum(t - s.horizon, 1e-6))
            before = np.log1p(-s.early * (np.clip(t, 0.0, opening) / np.maximum(opening, 1e-9)) ** s.power)
            through = np.clip((t - opening) / np.maximum(s.window, 1e-9), 0.0, 1.0)
            inside = np.log1p(-np.minimum(s.early + s.kept * through, 1.0 - 1e-15))
            after = np.log(np.maximum(1.0 - s.early - s.kept, 1e-15)) + log_tail((slip - s.late) / s.spread, s.frailty)
        return np.asarray(np.where(t < opening, before, np.where(t < s.horizon, inside, after)))

    def cdf(self, t: Floats) -> Floats:
        """F(t); t: days since the origin, (n,) or (n, m). Written apart from log_survival for speed: fits live on it."""
        s = self if t.ndim == 1 else self._columns()
        opening, after = s.horizon - s.window, t - s.horizon
        z = (np.log(np.maximum(after, 1e-6)) - s.late) / s.spread
        late = 1.0 - s.early - s.kept
        past = 1.0 - late * (1.0 + np.expm1(LOG2 * s.frailty) * np.exp(np.minimum(z, 600.0))) ** (-1.0 / s.frailty)
        before = s.early * (np.clip(t, 0.0, opening) / np.maximum(opening, 1e-9)) ** s.power
        if s.window.any():
            before = before + s.kept * np.clip((t - opening) / np.maximum(s.window, 1e-9), 0.0, 1.0)
        return np.asarray(np.where(after >= 0.0, past, before))

    def quantile(self, log_left: Floats) -> Floats:
        """The day t at which log(1 - F(t)) = log_left; log_left: (n, m), at most 0. Days since the origin."""
        s = self._columns()
        p, opening = -np.expm1(log_left), s.horizon - s.window
        late = np.maximum(1.0 - s.early - s.kept, 1e-15)
        with np.errstate(divide="ignore", invalid="ignore"):
            before = opening * np.minimum(p / np.maximum(s.early, 1e-300), 1.0) ** (1.0 / s.power)
            inside = opening + s.window * np.clip((p - s.early) / np.maximum(s.kept, 1e-300), 0.0, 1.0)
            left = np.minimum(log_left - np.log(late), 0.0)
        after = s.horizon + np.exp(np.minimum(s.late + s.spread * tail_point(left, s.frailty), _FARTHEST))
        return np.asarray(np.where(p < s.early, before, np.where(p <= s.early + s.kept, inside, after)))


def log_tail(z: Floats, frailty: Floats) -> Floats:
    """log(1 - F0(z)); z and frailty of shapes that fit each other."""
    return np.asarray(-np.logaddexp(0.0, z + np.log(np.expm1(LOG2 * frailty))) / frailty)


def tail_point(log_left: Floats, frailty: Floats) -> Floats:
    """The z at which log(1 - F0(z)) = log_left, exactly; -inf where nothing has gone yet."""
    gone = -frailty * log_left
    with np.errstate(divide="ignore"):
        reach = np.where(gone > _LARGE, gone, np.log(np.expm1(np.minimum(gone, _LARGE))))
    return np.asarray(reach - np.log(np.expm1(LOG2 * frailty)))
