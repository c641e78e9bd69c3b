"""Which promises of a milestone stand on a day, whose they are, and what to count from where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from slipcast.dates import counts_from, parse
from slipcast.domain import Milestone, Programme, Promise
from slipcast.names import same_person

#: days that another speaker's promise stands beside a newer one before it counts as overtaken
BESIDE = 366
#: milestones that an order leads to; without a promise, lead times from the order answer for them
ORDERED = frozenset({"delivery", "shipment"})
STARTS = ("contract", "announcement")


@dataclass(frozen=True, slots=True)
class Standing:
    """One speaker's promise as it stands. kept, due: how many of the speaker's past promises held, of those come due."""

    speaker: str
    promise: Promise
    kept: int
    due: int


def promise_of(programme: Programme, milestone: Milestone) -> Promise | None:
    """The milestone's newest promise with its history, or None where no date to come is known."""
    return _promise(programme, milestone, len(milestone.promises))


def standing(
    programme: Programme, milestone: Milestone, as_of: date, held: Mapping[str, tuple[int, int]]
) -> list[Standing]:
    """The newest promise, and those of other speakers that stand beside it: another date, not yet past, said within a year.

    Newest first. held: speaker -> (kept, come due).
    """
    found: list[Standing] = []
    for number in range(len(milestone.promises), 0, -1):
        speaker = _speaker(programme, milestone.promises[number - 1].statement)
        if any(same_person(speaker, one.speaker) for one in found):
            continue
        promise = _promise(programme, milestone, number)
        if promise is None or promise.promised_for is None or (found and not _beside(promise, found, as_of)):
            continue
        kept, due = held.get(speaker, (0, 0))
        found.append(Standing(speaker, promise, kept, due))
    return found


def started_on(programme: Programme, milestone: Milestone) -> tuple[str, date] | None:
    """("contract" or "announcement", its day) that a delivery without a promise is counted from; None where none is known."""
    if milestone.kind not in ORDERED or milestone.status == "achieved":
        return None  # what is said to have come is not asked for by lead times, though it is not established
    for kind in STARTS:
        for tranche in dict.fromkeys((milestone.tranche, None)):
            for start in programme.milestones:
                if start.kind == kind and start.tranche == tranche and (day := _happened(programme, start)):
                    return kind, day
    return None


def _promise(programme: Programme, milestone: Milestone, number: int) -> Promise | None:
    """The promise that stands after the first `number` lines of the slip history."""
    dated = [
        (counts_from(slip.stated_on), window.deadline, window)
        for slip in milestone.promises[:number]
        if (window := parse(slip.promised)).deadline
    ]
    if not dated:
        return None
    stated_on, deadline, window = dated[-1]
    return Promise(
        source="statements",
        item=programme.id,
        milestone=milestone.kind,
        stated_on=stated_on,
        promised_for=deadline,
        name=programme.system,
        sector=programme.equipment or "",
        history=tuple((said, day) for said, day, _ in dated[:-1] if day),
        status="" if _is_leaving(milestone) else milestone.status,
        condition="; ".join(milestone.conditions) or None,
        window_days=window.days,
    )


def _is_leaving(milestone: Milestone) -> bool:
    """Whether the word that looks like trouble is the milestone itself: a membership that is to end is suspended on its way."""
    return milestone.kind == "participation" and milestone.status in ("at_risk", "suspended", "cancelled")


def _speaker(programme: Programme, statement: str) -> str:
    entry = programme.entries.get(statement)
    return (entry.statement.speaker or entry.document.outlet or "") if entry else ""


def _beside(promise: Promise, found: list[Standing], as_of: date) -> bool:
    newest = found[0].promise
    days = {one.promise.promised_for for one in found}
    recent = (newest.stated_on - promise.stated_on).days <= BESIDE
    return recent and promise.promised_for not in days and bool(promise.promised_for and promise.promised_for >= as_of)


def _happened(programme: Programme, start: Milestone) -> date | None:
    """The day of a start that is established: its own, else the day on which it was told."""
    if start.status != "achieved" or start.claimed or start.disputed:
        return None
    if start.achieved and start.achieved != "yes":
        return parse(start.achieved).middle
    entry = programme.entries.get(start.current.winner) if start.current else None
    return counts_from(entry.said_on) if entry and entry.said_on else None
