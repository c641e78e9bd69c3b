"""Statements of one milestone that cannot all hold: found by rule, shown side by side, never settled by leaving one out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from slipcast.dates import Window, parse
from slipcast.domain import Conflict, Milestone
from slipcast.programme.arrival import NEAR_DAYS, Arrival
from slipcast.programme.claims import ENDED, promised, surely_after, word
from slipcast.programme.placed import Placed, days_between
from slipcast.programme.repeats import Utterance, outlet_of
from slipcast.programme.sides import Sides, is_report
from slipcast.programme.slips import promise_of

OCCASION = 3  #: days within which two sayings are one occasion
BASE_DAYS = 60  #: days within which two moves of one date answer one another


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
    found += _positions(groups, sides)
    found += _words(groups, sides, kind)
    unique = {conflict.evidence: conflict for conflict in reversed(found)}
    return tuple(reversed(unique.values()))


def who(placed: Placed) -> str:
    """The speaker, else the outlet, with the day of saying."""
    name = placed.statement.speaker or outlet_of(placed) or "the text"
    return f"{name} ({placed.said.edtf})"


def standing(said: Placed, at: Placed) -> bool:
    """Whether a promise was still open when something else was said."""
    window = promised(said)
    return window is not None and (window.latest or date.max) >= (at.said.earliest or date.min)


def answers(new: Placed, old: Placed) -> bool:
    """Whether a statement says that it moves the other's date, and does not start from where the other started."""
    s, before = new.statement, promised(old)
    if not s.previous_date or not before or not parse(s.previous_date).overlaps(before):
        return False
    base = old.statement.previous_date
    one_base = base is not None and parse(s.previous_date).overlaps(parse(base))
    return not (one_base and days_between(old, new) <= BASE_DAYS)


def renditions(group: Utterance) -> Conflict | None:
    """Outlets that carry one utterance with different dates."""
    told: dict[str, Placed] = {}
    for one in sorted(group.members, key=lambda one: one.id != group.origin.id):
        if one.statement.date:
            told.setdefault(one.statement.date, one)
    if len({one.entry.document.id for one in told.values()}) > 1:
        dates = " or ".join(told)
        return Conflict(
            "dates", f"outlets differ on the date that {who(group.origin)} gave: {dates}", _ids(told.values())
        )
    bases: dict[str, Placed] = {}
    for one in group.members:
        base = one.statement.previous_date
        if base and not any(parse(base).overlaps(parse(other)) for other in bases):
            bases[base] = one
    if len({one.entry.document.id for one in bases.values()}) > 1:
        why = f"outlets differ on the former date that {who(group.origin)} moved: {' or '.join(bases)}"
        return Conflict("dates", why, _ids(bases.values()))
    return None


def _positions(groups: Sequence[Utterance], sides: Sides) -> list[Conflict]:
    """Each new promise against what each side had last promised and not taken back."""
    found: list[Conflict] = []
    held: list[tuple[str, Placed]] = []
    by_id = {one.id: one for group in groups for one in group.members}
    for group in groups:
        new = promise_of(group)
        if not new:
            continue
        side = sides.of(new.statement) or sides.voice(new.statement)
        against = [(why, old) for key, old in held if (why := _clash(new, old, key == side, sides))]
        if against and not _joined(found, new, [old for _, old in against], by_id):
            named = ", ".join(f"{who(old)} {old.statement.date}" for _, old in against)
            why = f"{who(new)} says {new.statement.date}, {against[0][0]}: {named}"
            found.append(Conflict("dates", why, (new.id, *(old.id for _, old in against))))
        held = [(key, old) for key, old in held if key != side or days_between(old, new) <= OCCASION]
        held.append((side, new))
    return found


def _joined(found: list[Conflict], new: Placed, against: Sequence[Placed], by_id: dict[str, Placed]) -> bool:
    """Add a promise to a conflict that is there: it sides with one camp of it, or was said on its occasion."""
    for at, conflict in enumerate(found):
        parties = [by_id[i] for i in conflict.evidence]
        agrees = any(_same_window(new, one) for one in parties)
        met = all(old.id in conflict.evidence for old in against)
        same_time = all(days_between(new, one) <= OCCASION for one in (parties[0], *against)) and any(
            old.id in conflict.evidence for old in against
        )
        if (met and agrees) or same_time:
            more = tuple(dict.fromkeys((*conflict.evidence, new.id, *_ids(against))))
            found[at] = Conflict(conflict.kind, f"{conflict.why}; {who(new)} {new.statement.date}", more)
            return True
    return False


def _same_window(one: Placed, other: Placed) -> bool:
    a, b = promised(one), promised(other)
    return bool(a and b and a.overlaps(b))


def _resting(groups: Sequence[Utterance], sides: Sides, reached: Arrival, contract: Milestone | None) -> list[Conflict]:
    """An interested speaker's claim that rests on a contract that the other side disputes."""
    if not contract or not contract.disputed:
        return []
    denied = next(c for c in contract.conflicts if c.kind in ("achievement", "claim"))
    claims = [claim for claim in _firsts(groups, reached) if sides.interested(claim.statement)]
    why = "says that it has happened, while its contract is disputed"
    return [Conflict("achievement", f"{who(claim)} {why}", (claim.id, *denied.evidence)) for claim in claims]


def _clash(new: Placed, old: Placed, same_side: bool, sides: Sides) -> str | None:
    """Why a promise contradicts a standing one, or None."""
    if not standing(old, new):
        return None
    now, before = promised(new), promised(old)
    if not now or not before:
        return None
    close = days_between(old, new) <= OCCASION and old.said.days == new.said.days == 1
    if is_report(old.statement) and days_between(old, new) > BASE_DAYS:
        return None
    if now.overlaps(before):
        if now.edtf != before.edtf and close and _different_voices(new, old, sides):
            return "on the same occasion another date stands"
        vaguer = (
            same_side and _within(before, now) and new.statement.status == "planned" and not new.statement.previous_date
        )
        return "which takes exactness back from" if vaguer and _different_voices(new, old, sides) else None
    if answers(new, old):
        return None
    delayed = word(new.statement) == "delayed"
    declared = bool(new.statement.previous_date) or delayed
    later = (now.latest or date.max) > (before.latest or date.max)
    reported = delayed and sides.of(new.statement) is None
    if ((same_side and declared) or reported) and later and days_between(old, new) > BASE_DAYS:
        return None
    return "without saying that the date moved, against" if not declared else "against what still stood"


def _arrivals(groups: Sequence[Utterance], sides: Sides, reached: Arrival) -> list[Conflict]:
    """Claims against denials, claims that date one arrival differently, claims ahead of the other side's own date."""
    found: list[Conflict] = []
    for claim in _firsts(groups, reached):
        others = [other for one, other in reached.against if one.id == claim.id]
        if others:
            why = f"{who(claim)} says that it has happened, {', '.join(who(one) for one in others[:3])} says otherwise"
            found.append(Conflict("achievement", why, (claim.id, *(one.id for one in others))))
    dated = [claim for claim in _firsts(groups, reached) if claim.statement.date]
    for i, claim in enumerate(dated):
        apart = [
            one for one in dated[i + 1 :] if _apart(parse(claim.statement.date or ""), parse(one.statement.date or ""))
        ]
        if apart:
            told = ", ".join(f"{who(one)} {one.statement.date}" for one in [claim, *apart])
            found.append(
                Conflict("dates", f"it is said to have happened on different days: {told}", _ids([claim, *apart]))
            )
        ahead = [one for group in groups for one in group.members if _ahead(claim, one, sides)]
        if ahead:
            why = f"{who(claim)} says that it has happened, {who(ahead[-1])} had it still to come: {ahead[-1].statement.date}"
            found.append(Conflict("achievement", why, (claim.id, ahead[-1].id)))
    return found


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


def _withdrawals(kind: str, groups: Sequence[Utterance], reached: Arrival) -> list[Conflict]:
    """What had been reached and was then suspended or cancelled."""
    if not reached.by or kind in ("participation", "negotiation"):
        return []
    ends = [g.origin for g in groups if word(g.origin.statement) in ENDED and surely_after(g.origin, reached.by)]
    if not ends:
        return []
    why = f"{who(reached.by)} says that it has happened, {', '.join(map(who, ends))} takes it back"
    return [Conflict("achievement", why, (reached.by.id, *(one.id for one in ends)))]


def _words(groups: Sequence[Utterance], sides: Sides, kind: str) -> list[Conflict]:
    """Trouble and assurance on one occasion; and a party that plans what the other side has cancelled."""
    found = []
    for i, later in enumerate(groups):
        for earlier in groups[:i]:
            a, b = earlier.origin, later.origin
            if not _different_voices(a, b, sides) or (promised(a) and promised(b)):
                continue
            words = {word(a.statement), word(b.statement)}
            if (
                days_between(a, b) <= OCCASION
                and "reaffirmed" in words
                and words & {"at_risk", "delayed", *ENDED, "denied"}
            ):
                why = f"{who(a)} says {word(a.statement).replace('_', ' ')}, {who(b)} says {word(b.statement).replace('_', ' ')}"
                found.append(Conflict("claim", why, (a.id, b.id)))
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


def _firsts(groups: Sequence[Utterance], reached: Arrival) -> list[Placed]:
    """One claim an utterance: that of its origin where it claims."""
    claims = {claim.id: claim for claim in reached.claims}
    return [
        next(iter(sorted(made, key=lambda one: one.id != group.origin.id)))
        for group in groups
        if (made := [claims[one.id] for one in group.members if one.id in claims])
    ]


def _different_voices(one: Placed, other: Placed, sides: Sides) -> bool:
    return sides.voice(one.statement) != sides.voice(other.statement) or one.statement.date != other.statement.date


def _within(narrow: Window, wide: Window) -> bool:
    low, high = narrow.earliest or date.min, narrow.latest or date.max
    inside = (wide.earliest or date.min) <= low and high <= (wide.latest or date.max)
    return inside and (wide.earliest, wide.latest) != (narrow.earliest, narrow.latest)


def _apart(one: Window, other: Window) -> bool:
    if one.overlaps(other):
        return False
    first, second = sorted((one, other), key=lambda window: window.earliest or date.min)
    return (second.earliest or date.max) - (first.latest or date.min) > timedelta(days=NEAR_DAYS)


def _ids(placed: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(one.id for one in placed)
