"""Where no promise exists: lead times by kind of equipment, from the contract or announcement."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.forecasting.features import YEAR
from slipcast.forecasting.never import after_waiting
from slipcast.forecasting.predict import Prediction, quantile_days
from slipcast.forecasting.priors import never
from slipcast.forecasting.shape import Shape, tail_point

#: the kind that stands for every one that is not listed
ANY = "other"
#: a lead time of 0 whole years is taken as this many years
WITHIN_THE_YEAR = 0.5


@dataclass(frozen=True)
class LeadTime:
    """One kind's order-to-delivery times in years: quantiles at 0.5, 0.8, 0.9, to the first and to the last delivery."""

    kind: str
    n: int
    first: tuple[float, float, float]
    last: tuple[float, float, float]

    def shape(self, whole: bool = False) -> Shape:
        """The shape of delivery since the order; whole: of the last delivery instead of the first.

        Median and upper quantiles fix a slip from a promise of 0 days: log median, and the mean of the two spreads.
        """
        years = [max(value, WITHIN_THE_YEAR) for value in (self.last if whole else self.first)]
        points = tail_point(np.log1p(-np.array([0.8, 0.9])))
        spread = float(np.mean(np.log(np.array(years[1:]) / years[0]) / points))
        one = np.ones(1)
        return Shape(0 * one, 0 * one, 0 * one, 0 * one, np.log(years[0] * YEAR) * one, max(spread, 0.2) * one, one)


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
    kind: str | None,
    started_on: date,
    as_of: date,
    *,
    whole: bool = False,
    item: str = "",
    milestone: str = "delivery",
    table: Path | None = None,
) -> Prediction:
    """When an order is delivered of which no date was promised, given that it has not been by as_of.

    kind: the kind of equipment; None, or a kind that the table does not hold, is answered by all other equipment, and
    the reference class says so. started_on: the contract or announcement. whole: the last delivery, not the first.
    Raises PanelError where as_of is before started_on.
    """
    if as_of < started_on:
        raise PanelError(
            f"as of {as_of} lies before the start ({started_on})", where=item or "lead time", todo="ask later"
        )
    known = lead_times(table)
    found = known.get(kind or ANY) or known[ANY]
    shape = found.shape(whole)
    asked = np.array([float(as_of.toordinal())])
    origin = np.array([float(started_on.toordinal())])
    gone = shape.log_survival(asked - origin)
    end = "last" if whole else "first"
    unlisted = f" (for {kind}, which has no class of its own)" if kind and kind not in known else ""
    return Prediction(
        promise=Promise("lead time", item, milestone, started_on, None, sector=found.kind, started_on=started_on),
        as_of=as_of,
        days=quantile_days(origin, shape, gone, asked)[0],
        p_never=float(after_waiting(np.array([never().share]), gone)[0]),
        reference_class=f"no promise: lead times to {end} delivery of {found.n} orders, {found.kind}{unlisted}",
        n=found.n,
        items=found.n,
    )
