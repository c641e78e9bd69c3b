"""Whether a milestone has been reached: who says so, who disputes it, and whose word it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.dates import parse
from slipcast.programme.claims import ENDED, ONE_OFF, denies, is_claim, promised, surely_after, word
from slipcast.programme.placed import Placed, days_between
from slipcast.programme.precedence import exactness
from slipcast.programme.repeats import Utterance
from slipcast.programme.sides import Sides, is_unnamed
from slipcast.programme.tranches import is_piece

SAME_EVENT = 60  #: days within which a denial of what may happen again speaks of the same time
#: what a tranche may see more than once
RECURRING = frozenset({"negotiation", "participation", "production", "test", "other"})
#: what happens once to a single piece, and again and again to a batch
_HANDED_OVER = frozenset({"shipment", "delivery"})
NEAR_DAYS = 31  #: two arrival dates no farther apart tell the start and the end of one arrival


@dataclass(frozen=True, slots=True)
class Arrival:
    """achieved: EDTF, "yes" or None. claimed: told, but not established. disputed: the other side says otherwise.

    claims: every claim that was made; against: (claim, the statement that contradicts it) pairs; by: whose date it is; fallen: claims that
    their own side took back.
    """

    achieved: str | None = None
    claimed: bool = False
    disputed: bool = False
    claims: tuple[Placed, ...] = ()
    against: tuple[tuple[Placed, Placed], ...] = ()
    by: Placed | None = None
    fallen: frozenset[str] = frozenset()


def arrival(utterances: Sequence[Utterance], sides: Sides, *, contract_disputed: bool = False) -> Arrival:
    """Weigh the claims of one milestone.

    A claim falls where its own side later says otherwise. It is disputed where the other side says otherwise (a bystander
    against the recipient's own word is a conflict and no more), or where it rests on a contract that is. It is only claimed where nobody but an interested speaker makes it. Otherwise it stands.
    """
    every = [one for utterance in utterances for one in utterance.members]
    claims = [one for one in every if is_claim(one.statement)]
    if not claims:
        return Arrival()
    against = [(claim, other) for claim in claims for other in every if contradicts(claim, other, sides)]
    own = {claim.id for claim, other in against if _same_side(claim, other, sides) and _answers(other, claim)}
    fallen = {one.id for u in utterances if any(m.id in own for m in u.members) for one in u.members}
    fallen &= {claim.id for claim in claims}
    disputed = {claim.id for claim, other in against if _disputes(claim, other, sides)} - fallen
    if contract_disputed:
        disputed |= {claim.id for claim in claims if sides.interested(claim.statement)} - fallen
    standing = [claim for claim in claims if claim.id not in fallen | disputed]
    settled = [claim for claim in standing if not sides.interested(claim.statement)]
    if settled:
        by = _dated(standing, [claim for claim in standing if claim in settled or _borne_out(claim, settled)])
        return Arrival(_shown(by), False, False, tuple(claims), tuple(against), by, frozenset(fallen))
    if standing and not disputed:
        by = _dated(standing, standing)
        return Arrival(_shown(by), True, False, tuple(claims), tuple(against), by, frozenset(fallen))
    return Arrival(None, bool(disputed), bool(disputed), tuple(claims), tuple(against), None, frozenset(fallen))


def contradicts(claim: Placed, other: Placed, sides: Sides) -> bool:
    """Whether another statement says that the claimed milestone has not been reached.

    Said before the claim it says nothing of it; said with it, only the other side's word counts against it. A denial counts
    at any later time for a tranche's own milestone, within two months for what may happen again. A plan
    counts where the milestone happens once, as the delivery of a single piece does where it is promised for later, and only by
    one of the two sides: others may not have heard.
    """
    s = other.statement
    if (
        other.id == claim.id
        or is_claim(s)
        or other.beside
        or (claim.said.earliest or date.min) > (other.said.latest or date.max)
    ):
        return False
    if _same_side(claim, other, sides) and not _answers(other, claim):
        return False
    once = s.milestone in ONE_OFF and claim.tranche is not None
    if denies(s):
        return (claim.tranche is not None and s.milestone not in RECURRING) or days_between(claim, other) <= SAME_EVENT
    planned = word(s) in ("planned", "delayed", "at_risk", "reaffirmed") and s.modality == "certain"
    if planned and is_piece(claim.tranche) and s.milestone in _HANDED_OVER and _still_to_come(claim, other):
        return sides.of(s) is not None or _same_side(claim, other, sides)
    if not planned or s.milestone not in ONE_OFF or not (once or days_between(claim, other) <= SAME_EVENT):
        return False
    if word(s) == "at_risk" or (word(s) == "reaffirmed" and not s.date):
        return False
    return sides.of(s) is not None or _same_side(claim, other, sides)


def _still_to_come(claim: Placed, other: Placed) -> bool:
    """Whether a statement promises for later what the claim dates."""
    window, happened = promised(other), claim.statement.date
    last = parse(happened).latest if happened else claim.said.latest
    return window is not None and window.earliest is not None and last is not None and window.earliest > last


def withdrawn(by: Placed, utterances: Sequence[Utterance]) -> Placed | None:
    """The statement that suspends or cancels, for certain, what had been reached, unless it was resumed after that."""
    last: Placed | None = None
    for utterance in utterances:
        for one in utterance.members:
            if word(one.statement) in ENDED and surely_after(one, by):
                last = one
            elif last and word(one.statement) in ("resumed", "achieved") and surely_after(one, last):
                last = None
    return last


def _disputes(claim: Placed, other: Placed, sides: Sides) -> bool:
    """Whether a contradiction leaves a claim open: the other side's does, a bystander's not against the recipient's own word."""
    if _same_side(claim, other, sides):
        return False
    return not (sides.of(claim.statement) == "recipient" and sides.bystander(other.statement))


def _answers(other: Placed, claim: Placed) -> bool:
    """Whether one was certainly said after the claim, or denies it further on in the same text."""
    one_text = other.entry.document.id == claim.entry.document.id
    further = one_text and denies(other.statement) and other.statement.span > claim.statement.span
    return further or surely_after(other, claim)


def _same_side(one: Placed, other: Placed, sides: Sides) -> bool:
    a, b = sides.of(one.statement), sides.of(other.statement)
    if a or b:
        return a == b
    return sides.voice(one.statement) == sides.voice(other.statement)


def _dated(field: Sequence[Placed], settling: Sequence[Placed]) -> Placed:
    """Whose date counts: named before unnamed, told nearest to the event; a more exact telling that agrees refines it."""
    first = min(settling, key=lambda one: (is_unnamed(one.statement), not one.statement.date, one.said.latest, one.id))
    if not first.statement.date:
        return first
    window = parse(first.statement.date)
    agreeing = [one for one in field if one.statement.date and parse(one.statement.date).overlaps(window)]
    return min(agreeing, key=lambda one: (exactness(one.statement.date), one.id != first.id, one.said.latest, one.id))


def _borne_out(claim: Placed, settled: Sequence[Placed]) -> bool:
    """Whether an interested speaker's date lies with one that is settled: then the first telling of it counts."""
    if not claim.statement.date:
        return False
    day = parse(claim.statement.date).middle or date.max
    others = [parse(one.statement.date).middle or date.max for one in settled if one.statement.date]
    return any(abs((day - other).days) <= NEAR_DAYS for other in others)


def _shown(by: Placed) -> str:
    if by.statement.milestone == "announcement":  # it happens by being said
        return by.statement.date or by.said.edtf
    return by.statement.date or "yes"
