"""Statements of one milestone that cannot all hold: found by rule, shown side by side, never settled by leaving one out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from slipcast.dates import Window, parse
from slipcast.domain import Conflict, Milestone
from slipcast.programme.arrival import NEAR_DAYS, RECURRING, Arrival
from slipcast.programme.claims import ENDED, promised, surely_after, word
from slipcast.programme.clashes import BASE_DAYS, OCCASION, date_conflicts, different_voices, listed, renditions
from slipcast.programme.placed import Placed, days_between
from slipcast.programme.repeats import LOOK_BACK, Utterance, ids, who
from slipcast.programme.sides import Sides


def conflicts(
    kind: str, groups: Sequence[Utterance], sides: Sides, reached: Arrival, contract: Milestone | None = None
) -> tuple[Conflict, ...]:
    """Every conflict of one milestone: its arrival first, then its dates and its words in the order of saying."""
    found = [
        *_resting(groups, sides, reached, contract),
        *_arrivals(groups, sides, reached),
        *_withdrawals(kind, groups, reached),
    ]
    found += [made for group in groups if (made := renditions(group))]
    found += date_conflicts(groups, sides)
    found += _words(groups, sides, kind)
    unique = {conflict.evidence: conflict for conflict in reversed(found)}
    return tuple(reversed(unique.values()))


def _arrivals(groups: Sequence[Utterance], sides: Sides, reached: Arrival) -> list[Conflict]:
    """Claims against denials, claims that date one arrival differently, claims ahead of the other side's own date."""
    found: list[Conflict] = []
    for claim in _firsts(groups, reached):
        others = [other for one, other in reached.against if one.id == claim.id and not _moved_on(claim, other, sides)]
        if others:
            told = f"{listed([who(one) for one in others])} {'say' if len(others) > 1 else 'says'} otherwise"
            why = f"{who(claim)} says that it has happened, {told}"
            found.append(Conflict("achievement", why, (claim.id, *(one.id for one in others))))
    dated = [claim for claim in _firsts(groups, reached) if claim.statement.date]
    for i, claim in enumerate(dated):
        apart = [
            one for one in dated[i + 1 :] if _apart(parse(claim.statement.date or ""), parse(one.statement.date or ""))
        ]
        if apart:
            told = ", ".join(f"{who(one)} {one.statement.date}" for one in [claim, *apart])
            found.append(
                Conflict("dates", f"it is said to have happened on different days: {told}", ids([claim, *apart]))
            )
        ahead = [one for group in groups for one in group.members if _ahead(claim, one, sides)]
        if ahead:
            why = f"{who(claim)} says that it has happened, {who(ahead[-1])} had it still to come: {ahead[-1].statement.date}"
            found.append(Conflict("achievement", why, (claim.id, ahead[-1].id)))
    return found


def _moved_on(claim: Placed, other: Placed, sides: Sides) -> bool:
    """Whether one speaker tells of a state that may come and go: the two do not contradict each other."""
    return claim.statement.milestone in RECURRING and sides.voice(claim.statement) == sides.voice(other.statement)


def _ahead(claim: Placed, other: Placed, sides: Sides) -> bool:
    """Whether an interested speaker claims what the other side had, days before, promised for later."""
    window, happened = promised(other), parse(claim.statement.date or "")
    if (
        not window
        or not sides.interested(claim.statement)
        or sides.of(other.statement) in (None, sides.of(claim.statement))
    ):
        return False
    recent = surely_after(claim, other) and days_between(other, claim) <= BASE_DAYS
    return recent and (window.earliest or date.min) > (happened.latest or date.max)


def _resting(groups: Sequence[Utterance], sides: Sides, reached: Arrival, contract: Milestone | None) -> list[Conflict]:
    """An interested speaker's claim that rests on a contract that the other side disputes."""
    if not contract or not contract.disputed:
        return []
    denied = next(c for c in contract.conflicts if c.kind in ("achievement", "claim"))
    claims = [claim for claim in _firsts(groups, reached) if sides.interested(claim.statement)]
    why = "says that it has happened, while its contract is disputed"
    return [Conflict("achievement", f"{who(claim)} {why}", (claim.id, *denied.evidence)) for claim in claims]


def _withdrawals(kind: str, groups: Sequence[Utterance], reached: Arrival) -> list[Conflict]:
    """What had been reached and was then suspended or cancelled."""
    if not reached.by or kind in ("participation", "negotiation"):
        return []
    ends = [g.origin for g in groups if word(g.origin.statement) in ENDED and surely_after(g.origin, reached.by)]
    if not ends:
        return []
    told = f"{listed(list(map(who, ends)))} {'take' if len(ends) > 1 else 'takes'} it back"
    why = f"{who(reached.by)} says that it has happened, {told}"
    return [Conflict("achievement", why, (reached.by.id, *(one.id for one in ends)))]


def _words(groups: Sequence[Utterance], sides: Sides, kind: str) -> list[Conflict]:
    """Trouble and assurance on one occasion; and a party that plans what the other side has cancelled."""
    found = []
    for i, later in enumerate(groups):
        for earlier in reversed(groups[:i]):
            a, b = earlier.origin, later.origin
            if ((b.said.middle or date.max) - (a.said.middle or date.max)).days > LOOK_BACK:
                break
            one_side = sides.of(a.statement) is not None and sides.of(a.statement) == sides.of(b.statement)
            if one_side or not different_voices(a, b, sides) or _dates_clash(a, b):
                continue
            words = {word(a.statement), word(b.statement)}
            if (
                days_between(a, b) <= OCCASION
                and "reaffirmed" in words
                and words & {"at_risk", "delayed", *ENDED, "denied"}
            ):
                why = f"{who(a)} says {word(a.statement).replace('_', ' ')}, {who(b)} says {word(b.statement).replace('_', ' ')}"
                # Whether one promised date holds is a conflict of dates; without dates it is one of claims.
                found.append(Conflict("dates" if promised(a) and promised(b) else "claim", why, (a.id, b.id)))
    if kind == "participation":
        ends = [g.origin for g in groups if word(g.origin.statement) == "cancelled"]
        for group in groups:
            one = group.origin
            over = [end for end in ends if surely_after(one, end) and sides.of(one.statement) == "recipient"]
            if over and word(one.statement) in ("planned", "reaffirmed", "achieved"):
                found.append(
                    Conflict("claim", f"{who(one)} counts on what {who(over[-1])} ended", (one.id, over[-1].id))
                )
    return found


def _dates_clash(one: Placed, other: Placed) -> bool:
    """Whether two promises name dates that cannot both hold: then the dates are the conflict."""
    a, b = promised(one), promised(other)
    return a is not None and b is not None and not a.overlaps(b)


def _firsts(groups: Sequence[Utterance], reached: Arrival) -> list[Placed]:
    """One claim an utterance: that of its origin where it claims."""
    claims = {claim.id: claim for claim in reached.claims}
    return [
        next(iter(sorted(made, key=lambda one: one.id != group.origin.id)))
        for group in groups
        if (made := [claims[one.id] for one in group.members if one.id in claims])
    ]


def _apart(one: Window, other: Window) -> bool:
    if one.overlaps(other):
        return False
    first, second = sorted((one, other), key=lambda window: window.earliest or date.min)
    return (second.earliest or date.max) - (first.latest or date.min) > timedelta(days=NEAR_DAYS)
