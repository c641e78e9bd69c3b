"""What is left of a promise on a day: time that has passed, the chance of having been dropped, work that stands still.

With S the survival of the promise's shape, c the day on which it was last said to be still to come, a the day asked and
d the hazard of being dropped (a day), of what has not arrived by a:

    dropped in silence     D / (D + A), D = int_c^a d e^(-d (x - c)) S(x) dx, A = e^(-d (a - c)) S(a)
    dropped later          1 - E[e^(-d R)], R = what is left to wait, from S given that it is alive
    arrives                on a + R, R weighted by e^(-d R): what waits long rarely comes

What is suspended since s stands still: its work is as on s, the suspension ends after a further V, Lomax with shape
alpha and scale beta + (a - s) (an exponential whose rate is gamma, Lomax 1954, doi:10.2307/2281544), in a return with
probability r: it arrives on a + V + R_s, or, with 1 - r, never.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slipcast.forecasting.hazards import Exit
from slipcast.forecasting.shape import Shape

Floats = NDArray[np.float64]

#: the levels of a prediction's quantiles
LEVELS = (0.01, *(round(0.025 * k, 3) for k in range(1, 40)), 0.99)
_LEVELS = np.array(LEVELS)
#: levels between which the weighing by e^(-d R) is straight
_FINE = np.array([*LEVELS, 0.995, 0.998, 0.9995, 0.9999])
_STEPS = np.diff(np.concatenate([[0.0], _FINE, [1.0]]))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2
#: equal shares of the work that is left and of the suspension that is left
_WORK, _STOP = (np.arange(40) + 0.5) / 40, (np.arange(25) + 0.5) / 25


@dataclass(frozen=True)
class Left:
    """n promises on their days asked. days: ordinals at LEVELS given that it arrives, (n, levels); never: (n,).

    waited: ordinal of the median once time has passed and nothing else is known, (n,); kept: the same once being dropped
    is weighed too.
    """

    days: Floats
    never: Floats
    waited: Floats
    kept: Floats


def left(shape: Shape, origin: Floats, heard: Floats, asked: Floats, daily: Floats) -> Left:
    """What is left on `asked` of what has not arrived; every argument (n,), days as ordinals, daily: the hazard a day."""
    gone = shape.log_survival(asked - origin)
    days = origin[:, None] + shape.quantile(gone[:, None] + np.log1p(-_FINE)[None, :])
    days = np.maximum.accumulate(np.maximum(days, asked[:, None]), axis=1)
    weight = np.exp(-daily[:, None] * (days - asked[:, None]))
    reached = np.zeros((len(asked), len(_FINE) + 2))
    edges = np.concatenate([np.ones((len(asked), 1)), weight, weight[:, -1:]], axis=1)
    np.cumsum((edges[:, 1:] + edges[:, :-1]) / 2 * _STEPS, axis=1, out=reached[:, 1:])
    arrives = reached[:, -1]
    shown = _by_row(reached / arrives[:, None], np.concatenate([days[:, :1], days, days[:, -1:]], axis=1))
    silent = _dropped_in_silence(shape, origin, heard, asked, daily, gone)
    middle = LEVELS.index(0.5)
    return Left(shown, silent + (1 - silent) * (1 - arrives), days[:, middle], shown[:, middle])


def _by_row(reached: Floats, days: Floats) -> Floats:
    """Row by row the days at LEVELS, straight between the points; one interpolation over all rows laid end to end."""
    rows = np.arange(len(days))[:, None]
    found = np.interp((_LEVELS[None, :] + rows).ravel(), (reached + rows).ravel(), days.ravel())
    return np.asarray(found.reshape(len(days), len(_LEVELS)))


def _dropped_in_silence(
    shape: Shape, origin: Floats, heard: Floats, asked: Floats, daily: Floats, gone: Floats
) -> Floats:
    out = np.zeros(len(asked))
    rows = np.flatnonzero(asked > heard)
    if len(rows):
        span, rate = (asked - heard)[rows], daily[rows]
        steps = span[:, None] * _NODES[None, :]
        lived = shape[rows].log_survival((heard - origin)[rows, None] + steps) - gone[rows, None]
        alive_then = np.exp(np.minimum(lived - rate[:, None] * (steps - span[:, None]), 600.0))
        odds = rate * span * (alive_then @ _WEIGHTS)
        out[rows] = odds / (1 + odds)
    return out


def standing_still(
    shape: Shape, origin: float, since: float, asked: float, daily: float, ends: Exit
) -> tuple[Floats, float]:
    """Days at LEVELS given arrival, and the chance of never, of one promise whose work stands still since a day; shape: (1,)."""
    stopped = np.array([since])
    gone = shape.log_survival(stopped - origin)
    work = origin + shape.quantile(gone[:, None] + np.log1p(-_WORK)[None, :])[0] - since
    scale = ends.years * 365.25 + (asked - since)
    stop = scale * ((1 - _STOP) ** (-1 / ends.shape) - 1)
    weight = np.exp(-daily * np.maximum(work, 0.0))
    days = (asked + np.maximum(work, 0.0)[:, None] + stop[None, :]).ravel()
    order = np.argsort(days, kind="stable")
    heap = np.repeat(weight, len(stop))[order]
    reached = (np.cumsum(heap) - heap / 2) / heap.sum()
    return np.interp(_LEVELS, reached, days[order]), 1 - ends.returned * float(weight.mean())


def lapsed(never: Floats, returned: Floats, log_survival: Floats) -> Floats:
    """The chance of never of what was stopped when it was promised: 1 - returned of it never comes, the rest as promised.

    log_survival: of the shape from the promise to the day asked; waiting makes the return less likely (Bayes).
    """
    alive = returned * np.exp(log_survival)
    return np.asarray(1 - (1 - never) * alive / (alive + 1 - returned))
