"""What moves a forecast: months of P50, additive, from the promised day to P50.

The groups of outlook.GROUPS are put to their middle and taken in one by one, once in their order and once in reverse;
a group's months are the mean of both, the symmetric two-order case of Shapley's value. They sum exactly to
P50 minus the promise: what the class itself adds comes first; what time that has passed adds, what the chance of being
dropped takes away (what waits long rarely comes) and what standing still adds come last.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Driver, Promise
from slipcast.forecasting.features import MONTH, Table
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import STOPPED
from slipcast.forecasting.outlook import GROUPS, Outlook, outlook
from slipcast.forecasting.waiting import Left

Floats = NDArray[np.float64]

CLASS, WAITED, DROPPED, STILL = (
    "reference class",
    "time that has passed",
    "what waits long is dropped",
    "standing still",
)
_HALF = float(np.log(0.5))


def drivers_of(
    promises: Sequence[Promise], numbers: Table, fitted: Fitted, seen: Outlook, found: Left, middle: NDArray[np.int64]
) -> list[tuple[Driver, ...]]:
    """The drivers of each promise, groups that move nothing left out; middle: ordinals of P50, (n,); found: on the way to it.

    Where no day was promised they count from the day on which the promise was stated.
    """

    def at(groups: Sequence[str]) -> Floats:
        part = outlook(promises, numbers, fitted, groups)
        return part.origin + part.shape.quantile(np.full((len(promises), 1), _HALF))[:, 0]

    onward = np.stack([at(GROUPS[:k]) for k in range(len(GROUPS) + 1)])
    back = np.stack([at(GROUPS[k:]) for k in range(len(GROUPS) + 1)])
    moves = (np.diff(onward, axis=0) - np.diff(back, axis=0)) / 2
    due = numbers.stated + np.nan_to_num(numbers.ahead)
    whole = seen.origin + seen.shape.quantile(np.full((len(promises), 1), _HALF))[:, 0]
    still = np.array([promise.status in STOPPED for promise in promises])
    kept = np.where(still, found.kept, middle)  # days are whole: the rest of one goes with what is weighed last
    last = [found.waited - whole, kept - found.waited, middle - kept]
    months = np.concatenate([[onward[0] - due], moves, last]) / MONTH
    names = (CLASS, *GROUPS, WAITED, DROPPED, STILL)
    return [
        tuple(Driver(name, float(m)) for name, m in zip(names, months[:, i], strict=True) if m != 0.0)
        for i in range(len(promises))
    ]
