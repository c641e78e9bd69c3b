"""How far the past promises of a speaker, or those that an outlet carried, held. No score under five promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from slipcast.dates import parse
from slipcast.domain import Entry, Milestone, Programme, Slip
from slipcast.programme.naming import plain, same_person

FEWEST = 5
#: milestones whose arrival keeps a promise; a state or a talk does not arrive
_COUNTED = frozenset(
    {
        *("announcement", "approval", "contract", "production", "rollout", "first_flight", "test"),
        *("shipment", "delivery", "installation", "entry_into_service", "completion"),
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise that has come due. late_days: arrival against its deadline, None where it has not arrived; kept: by then."""

    programme: str
    tranche: str | None
    milestone: str
    slip: Slip
    kept: bool
    late_days: int | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """kind: speaker or outlet. kept_share and median_late_days: None where fewer than five promises have come due."""

    name: str
    kind: str
    outcomes: tuple[Outcome, ...]
    kept_share: float | None
    median_late_days: float | None

    @property
    def promises(self) -> int:
        """How many promises have come due."""
        return len(self.outcomes)


def track_record(programmes: Iterable[Programme]) -> list[TrackRecord]:
    """The records of every named speaker and every outlet, most promises first.

    A promise has come due when its milestone was reached for certain, or when its window had passed as the programme stood.
    An arrival whose window reaches over the deadline neither keeps nor breaks it and is not counted.
    """
    speakers: dict[str, list[Outcome]] = {}
    outlets: dict[str, list[Outcome]] = {}
    for programme in programmes:
        for milestone in programme.milestones:
            if milestone.kind not in _COUNTED:
                continue
            for slip in milestone.promises:
                outcome, entry = _outcome(programme, milestone, slip), programme.entries.get(slip.statement)
                if outcome and entry:
                    _add(speakers, outlets, entry, outcome)
    records = [_record(name, "speaker", found) for name, found in speakers.items()]
    records += [_record(name, "outlet", found) for name, found in outlets.items()]
    return sorted(records, key=lambda record: (-record.promises, record.kind, record.name))


def _outcome(programme: Programme, milestone: Milestone, slip: Slip) -> Outcome | None:
    deadline = parse(slip.promised).deadline
    if deadline is None:
        return None
    where = (programme.id, milestone.tranche, milestone.kind, slip)
    known = milestone.achieved and not milestone.claimed and not milestone.disputed
    if known and milestone.achieved != "yes":
        arrived = parse(milestone.achieved or "")
        last, first = arrived.latest, arrived.earliest or arrived.latest
        if last and last <= deadline:
            return Outcome(*where, True, (last - deadline).days)
        if first and first > deadline:
            return Outcome(*where, False, (first - deadline).days)
        return None
    if known or milestone.claimed or deadline >= programme.as_of:
        return None
    return Outcome(*where, False, None)


def _add(speakers: dict[str, list[Outcome]], outlets: dict[str, list[Outcome]], entry: Entry, outcome: Outcome) -> None:
    s = entry.statement
    if s.speaker and not s.anonymous:
        name = next((known for known in speakers if same_person(known, s.speaker)), s.speaker)
        speakers.setdefault(name, []).append(outcome)
    outlet = entry.document.outlet
    if outlet:
        name = next((known for known in outlets if plain(known) == plain(outlet)), outlet)
        outlets.setdefault(name, []).append(outcome)


def _record(name: str, kind: str, outcomes: Sequence[Outcome]) -> TrackRecord:
    late = [outcome.late_days for outcome in outcomes if outcome.late_days is not None]
    enough = len(outcomes) >= FEWEST
    kept = sum(outcome.kept for outcome in outcomes) / len(outcomes) if enough else None
    return TrackRecord(name, kind, tuple(outcomes), kept, median(late) if enough and late else None)
