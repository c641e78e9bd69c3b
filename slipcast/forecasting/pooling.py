"""Classes and the whole: a two-stage hierarchical model with known between-class spread.

Each class is first estimated alone. The pool is their mean, weighted by 1 / (tau^2 + v_c) beside the root prior
(DerSimonian and Laird 1986, doi:10.1016/0197-2456(86)90046-2, with tau from the design: three classes cannot tell it).
A class is then estimated again around the pool of the OTHER classes, so a thin class shrinks to the whole; a class
never seen gets the pool itself, as uncertain as a new draw from it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from slipcast.forecasting.design import Design

Floats = NDArray[np.float64]


def pool(alone: Iterable[tuple[Floats, Floats]], design: Design) -> tuple[Floats, Floats]:
    """Mean of the pool and variance of a new class about it, (k,) each; alone: (theta, variance) of each class."""
    precision, total = 1 / design.sd**2, design.mean / design.sd**2
    for theta, variance in alone:
        weight = 1 / (design.between**2 + variance)
        precision = precision + weight
        total = total + weight * theta
    return total / precision, 1 / precision + design.between**2
