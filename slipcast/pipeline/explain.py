"""Behind every number, the sentences: which statement plays which part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slipcast.domain import Entry, Milestone
from slipcast.pipeline.view import View


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence and the part it plays. programme: its id; number: what rests on the sentence; role: its part there."""

    programme: str
    milestone: Milestone
    number: str
    role: str
    entry: Entry


def role_of(milestone: Milestone, identity: str, entry: Entry) -> str:
    """The part that a statement plays for its milestone, in a word or two."""
    promised = [slip.statement for slip in milestone.promises]
    if any(identity in conflict.evidence for conflict in milestone.conflicts):
        return "disputed"
    if milestone.achieved and entry.statement.status == "achieved" and entry.statement.modality == "certain":
        return "achieved"
    if promised and identity == promised[-1]:
        return "promise"
    if identity in promised:
        return "earlier promise"
    if milestone.current and identity == milestone.current.winner:
        return "current"
    if entry.statement.condition:
        return "condition"
    if entry.statement.cause:
        return "cause"
    if entry.statement.modality == "possible":
        return "another reading"
    return "support"


def number_of(milestone: Milestone) -> str:
    """What the page says of a milestone, in a line."""
    told = [milestone.kind.replace("_", " ")]
    if milestone.tranche:
        told.insert(0, milestone.tranche)
    if milestone.achieved:
        told.append(f"{'claimed' if milestone.claimed else 'achieved'} {milestone.achieved}".replace(" yes", ""))
    elif milestone.promised:
        told.append(f"promised {milestone.promised}")
    if milestone.status not in ("achieved", "planned"):
        told.append(f"({milestone.status.replace('_', ' ')})")
    return " ".join(told)


def explain(views: list[View]) -> Iterator[Evidence]:
    """Every piece of evidence behind the views' milestones and workshare, milestone by milestone, oldest first."""
    for view in views:
        entries = view.programme.entries
        for milestone in view.milestones:
            pieces = [(entries[i].said_on or "", i) for i in dict.fromkeys(milestone.evidence) if i in entries]
            for _, identity in sorted(pieces):
                entry = entries[identity]
                yield Evidence(
                    view.programme.id, milestone, number_of(milestone), role_of(milestone, identity, entry), entry
                )
