"""Events: which milestone a clause speaks of, and how that milestone stands.

A word of the lexicon names the milestone (the anchor). What governs it, clause by clause up to the verb of saying,
says whether it has happened, is to come, is late, in doubt, stopped, cancelled, denied or reaffirmed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from slipcast.reading.clauses import (
    VerbGroup,
    clause_verb,
    first_conjunct,
    governors,
    is_saying,
    is_verb,
    noun_head,
    objects,
    subject,
    verb_group,
)
from slipcast.reading.lexicon import Match, lemma, noun_match, phrase_matches, verb_match, words

IsThing = Callable[[Token], bool]
#: The milestone that was spoken of before.
SAME = "same"
_SETTLED = {"delayed", "at_risk", "suspended", "cancelled", "resumed", "denied", "reaffirmed", "advanced"}


@dataclass(frozen=True, slots=True)
class Event:
    """One claim about a milestone. anchor names it, head is the verb (or noun) that carries its tense.

    held: whether the date beside it no longer holds; reach: every word of the claim's own chain.
    """

    anchor: Token
    head: Token
    milestone: str
    status: str
    modality: str = "certain"
    held: bool = False
    bare: bool = False
    reach: tuple[Token, ...] = field(default=())
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    time: str
    possible: bool = False
    negated: bool = False
    yet: bool = False
    held: bool = False
    mark: str = ""
    risk: bool = False


def find_events(sentence: Span, is_thing: IsThing) -> list[Event]:
    """The milestones a sentence makes claims about, in the order of their words."""
    matches = list(_anchors(sentence, is_thing))
    marks = _marks(sentence)
    events = [event for match in matches if (event := _judge(match, marks)) is not None]
    events += _unnamed(sentence, events, marks, is_thing)
    told = {e.anchor for e in events if e.milestone == "announcement"}
    events = [e for e in events if not (e.status == "planned" and e.milestone == "contract" and e.head.dep_ == "ccomp" and e.head.head in told)]
    return _distinct(events)


def _anchors(sentence: Span, is_thing: IsThing) -> Iterator[Match]:
    covered: set[int] = set()
    for label, span in phrase_matches("events", sentence):
        if span[0].i in covered:
            continue
        covered.update(t.i for t in span)
        yield Match(span[0], label, True, len(span))
    for token in sentence:
        if token.i in covered:
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ") or (
            token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj", "compound")
        ):
            match = noun_match("events", token)
            if match and not _modifies(token):
                covered.add(token.i)
                yield match
                continue
        if is_verb(token) and token.i not in covered and token.dep_ not in ("aux", "auxpass"):
            match = _membership(token) or _announcement(token) or verb_match("events", token)
            if match is None:
                continue
            if token.dep_ == "amod" or (
                token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and not _dated_participle(token)
            ):
                continue
            if match.strong or _about_thing(token, is_thing):
                yield match


_MEMBERS = frozenset(["partner", "supplier", "country", "company", "firm", "industry", "member", "contractor", "nation", "government", "maker", "ally"])  # fmt: skip
_OUSTING = frozenset(["suspend", "remove", "expel", "exclude", "oust", "eject", "bar", "kick", "drop", "cut", "evict", "readmit", "ban", "shut", "throw", "admit", "reinstate"])  # fmt: skip


def _membership(verb: Token) -> Match | None:
    """'suspended Turkey from the programme': what is done to a partner is about its participation."""
    if lemma(verb) not in _OUSTING:
        return None
    for target in objects(verb):
        if target.ent_type_ in ("GPE", "ORG", "NORP") or lemma(target) in _MEMBERS:
            return Match(verb, "participation", True, 1)
    return None


def _announcement(verb: Token) -> Match | None:
    """'announced in December 2017 that it would buy': the announcement itself, where it has a date of its own."""
    if lemma(verb) != "announce" or verb.tag_ == "VBN":
        return None
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("prep", "npadvmod") and child.lower_ in ("in", "on") and any(t.pos_ == "PROPN" or t.like_num for t in child.subtree):
            if not any(t.lower_.endswith("day") for t in child.subtree) and any(t.ent_type_ == "DATE" for t in child.subtree):
                return Match(verb, "announcement", True, 1)
    return None


def _dated_participle(token: Token) -> bool:
    return any(c.dep_ in ("prep", "npadvmod", "agent") for c in token.children)


def _modifies(token: Token) -> bool:
    """Whether an event noun merely qualifies another noun ("delivery confidence")."""
    head = noun_head(token)
    if head is token:
        return False
    if token.dep_ == "poss":
        return False
    return lemma(head) not in words("deliverables", "schedule") and verb_match("status", head) is None and noun_match("events", head) is None and noun_match("status", head) is None  # fmt: skip


def _about_thing(verb: Token, is_thing: IsThing) -> bool:
    """Whether a common verb is about a thing of the programme: its object, or its subject where it has no object."""
    found = objects(verb)
    if any(is_thing(t) for t in found):
        return True
    who = subject(verb)
    if who is not None and is_thing(who):
        return True
    return any(
        is_thing(grandchild)
        for c in verb.children
        if c.dep_ in ("prep", "agent")
        for grandchild in c.children
        if grandchild.dep_ == "pobj"
    )


def _marks(sentence: Span) -> dict[int, str]:
    """Token index -> the status that a verb, noun or phrase there sets."""
    marks: dict[int, str] = {}
    for token in sentence:
        match: Match | None = None
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            match = verb_match("status", token, ("verbs",))
        elif token.pos_ in ("NOUN", "PROPN"):
            match = noun_match("status", token)
        if match:
            marks[token.i] = match.label
    for label, span in phrase_matches("status", sentence):
        marks[span.root.i] = label
    return marks


def _judge(match: Match, marks: dict[int, str]) -> Event | None:
    anchor = match.token
    top = anchor if is_verb(anchor) else noun_head(anchor)
    chain = governors(top)
    if top is not anchor:
        chain = [anchor, *chain]
    label = match.label
    state = _State("bare")
    if is_verb(anchor):
        state = _of_group(state, verb_group(anchor))
        own = marks.get(anchor.i, "")
        if own and own != "delayed":
            state = replace(state, mark=own)
    head = clause_verb(top) or top
    reach = {anchor, top}
    for below, word in itertools.pairwise(chain):
        reach.add(word)
        if word.pos_ == "ADP" or word.pos_ == "PART":
            continue
        if _is_aside(below, word):
            break
        state = _outward(state, word, below, marks, anchor)
    state = _beside(state, reach, marks, anchor)
    ongoing = match.label in ("negotiation", "production", "test", "other") and any(c.lower_ in ("ongoing", "continuing", "current") for c in top.children)  # fmt: skip
    if ongoing and top.dep_ in ("pobj", "poss"):
        return Event(anchor, anchor, label, "achieved", reach=(anchor,), rule="anchor")
    if not _claims(anchor, top, chain, state, match):
        return None
    if state.mark == "reaffirmed" and state.time == "past" and is_verb(anchor) and anchor.i not in marks:
        state = replace(state, mark="")
    status, modality, held = _settle(state)
    if _unsaid(chain[-1]):
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
    )


def _claims(anchor: Token, top: Token, chain: list[Token], state: _State, match: Match) -> bool:
    """Whether the sentence claims something of the milestone, rather than only mention it."""
    if match.label == "other":
        if is_verb(anchor):
            return True
        carrier = clause_verb(top)
        going = carrier is not None and lemma(carrier) in ("continue", "begin", "start", "complete", "proceed", "progress", "finish", "go")
        return top.dep_ in ("nsubj", "nsubjpass") and (bool(state.mark) or going)
    if is_verb(anchor):
        return _verb_claims(anchor, state, match)
    here = first_conjunct(top)
    if match.label == "approval" and lemma(anchor) == "decision" and any(c.dep_ in ("acl", "ccomp") for c in top.children):
        return False
    if here.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "appos", "oprd", "npadvmod", "dep"):
        return True
    if here.dep_ in ("pobj", "poss"):
        for below, word in itertools.pairwise(chain):
            if word.pos_ in ("NOUN", "PROPN") and (noun_match("status", word) or lemma(word) in _PHASE):
                return True
            if is_verb(word):
                held = verb_match("status", word, ("verbs",)) is not None or lemma(word) in words("doubt", "embedding", "plan")
                asked = lemma(word) in words("doubt", "embedding", "begin") or lemma(word) in _TALKED
                return (held or asked) and below.lower_ not in _ASIDE
            if word.pos_ in ("NOUN", "PROPN") and below.dep_ == "prep":
                return False
    return here.dep_ not in ("pobj", "poss", "compound", "amod")


def _verb_claims(anchor: Token, state: _State, match: Match) -> bool:
    """A verb claims something unless it only tells which thing is meant, or what something is for."""
    if _asked(anchor):
        return False
    if anchor.dep_ == "relcl" and match.label in ("production", "contract", "delivery", "test") and state.time in ("past", "present", "bare"):
        return bool(state.mark) or state.negated or _has_time(anchor)
    if match.label == "completion" and _carries_event(anchor):
        return False
    if state.time == "bare" and not state.mark and anchor.dep_ in ("advcl", "acl", "pcomp", "xcomp", "csubj", "amod"):
        return _has_time(anchor)
    return True


def _unsaid(top: Token) -> bool:
    """'has never said that it is operational': a claim that somebody does not make does not hold."""
    above = top.head
    return top.dep_ == "ccomp" and is_saying(above) and verb_group(above).negated and lemma(above) in ("say", "declare", "state", "announce")


def _asked(token: Token) -> bool:
    """Whether a clause asks ("whether it was signed") rather than tells."""
    while True:
        if any(c.dep_ in ("mark", "advmod") and c.lower_ in ("whether", "why", "how") and c.i < token.i for c in token.children):
            return True
        if token.dep_ not in ("xcomp", "conj", "ccomp") or token.head is token:
            return False
        token = token.head


def _has_time(token: Token) -> bool:
    return any(t.ent_type_ == "DATE" for t in token.subtree)


def _carries_event(verb: Token) -> bool:
    """'complete the trials', 'conclude a contract': the verb is a phase of the event that its object names."""
    for target in objects(verb):
        match = noun_match("events", target)
        if match and match.label in ("negotiation", "contract", "test", "first_flight", "installation", "approval", "shipment"):
            return True
    return False


_PHASE = frozenset(["start", "beginning", "completion", "end", "phase", "conclusion", "resumption", "round", "date", "part", "most", "rest", "remainder", "bulk", "all", "half", "schedule", "timetable", "calendar", "plan", "some", "first", "last", "series", "batch"])  # fmt: skip
_TALKED = frozenset(["speak", "talk", "put", "enter", "go", "move", "set", "commence", "lead", "point", "call"])
_ASIDE = frozenset(["after", "following", "under", "ahead", "because", "despite", "with", "since", "during", "prior", "before", "without", "until", "like", "as", "due", "in", "through", "throughout", "within"])  # fmt: skip


def _is_aside(below: Token, word: Token) -> bool:
    """Whether the chain leaves the claim here: an adverbial prepositional phrase says nothing of the verb's own claim."""
    return below.dep_ == "prep" and is_verb(word) and below.lower_ in _ASIDE


def _of_group(state: _State, group: VerbGroup) -> _State:
    time = state.time if state.time != "bare" else group.time
    return replace(
        state,
        time=time,
        possible=state.possible or group.possible,
        negated=state.negated != group.negated,
        yet=state.yet or group.yet,
    )


def _outward(state: _State, word: Token, below: Token, marks: dict[int, str], anchor: Token) -> _State:
    """One step up the chain: what the governing word makes of the event below it."""
    name = lemma(word)
    group = verb_group(word) if is_verb(word) else None
    mark = marks.get(word.i, "")
    if is_verb(word) and is_saying(word) and below.dep_ in ("ccomp", "parataxis") and not mark:
        return state
    if mark and not (
        mark == "cancelled"
        and name in ("end", "drop", "cut", "replace")
        and below.dep_ not in ("dobj", "nsubjpass", "nsubj")
    ):
        if mark == "denied" and below.dep_ not in ("ccomp", "xcomp", "dobj", "pcomp", "nsubjpass"):
            mark = ""
        if mark:
            state = replace(state, mark=state.mark or mark)
            return _of_group(state, group) if group else state
    if name in words("doubt", "embedding", "unlikely"):
        return replace(state, mark=state.mark or "at_risk", possible=True, time="future")
    if name in words("doubt", "embedding", "fail") and below.dep_ in ("xcomp", "acl"):
        return replace(_of_group(state, group) if group else state, negated=True)
    if group is None:
        if name in _RUMOURS and below.dep_ in ("acl", "ccomp", "relcl"):
            return state
        if name in ("plan", "decision", "intention", "intent", "aim", "goal", "schedule", "promise", "commitment", "option", "target", "due", "ready", "able") and below.dep_ in ("acl", "xcomp", "relcl", "prep"):  # fmt: skip
            return replace(state, time="future")
        if name in words("doubt", "embedding", "hope"):
            return replace(state, time="future", possible=True)
        return state
    if name in words("doubt", "embedding", "plan") and below.dep_ in (
        "xcomp",
        "ccomp",
        "nsubjpass",
        "dobj",
        "nsubj",
        "prep",
        "advcl",
        "acl",
    ):
        held = group.pluperfect or (name in ("suppose", "mean") and group.passive) or _lapsed(word)
        negated = state.negated != group.negated
        return replace(
            state, time="future", held=state.held or held, negated=negated, possible=state.possible or group.possible
        )
    if name in words("doubt", "embedding", "hope") and below.dep_ in ("xcomp", "ccomp", "dobj", "prep"):
        return replace(_of_group(replace(state, time="future"), group), time="future", possible=True)
    if name in words("doubt", "embedding", "stop") and below.dep_ in ("xcomp", "dobj"):
        return replace(_of_group(state, group), mark="suspended")
    if name in words("doubt", "embedding", "commit") and below.dep_ in ("xcomp",):
        if noun_or_verb_contract(anchor):
            return _of_group(replace(state, time="bare"), group)
        return replace(state, time="future")
    if name == "be" and below.dep_ == "xcomp":
        past = group.time == "past"
        return replace(
            state,
            time="future",
            held=state.held or (past and _has_perfect(below)),
            negated=state.negated != group.negated,
        )
    return _of_group(state, group)


_RUMOURS = frozenset(["report", "claim", "rumour", "rumor", "allegation", "suggestion", "story", "speculation", "assertion", "notion"])


def noun_or_verb_contract(anchor: Token) -> bool:
    """Whether an anchor is the placing of an order."""
    match = verb_match("events", anchor) if is_verb(anchor) else noun_match("events", anchor)
    return match is not None and match.label == "contract"


def _has_perfect(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)


def _lapsed(word: Token) -> bool:
    """'originally scheduled', 'was to have', 'had been due'."""
    return any(c.lower_ in ("originally", "initially", "previously", "once", "formerly") for c in word.children)


def _beside(state: _State, reach: set[Token], marks: dict[int, str], anchor: Token) -> _State:
    """Status words that hang beside the chain: 'may face a delay', 'is on track', 'later than planned'."""
    for token in anchor.sent:
        label = marks.get(token.i)
        if label is None or token in reach or state.mark:
            continue
        if _hangs_on(token, label, reach, anchor):
            state = replace(state, mark=label)
    return state


def _hangs_on(token: Token, label: str, reach: set[Token], anchor: Token) -> bool:
    """Whether a status word qualifies the claim: it climbs to the chain without leaving its clause."""
    if is_verb(token) and token.dep_ in ("advcl", "acl", "pcomp", "xcomp") and label != "reaffirmed":
        return False
    climb = token
    for _ in range(5):
        if climb in reach:
            return is_verb(climb) or climb is anchor or climb.dep_ in ("nsubj", "dobj")
        crossing = climb.dep_ in ("conj", "relcl", "ccomp", "nsubj", "nsubjpass", "appos", "parataxis", "poss")
        if crossing or (climb.dep_ == "advcl" and label != "reaffirmed") or climb.head is climb:
            return False
        if climb is not token and climb.lower_ in _ASIDE and label not in ("reaffirmed", "advanced"):
            return False
        climb = climb.head
    return False


def _settle(state: _State) -> tuple[str, str, bool]:
    """(status, modality, held) of a state."""
    modality = "possible" if state.possible else "certain"
    if state.mark:
        mark = state.mark
        if mark == "advanced":
            return "planned", modality, False
        if mark == "denied":
            return "denied", "denied", False
        if state.negated:
            if mark in ("delayed", "at_risk"):
                return "reaffirmed", modality, False
            if mark == "reaffirmed":
                return "at_risk", modality, False
            return mark, "denied", False
        if mark in ("delayed", "suspended", "cancelled") and state.possible:
            return "at_risk", "possible", False
        return mark, modality, mark == "delayed" and state.held
    if state.yet:
        return "planned", "denied", False
    if state.negated:
        return (
            ("planned", "denied", False)
            if state.time in ("past", "present", "result", "bare")
            else ("denied", "denied", False)
        )
    if state.held:
        return "delayed", modality, True
    if state.time in ("past", "present", "result"):
        return "achieved", modality, False
    return "planned", modality, False


def _unnamed(sentence: Span, events: list[Event], marks: dict[int, str], is_thing: IsThing) -> list[Event]:
    """Claims with a status or a plan but no milestone word: 'the second system was expected in 2020'."""
    used = {t.i for e in events for t in e.reach}
    found = []
    for token in sentence:
        if token.i in used or token.dep_ in ("aux", "auxpass", "amod") or not (is_verb(token) or token.pos_ == "ADJ"):
            continue
        planned = lemma(token) in words("doubt", "embedding", "plan") or (lemma(token) == "be" and _is_schedule(subject(token)))
        mark = marks.get(token.i, "") or (_complement_mark(token, marks) if is_verb(token) else "")
        if lemma(token) in _SHIFTS and any(_is_schedule(t) for t in objects(token)):
            mark = "delayed"
        if not (planned or mark) or _asked(token):
            continue
        thing = next((t for t in (subject(token), *objects(token)) if t is not None and (is_thing(t) or _is_schedule(t))), None)
        if thing is None or (thing.i in used and lemma(token) != "be"):
            continue
        state = _of_group(_State("bare"), verb_group(token))
        if mark:
            state = replace(state, mark=mark)
        elif not _has_time(token):
            continue
        else:
            past = verb_group(token).time == "past" and lemma(token) == "be"
            lapsed = past or verb_group(token).pluperfect or _lapsed(token) or lemma(token) in ("suppose", "mean")
            state = replace(state, time="future", held=lapsed)
        status, modality, held = _settle(state)
        found.append(Event(token, token, default_milestone(thing, bool(mark)), status, modality, held, False, (token,), "unnamed"))
    return found


_SHIFTS = frozenset(["move", "change", "shift", "affect", "impact", "alter", "extend", "stretch", "upset", "disrupt", "lengthen", "prolong", "derail"])  # fmt: skip


def _is_schedule(token: Token | None) -> bool:
    return token is not None and lemma(token) in words("deliverables", "schedule")


def _complement_mark(verb: Token, marks: dict[int, str]) -> str:
    for token in verb.subtree:
        if token.i in marks and token.dep_ in ("acomp", "attr", "prep", "dobj", "advmod", "pobj"):
            return marks[token.i]
    return ""


def default_milestone(thing: Token, marked: bool = True) -> str:
    """What is meant where no word names it: equipment is delivered, a schedule is that of the milestone before (SAME)."""
    if lemma(thing) in words("deliverables", "programme"):
        return "other"
    if _is_schedule(thing) or thing.pos_ == "PRON":
        return SAME
    return "delivery" if not marked or lemma(thing) in words("deliverables", "equipment") or thing.ent_type_ in ("ORDINAL", "CARDINAL") else "other"


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


def _same_claim(one: Event, two: Event) -> bool:
    if one.head is two.head:
        return True
    shared = set(one.reach) & set(two.reach)
    if shared:
        return True
    first, second = first_conjunct(one.head), first_conjunct(two.head)
    return (
        first is second
        and one.status == two.status
        and subject(one.head) is subject(two.head)
        and one.head is first is two.head
    )
