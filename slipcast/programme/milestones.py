"""One milestone from its statements: what is promised, what is reached, what it waits for, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from slipcast.domain import Choice, Conflict, Milestone
from slipcast.programme.arrival import Arrival, arrival, withdrawn
from slipcast.programme.claims import ENDED, WEIGHT, happened, is_claim, promised, surely_after, word
from slipcast.programme.conflicts import conflicts
from slipcast.programme.placed import Placed
from slipcast.programme.precedence import choose
from slipcast.programme.repeats import Ruled, Utterance, utterances
from slipcast.programme.sides import Sides
from slipcast.programme.slips import promise_of, slips

#: a state rather than an event: what ended it stands until it is resumed
STATES = frozenset({"participation"})
#: words that move or end a date
TROUBLE = frozenset({"delayed", "at_risk", "suspended", "cancelled", "denied"})


def milestone(
    kind: str,
    tranche: str | None,
    placed: Sequence[Placed],
    sides: Sides,
    *,
    contract: Milestone | None = None,
    ruled: Ruled | None = None,
) -> Milestone:
    """Build one milestone. placed: its statements, one or more, in order; readings beside it are evidence and no more.

    contract: the contract of the tranche, for milestones that rest on it.
    """
    main = [one for one in placed if not one.beside] or list(placed)
    groups = utterances(main, ruled)
    reached = arrival(groups, sides, contract_disputed=contract is not None and contract.disputed)
    if tranche is None and reached.by and _next_round(reached.by, main):
        later = [one for one in main if surely_after(one, reached.by)]
        reached = Arrival(claims=reached.claims)
        winner, choice = choose(later)
        choice = Choice(choice.winner, choice.rule, tuple(one.id for one in main if one.id != choice.winner))
    else:
        winner, choice = choose([one for one in main if one.id not in reached.fallen] or main)
        choice = Choice(choice.winner, choice.rule, tuple(one.id for one in main if one.id != choice.winner))
    status, winner, choice = _status(kind, main, groups, reached, winner, choice)
    history = slips(groups)
    date_now, previous = _dates(groups)
    found = conflicts(kind, groups, sides, reached, contract)
    return Milestone(
        kind=kind,
        tranche=tranche,
        status=status,
        promised=date_now,
        previous=previous,
        achieved=_state_date(kind, main, reached),
        claimed=reached.claimed and (status == "achieved" or reached.achieved is not None),
        disputed=reached.disputed or _open_dispute(found, reached, status),
        modality=winner.statement.modality,
        current=choice,
        promises=history,
        conditions=_told(groups, winner, "condition") if not reached.achieved else (),
        causes=_told(groups, winner, "cause") if status in TROUBLE else (),
        conflicts=found,
        independent_sources=len(groups),
        evidence=tuple(one.id for one in placed),
    )


def _next_round(by: Placed, main: Sequence[Placed]) -> bool:
    """Whether, after an arrival of the programme as a whole, a further one was promised."""
    return any(surely_after(one, by) and promised(one) and one.statement.modality != "denied" for one in main)


def _status(
    kind: str, main: Sequence[Placed], groups: Sequence[Utterance], reached: Arrival, winner: Placed, choice: Choice
) -> tuple[str, Placed, Choice]:
    """The current word, the statement that it rests on and the choice that made it so."""
    if kind in STATES:
        state = _state(main)
        if state and word(state.statement) in ENDED:
            return word(state.statement), state, _because(state, main, "an end stands until it is resumed")
    if reached.by and not reached.disputed:
        ended = withdrawn(reached.by, groups)
        if ended:
            return word(ended.statement), ended, _because(ended, main, "later over earlier")
        if winner.id != reached.by.id:
            choice = _because(reached.by, main, "achieved over planned")
        return "achieved", reached.by, choice
    ended = _ended(main)
    if ended:
        return word(ended.statement), ended, _because(ended, main, "an end stands until it is planned again")
    group = next(g for g in groups if any(one.id == winner.id for one in g.members))
    same_time = [one for one in group.members if not surely_after(winner, one)]
    words = {word(one.statement) for one in same_time}
    if reached.claims and not reached.claimed and "achieved" in words and not is_claim(winner.statement):
        words.discard("achieved")
    return min(words, key=WEIGHT.index), winner, choice


def _because(winner: Placed, main: Sequence[Placed], rule: str) -> Choice:
    return Choice(winner.id, rule, tuple(one.id for one in main if one.id != winner.id))


def _state(main: Sequence[Placed]) -> Placed | None:
    """The last certain statement of a state: ended, resumed or standing."""
    states = [
        one for one in main
        if word(one.statement) in (*ENDED, "resumed", "achieved") and one.statement.modality == "certain" and not promised(one)
    ]  # fmt: skip
    return choose(states)[0] if states else None


def _ended(main: Sequence[Placed]) -> Placed | None:
    """The certain end that nothing but doubts followed."""
    for one in reversed(main):
        said = word(one.statement)
        if said in ENDED and one.statement.modality == "certain":
            return one
        if said in ("planned", "achieved", "resumed", "reaffirmed", "delayed"):
            return None
    return None


def _state_date(kind: str, main: Sequence[Placed], reached: Arrival) -> str | None:
    """When it was reached; for a state, when its present state came about."""
    state = _state(main) if kind in STATES else None
    if state and word(state.statement) in ENDED:
        return happened(state)
    return reached.achieved


def _dates(groups: Sequence[Utterance]) -> tuple[str | None, str | None]:
    """The date that is promised now, and the one that it superseded.

    A risk leaves the promised date standing. A delay without a new date takes it away: it becomes the previous one.
    """
    now: str | None = None
    before: str | None = None
    for group in groups:
        promise = promise_of(group)
        if promise:
            s = promise.statement
            if s.previous_date and s.previous_date != s.date:
                before = s.previous_date
            elif now and now != s.date:
                before = now
            now = s.date
            continue
        told = [one.statement.previous_date for one in group.members if one.statement.previous_date]
        words = {word(one.statement) for one in group.members}
        if "delayed" in words or words & ENDED:
            before, now = (told[0] if told else now or before), None
        elif "at_risk" in words and told and not now:
            now = told[0]
    return (now, before) if now != before else (now, None)


def _told(groups: Sequence[Utterance], winner: Placed, key: str) -> tuple[str, ...]:
    """Causes or conditions of the current utterance, else of the latest one that names any."""
    ordered = sorted(groups, key=lambda g: any(one.id == winner.id for one in g.members))
    for group in reversed(ordered):
        found = [value for one in group.members if (value := getattr(one.statement, key))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _open_dispute(found: Sequence[Conflict], reached: Arrival, status: str) -> bool:
    """Whether the two sides contradict one another in what has not been reached; to ask back what was ended is no denial."""
    return not reached.achieved and status not in ENDED and any(conflict.kind == "claim" for conflict in found)
