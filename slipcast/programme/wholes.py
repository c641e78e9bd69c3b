"""Conflicts between a whole and its parts: an order cannot be complete before the last of its tranches is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slipcast.dates import counts_from, parse
from slipcast.domain import Conflict, Milestone, Slip
from slipcast.programme.tranches import ORDINALS


def parts_of(whole: str | None, tranches: Sequence[str]) -> list[str]:
    """The tranches with an ordinal that a whole is made of: all of them, or those between the ends of its name."""
    ordinals = [name for name in tranches if name in ORDINALS]
    if whole is None:
        return ordinals
    found = re.fullmatch(r"(\w+) (and|to) (\w+)", whole)
    if not found or found[1] not in ORDINALS or found[3] not in ORDINALS:
        return []
    first, last = ORDINALS.index(found[1]), ORDINALS.index(found[3])
    return [name for name in ordinals if first <= ORDINALS.index(name) <= last]


def with_wholes(milestones: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """Milestones with the conflicts between completion promises and the delivery promises of the parts added."""
    deliveries = {m.tranche: m for m in milestones if m.kind == "delivery" and m.tranche}
    more: dict[tuple[str | None, str], list[Conflict]] = {}
    for whole in milestones:
        if whole.kind != "completion":
            continue
        for part in parts_of(whole.tranche, list(deliveries)):
            for conflict, at in _clashes(whole, deliveries[part]):
                more.setdefault((at.tranche, at.kind), []).append(conflict)
    return tuple(
        replace(m, conflicts=(*m.conflicts, *_once(more[m.tranche, m.kind]))) if (m.tranche, m.kind) in more else m
        for m in milestones
    )


def _once(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """One conflict where several promises of the same day clash alike."""
    evidence: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in conflicts:
        evidence[one.kind, one.why] = tuple(dict.fromkeys((*evidence.get((one.kind, one.why), ()), *one.evidence)))
    return [Conflict(kind, why, ids) for (kind, why), ids in evidence.items()]


def _clashes(whole: Milestone, part: Milestone) -> list[tuple[Conflict, Milestone]]:
    """Each promise of either against the other's that stood when it was made."""
    found = []
    for slip in part.promises:
        stood = _stood(whole.promises, slip)
        if stood and _too_late(slip, stood):
            why = f"{part.tranche} is promised for {slip.promised}, but {whole.tranche or 'the whole'} for {stood.promised}"
            found.append((Conflict("dates", why, (slip.statement, stood.statement)), part))
    for slip in whole.promises:
        stood = _stood(part.promises, slip)
        if stood and _too_late(stood, slip):
            why = f"{whole.tranche or 'the whole'} is promised for {slip.promised}, but {part.tranche} for {stood.promised}"
            found.append((Conflict("dates", why, (slip.statement, stood.statement)), whole))
    return found


def _stood(promises: Sequence[Slip], at: Slip) -> Slip | None:
    """The last promise made before another was, if it was still open then."""
    day = counts_from(at.stated_on)
    before = [slip for slip in promises if counts_from(slip.stated_on) < day]
    if not before or (parse(before[-1].promised).latest or date.max) < day:
        return None
    return before[-1]


def _too_late(part: Slip, whole: Slip) -> bool:
    first, last = parse(part.promised).earliest, parse(whole.promised).deadline
    return bool(first and last and first > last)
