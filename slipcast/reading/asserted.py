"""Whether a sentence claims something of a milestone, or only mentions it."""

from __future__ import annotations

import itertools

from spacy.tokens import Token

from slipcast.reading.clauses import clause_verb, first_conjunct, is_saying, is_verb, objects, verb_group
from slipcast.reading.lexicon import Match, lemma, noun_match, verb_match, words
from slipcast.reading.standing import ASIDE, State

_FLIGHTS = frozenset(["launch", "liftoff", "lift-off", "docking", "undocking", "landing", "splashdown", "training", "spacewalk", "blastoff", "re-entry"])  # fmt: skip
_PHASE = frozenset(["start", "beginning", "completion", "end", "phase", "conclusion", "resumption", "round", "date", "part", "most", "rest", "remainder", "bulk", "all", "half", "schedule", "timetable", "calendar", "plan", "some", "first", "last", "series", "batch", "track", "course", "target"])  # fmt: skip
_ABSTRACT = frozenset(["stage", "phase", "end", "agreement", "deal", "limit", "target", "goal", "milestone", "point", "level", "peak", "decision", "conclusion", "compromise", "consensus", "verdict", "figure", "mark", "status", "impasse", "deadlock"])  # fmt: skip
_TALKED = frozenset(["speak", "talk", "put", "enter", "go", "move", "set", "commence", "lead", "point", "call"])


def is_claimed(anchor: Token, top: Token, chain: list[Token], state: State, match: Match) -> bool:
    """Whether the sentence claims something of the milestone, rather than only mention it."""
    if match.label == "other" and not is_verb(anchor) and lemma(anchor) not in _FLIGHTS:
        carrier = clause_verb(top)
        going = carrier is not None and lemma(carrier) in (
            "continue",
            "begin",
            "start",
            "complete",
            "proceed",
            "progress",
            "finish",
            "go",
        )
        return top.dep_ in ("nsubj", "nsubjpass") and (bool(state.mark) or going)
    if is_verb(anchor):
        return _verb_claims(anchor, state, match)
    here = first_conjunct(top)
    if (
        match.label == "approval"
        and lemma(anchor) == "decision"
        and any(c.dep_ == "ccomp" or (c.dep_ == "acl" and c.tag_ == "VB") for c in top.children)
    ):
        return False
    if here.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "appos", "oprd", "npadvmod", "dep"):
        return True
    if here.dep_ in ("pobj", "poss"):
        if _in_talks(here) or is_past_mention(top):
            return True
        for below, word in itertools.pairwise(chain):
            if word.lower_ == "part" and word.head.lower_ == "as":
                return False  # "as part of the deal" tells what a thing belongs to, not how the deal stands
            if word.pos_ in ("NOUN", "PROPN") and (noun_match("status", word) or lemma(word) in _PHASE):
                return True
            if is_verb(word):
                held = verb_match("status", word, ("verbs",)) is not None or lemma(word) in words(
                    "doubt", "embedding", "plan"
                )
                asked = lemma(word) in words("doubt", "embedding", "begin") or lemma(word) in _TALKED
                return (held or asked) and below.lower_ not in ASIDE
            if word.pos_ in ("NOUN", "PROPN") and below.dep_ == "prep":
                return False
    return here.dep_ not in ("pobj", "poss", "compound", "amod")


def _in_talks(noun: Token) -> bool:
    """'is in talks with', 'entered into negotiations'."""
    preposition = noun.head
    return preposition.lower_ in ("in", "into") and lemma(preposition.head) in (
        "be",
        "enter",
        "remain",
        "engage",
        "lock",
        "hold",
        "stay",
    )


def is_past_mention(noun: Token) -> bool:
    """'Following acceptance of the last unit in May', 'under the contract of 2017': a mention with a date tells of the event."""
    if noun.dep_ != "pobj" or is_verb(noun):
        return False
    if noun.head.lower_ in ("following", "after", "since"):
        return has_time(noun)
    dated = any(
        c.lower_ in ("of", "from", "in") and any(t.like_num and len(t) == 4 for t in c.children) for c in noun.children
    )
    return dated and noun.head.lower_ in ("under", "in", "by", "since", "from")


def _verb_claims(anchor: Token, state: State, match: Match) -> bool:
    """A verb claims something unless it only tells which thing is meant, or what something is for."""
    if is_asked(anchor):
        return False
    if (
        anchor.dep_ == "relcl"
        and match.label in ("production", "contract", "delivery", "test")
        and state.time in ("past", "present", "bare")
    ):
        return bool(state.mark) or state.negated or has_time(anchor)
    if match.label == "completion" and _carries_event(anchor):
        return False
    if match.label == "delivery" and any(lemma(thing) in _ABSTRACT for thing in objects(anchor)):
        return False  # talks that have reached their last stage are not delivered
    if state.time == "bare" and not state.mark and anchor.dep_ in ("advcl", "acl", "pcomp", "xcomp", "csubj", "amod"):
        return has_time(anchor)
    return True


def is_unsaid(top: Token) -> bool:
    """'has never said that it is operational': a claim that somebody does not make does not hold."""
    above = top.head
    return (
        top.dep_ == "ccomp"
        and is_saying(above)
        and verb_group(above).negated
        and lemma(above) in ("say", "declare", "state", "announce")
    )


def is_disbelieved(top: Token) -> bool:
    """'nobody believes that it will come'."""
    above = top.head
    return (
        top.dep_ == "ccomp" and lemma(above) in ("believe", "think", "expect", "reckon") and verb_group(above).negated
    )


def is_asked(token: Token) -> bool:
    """Whether a clause asks ("whether it was signed") rather than tells."""
    while True:
        if any(
            c.dep_ in ("mark", "advmod")
            and c.lower_ in (("whether", "why", "how", "when") if token.dep_ == "ccomp" else ("whether", "why", "how"))
            and c.i < token.i
            for c in token.children
        ):
            return True
        if token.dep_ not in ("xcomp", "conj", "ccomp") or token.head == token:
            return False
        token = token.head


_CONDITIONS = frozenset(["if", "unless", "provided", "once", "until", "assuming", "providing", "whether"])


def in_condition(token: Token) -> bool:
    """Whether a word stands inside a condition, or inside speech that nobody claims ("let's buy it")."""
    while token.head != token:
        if any(
            c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS and c.i < token.i for c in token.children
        ) and is_verb(token):
            return True
        if token.dep_ in ("ccomp", "conj", "xcomp") and token.head.lower_ in ("let", "let's"):
            return True
        if token.dep_ in ("ccomp", "pcomp", "advcl") and token.head.lower_ in (
            "provided",
            "providing",
            "assuming",
            "supposing",
        ):
            return True
        if token.dep_ == "relcl":
            return False
        token = token.head
    return is_verb(token) and any(c.dep_ == "aux" and c.lower_ == "let" for c in token.children)


def has_time(token: Token) -> bool:
    """Whether a date hangs below a word."""
    return any(t.ent_type_ == "DATE" for t in token.subtree)


def _carries_event(verb: Token) -> bool:
    """'complete the trials', 'conclude a contract': the verb is a phase of the event that its object names."""
    for target in objects(verb):
        match = noun_match("events", target)
        if match and match.label in (
            "negotiation",
            "contract",
            "test",
            "first_flight",
            "installation",
            "approval",
            "shipment",
        ):
            return True
    return False
