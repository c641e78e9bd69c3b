"""Which promises of a milestone stand on a day, whose they are, and what to count from where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from slipcast.dates import counts_from, parse
from slipcast.domain import Milestone, Programme, Promise
from slipcast.forecasting.hazards import STOPPED
from slipcast.forecasting.histories import LIVE
from slipcast.forecasting.mixtures import Track
from slipcast.names import same_person
from slipcast.pipeline.records import Records, kind_of

#: days that another speaker's promise stands beside a newer one before it counts as overtaken
BESIDE = 366
#: the source of promises read from statements
STATEMENTS = "statements"
#: milestones that an order leads to; without a promise, lead times from the order answer for them
ORDERED = frozenset({"delivery", "shipment"})
STARTS = ("contract", "announcement")
#: milestones that come before an order, or beside it
BEFORE_ORDER = frozenset({"announcement", "approval", "negotiation", "participation"})


@dataclass(frozen=True, slots=True)
class Standing:
    """One speaker's promise as it stands. track: how the speaker's past promises held, and those of such speakers."""

    speaker: str
    promise: Promise
    track: Track

    @property
    def record(self) -> str:
        """The speaker with the record, as it is told."""
        kept, due = self.track.own
        return f"{self.speaker or 'unnamed'} ({f'{kept} of {due} promises held' if due else 'no record'})"


def promise_of(programme: Programme, milestone: Milestone) -> Promise | None:
    """The milestone's newest promise with its history, or None where no date to come is known."""
    return _promise(programme, milestone, len(milestone.promises))


def standing(programme: Programme, milestone: Milestone, as_of: date, records: Records) -> list[Standing]:
    """The newest promise, and those of other speakers that stand beside it: another date, not yet past, said within a year.

    Newest first. records: how the speakers' past promises held.
    """
    found: list[Standing] = []
    for number in range(len(milestone.promises), 0, -1):
        identity = milestone.promises[number - 1].statement
        speaker = _speaker(programme, identity)
        if any(same_person(speaker, one.speaker) for one in found):
            continue
        promise = _promise(programme, milestone, number)
        if promise is None or promise.promised_for is None or (found and not _beside(promise, found, as_of)):
            continue
        entry = programme.entries.get(identity)
        kind = kind_of(programme, entry.statement) if entry else ""
        found.append(Standing(speaker, promise, records.of(speaker, kind)))
    return found


def started_on(programme: Programme, milestone: Milestone, *, arrived: bool = False) -> tuple[str, date] | None:
    """("contract" or "announcement", its day) that a delivery without a promise is counted from; None where none is known.

    arrived: also for what is said to have come; else it is not asked for by lead times, though it is not established.
    """
    if milestone.kind not in ORDERED or (milestone.status == "achieved" and not arrived):
        return None
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
        source=STATEMENTS,
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
        heard_on=heard_on(programme, milestone),
        status_on=_stopped_since(programme, milestone),
        unsigned=is_unsigned(programme, milestone),
    )


def heard_on(programme: Programme, milestone: Milestone) -> date | None:
    """The last day on which the milestone itself was said to be still to come; None where it never was."""
    said = [day for day, word in _words(programme, milestone) if word in LIVE]
    return max(said, default=None)


def is_unsigned(programme: Programme, milestone: Milestone) -> bool:
    """Whether the order that it hangs on is spoken of and not established: the tranche's own, else the programme's."""
    return milestone.kind == "contract" or order_awaited(programme, milestone) is not None


def order_awaited(programme: Programme, milestone: Milestone) -> Milestone | None:
    """The order that a milestone hangs on, where it is spoken of and not established: the tranche's own, else the programme's."""
    if milestone.kind in BEFORE_ORDER or milestone.kind == "contract":
        return None
    for tranche in dict.fromkeys((milestone.tranche, None)):
        order = next((one for one in programme.milestones if one.kind == "contract" and one.tranche == tranche), None)
        if order:
            established = order.status == "achieved" and not order.claimed and not order.disputed
            return None if established else order
    return None


def _words(programme: Programme, milestone: Milestone) -> list[tuple[date, str]]:
    """(day, status word) of everything that was said of a milestone and not denied, oldest first."""
    entries = [entry for one in milestone.evidence if (entry := programme.entries.get(one))]
    return sorted(
        (min(counts_from(entry.said_on), programme.as_of), entry.statement.status)
        for entry in entries
        if entry.said_on and entry.statement.modality != "denied"
    )


def _stopped_since(programme: Programme, milestone: Milestone) -> date | None:
    """The day from which the milestone has stood suspended or cancelled; None where it does not."""
    if milestone.status not in STOPPED:
        return None
    since = None
    for day, word in _words(programme, milestone):
        since = (since or day) if word in STOPPED else None if word in ("resumed", "achieved") else since
    return since


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
