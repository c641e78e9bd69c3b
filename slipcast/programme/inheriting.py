"""Within one document: which tranche a statement means that names none, and which readings stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slipcast.domain import Entry
from slipcast.programme.naming import same_person
from slipcast.programme.placed import Placed
from slipcast.programme.sides import is_unnamed
from slipcast.programme.tranches import ORDINALS

NEAR = 2  #: sentences within which a tranche is still in mind
REMARKS = 5  #: the same within the remarks of one speaker
#: milestones of a tranche's own making and arrival; contracts and talks may be about the whole
ARRIVING = frozenset({"production", "shipment", "delivery", "installation", "entry_into_service", "completion"})
_ENDS = (". ", ".\n", ".” ", ".”\n", '." ', "? ", "! ")


def inherit_tranches(placed: Sequence[Placed]) -> list[Placed]:
    """Give a tranche to statements that name none, where their sentence or their neighbours make it plain.

    In this order: the only tranche of the same sentence; that of the nearest earlier statement of the same kind, at most two
    sentences before (five within one speaker's remarks); the document's only tranche, told of an arrival at most two sentences away. The last two only for
    arrivals, the second for every kind.
    """
    settled: list[Placed] = []
    for one in placed:
        if one.tranche is None and not one.statement.tranche and not one.statement.is_share:
            found = _tranche_of(one, settled, placed)
            if found:
                one = replace(one, tranche=found[0], notes=(*one.notes, f"no tranche named: {found[1]}"))
        settled.append(one)
    return settled


def _tranche_of(one: Placed, settled: Sequence[Placed], placed: Sequence[Placed]) -> tuple[str, str] | None:
    """The tranche that is meant, and why."""
    kind = one.statement.milestone
    ours = [p for p in placed if (p.system, p.recipient) == (one.system, one.recipient) and p.tranche]
    here = {p.tranche: None for p in ours if p.statement.span == one.statement.span}
    if len(here) == 1 and kind in ARRIVING:
        tranche = next(iter(here)) or ""
        return tranche, f"the sentence is about {tranche}"
    for earlier in reversed(settled):
        if earlier.tranche and _place(earlier) == _place(one):
            reach = REMARKS if _one_speaker(earlier, one) else NEAR
            if sentences_between(earlier.entry, one.entry) <= reach:
                return earlier.tranche, f"{earlier.tranche} is told {kind} of just before"
            break
    named = {p.tranche for p in ours}
    if len(named) == 1 and kind in ARRIVING:
        near = [p for p in ours if p.statement.milestone in ARRIVING and sentences_between(p.entry, one.entry) <= NEAR]
        if near:
            return near[0].tranche or "", f"{near[0].tranche} is the document's only tranche"
    return None


def _place(one: Placed) -> tuple[str, str, str]:
    return one.system, one.recipient, one.statement.milestone


def _one_speaker(one: Placed, other: Placed) -> bool:
    a, b = one.statement.speaker, other.statement.speaker
    return bool(a and b and same_person(a, b))


def sentences_between(one: Entry, other: Entry) -> int:
    """How many sentences apart two statements stand, counted by the full stops between the beginnings of their spans."""
    first, second = sorted((one.statement.span[0], other.statement.span[0]))
    gap = one.document.text[first:second]
    return sum(gap.count(mark) for mark in _ENDS)


def beside(placed: Sequence[Placed]) -> list[Placed]:
    """Put an unnamed observer's reading of a delay beside the document's only delivery that is late or at risk."""
    late = ("delayed", "at_risk")
    targets = {
        (p.system, p.recipient, p.tranche)
        for p in placed
        if p.tranche and p.statement.milestone == "delivery" and p.statement.status in late
    }
    return [_beside(one, targets) if _is_reading(one) else one for one in placed]


def _is_reading(one: Placed) -> bool:
    """Whether it is what somebody makes of a delay: unnamed, possible, undated, of no tranche."""
    s = one.statement
    about = s.milestone in ("delivery", "shipment") and s.status in ("delayed", "at_risk", "planned")
    told = s.speaker and s.modality == "possible" and not s.date and is_unnamed(s)
    return bool(about and told and one.tranche is None and not s.tranche)


def _beside(one: Placed, targets: set[tuple[str, str, str]]) -> Placed:
    fits = [target for target in targets if target[0] == one.system and one.recipient in ("", target[1])]
    if len(fits) != 1:
        return one
    note = "no tranche named: read beside the document's only late delivery"
    return replace(one, recipient=fits[0][1], tranche=fits[0][2], beside=True, notes=(*one.notes, note))


def only_the_first(placed: Sequence[Placed]) -> list[Placed]:
    """Give the first tranche what was said of an arrival, without a tranche, before anybody spoke of a second.

    Only where a first tranche is known by name: until there is talk of more, what is promised is the first.
    """
    firsts = {(p.system, p.recipient) for p in placed if p.tranche == ORDINALS[1]}
    later: dict[tuple[str, str], date] = {}
    for one in placed:
        if one.tranche in ORDINALS[2:] and (day := one.said.earliest):
            later[one.system, one.recipient] = min(day, later.get((one.system, one.recipient), day))
    return [_first(one) if _comes_before(one, firsts, later) else one for one in placed]


def _comes_before(one: Placed, firsts: set[tuple[str, str]], later: dict[tuple[str, str], date]) -> bool:
    place = one.system, one.recipient
    if one.tranche or one.statement.tranche or one.statement.is_share or place not in firsts or place not in later:
        return False
    said = one.said.latest
    return one.statement.milestone in ARRIVING and said is not None and said < later[place]


def _first(one: Placed) -> Placed:
    note = f"no tranche named: said before there was talk of a second, so {ORDINALS[1]}"
    return replace(one, tranche=ORDINALS[1], notes=(*one.notes, note))
