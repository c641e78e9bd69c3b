"""How the past promises of speakers held, and those of speakers of their kind, as the ledger stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slipcast.domain import Programme, Statement
from slipcast.forecasting.mixtures import Track
from slipcast.programme.sides import Sides, is_unnamed
from slipcast.programme.track import Outcome, track_record

Held = tuple[int, int]  #: promises kept, of promises come due
NONE: Held = (0, 0)


@dataclass(frozen=True, slots=True)
class Records:
    """speakers, kinds: name -> (kept, come due), over every programme; a kind is supplier, recipient, unnamed or others."""

    speakers: Mapping[str, Held] = field(default_factory=dict)
    kinds: Mapping[str, Held] = field(default_factory=dict)

    def of(self, speaker: str, kind: str) -> Track:
        """What weighs a speaker's word: the speaker's own record, that of the kind, that of everybody."""
        every = [sum(column) for column in zip(*self.kinds.values(), strict=True)] if self.kinds else [0, 0]
        return Track(self.speakers.get(speaker, NONE), self.kinds.get(kind, NONE), (every[0], every[1]))


def kind_of(programme: Programme, statement: Statement, sides: Sides | None = None) -> str:
    """Which kind of source a statement comes from: the supplier's side, the recipient's, somebody unnamed, or others."""
    if is_unnamed(statement):
        return "unnamed"
    known = sides or Sides(programme.supplier, programme.recipient, programme.entries.values())
    return known.of(statement) or "others"


def records(programmes: Sequence[Programme]) -> Records:
    """The records of every speaker and of every kind of source. Each promise counts once for its kind."""
    told = [record for record in track_record(programmes) if record.kind == "speaker"]
    outlets = [record for record in track_record(programmes) if record.kind == "outlet"]
    by_id = {programme.id: programme for programme in programmes}
    sides = {name: Sides(p.supplier, p.recipient, p.entries.values()) for name, p in by_id.items()}
    outcomes: dict[tuple[str, str], Outcome] = {}
    for record in (*told, *outlets):
        for outcome in record.outcomes:
            outcomes.setdefault((outcome.programme, outcome.slip.statement), outcome)
    kinds: dict[str, list[int]] = {}
    for (name, identity), outcome in outcomes.items():
        kind = kind_of(by_id[name], by_id[name].entries[identity].statement, sides[name])
        count = kinds.setdefault(kind, [0, 0])
        count[0] += outcome.kept
        count[1] += 1
    return Records(
        {record.name: (sum(outcome.kept for outcome in record.outcomes), record.promises) for record in told},
        {kind: (kept, due) for kind, (kept, due) in sorted(kinds.items())},
    )
