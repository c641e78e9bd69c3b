"""Workshare from the maker's side: X makes A, X is the source of A, X is responsible for A."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from slipcast.reading.lexicon import lemma, words
from slipcast.reading.makers import (
    helpers,
    listed,
    makers,
    standing,
    subjects,
)
from slipcast.reading.nounlists import Phrase, core, counts
from slipcast.reading.parts import ShareFound, is_part, lines, parts, phrases

_IS = {"be", "remain", "become", "act", "serve", "stay"}
NOW = ("achieved", "certain")


def after(token: Token) -> list[Token]:
    """The tokens of the sentence behind this one."""
    return [t for t in token.sent if t.i > token.i]


def passive(verb: Token) -> bool:
    """Whether it is a participle that something is done by, not a perfect tense."""
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.dep_ == "acl" or any(c.dep_ in ("auxpass", "agent", "nsubjpass") for c in verb.children):
        return True
    return verb.dep_ == "conj" and verb.head.tag_ == "VBN" and passive(verb.head)


def active(verb: Token) -> Iterator[ShareFound]:
    """X makes A, B and C."""
    strict, noun = listed(verb, "provide"), _taken_for_noun(verb)
    if not (verb.pos_ in ("VERB", "AUX") or noun) or not (strict or listed(verb, "make")):
        return
    if passive(verb) or verb.dep_ == "acl":
        return
    state, heads = standing(verb), [verb.nbor(-1)] if noun else subjects(verb)
    who = makers(heads)
    row = after(verb)
    while row and row[0].tag_ == "RB":
        row = row[1:]
    if state is None or not who or not row or (row[0].tag_ in ("IN", "RP") and not counts(row)):
        return
    if strict and (verb.tag_ in ("VBD", "VBN") or ("to" in helpers(verb) and state[0] != "planned")):
        return
    alone = "sole" if any(c.lower_ in ("only", "alone") for h in heads for c in h.children) else None
    pronoun = row[0].lower_ in ("them", "these", "it")
    items = parts(row, strict=strict) or (_antecedent(row[0]) if pronoun else [])
    beside = [_beside(item) for item in items]
    for line in lines(who, items, state, verb, alone):
        own = next(said for item, (said, _) in zip(items, beside, strict=True) if item.text == line.part)
        yield replace(line, sourcing=own or alone)
    for item, (sourcing, others) in zip(items, beside, strict=True):
        yield from lines(others if sourcing == "second" else [], [item], NOW, verb)
    for item in phrases(row):  # Y the doors, and Z the tail
        below = core(item.rest)
        if below and below[0] == 0 and item.rest[0].tag_ in ("DT", "PRP$") and item.head.pos_ == "PROPN":
            yield from lines(makers([item.head]), parts(item.rest, strict=True), state, verb)


def _taken_for_noun(token: Token) -> bool:
    """GKN supplies wings: the tagger may take "supplies" for a plural."""
    if token.tag_ != "NNS" or token.i == token.sent.start or not listed(token, "make"):
        return False
    return token.nbor(-1).pos_ == "PROPN" or listed(token.nbor(-1), "generic_maker")


def _antecedent(pronoun: Token) -> list[Phrase]:
    """The parts that "them" picks up: the last list of parts before it in the sentence."""
    before = [t for t in pronoun.sent if t.i < pronoun.i]
    for at in range(len(before) - 1, -1, -1):
        if at == 0 or before[at].tag_ in ("IN", "VBZ", "VBD", "VBP", "VB", "VBN"):
            items = parts(before[at + 1 if at else 0 :], strict=True)
            if items and any(item.head.tag_ == "NNS" for item in items) == (pronoun.lower_ != "it"):
                return items
    return []


def sourcing_of(noun: Token) -> str | None:
    """What the words before "source" or "supplier" say."""
    before = noun.doc[max(noun.sent.start, noun.i - 4) : noun.i]
    said = {t.lower_ for t in before if t.head == noun or t.i == noun.i - 1}
    return "sole" if said & words("shares", "sole") else "second" if said & words("shares", "second") else None


def _beside(item: Phrase) -> tuple[str | None, list[str]]:
    """The sourcing and the other maker in "as second source to Y"."""
    for at, token in enumerate(item.rest):
        if listed(token, "maker") and (sourcing := sourcing_of(token)):
            return sourcing, makers(t for t in item.rest[at + 1 :] if t.dep_ == "pobj" and t.pos_ == "PROPN")
    return None, []


def source(noun: Token) -> Iterator[ShareFound]:
    """X is the sole source of A; X, the supplier of A, ...; the only maker of A is X; X is A's sole supplier."""
    if not listed(noun, "maker") or noun.dep_ not in ("attr", "appos", "pobj", "nsubj"):
        return
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    state: tuple[str, str] | None = NOW
    if noun.dep_ == "appos":
        who = makers([noun.head])
    elif lemma(verb) not in _IS or (noun.dep_ == "pobj" and noun.head.lower_ != "as"):
        return
    else:
        others = [c for c in verb.children if c.dep_ == "attr"] if noun.dep_ == "nsubj" else subjects(verb)
        who, state = makers(others), standing(verb)
    row = after(noun)
    if row and row[0].lower_ in ("of", "for"):
        items = parts(row[1:], strict=False)
    else:
        owned = [c for c in noun.children if c.dep_ == "poss" and is_part(c)]
        items = parts(list(owned[0].subtree)[:-1], strict=True) if owned else []
    if state is not None:
        yield from lines(who, items, state, noun, sourcing_of(noun))


def responsible(word: Token) -> Iterator[ShareFound]:
    """X is responsible for A."""
    row = after(word)
    if not listed(word, "responsible") or not row or row[0].lower_ != "for" or word.head.pos_ not in ("AUX", "VERB"):
        return
    state = standing(word.head)
    if state is not None and row[1:] and row[1].tag_ != "VBG":
        yield from lines(makers(subjects(word.head)), parts(row[1:], strict=True), state, word)
