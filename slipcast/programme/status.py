"""The fixed form of `status --json`: a line a milestone."""

from __future__ import annotations

from typing import Any

from slipcast.domain import Milestone, Programme


def status_lines(programme: Programme) -> list[dict[str, Any]]:
    """One dictionary a milestone, in the programme's order. status is "claimed" where an arrival is told but not established."""
    head = {
        "id": programme.id,
        "system": programme.system,
        "supplier": list(programme.supplier),
        "recipient": list(programme.recipient),
    }
    return [_line(programme, head, milestone) for milestone in programme.milestones]


def _line(programme: Programme, head: dict[str, Any], milestone: Milestone) -> dict[str, Any]:
    winner = programme.entries.get(milestone.current.winner) if milestone.current else None
    said = winner.said_on if winner else None
    return {
        "programme": head,
        "tranche": milestone.tranche,
        "milestone": milestone.kind,
        "status": milestone.word,
        "promised": milestone.promised,
        "previous": milestone.previous,
        "achieved": milestone.achieved,
        "disputed": milestone.disputed,
        "said_by": winner.statement.speaker if winner else None,
        "stated_on": said,
        "independent_sources": milestone.independent_sources,
        "evidence": list(milestone.evidence),
    }
