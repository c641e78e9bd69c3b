"""Claims that name no milestone: 'the second system was expected in 2020', 'March is the new date', 'it slipped by a year'."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from slipcast.reading.anchors import IsThing
from slipcast.reading.asserted import has_time, is_asked
from slipcast.reading.clauses import is_verb, objects, subject, verb_group
from slipcast.reading.event import SAME, Event
from slipcast.reading.lexicon import lemma, noun_match, words
from slipcast.reading.standing import State, lapsed, settle, with_group

_HAVING = frozenset(["have", "see", "put", "field", "hold"])


_SHIFTS = frozenset(["move", "change", "shift", "affect", "impact", "alter", "extend", "stretch", "upset", "disrupt", "lengthen", "prolong", "derail"])  # fmt: skip


def find_unnamed(sentence: Span, events: list[Event], marks: dict[int, str], is_thing: IsThing) -> list[Event]:
    """Claims with a status or a plan but no milestone word: 'the second system was expected in 2020'."""
    used = {t.i for e in events for t in e.reach}
    found = []
    for token in sentence:
        if token.i in used or token.dep_ in ("aux", "auxpass", "amod") or not (is_verb(token) or token.pos_ == "ADJ"):
            continue
        planned = lemma(token) in words("doubt", "embedding", "plan") or _calls_for(token) or _dates(token)
        mark = marks.get(token.i, "") or (_complement_mark(token, marks) if is_verb(token) else "")
        who = subject(token) if is_verb(token) else None
        if who is not None and not mark and (delay := noun_match("status", who)):
            mark = delay.label
        if lemma(token) in _SHIFTS and any(is_schedule(t) for t in objects(token)):
            mark = "delayed"
        if not (planned or mark) or is_asked(token):
            continue
        things = [t for t in _arguments(token) if is_thing(t) or is_schedule(t) or noun_match("status", t)]
        thing = next((t for t in things if t.pos_ != "PRON" and not is_schedule(t)), things[0] if things else None)
        if thing is None and any(noun_match("status", t) for t in objects(token)):
            thing = objects(token)[0]
        if thing is None or (thing.i in used and lemma(token) != "be"):
            continue
        state = with_group(State("bare"), verb_group(token))
        if mark:
            state = replace(state, mark=mark)
        elif not has_time(token) and lemma(token) not in ("expect", "await"):
            continue
        else:
            past = verb_group(token).time == "past" and lemma(token) == "be"
            gone = past or verb_group(token).pluperfect or lapsed(token) or lemma(token) in ("suppose", "mean")
            state = replace(state, time="future", held=gone)
        status, modality, held = settle(state)
        found.append(Event(token, token, default_milestone(thing), status, modality, held, False, (token,), "unnamed"))
    return found


def _calls_for(verb: Token) -> bool:
    return lemma(verb) in ("call", "provide", "wait", "hope") and any(c.lower_ == "for" for c in verb.children)


def _dates(verb: Token) -> bool:
    """'the new date is March', 'March is the new date', 'will have three by May', 'puts the first in 2013'."""
    name = lemma(verb)
    if name == "be":
        return is_schedule(subject(verb)) or any(is_schedule(c) for c in verb.children if c.dep_ == "attr")
    group = verb_group(verb)
    ahead = group.time in ("future", "bare") or (name == "put" and group.time != "past")
    return name in _HAVING and ahead and any(c.dep_ == "dobj" for c in verb.children)


def _arguments(word: Token) -> list[Token]:
    """What a verb, or an adjective such as "due", is said of."""
    who = subject(word)
    found = [who] if who is not None else []
    found += objects(word)
    if is_verb(word):
        found += [
            t
            for c in word.children
            if c.dep_ == "prep" and c.lower_ in ("for", "on", "of")
            for t in c.children
            if t.dep_ == "pobj"
        ]
    else:
        who = subject(word.head) if word.dep_ == "acomp" else None
        found += [who] if who is not None else []
        found += [c for c in word.children if c.ent_type_ in ("ORDINAL", "CARDINAL")]
    found += [
        t
        for f in found
        if is_schedule(f)
        for c in f.children
        if c.dep_ == "prep"
        for t in c.children
        if t.dep_ == "pobj"
    ]
    return [t for t in found if t.ent_type_ != "DATE"]


def is_schedule(token: Token | None) -> bool:
    """Whether a word stands for a schedule or a date."""
    return token is not None and lemma(token) in words("deliverables", "schedule")


def _complement_mark(verb: Token, marks: dict[int, str]) -> str:
    for token in verb.subtree:
        if token.i in marks and token.dep_ in ("acomp", "attr", "prep", "dobj", "advmod", "pobj"):
            return marks[token.i]
    return ""


def default_milestone(thing: Token) -> str:
    """What is meant where no word names it: equipment is delivered, a schedule is that of the milestone before (SAME)."""
    if lemma(thing) in words("deliverables", "programme"):
        return "other"
    if is_schedule(thing) or thing.pos_ == "PRON" or noun_match("status", thing):
        return SAME
    return "delivery"
