"""The pipeline at the first of every month: what it knew then, and what it forecast."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from slipcast.backtest.cases import Cases, Outcome
from slipcast.domain import Forecast, Milestone, Programme, Promise
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecasts_of
from slipcast.pipeline.promises import promise_of
from slipcast.pipeline.view import View, Watchlist, views
from slipcast.programme.tranches import tranche_name


@dataclass(frozen=True, slots=True)
class Month:
    """One milestone on the first of a month. promise: the standing one with its history, as it was known."""

    outcome: Outcome
    as_of: date
    promise: Promise
    forecast: Forecast


Found = Callable[[View, Outcome], Milestone | None]  #: the milestone of a view that an outcome is of


def replay(
    cases: Cases, fitted: Fitted, *, seed: int = 0, progress: Callable[[int], None] = lambda _: None
) -> list[Month]:
    """Every forecast that was possible for registers, by outcome and month.

    The registers are recorded once, in a ledger of their own that is thrown away; each month reads it as of that day.
    A month counts from a register's first statement to the outcome or to the register's last statement.
    """
    register_of = {document.id: name for name, pairs in cases.registers.items() for document, _ in pairs}

    def found(view: View, outcome: Outcome) -> Milestone | None:
        registers = {register_of[entry.document.id] for entry in view.programme.entries.values()}
        return _milestone(view, outcome) if outcome.programme in registers else None

    with (
        tempfile.TemporaryDirectory(prefix="slipcast-") as folder,
        Ledger(f"sqlite:///{Path(folder) / 'cases.db'}") as ledger,
    ):
        ledger.record_many(pair for pairs in cases.registers.values() for pair in pairs)
        return months_of(ledger, cases, found, fitted, seed=seed, progress=progress)


def months_of(
    ledger: Ledger,
    cases: Cases,
    found: Found,
    fitted: Fitted,
    *,
    known_by: str | None = None,
    watchlist: Watchlist = (),
    every: int = 1,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Month]:
    """Every forecast of the cases' outcomes that the ledger makes possible, by outcome and month.

    every: 1 for each month, 2 for every second of those in which something is to be scored, and so on.
    """
    wanted: dict[date, list[Outcome]] = {}
    for outcome in cases.outcomes:
        for day in cases.months(outcome):
            wanted.setdefault(day, []).append(outcome)
    made: list[Month] = []
    for count, day in enumerate(sorted(wanted)[::every], 1):
        for view in views(ledger, None, day, known_by, watchlist):
            made += _month(view, day, wanted[day], found, fitted, known_by, seed)
        progress(count)
    place = {outcome: number for number, outcome in enumerate(cases.outcomes)}
    return sorted(made, key=lambda month: (place[month.outcome], month.as_of))


def _month(
    view: View, day: date, wanted: Sequence[Outcome], found: Found, fitted: Fitted, known_by: str | None, seed: int
) -> Iterator[Month]:
    asked = [(outcome, milestone) for outcome in wanted if (milestone := found(view, outcome))]
    if not asked:
        return
    blind = fitted.without_history(view.programme.id)
    made = {(f.tranche, f.milestone): f for f in forecasts_of(view, day, known_by, blind, seed)}
    for outcome, milestone in asked:
        promise = promise_of(view.programme, milestone)
        if promise is not None and (milestone.tranche, milestone.kind) in made:
            yield Month(outcome, day, promise, made[milestone.tranche, milestone.kind])


def _milestone(view: View, outcome: Outcome) -> Milestone | None:
    tranche = tranche_of(view.programme, outcome)
    return next((m for m in view.milestones if (m.tranche, m.kind) == (tranche, outcome.milestone)), None)


def tranche_of(programme: Programme, outcome: Outcome) -> str | None:
    """The outcome's tranche as the programme calls it."""
    return tranche_name(outcome.tranche, programme.system, programme.equipment)
