"""The pipeline at the first of every month: what it knew then, and what it forecast."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from slipcast.backtest.cases import Cases, Outcome, first_of_months
from slipcast.domain import Forecast, Milestone, Programme, Promise
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecasts_of
from slipcast.pipeline.promises import promise_of
from slipcast.pipeline.view import View, views
from slipcast.programme.tranches import tranche_name


@dataclass(frozen=True, slots=True)
class Month:
    """One milestone on the first of a month. promise: the standing one with its history, as it was known."""

    outcome: Outcome
    as_of: date
    promise: Promise
    forecast: Forecast


def replay(
    cases: Cases, fitted: Fitted, *, seed: int = 0, progress: Callable[[int], None] = lambda _: None
) -> list[Month]:
    """Every forecast that was possible, by outcome and month.

    The registers are recorded once, in a ledger of their own that is thrown away; each month reads it as of that day.
    A month counts from a register's first statement to the outcome or to the register's last statement.
    """
    days = {outcome: _days(cases, outcome) for outcome in cases.outcomes}
    wanted: dict[date, list[Outcome]] = {}
    for outcome, months in days.items():
        for day in months:
            wanted.setdefault(day, []).append(outcome)
    made: list[Month] = []
    with (
        tempfile.TemporaryDirectory(prefix="slipcast-") as folder,
        Ledger(f"sqlite:///{Path(folder) / 'cases.db'}") as ledger,
    ):
        ledger.record_many(pair for pairs in cases.registers.values() for pair in pairs)
        register_of = {document.id: name for name, pairs in cases.registers.items() for document, _ in pairs}
        for count, day in enumerate(sorted(wanted), 1):
            made += _month(ledger, day, wanted[day], register_of, fitted, seed)
            progress(count)
    place = {outcome: number for number, outcome in enumerate(cases.outcomes)}
    return sorted(made, key=lambda month: (place[month.outcome], month.as_of))


def _days(cases: Cases, outcome: Outcome) -> list[date]:
    first, last = cases.span(outcome.programme)
    arrival = (outcome.came.earliest or outcome.came.latest) if outcome.came else None
    return [day for day in first_of_months(first, last) if arrival is None or day < arrival]


def _month(
    ledger: Ledger, day: date, wanted: list[Outcome], register_of: dict[str, str], fitted: Fitted, seed: int
) -> Iterator[Month]:
    for view in views(ledger, None, day):
        registers = {register_of[entry.document.id] for entry in view.programme.entries.values()}
        asked = [outcome for outcome in wanted if outcome.programme in registers]
        if not asked:
            continue
        blind = fitted.without_history(view.programme.id)
        made = {(f.tranche, f.milestone): f for f in forecasts_of(view, day, None, blind, seed)}
        for outcome in asked:
            milestone = _milestone(view, outcome)
            if milestone is None or (milestone.tranche, milestone.kind) not in made:
                continue
            promise = promise_of(view.programme, milestone)
            if promise is not None:
                yield Month(outcome, day, promise, made[milestone.tranche, milestone.kind])


def _milestone(view: View, outcome: Outcome) -> Milestone | None:
    tranche = tranche_of(view.programme, outcome)
    return next((m for m in view.milestones if (m.tranche, m.kind) == (tranche, outcome.milestone)), None)


def tranche_of(programme: Programme, outcome: Outcome) -> str | None:
    """The outcome's tranche as the programme calls it."""
    return tranche_name(outcome.tranche, programme.system, programme.equipment)
