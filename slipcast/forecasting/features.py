"""What is known of a promise when it is made, as numbers. Nothing here looks at outcomes.

Day and duration columns are in days. A promise without a date to come borrows the class's usual horizon: see `Table`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Promise
from slipcast.forecasting.kinds import KINDS, kind_of

Floats = NDArray[np.float64]

MONTH = 30.4375
YEAR = 365.25
#: a slip of less than this many days is no move: promises are kept, and dates are written, to the month
SAME = 15.0
#: middle years of the vintages, the years between them, and the years after which their names come round again: a class
#: of other decades has vintages too, and none is shared between classes
VINTAGE_STEP = 2
VINTAGES = tuple(range(1986, 2033, VINTAGE_STEP))
VINTAGE_ROUND = VINTAGE_STEP * len(VINTAGES)


@dataclass(frozen=True)
class Table:
    """Columns over n promises, each (n,).

    stated: ordinal day; ahead: days from stated_on to the promised day, NaN where none is given; age: days since the
    start, NaN where unknown; window: days of the promised window, 1 for a day; moves: earlier promises that were
    moved; moved: days by which the last of them moved to this one; told: days since the milestone's first promise;
    kind: index into KINDS.
    """

    stated: Floats
    ahead: Floats
    age: Floats
    window: Floats
    moves: Floats
    moved: Floats
    told: Floats
    kind: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.stated)


def table(promises: Sequence[Promise]) -> Table:
    """The promises' numbers, one row each."""
    columns = np.array([_row(promise) for promise in promises], float).reshape(len(promises), 8).T.copy()
    stated, ahead, age, window, moves, moved, told, kind = columns
    return Table(stated, ahead, age, window, moves, moved, told, kind.astype(np.int64))


def _row(promise: Promise) -> tuple[float, ...]:
    stated, due, nan = promise.stated_on.toordinal(), promise.promised_for, float("nan")
    moves, moved, told = 0, 0.0, 0.0
    if promise.history:
        days = [day.toordinal() for _, day in promise.history]
        if due is not None:
            days.append(due.toordinal())
        steps = [b - a for a, b in pairwise(days) if abs(b - a) > SAME]
        moves, moved = len(steps), float(days[-1] - days[-2]) if len(days) > 1 else 0.0
        told = float(stated - promise.history[0][0].toordinal())
    return (
        stated,
        due.toordinal() - stated if due is not None else nan,
        stated - promise.started_on.toordinal() if promise.started_on is not None else nan,
        max(promise.window_days or 1, 1),
        moves,
        moved,
        told,
        kind_of(promise.milestone),
    )


def _known(values: Floats, otherwise: float = 0.0) -> Floats:
    return np.where(np.isnan(values), otherwise, values)


def _log_horizon(_: Table, horizon: Floats) -> Floats:
    return np.log(np.maximum(horizon, MONTH / 2) / (36 * MONTH))


def _of_kind(word: str) -> Callable[[Table, Floats], Floats]:
    index = KINDS.index(word)
    return lambda t, _: (t.kind == index).astype(float)


def _vintage(year: int) -> Callable[[Table, Floats], Floats]:
    """A tent of VINTAGE_STEP years around a year: promises made in the same years share their weather."""
    middle, whole = date(year, 7, 1).toordinal(), VINTAGE_ROUND * YEAR

    def column(t: Table, _: Floats) -> Floats:
        off = np.abs(t.stated - middle) % whole
        return np.asarray(np.maximum(1.0 - np.minimum(off, whole - off) / (VINTAGE_STEP * YEAR), 0.0))

    return column


#: feature -> its column, from the table and the horizon in days (n,). Where something is unknown the feature is 0,
#: the middle of the public panels, and `*_unknown` says so.
FEATURES: dict[str, Callable[[Table, Floats], Floats]] = {
    "one": lambda t, _: np.ones(len(t)),
    "horizon": _log_horizon,
    "horizon2": lambda t, h: _log_horizon(t, h) ** 2,
    "age": lambda t, _: _known(np.log1p(np.maximum(t.age, 0.0) / YEAR) - 1.0),
    "age_unknown": lambda t, _: np.isnan(t.age).astype(float),
    "short": lambda t, h: _known((t.age + h < 2.5 * YEAR).astype(float)) * ~np.isnan(t.age),
    "told_before": lambda t, _: (t.told > 0).astype(float),
    "moved_later": lambda t, _: (t.moved > SAME).astype(float),
    "stood": lambda t, _: ((t.told > 0) & (np.abs(t.moved) <= SAME)).astype(float),
    "year": lambda t, _: np.clip((t.stated - 732312.0) / (10 * YEAR), -1.0, 1.5),
    **{f"vintage_{year}": _vintage(year) for year in VINTAGES},
    **{f"kind_{word}": _of_kind(word) for word in KINDS[1:]},
}


def matrix(t: Table, horizon: Floats, names: Sequence[str]) -> Floats:
    """The columns named, (n, len(names))."""
    return np.stack([FEATURES[name](t, horizon) for name in names], axis=1) if names else np.empty((len(t), 0))
