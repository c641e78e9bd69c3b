"""Events: which milestone a clause speaks of, and how that milestone stands.

A word of the lexicon names the milestone (the anchor). What governs it, clause by clause up to the verb of saying,
says whether it has happened, is to come, is late, in doubt, stopped, cancelled, denied or reaffirmed.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from spacy.tokens import Span, Token

from slipcast.reading.anchors import IsThing, find_anchors
from slipcast.reading.asserted import (
    has_time,
    in_condition,
    is_claimed,
    is_disbelieved,
    is_past_mention,
    is_unsaid,
)
from slipcast.reading.clauses import (
    clause_verb,
    first_conjunct,
    governors,
    is_verb,
    noun_head,
    objects,
    subject,
    verb_group,
)
from slipcast.reading.event import Event
from slipcast.reading.lexicon import Match, lemma
from slipcast.reading.standing import State, beside, is_aside, outward, settle, status_marks, with_group
from slipcast.reading.unnamed import find_unnamed

_SETTLED = {"delayed", "at_risk", "suspended", "cancelled", "resumed", "denied", "reaffirmed", "advanced"}


def find_events(sentence: Span, is_thing: IsThing) -> list[Event]:
    """The milestones a sentence makes claims about, in the order of their words."""
    matches = list(find_anchors(sentence, is_thing))
    marks = status_marks(sentence)
    events = [event for match in matches if (event := _judge(match, marks)) is not None]
    events += find_unnamed(sentence, events, marks, is_thing)
    events = [e for e in events if not _is_aside_plan(e, events)]
    told = {e.anchor for e in events if e.milestone == "announcement"}
    events = [
        e
        for e in events
        if not (e.status == "planned" and e.milestone == "contract" and e.head.dep_ == "ccomp" and e.head.head in told)
    ]
    events = [e for e in events if not in_condition(e.anchor)]
    events += [part for e in events for part in _shared_out(e)]
    return _distinct(_without_phases(events))


def _is_aside_plan(event: Event, events: list[Event]) -> bool:
    """'the battery, originally planned for 2020, will arrive': the aside is an earlier date of the claim around it."""
    verb = event.anchor if is_verb(event.anchor) else event.anchor.head
    if event.rule != "unnamed" or verb.dep_ not in ("acl", "relcl"):
        return False
    noun = verb.head
    return any(other != event and (noun in other.reach or noun.head in (other.head, other.anchor)) for other in events)


def _shared_out(event: Event) -> list[Event]:
    """'will get the first in October and the remaining 17 by April': a listed object with its own date is a claim of its own."""
    if not is_verb(event.anchor):
        return []
    listed = [c for o in objects(event.anchor) for c in o.children if c.dep_ == "conj"]
    return [replace(event, anchor=t, reach=(t,), rule="listed") for t in listed if has_time(t) and not is_verb(t)]


_PHASED = frozenset(["delivery", "production", "contract", "other"])


def _without_phases(events: list[Event]) -> list[Event]:
    """Of 'the removal is complete', 'trials were completed', 'production was ordered' only one event is claimed.

    A word of completion is a phase of the event it is said of, save of deliveries and works, whose completion it is;
    any other verb of the lexicon takes the event noun that is its object or subject as its argument.
    """
    dropped: set[int] = set()
    for event in events:
        if is_verb(event.anchor) or event.rule == "unnamed":
            continue
        top = noun_head(event.anchor)
        for other in events:
            carried = (
                top.dep_ in ("dobj", "nsubjpass", "nsubj")
                and (top.head in (other.anchor, other.head) or subject(other.anchor) == top)
                and other.rule == "anchor"
            )
            if other == event or not carried or other.milestone == event.milestone:
                continue
            said_of = (
                other.anchor == top.head
                or (is_verb(other.anchor) and subject(other.anchor) == top)
                or (other.anchor.head == top.head and other.anchor.dep_ in ("acomp", "oprd"))
            )
            if said_of and other.milestone == "completion":
                dropped.add(event.anchor.i if event.milestone in _PHASED else other.anchor.i)
            elif (
                other.anchor == top.head
                and not other.strong
                and is_verb(other.anchor)
                and top.dep_ == "dobj"
                and event.milestone != "other"
            ):
                dropped.add(other.anchor.i)
            elif other.anchor == top.head and (top.dep_ != "nsubj" or event.milestone == "other"):
                dropped.add(event.anchor.i)
    return [e for e in events if e.anchor.i not in dropped]


def _judge(match: Match, marks: dict[int, str]) -> Event | None:
    anchor = match.token
    top = anchor if is_verb(anchor) else noun_head(anchor)
    chain = governors(top)
    if top != anchor:
        chain = [anchor, *chain]
    label = match.label
    state = State("bare")
    if is_verb(anchor):
        state = with_group(state, verb_group(anchor))
        own = marks.get(anchor.i, "")
        if own and match.size == 1:
            state = replace(state, mark=own)
    head = clause_verb(top) or top
    reach = {anchor, top}
    for below, word in itertools.pairwise(chain):
        reach.add(word)
        if word.pos_ in ("ADP", "PART"):
            if word.i in marks and not state.mark:
                state = replace(state, mark=marks[word.i])
            if word.lower_ in ("toward", "towards"):
                state = replace(state, time="future")
            continue
        if is_aside(below, word):
            break
        state = outward(state, word, below, marks, anchor)
    state = beside(state, reach, marks, anchor)
    ongoing = match.label in ("negotiation", "production", "test", "other") and any(c.lower_ in ("ongoing", "continuing") for c in top.children)  # fmt: skip
    if ongoing and top.dep_ in ("pobj", "poss"):
        return Event(anchor, anchor, label, "achieved", reach=(anchor,), rule="anchor")
    if not is_claimed(anchor, top, chain, state, match):
        return None
    if state.mark == "reaffirmed" and state.time == "past" and is_verb(anchor) and anchor.i not in marks:
        state = replace(state, mark="")
    if state.mark == "delayed" and state.beside and state.time == "past" and is_verb(anchor) and anchor.i not in marks:
        state = replace(state, mark="")
    label = _first_time(anchor, label)
    status, modality, held = settle(state)
    if is_past_mention(top) and status == "planned":
        status, modality = "achieved", "certain"
    if label == "negotiation" and status == "suspended" and lemma(head) == "stop":
        status = "cancelled"
    if label == "production" and state.mark == "advanced":
        status = "achieved"
    if lemma(anchor) == "option" and top.dep_ == "attr":
        status, modality = "planned", "possible"
    if not is_verb(anchor) and _no_such(top):
        status, modality = "denied", "denied"
    if status == "planned" and modality == "certain" and _is_insisted(chain[-1]):
        status = "reaffirmed"
    if is_disbelieved(chain[-1]) and status == "planned":
        status, modality = "at_risk", "possible"
    if is_unsaid(chain[-1]):
        status, modality = "planned", "denied"
    return Event(
        anchor,
        head,
        label,
        status,
        modality,
        held,
        state.time == "bare",
        tuple(sorted(reach, key=lambda t: t.i)),
        "anchor",
        match.strong,
        state.past_plan and not state.mark,
        bool(state.mark),
    )


def _no_such(noun: Token) -> bool:
    return any(c.lower_ == "such" for c in noun.children) and any(
        c.lower_ == "no" or d.lower_ == "no" for c in noun.children for d in (c, *c.children)
    )


def _is_insisted(top: Token) -> bool:
    """Whether the claim is said once more: insisted, reiterated, confirmed."""
    return top.dep_ == "ccomp" and lemma(top.head) in (
        "insist",
        "reiterate",
        "reaffirm",
        "confirm",
        "repeat",
        "maintain",
    )


_MAIDEN = frozenset(["first", "maiden", "inaugural"])


def _first_time(anchor: Token, label: str) -> str:
    """A first launch or lift-off is a first flight."""
    if label not in ("other", "test") or lemma(anchor) not in (
        "launch",
        "lift",
        "liftoff",
        "lift-off",
        "fly",
        "blast",
        "flight",
        "take",
    ):
        return label
    for token in anchor.subtree:
        if token.lower_ in _MAIDEN and lemma(token.head) in (
            "mission",
            "flight",
            "launch",
            "time",
            "voyage",
            "liftoff",
            "anchor",
        ):
            return "first_flight"
    return (
        "first_flight" if any(c.lower_ in _MAIDEN for c in anchor.children if c.dep_ in ("amod", "advmod")) else label
    )


def _distinct(events: list[Event]) -> list[Event]:
    """One event a claim: of anchors in one chain, the one named by a verb stands for those it governs or is carried by."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (e.rule != "anchor", e.anchor.i)):
        twin = next((k for k in kept if k.milestone == event.milestone and _same_claim(k, event)), None)
        if twin is None:
            kept.append(event)
        elif _weight(event) > _weight(twin):
            kept[kept.index(twin)] = event
    return sorted(kept, key=lambda e: e.anchor.i)


def _weight(event: Event) -> int:
    return 2 * (event.status in _SETTLED) + (not event.bare) + is_verb(event.anchor)


def _lists(one: Event, two: Event) -> bool:
    """Whether two event nouns stand in one list, each with its own date: "IOC by May and FOC by July"."""
    nouns = not is_verb(one.anchor) and not is_verb(two.anchor)
    gap = one.anchor.doc[min(one.anchor.i, two.anchor.i) : max(one.anchor.i, two.anchor.i)]
    return nouns and any(t.ent_type_ == "DATE" for t in gap) and any(t.lower_ in ("and", ",", ";") for t in gap)


def _same_claim(one: Event, two: Event) -> bool:
    if _lists(one, two):
        return False
    if "listed" in (one.rule, two.rule):
        return one.anchor == two.anchor
    if one.head == two.head:
        return True
    shared = set(one.reach) & set(two.reach)
    if shared:
        return True
    first, second = first_conjunct(one.head), first_conjunct(two.head)
    return (
        first == second
        and one.status == two.status
        and subject(one.head) == subject(two.head)
        and one.head == first == two.head
    )
