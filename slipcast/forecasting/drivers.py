"""What moves a forecast: months of P50, additive, from the promised day to P50."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Driver, Promise
from slipcast.forecasting.features import MONTH, Table
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.outlook import Outlook, outlook

Floats = NDArray[np.float64]

GROUPS = ("status", "condition", "rating", "window")


def drivers_of(
    promises: Sequence[Promise],
    numbers: Table,
    fitted: Fitted,
    seen: Outlook,
    middle: NDArray[np.int64],
) -> list[tuple[Driver, ...]]:
    """Drivers of each promise."""
    due = np.where(np.isnan(numbers.ahead), seen.origin, numbers.stated + np.nan_to_num(numbers.ahead))
    marks = [due]
    names = ["class and horizon"]
    for k in range(len(GROUPS) + 1):
        part = outlook(promises, numbers, fitted, GROUPS[:k])
        half = np.full((len(promises), 1), np.log(0.5))
        marks.append(part.origin + part.shape.quantile(half)[:, 0])
    names += list(GROUPS)
    marks.append(middle.astype(float))
    names.append("time that has passed")
    moves = np.diff(np.stack(marks), axis=0) / MONTH
    return [
        tuple(Driver(name, float(m)) for name, m in zip(names, moves[:, i], strict=True) if abs(m) > 1e-9)
        for i in range(len(promises))
    ]
