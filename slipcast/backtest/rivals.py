"""What a forecast is held against: the official date, that date plus the class's median slip, the class's base rate.

The class of a programme is the promises of the OTHER programmes of the same cases, each milestone weighing the same, those
still open as censored (Kaplan and Meier 1958, doi:10.2307/2281868). It knows that class from inside, later outcomes included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from slipcast.backtest.cases import Cases, Outcome
from slipcast.backtest.replay import Month
from slipcast.domain import Promise

Floats = NDArray[np.float64]

#: days in a month, and the span that a score looks at: those of the panel scores
MONTH, CAP = 30.4375, 25 * 365.25


@dataclass(frozen=True)
class Steps:
    """A distribution that rises in steps. days: ordinals, rising; reached: P(by each day), at most 1."""

    days: Floats
    reached: Floats

    def by(self, day: date) -> float:
        """P(arrived by the end of a day)."""
        at = int(np.searchsorted(self.days, day.toordinal(), side="right"))
        return float(self.reached[at - 1]) if at else 0.0

    def after(self, day: date) -> Steps:
        """Given that it has not come by a day; what was all to come by then comes at once."""
        left = 1.0 - self.by(day)
        later = self.days > day.toordinal()
        if left <= 1e-9 or not later.any():
            gone = 1.0 if left <= 1e-9 else 0.0
            return Steps(np.array([float(day.toordinal())]), np.array([gone]))
        return Steps(self.days[later], (self.reached[later] - (1.0 - left)) / left)

    def crps(self, as_of: date, end: date, arrived: bool) -> float:
        """Survival CRPS in months (Avati et al. 2019, arXiv:1806.08324), exact; end: arrival, or the last look."""
        start, y = float(as_of.toordinal()), float(end.toordinal())
        top = start + CAP if arrived else y
        if top <= start:
            return 0.0
        cuts = np.unique(np.clip(np.concatenate([self.days, [start, y, top]]), start, top))
        known = np.concatenate([[0.0], self.reached])[np.searchsorted(self.days, cuts[:-1], side="right")]
        there = (cuts[:-1] >= y) & arrived
        return float((((known - there) ** 2) * np.diff(cuts)).sum()) / MONTH


def on(day: date, as_of: date) -> Steps:
    """All of it on one day; a day that has passed is read as the day of asking, the kindest reading of it."""
    return Steps(np.array([float(max(day, as_of).toordinal())]), np.ones(1))


@dataclass(frozen=True)
class Kin:
    """The slips of a class. days: slips, rising; reached: the share that slipped by at most so many days."""

    days: Floats
    reached: Floats

    @property
    def median(self) -> float:
        """Days by which half of the promises had slipped at most; the largest slip where fewer than half arrived."""
        at = int(np.searchsorted(self.reached, 0.5 - 1e-12))
        return float(self.days[min(at, len(self.days) - 1)])

    def from_day(self, day: date) -> Steps:
        """The distribution of arrival for a promise of that day."""
        return Steps(self.days + day.toordinal(), self.reached)


def kin_of(months: Sequence[Month], cases: Cases) -> dict[str, Kin | None]:
    """programme -> the class that the other programmes make; None where no other one tells of an arrival."""
    last: dict[Outcome, Promise] = {month.outcome: month.promise for month in months}
    slips = {outcome: _slips(outcome, promise, end_of(outcome, cases)) for outcome, promise in last.items()}
    return {
        name: _kaplan_meier([told for outcome, told in slips.items() if outcome.programme != name and told])
        for name in cases.spans
    }


def end_of(outcome: Outcome, cases: Cases) -> date:
    """The day of arrival, or the last day on which it was known to be open."""
    return outcome.met or outcome.not_by or cases.spans[outcome.programme][1]


def _slips(outcome: Outcome, promise: Promise, end: date) -> list[tuple[float, bool]]:
    due = [day for _, day in promise.history] + ([promise.promised_for] if promise.promised_for else [])
    return [(float((end - day).days), outcome.met is not None) for day in due]


def _kaplan_meier(milestones: Iterable[Sequence[tuple[float, bool]]]) -> Kin | None:
    rows = [(slip, came, 1 / len(told)) for told in milestones for slip, came in told]
    if not any(came for _, came, _ in rows):
        return None
    slip, came, weight = (np.array(column, float) for column in zip(*rows, strict=True))
    order = np.lexsort((-came, slip))
    slip, came, weight = slip[order], came[order] > 0, weight[order]
    at_risk = weight[::-1].cumsum()[::-1]
    survival = np.cumprod(np.where(came, 1.0 - np.minimum(weight / at_risk, 1.0), 1.0))
    days, first = np.unique(slip[::-1], return_index=True)
    return Kin(days, np.asarray(1.0 - survival[::-1][first], np.float64))
