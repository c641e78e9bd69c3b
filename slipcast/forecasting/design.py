"""The model's design, read from design.toml: which feature moves which quantity, and its priors."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: the six quantities that make a promise's shape, in the order of the parameter vector
QUANTITIES = ("kept", "early", "late", "spread", "early_shape", "frailty")


@dataclass(frozen=True)
class Design:
    """columns: per quantity its features; mean, sd, between: (k,) over all quantities, one after another."""

    columns: dict[str, tuple[str, ...]]
    mean: Floats
    sd: Floats
    between: Floats

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the k parameters: quantity.feature."""
        return tuple(f"{quantity}.{feature}" for quantity in QUANTITIES for feature in self.columns[quantity])

    @cached_property
    def slices(self) -> dict[str, slice]:
        """Where each quantity's coefficients stand in the vector."""
        out, at = {}, 0
        for quantity in QUANTITIES:
            out[quantity] = slice(at, at + len(self.columns[quantity]))
            at += len(self.columns[quantity])
        return out

    @cached_property
    def features(self) -> tuple[str, ...]:
        """Every feature that is used somewhere, in a fixed order."""
        return tuple(sorted({feature for columns in self.columns.values() for feature in columns}))


@lru_cache(maxsize=1)
def design() -> Design:
    """The design this slipcast ships."""
    table = tomllib.loads((files("slipcast.forecasting") / "design.toml").read_text(encoding="utf-8"))
    cells = [cell for quantity in QUANTITIES for cell in table[quantity].values()]
    return Design(
        {quantity: tuple(table[quantity]) for quantity in QUANTITIES},
        *(np.array([float(cell[key]) for cell in cells]) for key in ("mean", "sd", "between")),
    )
