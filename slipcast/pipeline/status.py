"""The status of programmes as rows and as readings that stand beside the current one."""

from __future__ import annotations

from typing import Any

from slipcast.domain import Entry, Milestone
from slipcast.pipeline.view import View
from slipcast.programme.status import status_lines


def status_rows(view: View) -> list[dict[str, Any]]:
    """The fixed JSON form, a row a milestone of the view."""
    rows = status_lines(view.programme)
    return [row for row in rows if view.tranche is None or row["tranche"] == view.tranche]


def other_readings(milestone: Milestone, entries: dict[str, Entry]) -> list[Entry]:
    """Doubting statements by others than the speaker of the current one: readings to show beside it, latest first."""
    winner = entries.get(milestone.current.winner) if milestone.current else None
    told = [entries[i] for i in dict.fromkeys(milestone.evidence) if i in entries]
    doubts = [e for e in told if e.statement.modality == "possible" or e.statement.anonymous]
    speaker = winner.statement.speaker if winner else None
    others = [e for e in doubts if e is not winner and e.statement.speaker and e.statement.speaker != speaker]
    return sorted(others, key=lambda e: e.said_on or "", reverse=True)


def earlier_words(milestone: Milestone, entries: dict[str, Entry], most: int = 3) -> list[Entry]:
    """The last certain word of each other speaker, latest first: what the current statement won over."""
    winner = entries.get(milestone.current.winner) if milestone.current else None
    last: dict[str, Entry] = {}
    told = [entries[i] for i in dict.fromkeys(milestone.evidence) if i in entries]
    for entry in sorted(told, key=lambda e: e.said_on or ""):
        name = entry.statement.speaker
        if name and entry.statement.modality == "certain" and not entry.statement.anonymous:
            last[name] = entry
    others = [e for n, e in last.items() if e is not winner and not (winner and n == winner.statement.speaker)]
    return sorted(others, key=lambda e: e.said_on or "", reverse=True)[:most]
