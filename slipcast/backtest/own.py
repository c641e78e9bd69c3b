"""The forecasts of a ledger's own programmes replayed: what has come since, or is still to come, scores them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from slipcast.backtest.board import Board, board_of
from slipcast.backtest.cases import Cases, Outcome
from slipcast.backtest.replay import months_of
from slipcast.backtest.rivals import MONTH
from slipcast.backtest.score import Row, rows_of
from slipcast.dates import counts_from, parse
from slipcast.domain import Milestone, Programme
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import ARRIVING
from slipcast.pipeline.promises import heard_on
from slipcast.pipeline.view import View, Watchlist


def own_board(
    ledger: Ledger,
    programmes: Sequence[Programme],
    as_of: date,
    known_by: str | None = None,
    *,
    watchlist: Watchlist = (),
    most: int | None = None,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Board | None:
    """How the forecasts of programmes did, the first of every month, by what is known on `as_of`; None where none can be scored.

    An arrival that is only claimed, or of which nobody tells the day, scores nothing; what is still to come counts as open
    until it was last said to be. most: of months that are replayed; where there are more, every second, third ... is.
    """
    told = [one for one in programmes if one.entries]
    cases = Cases(
        {one.id: _span(one, as_of) for one in told},
        tuple(outcome for one in told for m in one.milestones if (outcome := _outcome(one, m))),
    )
    days = {day for outcome in cases.outcomes for day in cases.months(outcome)}
    every = math.ceil(len(days) / most) if most else 1
    months = months_of(
        ledger,
        cases,
        _found,
        Fitted.load(),
        known_by=known_by,
        watchlist=watchlist,
        every=max(every, 1),
        seed=seed,
        progress=progress,
    )
    rows = [row for row in rows_of(months, cases) if _tells(row)]
    return board_of(rows, cases, every=max(every, 1)) if rows else None


def _tells(row: Row) -> bool:
    """Whether it came, or was still to come when its promised day had passed: until then an open case says nothing."""
    return row.pit is not None or (row.end - row.as_of).days > row.ahead * MONTH


def _span(programme: Programme, as_of: date) -> tuple[date, date]:
    days = [counts_from(entry.said_on) for entry in programme.entries.values() if entry.said_on]
    return min(days, default=as_of), min(max(days, default=as_of), as_of)


def _outcome(programme: Programme, milestone: Milestone) -> Outcome | None:
    if milestone.kind not in ARRIVING or not milestone.promises:
        return None
    place = (programme.id, milestone.kind, milestone.tranche or "")
    if milestone.claimed or milestone.disputed or milestone.achieved == "yes":
        return None
    if milestone.achieved:
        return Outcome(*place, came=parse(milestone.achieved))
    last = heard_on(programme, milestone)
    return None if milestone.status == "achieved" or last is None else Outcome(*place, not_by=last)


def _found(view: View, outcome: Outcome) -> Milestone | None:
    if view.programme.id != outcome.programme:
        return None
    place = (outcome.tranche or None, outcome.milestone)
    return next((m for m in view.programme.milestones if (m.tranche, m.kind) == place), None)
