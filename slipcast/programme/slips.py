"""Slip history: a milestone's promises in the order in which they were made, and what each one moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.dates import parse
from slipcast.domain import Milestone, Slip
from slipcast.programme.claims import promised, word
from slipcast.programme.placed import Placed
from slipcast.programme.precedence import exactness
from slipcast.programme.repeats import Utterance


@dataclass(frozen=True, slots=True)
class Record:
    """How a milestone's promises fared. slip_days: first to current deadline; kept: True, False, or None while open.

    late_days: arrival's last possible day against the first promise's deadline; None while it has not arrived.
    """

    baseline: str | None
    current: str | None
    slip_days: int | None
    kept: bool | None
    late_days: int | None


def promises(utterances: Sequence[Utterance]) -> list[tuple[Placed, Utterance]]:
    """The promise that each utterance makes, most exact where its outlets differ."""
    return [(one, utterance) for utterance in utterances if (one := promise_of(utterance))]


def promise_of(utterance: Utterance) -> Placed | None:
    """The promise that one utterance makes: its most exact telling, that of its origin or the first where several are."""
    dated = [one for one in utterance.members if promised(one)]
    return min(dated, key=lambda one: _telling(one, utterance), default=None)


def _telling(one: Placed, utterance: Utterance) -> tuple[int, bool, date, str]:
    return exactness(one.statement.date), one.id != utterance.origin.id, one.said.latest or date.max, one.id


def moved_days(superseded: str | None, new: str) -> int | None:
    """Days from one promise's deadline to the other's; None where either has none."""
    before, after = (parse(superseded).deadline if superseded else None), parse(new).deadline
    return (after - before).days if before and after else None


def slips(utterances: Sequence[Utterance]) -> tuple[Slip, ...]:
    """Every promise with what it superseded: the date that it says no longer holds, else the promise before it.

    Where no promise is known but a statement tells which date was promised, that date is the history's only line.
    """
    made: list[Slip] = []
    for one, _ in promises(utterances):
        s = one.statement
        before = s.previous_date or (made[-1].promised if made else None)
        made.append(Slip(one.id, one.said.edtf, s.date or "", before, moved_days(before, s.date or "")))
    if not made:
        for utterance in reversed(utterances):
            for one in utterance.members:
                if one.statement.previous_date and word(one.statement) in ("at_risk", "delayed"):
                    return (Slip(one.id, one.said.edtf, one.statement.previous_date),)
    return tuple(made)


def record(milestone: Milestone) -> Record:
    """Baseline, slip so far, kept or missed."""
    dated = [slip for slip in milestone.promises if parse(slip.promised).deadline]
    if not dated:
        return Record(None, milestone.promised, None, None, None)
    first = dated[0].promised
    current = milestone.promised or dated[-1].promised
    slip = moved_days(first, current)
    arrived = milestone.achieved if milestone.achieved not in (None, "yes") else None
    late = moved_days(first, arrived) if arrived and not milestone.claimed and not milestone.disputed else None
    return Record(first, milestone.promised, slip, None if late is None else late <= 0, late)
