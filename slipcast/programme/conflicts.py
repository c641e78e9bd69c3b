"""Statements of one milestone that cannot all hold: found by rule, shown side by side, never resolved by leaving one out."""

from __future__ import annotations

from slipcast.domain import Conflict
from slipcast.programme.arrival import Arrival
from slipcast.programme.placing import Placed
from slipcast.programme.repeats import outlet_of


def conflicts(reached: Arrival) -> tuple[Conflict, ...]:
    """Every conflict of one milestone, in the order in which it arose."""
    found = []
    for claim, other in reached.against:
        why = f"{who(claim)} says that it has happened, {who(other)} says otherwise"
        found.append(Conflict("achievement", why, (claim.id, other.id)))
    return tuple(found)


def who(placed: Placed) -> str:
    """The speaker, else the outlet, with the day of saying."""
    name = placed.statement.speaker or outlet_of(placed) or "the text"
    return f"{name} ({placed.said.edtf})"
