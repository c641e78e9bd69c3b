"""Promises in, distributions of arrival out.

P(arrived by t) = (1 - p_never) G(t), G given by its quantiles. With an as-of day after the promise was made, both are
conditioned on its not having arrived: time that has passed is taken out of G, never clamped, and raises p_never
(waiting.py has the formulas).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import Driver, Promise
from slipcast.errors import PanelError
from slipcast.forecasting.drivers import drivers_of
from slipcast.forecasting.features import table
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import STOPPED, exit_of
from slipcast.forecasting.outlook import Outlook, outlook
from slipcast.forecasting.waiting import LEVELS, Left, lapsed, left, standing_still

Floats = NDArray[np.float64]

_LEVELS = np.array(LEVELS)
#: promises worked on at once: the numbers of a block stay in the processor's cache
BLOCK = 2048
_LAST = float(date.max.toordinal())
_MIDDLE = LEVELS.index(0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """When one promise will be met. days: ordinals at LEVELS, given that it arrives at all; p_never: that it does not.

    n, items: promises and projects behind the reference class; drivers: months that sum to P50 minus the promise.
    """

    promise: Promise
    as_of: date
    days: NDArray[np.int64]
    p_never: float
    reference_class: str
    n: int
    items: int
    drivers: tuple[Driver, ...] = ()

    @property
    def quantiles(self) -> dict[float, date]:
        """level -> day, given that it arrives at all."""
        return dict(zip(LEVELS, map(date.fromordinal, self.days.tolist()), strict=True))

    def quantile(self, level: float) -> date:
        """The day of one level between 0.01 and 0.99, interpolated between LEVELS."""
        if not LEVELS[0] <= level <= LEVELS[-1]:
            raise PanelError(f"level {level} is not kept", where="quantile", todo="ask between 0.01 and 0.99")
        return date.fromordinal(round(float(np.interp(level, _LEVELS, self.days))))

    def probability_by(self, day: date) -> float:
        """P(arrived by the end of day), never included."""
        at = float(np.interp(day.toordinal(), self.days, _LEVELS, left=0.0, right=1.0))
        return (1.0 - self.p_never) * at


def predict(
    promises: Sequence[Promise],
    fitted: Fitted,
    as_of: Sequence[date] | None = None,
    *,
    drivers: bool = True,
    yearly: float | None = None,
) -> list[Prediction]:
    """One prediction a promise. as_of: a day each, not before stated_on; None: as of stated_on.

    Outcomes are not looked at. drivers: whether to say what moves each forecast (three times the work).
    yearly: share of promises that is dropped in a year, before what was said; None: what is known of each source.
    Raises PanelError where as_of is before stated_on.
    """
    days = list(as_of) if as_of is not None else [promise.stated_on for promise in promises]
    for promise, day in zip(promises, days, strict=True):
        if day < promise.stated_on:
            raise PanelError(
                f"as of {day} lies before it was stated ({promise.stated_on})", where=promise.item, todo="ask later"
            )
    made: list[Prediction] = []
    for start in range(0, len(promises), BLOCK):
        block = slice(start, start + BLOCK)
        made += _predict_block(promises[block], fitted, days[block], drivers, yearly)
    return made


def _predict_block(
    promises: Sequence[Promise], fitted: Fitted, days: Sequence[date], drivers: bool, yearly: float | None
) -> list[Prediction]:
    numbers = table(promises)
    asked = np.array([day.toordinal() for day in days], float)
    seen = outlook(promises, numbers, fitted, yearly=yearly)
    found = left(seen.shape, seen.origin, _heard(promises, asked), asked, seen.daily)
    arrival, never = _stopped(promises, fitted, seen, asked, found)
    ordinals = np.clip(np.rint(arrival), 1, _LAST).astype(np.int64)
    said = drivers_of(promises, numbers, fitted, seen, found, ordinals[:, _MIDDLE]) if drivers else None
    made = []
    for i, promise in enumerate(promises):
        name, n, items = seen.classes[seen.class_of[i]]
        causes = said[i] if said else ()
        made.append(Prediction(promise, days[i], ordinals[i], float(never[i]), name, n, items, causes))
    return made


def _heard(promises: Sequence[Promise], asked: Floats) -> Floats:
    """When each was last said to be still to come: when it was promised, or later, no later than asked."""
    last = [max(one.heard_on or one.stated_on, one.stated_on).toordinal() for one in promises]
    return np.asarray(np.minimum(np.array(last, float), asked))


def _stopped(
    promises: Sequence[Promise], fitted: Fitted, seen: Outlook, asked: Floats, found: Left
) -> tuple[Floats, Floats]:
    """Days and chance of never where what is suspended or cancelled is taken as what it is.

    What was stopped after it was promised, or nobody says since when, stands still; what was promised while it stood still
    comes as promised, if at all.
    """
    arrival, never = found.days, found.never
    rows = [i for i, promise in enumerate(promises) if promise.status in STOPPED]
    if not rows:
        return arrival, never
    arrival, never = arrival.copy(), never.copy()
    for i in rows:
        promise, one, ends = promises[i], np.array([i]), exit_of(promises[i].status, fitted)
        origin, shape = float(seen.origin[i]), seen.shape[one]
        stopped = promise.status_on or promise.stated_on
        if promise.status_on is None or promise.stated_on < stopped:
            since = min(float(stopped.toordinal()), asked[i])
            arrival[i], never[i] = standing_still(shape, origin, since, asked[i], seen.daily[i], ends)
        else:
            then = shape.log_survival(np.array([promise.stated_on.toordinal() - origin]))
            waited = shape.log_survival(np.array([asked[i] - origin])) - then
            never[i] = lapsed(never[one], np.array([ends.returned]), waited)[0]
    return arrival, never


def lines(predictions: Sequence[Prediction]) -> Iterator[str]:
    """The predictions as JSON, a line each, in their order."""
    for made in predictions:
        promise = made.promise
        record: dict[str, Any] = {
            "source": promise.source,
            "item": promise.item,
            "milestone": promise.milestone,
            "stated_on": promise.stated_on.isoformat(),
            "as_of": made.as_of.isoformat(),
            "promised_for": promise.promised_for.isoformat() if promise.promised_for else None,
            "p_never": round(made.p_never, 6),
            "quantiles": {f"{level:g}": day.isoformat() for level, day in made.quantiles.items()},
            "reference_class": made.reference_class,
            "n": made.n,
            "items": made.items,
        }
        if made.drivers:
            record["drivers"] = [{"name": d.name, "months": d.months} for d in made.drivers]
        yield json.dumps(record, ensure_ascii=False)
