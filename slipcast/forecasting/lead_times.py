"""Where no promise exists: lead times by kind of equipment, from the contract or announcement."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.forecasting.design import design
from slipcast.forecasting.features import YEAR
from slipcast.forecasting.orders import Order, learnt
from slipcast.forecasting.predict import Prediction
from slipcast.forecasting.priors import never
from slipcast.forecasting.shape import Shape, tail_point
from slipcast.forecasting.waiting import left

Floats = NDArray[np.float64]

#: the kind that stands for every one that is not listed
ANY = "other"
#: a lead time of 0 whole years is taken as this many years
WITHIN_THE_YEAR = 0.5


@lru_cache(maxsize=1)
def _frailty() -> float:
    """Theta of the far tail: the table does not tell it, so the design's."""
    shape = design()
    return float(np.exp(shape.mean[shape.names.index("frailty.one")]))


@dataclass(frozen=True)
class LeadTime:
    """One kind's order-to-delivery times in years: quantiles at 0.5, 0.8, 0.9, to the first and to the last delivery."""

    kind: str
    n: int
    first: tuple[float, float, float]
    last: tuple[float, float, float]

    def scale(self, whole: bool) -> tuple[float, float]:
        """Log of the median in days and the spread on the log scale, fixed by the median and the mean of the upper two."""
        years = [max(value, WITHIN_THE_YEAR) for value in (self.last if whole else self.first)]
        points = tail_point(np.log1p(-np.array([0.8, 0.9])), np.array(_frailty()))
        spread = float(np.mean(np.log(np.array(years[1:]) / years[0]) / points))
        return float(np.log(years[0] * YEAR)), max(spread, 0.2)


def shape_of(late: Floats, spread: Floats) -> Shape:
    """The shape of delivery since the order: a slip from a promise of 0 days."""
    one = np.ones(len(late))
    return Shape(0 * one, 0 * one, 0 * one, 0 * one, late, spread, one, _frailty() * one)


@lru_cache(maxsize=8)
def lead_times(path: Path | None = None) -> dict[str, LeadTime]:
    """kind -> lead times, shipped or from a table of the same columns. Raises PanelError for a table of other form."""
    source = Path(path) if path else files("slipcast") / "data" / "lead_times.csv"
    try:
        text = source.read_text(encoding="utf-8")
        return {row.kind: row for row in _rows(line for line in text.splitlines() if not line.startswith("#"))}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise PanelError(
            f"is no table of lead times ({error})", where=str(source), todo="see docs/method/forecast.md"
        ) from None


def _rows(lines: Iterable[str]) -> Iterable[LeadTime]:
    for row in csv.DictReader(lines):
        first, last = (tuple(float(row[f"{side}_p{p}"]) for p in (50, 80, 90)) for side in ("first", "last"))
        yield LeadTime(row["kind"], int(row["n"]), (first[0], first[1], first[2]), (last[0], last[1], last[2]))


def predict_lead_time(
    promise: Promise,
    as_of: date,
    *,
    orders: Sequence[Order] = (),
    whole: bool = False,
    table: Path | None = None,
    yearly: float | None = None,
) -> Prediction:
    """When an order is delivered of which no date was promised, given that it has not been by as_of.

    promise: without a day; its sector is the kind of equipment, its stated_on the contract or announcement. A kind that the
    table does not hold is answered by all other equipment, and the reference class says so. orders: what the user's own
    register tells of lead times, weighed with the table. whole: the last delivery, not the first. yearly: share of orders
    that is dropped in a year, None: the stated prior. Raises PanelError where as_of is before the start.
    """
    started_on, kind = promise.stated_on, promise.sector
    if as_of < started_on:
        raise PanelError(
            f"as of {as_of} lies before the start ({started_on})", where=promise.item or "lead time", todo="ask later"
        )
    known = lead_times(table)
    found = known.get(kind or ANY) or known[ANY]
    scales = {name: row.scale(whole) for name, row in known.items()}
    told = [order if order.kind in known else Order(ANY, order.days, order.arrived) for order in orders]
    late, spread = learnt(found.kind, scales, told, shape_of)
    asked = np.array([float(as_of.toordinal())])
    heard = np.minimum(np.array([float(max(promise.heard_on or started_on, started_on).toordinal())]), asked)
    rate = never().yearly if yearly is None else yearly
    daily = np.array([rate * (never().unsigned if promise.unsigned else 1.0) / YEAR])
    shape, origin = shape_of(np.array([late]), np.array([spread])), np.array([float(started_on.toordinal())])
    made = left(shape, origin, heard, asked, daily)
    last = date.max.toordinal()
    return Prediction(
        promise=promise,
        as_of=as_of,
        days=np.clip(np.rint(made.days[0]), 1, last).astype(np.int64),
        p_never=float(made.never[0]),
        reference_class=_label(found, kind, known, told, whole),
        n=found.n + len(told),
        items=found.n + len(told),
    )


def _label(found: LeadTime, kind: str, known: dict[str, LeadTime], told: Sequence[Order], whole: bool) -> str:
    end = "last" if whole else "first"
    unlisted = f" (for {kind}, which has no class of its own)" if kind and kind not in known else ""
    own = ""
    if told:
        like = sum(order.kind == found.kind for order in told)
        still = sum(not order.arrived for order in told)
        own = f", and of {len(told)} in this ledger ({like} of this kind, {still} still open)"
    return f"no promise: lead times to {end} delivery of {found.n} orders, {found.kind}{unlisted}{own}"
