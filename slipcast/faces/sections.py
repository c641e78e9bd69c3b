"""From nouns to the rows and cards of a programme's section."""

from __future__ import annotations

from slipcast.domain import Entry, Milestone, Programme, Share
from slipcast.faces import wording
from slipcast.faces.evidence import Evidence, cited_by, speaker, stated_on
from slipcast.faces.rows import (
    Cell,
    ConflictCard,
    Ground,
    Reading,
    Ref,
    ShareRow,
    StatusRow,
)
from slipcast.pipeline.status import other_readings


def name(programme: Programme) -> str:
    """A programme's name for reading: S-400 for Turkey."""
    return f"{programme.system} for {', '.join(programme.recipient)}" if programme.recipient else programme.system


def aside(programme: Programme) -> str:
    """What else a reader may know it by: kind of equipment, supplier, other names."""
    told = [programme.equipment or ""]
    told.append(f"from {', '.join(programme.supplier)}" if programme.supplier else "")
    told.append(f"also {', '.join(programme.aliases)}" if programme.aliases else "")
    return " · ".join(part for part in told if part)


def _matching(milestone: Milestone, evidence: Evidence, key: str, value: str | None) -> tuple[Ref, ...]:
    """Links to the statements that give this value, else to the current one, else to all of the milestone's."""
    ids = [one for one in cited_by(milestone) if one in evidence.entries]
    exact = [one for one in ids if value and getattr(evidence.entries[one].statement, key) == value]
    if key == "date":
        exact += [slip.statement for slip in milestone.promises if slip.promised == value]
    current = [milestone.current.winner] if milestone.current else []
    return evidence.refs(exact or current or ids)


def dated(milestone: Milestone, evidence: Evidence, value: str | None) -> Cell | None:
    """A milestone's date (EDTF, or "yes" where the day is not told) with the statements that give it."""
    if value is None:
        return None
    refs = _matching(milestone, evidence, "date", value)
    if value == "yes":
        return Cell("yes, day not told", refs)
    return Cell(wording.of_edtf(value), refs, value)


def _current(milestone: Milestone, evidence: Evidence) -> Entry | None:
    return evidence.entries.get(milestone.current.winner) if milestone.current else None


def status_row(milestone: Milestone, evidence: Evidence) -> StatusRow:
    """One milestone as it stands."""
    entry = _current(milestone, evidence)
    said = entry.statement if entry else None
    when = stated_on(entry) if entry else None
    current = evidence.refs([milestone.current.winner]) if milestone.current else ()
    sources = evidence.refs(cited_by(milestone))
    return StatusRow(
        tranche=milestone.tranche or "",
        milestone=wording.words(milestone.kind),
        status=milestone.word,
        word=wording.status(milestone.word, milestone.modality),
        quantity=wording.quantity(said.quantity) if said else "",
        disputed=milestone.disputed,
        claimed=milestone.claimed and milestone.word != "claimed",
        promised=dated(milestone, evidence, milestone.promised),
        previous=dated(milestone, evidence, milestone.previous),
        achieved=dated(milestone, evidence, milestone.achieved),
        said_by=speaker(entry) if entry else "",
        role=(said.speaker_role or "") if said else "",
        said_on=Cell(wording.of_edtf(when), current, when) if when else None,
        sources=Cell(str(milestone.independent_sources), sources),
        why=milestone.current.rule if milestone.current else "",
    )


def conflict_cards(programme: Programme, evidence: Evidence) -> tuple[ConflictCard, ...]:
    """Every conflict once, its sides with their sentences."""
    found = dict.fromkeys(one for milestone in programme.milestones for one in milestone.conflicts)
    return tuple(
        ConflictCard(wording.words(one.kind), one.why, tuple(evidence.row(side) for side in one.evidence))
        for one in found
    )


def other_sides(programme: Programme, evidence: Evidence) -> tuple[Reading, ...]:
    """Doubting words of others about what is still to come: shown beside the current statement, not merged into it."""
    return tuple(
        Reading(wording.milestone(one.kind, one.tranche), evidence.row(entry.statement.id))
        for one in programme.milestones
        if not one.achieved
        for entry in other_readings(one, evidence.entries)
    )


def _grounds(programme: Programme, evidence: Evidence, many: str, key: str) -> tuple[Ground, ...]:
    """Each text once, with the milestones that it is told of."""
    told: dict[str, list[Milestone]] = {}
    for one in programme.milestones:
        for text in getattr(one, many):
            told.setdefault(text, []).append(one)
    return tuple(
        Ground(
            "; ".join(wording.milestone(one.kind, one.tranche) for one in milestones),
            text,
            tuple(
                sorted(
                    {ref for one in milestones for ref in _matching(one, evidence, key, text)},
                    key=lambda ref: ref.number,
                )
            ),
        )
        for text, milestones in told.items()
    )


def conditions(programme: Programme, evidence: Evidence) -> tuple[Ground, ...]:
    """What the milestones wait for."""
    return _grounds(programme, evidence, "conditions", "condition")


def causes(programme: Programme, evidence: Evidence) -> tuple[Ground, ...]:
    """Why they stand as they stand, as it was said."""
    return _grounds(programme, evidence, "causes", "cause")


def share_row(share: Share, evidence: Evidence) -> ShareRow:
    """One line of workshare."""
    return ShareRow(
        participant=share.participant,
        part=share.part,
        sourcing=share.sourcing or "",
        status=share.status,
        word=wording.words(share.status),
        since=wording.of_edtf(share.since) if share.since else "",
        until=wording.of_edtf(share.until) if share.until else "",
        ended=share.ended or "",
        refs=evidence.refs(share.evidence),
    )
