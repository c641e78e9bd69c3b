"""A statement in its place, a doubt about a place, and the order in which things were said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from slipcast.dates import Window, counts_from, of_day, parse
from slipcast.domain import Decision, Entry, Statement

Order = tuple[date, str, tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement in its place. recipient: "" where nobody is named; notes: the rules that put it there."""

    entry: Entry
    system: str
    recipient: str
    tranche: str | None
    equipment: str | None = None
    notes: tuple[str, ...] = ()
    beside: bool = False  #: another reading of the milestone, shown beside it and never merged into it
    id: str = ""  #: the statement's id, which is a hash and made once

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.entry.statement.id)

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.entry.statement

    @property
    def said(self) -> Window:
        """When the world was told."""
        return said_window(self.entry)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A join that a person should rule on. kind: system, recipient or tranche; subjects: what to name in the decision."""

    kind: str
    subjects: tuple[str, ...]
    why: str
    evidence: tuple[str, ...] = ()


def said_window(entry: Entry) -> Window:
    """When the statement was said: its own date, else the document's, else the day on which the ledger learnt it."""
    told = entry.said_on
    return parse(told) if told else of_day(date.fromisoformat(entry.recorded_at[:10]))


def standing(entries: Iterable[Entry], as_of: date, decisions: Sequence[Decision]) -> list[Entry]:
    """Entries that had been said by `as_of`, neither retracted nor rejected, in a fixed order."""
    ruled: dict[str, str] = {}
    for decision in decisions:
        if decision.kind == "statement":
            ruled.update(dict.fromkeys(decision.subjects, decision.verdict))
    kept: dict[str, tuple[Order, Entry]] = {}
    for entry in entries:
        identity, window = entry.statement.id, said_window(entry)
        if not entry.retracted and ruled.get(identity) != "reject" and counts_from(window.edtf) <= as_of:
            kept[identity] = order(entry, identity), entry
    return [entry for _, entry in sorted(kept.values(), key=itemgetter(0))]


def order(entry: Entry, identity: str) -> Order:
    """Sort key: when it was said (the middle of an imprecise day), then document and place in it, then the statement's id."""
    return said_window(entry).middle or date.max, entry.document.id, entry.statement.span, identity


def days_between(one: Placed, other: Placed) -> int:
    """Days between two sayings; 0 where they may be one day."""
    a, b = one.said, other.said
    if a.overlaps(b):
        return 0
    first, second = sorted((a, b), key=lambda window: window.earliest or date.min)
    return ((second.earliest or date.max) - (first.latest or date.min)).days
