"""Case histories counted for the hazards: what was said of each milestone, how it ended."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from slipcast.backtest.cases import read_cases
from slipcast.dates import counts_from, parse
from slipcast.domain import Milestone, Programme
from slipcast.forecasting.histories import Histories, Line, count
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import ARRIVING
from slipcast.pipeline.view import views

#: a membership is no arrival: its suspension is counted, its years are not
STATE = "participation"


def histories(folder: Path) -> Histories:
    """The counts of a folder of case histories, by programme, as their registers stood at their end.

    Rows that are known only from a later page are left out, as in a backtest. Raises InputError as read_cases does.
    """
    cases = read_cases(folder)
    last = max(end for _, end in cases.spans.values())
    with (
        tempfile.TemporaryDirectory(prefix="slipcast-") as scratch,
        Ledger(f"sqlite:///{Path(scratch) / 'cases.db'}") as ledger,
    ):
        ledger.record_many(pair for pairs in cases.registers.values() for pair in pairs)
        found = [view.programme for view in views(ledger, None, last)]
    lines = {one.id: [_line(one, milestone) for milestone in one.milestones] for one in found}
    return count(lines)


def _line(programme: Programme, milestone: Milestone) -> Line:
    entries = [entry for one in milestone.evidence if (entry := programme.entries.get(one)) and entry.said_on]
    said = sorted((counts_from(entry.said_on or ""), entry.statement.status) for entry in entries)
    counted = milestone.kind in ARRIVING and milestone.kind != STATE and bool(milestone.promises)
    return Line(tuple(said), _came(milestone, said), counted)


def _came(milestone: Milestone, said: list[tuple[date, str]]) -> date | None:
    """The day of an established arrival; what was withdrawn after it had come had come all the same."""
    if milestone.claimed or milestone.disputed:
        return None
    if milestone.achieved and milestone.achieved != "yes":
        return parse(milestone.achieved).deadline
    return next((day for day, word in said if word == "achieved"), None)
