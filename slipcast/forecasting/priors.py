"""The stated priors of priors.toml: never, and what was said beside the date."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import STATUSES, Promise
from slipcast.errors import PanelError

Floats = NDArray[np.float64]

#: the columns of a shift: added to kept, early and late, and the log of the factor on the hazard of being dropped
SHIFTS = ("kept", "early", "late", "never")


@dataclass(frozen=True)
class Never:
    """The hazard of being dropped, of a project's years to come: yearly, with `worth` project-years behind it; low, high: its
    range; unsigned: a factor while the order is not signed; list_worth, unseen_list: for lists of projects."""

    yearly: float
    worth: float
    low: float
    high: float
    unsigned: float
    list_worth: float
    unseen_list: float


@dataclass(frozen=True)
class Suspended:
    """Prior of how a suspension ends: so many exits in so many years of suspension, so many of them returns."""

    exits: float
    years: float
    returned: float


@dataclass(frozen=True)
class Cancelled:
    """Prior of what a cancellation that was said comes to: the share that is taken back after all."""

    returned: float


@dataclass(frozen=True)
class Likeness:
    """Correlation of the log lead times of two orders of one register, whatever their kind, and of one kind."""

    register: float
    kind: float


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("slipcast.forecasting") / "priors.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def never() -> Never:
    """The stated prior of never."""
    return Never(**_table()["never"])


@lru_cache(maxsize=1)
def suspended() -> Suspended:
    """The stated prior of how suspensions end."""
    return Suspended(**_table()["suspended"])


@lru_cache(maxsize=1)
def cancelled() -> Cancelled:
    """The stated prior of how cancellations end."""
    return Cancelled(**_table()["cancelled"])


@lru_cache(maxsize=1)
def likeness() -> Likeness:
    """How alike the orders of one register are."""
    return Likeness(**_table()["orders"])


@lru_cache(maxsize=1)
def speaker_worth() -> float:
    """How many of the other speakers' past promises stand beside a speaker's own."""
    return float(_table()["speakers"]["worth"])


@lru_cache(maxsize=64)
def family(source: str) -> dict[str, float]:
    """The fitted classes that a source leans on, with their weights; the rest of the weight is the pool's."""
    return dict(_table()["family"].get(source, {}))


@lru_cache(maxsize=256)
def _said(table: str, word: str) -> tuple[float, ...]:
    cell = _table()[table][word]
    return (*(float(cell.get(key, 0.0)) for key in SHIFTS[:3]), float(np.log(cell.get("never", 1.0))))


def shifts(promises: Sequence[Promise]) -> dict[str, Floats]:
    """group -> (n, 4) shifts in the order of SHIFTS. Groups: status, condition, rating.

    A rating that the table does not hold moves nothing (panels use the column for phases too).
    Raises PanelError for a status that is no status word.
    """
    n = len(promises)
    out = {group: np.zeros((n, 4)) for group in ("status", "condition", "rating")}
    open_condition, ratings = _condition(), _table()["rating"]
    for row, promise in enumerate(promises):
        if promise.status and promise.status != "planned":
            if promise.status not in STATUSES:
                raise PanelError(
                    f"status {promise.status!r} is not known", where=promise.item, todo=", ".join(STATUSES)
                )
            out["status"][row] = _said("status", "delayed_to" if _dated_anew(promise) else promise.status)
        if promise.condition:
            out["condition"][row] = open_condition
        if promise.rating in ratings:
            out["rating"][row] = _said("rating", promise.rating)
    return out


def _dated_anew(promise: Promise) -> bool:
    """Whether a delay came with a date of its own: the promise before this one was for an earlier day."""
    due, past = promise.promised_for, promise.history
    return promise.status == "delayed" and bool(past) and due is not None and past[-1][1] < due


def _condition() -> tuple[float, ...]:
    cell = _table()["condition"]
    return (*(float(cell.get(key, 0.0)) for key in SHIFTS[:3]), float(np.log(cell.get("never", 1.0))))
