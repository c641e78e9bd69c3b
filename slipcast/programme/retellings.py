"""What a page or a review needs to see behind a programme: who repeats whom, and why each statement stands where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.domain import Decision, Entry, Milestone, Programme
from slipcast.programme.joins import Joins
from slipcast.programme.placed import Placed, standing
from slipcast.programme.placing import Placer
from slipcast.programme.repeats import utterances
from slipcast.programme.watchlist import Watched


@dataclass(frozen=True, slots=True)
class Retelling:
    """One utterance and who carried it. origin, members: statement ids, origin among them; why: the rules that joined them."""

    origin: str
    members: tuple[str, ...]
    why: tuple[str, ...]


def retellings(programme: Programme, milestone: Milestone, decisions: Sequence[Decision] = ()) -> list[Retelling]:
    """The utterances behind a milestone, oldest first; one with several members was carried by several."""
    recipient = programme.recipient[0] if programme.recipient else ""
    placed = [
        Placed(programme.entries[i], programme.system, recipient, milestone.tranche, id=i) for i in milestone.evidence
    ]
    made = utterances(placed, Joins(decisions).repeats)
    return [Retelling(u.origin.id, tuple(one.id for one in u.members), u.why) for u in made]


def places(
    entries: Sequence[Entry],
    as_of: date,
    decisions: Sequence[Decision] = (),
    watchlist: Sequence[Watched] | None = None,
) -> list[Placed]:
    """Every statement in its place with the notes that say why, in the order of saying."""
    return Placer(decisions, watchlist).place(standing(entries, as_of, decisions))
