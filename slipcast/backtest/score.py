"""Scores of the replayed forecasts, a row a month, against their rivals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from slipcast.backtest.cases import Cases, Outcome
from slipcast.backtest.replay import Month
from slipcast.backtest.rivals import MONTH, end_of, kin_of, on
from slipcast.domain import Forecast, Promise
from slipcast.forecasting.predict import Prediction
from slipcast.forecasting.scores import covered, crps, pit, skill

RIVALS = ("official date", "promise plus median slip", "base rate")
#: horizons: from the day of asking to the promised day, in months; what is overdue stands apart
HORIZONS = (("overdue", -1e9, 0.0), ("to 6 months", 0.0, 6.0), ("6 to 12 months", 6.0, 12.0), ("1 to 2 years", 12.0, 24.0), ("over 2 years", 24.0, 1e9))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One month's forecast, scored. crps and rivals in months; ahead: months to the promised day, negative when overdue.

    end: the day of arrival, or the last day on which it was known to be open; pit, covered: None while it is open.
    chance: P(by the promised day), with kept: whether it came by it; both None when overdue or not known.
    base_chance: the same from the base rate.
    """

    outcome: Outcome
    as_of: date
    forecast: Forecast
    end: date
    crps: float
    rivals: dict[str, float]
    ahead: float
    pit: float | None
    covered: bool | None
    chance: float | None
    kept: bool | None
    base_chance: float | None

    @property
    def horizon(self) -> str:
        """The name of its horizon."""
        return next(name for name, low, high in HORIZONS if low <= self.ahead < high)


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over rows. by_milestone: each milestone counts once, however many months it has; else each month counts once.

    crps: of the forecast and its rivals, months; skill: against each rival; briers: of "by the promised day" by the
    forecast, the official date (which says 1) and the base rate. coverage: share of the arrived inside the central 80 %;
    came: of how many milestones; coverage_p: how likely a calibrated forecaster is to be so far from 80 %, milestones being the independent units. None
    where nothing can be scored.
    """

    months: int
    milestones: int
    by_milestone: bool
    crps: float
    rivals: dict[str, float]
    skill: dict[str, float]
    coverage: float | None
    arrived: int
    briers: dict[str, float] | None
    judged: int
    coverage_p: float | None = None
    came: int = 0


def rows_of(months: Sequence[Month], cases: Cases) -> list[Row]:
    """Each month scored. A month whose last look is no later than itself tells nothing and is left out."""
    kin = kin_of(months, cases)
    rows = []
    for month in months:
        outcome, promise = month.outcome, month.promise
        end, deadline = end_of(outcome, cases), promise.promised_for
        if deadline is None or end <= month.as_of:
            continue
        arrived, family = outcome.met is not None, kin[outcome.programme]
        made = as_prediction(month.forecast, promise)
        rivals = {RIVALS[0]: on(deadline, month.as_of).crps(month.as_of, end, arrived)}
        kept = outcome.kept(deadline) if deadline >= month.as_of else None
        base_chance = None
        if family is not None:
            moved = date.fromordinal(deadline.toordinal() + round(family.median))
            base = family.from_day(deadline).after(month.as_of)
            rivals[RIVALS[1]] = on(moved, month.as_of).crps(month.as_of, end, arrived)
            rivals[RIVALS[2]] = base.crps(month.as_of, end, arrived)
            base_chance = base.by(deadline) if kept is not None else None
        rows.append(
            Row(
                outcome=outcome,
                as_of=month.as_of,
                forecast=month.forecast,
                end=end,
                crps=crps(made, end, arrived),
                rivals=rivals,
                ahead=(deadline - month.as_of).days / MONTH,
                pit=pit(made, end) if arrived else None,
                covered=covered(made, end) if arrived else None,
                chance=made.probability_by(deadline) if kept is not None else None,
                kept=kept,
                base_chance=base_chance,
            )
        )
    return rows


def as_prediction(forecast: Forecast, promise: Promise) -> Prediction:
    """A forecast in the form that scores read."""
    days = np.array([day.toordinal() for _, day in sorted(forecast.quantiles.items())], np.int64)
    return Prediction(promise, forecast.as_of, days, forecast.p_never, forecast.reference_class, 0, 0)


def weights(rows: Sequence[Row], by_milestone: bool) -> list[float]:
    """What each row counts, summing to 1."""
    if not by_milestone:
        return [1 / len(rows)] * len(rows)
    counts: dict[Outcome, int] = {}
    for row in rows:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    return [1 / counts[row.outcome] / len(counts) for row in rows]


def summary(rows: Sequence[Row], *, by_milestone: bool) -> Summary | None:
    """The means of rows; None for no rows."""
    if not rows:
        return None

    def mean(chosen: Sequence[Row], value: Callable[[Row], float]) -> float:
        shares = weights(chosen, by_milestone)
        return sum(share * value(row) for share, row in zip(shares, chosen, strict=True))

    ours = mean(rows, lambda row: row.crps)
    scored = {name: [row for row in rows if name in row.rivals] for name in RIVALS}
    theirs = {name: mean(chosen, lambda row, n=name: row.rivals[n]) for name, chosen in scored.items() if chosen}  # type: ignore[misc]
    skills = {name: skill(mean(scored[name], lambda row: row.crps), value) for name, value in theirs.items()}
    met = [row for row in rows if row.covered is not None]
    judged = [row for row in rows if row.kept is not None]
    briers = None
    if judged:
        briers = {
            "forecast": mean(judged, lambda row: ((row.chance or 0.0) - bool(row.kept)) ** 2),
            RIVALS[0]: mean(judged, lambda row: (1.0 - bool(row.kept)) ** 2),
        }
        based = [row for row in judged if row.base_chance is not None]
        if based:
            briers[RIVALS[2]] = mean(based, lambda row: ((row.base_chance or 0.0) - bool(row.kept)) ** 2)
    return Summary(
        months=len(rows),
        milestones=len({row.outcome for row in rows}),
        by_milestone=by_milestone,
        crps=ours,
        rivals=theirs,
        skill=skills,
        coverage=round(mean(met, lambda row: float(bool(row.covered))), 9) if met else None,
        arrived=len(met),
        briers=briers,
        judged=len(judged),
        came=len({row.outcome for row in met}),
        coverage_p=_coverage_p(met, weights(met, by_milestone)) if met else None,
    )


def _coverage_p(rows: Sequence[Row], shares: Sequence[float]) -> float:
    """Two-sided p-value of the coverage against 80 %, whole milestones being drawn anew: the standard error is that of the
    milestones' sums about the mean, and no less than that of so many independent cases.
    """
    mean = sum(share * bool(row.covered) for share, row in zip(shares, rows, strict=True))
    off: dict[Outcome, float] = {}
    heavy: dict[Outcome, float] = {}
    for share, row in zip(shares, rows, strict=True):
        off[row.outcome] = off.get(row.outcome, 0.0) + share * (bool(row.covered) - mean)
        heavy[row.outcome] = heavy.get(row.outcome, 0.0) + share
    least = 0.8 * 0.2 * sum(weight**2 for weight in heavy.values())
    error = math.sqrt(max(sum(value**2 for value in off.values()), least))
    return math.erfc(abs(mean - 0.8) / error / math.sqrt(2))
