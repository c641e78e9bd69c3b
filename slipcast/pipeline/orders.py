"""What a ledger's own programmes tell of lead times: from the contract or announcement to the first delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from slipcast.dates import counts_from, parse
from slipcast.domain import Milestone, Programme
from slipcast.forecasting.orders import Order
from slipcast.pipeline.promises import ORDERED, started_on


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and where it stands, so that a forecast does not learn from its own."""

    programme: str
    tranche: str | None
    order: Order


def placed(programmes: Iterable[Programme]) -> tuple[Placed, ...]:
    """Every tranche of which a start is established: its first delivery, or, still open, the last that was heard of it."""
    found = []
    for programme in programmes:
        for tranche in dict.fromkeys(m.tranche for m in programme.milestones if m.kind in ORDERED):
            own = [m for m in programme.milestones if m.kind in ORDERED and m.tranche == tranche]
            start = next((begun for one in own if (begun := started_on(programme, one, arrived=True))), None)
            order = _order(programme, own, start[1].toordinal()) if start else None
            if order:
                found.append(Placed(programme.id, tranche, order))
    return tuple(found)


def _order(programme: Programme, own: list[Milestone], start: int) -> Order | None:
    came = [
        parse(one.achieved).middle
        for one in own
        if one.achieved and one.achieved != "yes" and not one.claimed and not one.disputed
    ]
    days = [day.toordinal() - start for day in came if day]
    kind = programme.equipment or ""
    if days:
        return Order(kind, float(min(days)), True) if min(days) > 0 else None
    if any(one.achieved or one.status == "achieved" for one in own):
        return None  # it may have come, nobody tells when
    heard = [
        counts_from(entry.said_on).toordinal()
        for one in own
        for identity in one.evidence
        if (entry := programme.entries.get(identity)) and entry.said_on
    ]
    last = min(max(heard, default=0), programme.as_of.toordinal()) - start
    return Order(kind, float(last), False) if last > 0 else None
