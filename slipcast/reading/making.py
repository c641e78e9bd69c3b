"""Workshare as it stands: X makes A, A is made by X, X is the source of A, X is responsible for A, "Engines: X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from slipcast.reading.lexicon import lemma, words
from slipcast.reading.makers import (
    conjuncts,
    governor,
    helpers,
    listed,
    maker_at,
    makers,
    participant,
    standing,
    subjects,
)
from slipcast.reading.nounlists import Phrase
from slipcast.reading.parts import ShareFound, is_part, lines, parts

_IS = {"be", "remain", "become", "act", "serve", "stay"}
_NOW = ("achieved", "certain")
_LONGEST_LABEL = 40


def after(token: Token) -> list[Token]:
    """The tokens of the sentence behind this one."""
    return [t for t in token.sent if t.i > token.i]


def passive(verb: Token) -> bool:
    """Whether it is a participle that something is done by, not a perfect tense."""
    return verb.tag_ in ("VBN", "VBD") and (
        verb.dep_ == "acl" or any(c.dep_ in ("auxpass", "agent", "nsubjpass") for c in verb.children)
    )


def active(verb: Token) -> Iterator[ShareFound]:
    """X makes A, B and C."""
    strict = listed(verb, "provide")
    if verb.pos_ not in ("VERB", "AUX") or not (strict or listed(verb, "make")) or passive(verb) or verb.dep_ == "acl":
        return
    state, heads = standing(verb), subjects(verb)
    who = makers(heads)
    row = after(verb)
    while row and row[0].tag_ == "RB":
        row = row[1:]
    if state is None or not who or not row or row[0].tag_ in ("IN", "RP"):
        return
    if strict and (verb.tag_ in ("VBD", "VBN") or ("to" in helpers(verb) and state[0] != "planned")):
        return
    alone = "sole" if any(c.lower_ in ("only", "alone") for h in heads for c in h.children) else None
    pronoun = row[0].lower_ in ("them", "these", "it")
    for item in parts(row, strict=strict) or (_antecedent(row[0]) if pronoun else []):
        sourcing, others = _beside(item)
        yield from lines(who, [item], state, verb, sourcing or alone)
        if sourcing == "second":
            yield from lines(others, [item], _NOW, verb)


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


def made(verb: Token) -> Iterator[ShareFound]:
    """A is made by X, A made in Belfast by X, A would be made in Turkey."""
    if not listed(verb, "make") or not passive(verb):
        return
    state, finite = standing(verb), verb.dep_ != "acl"
    agents = [
        m for c in verb.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj" for m in conjuncts(p)
    ]
    alone = "sole" if any(t.lower_ in ("alone", "only", "solely") for t in after(verb)[:8]) and agents else None
    who, above = makers(agents), verb
    while finite and not any(c.dep_ in ("nsubjpass", "nsubj") for c in above.children) and (higher := governor(above)):
        above = higher
    if not agents and finite:
        places = [p for c in verb.children if c.lower_ == "in" for p in c.children if p.dep_ == "pobj"]
        who = [p.text for p in places if p.ent_type_ == "GPE" and p.pos_ == "PROPN"]
    if state is None or not who:
        return
    if not finite:
        yield from lines(
            who, parts(list(verb.doc[verb.head.left_edge.i : verb.head.i + 1]), strict=True), state, verb, alone
        )
    for head in above.children if finite else ():
        if head.dep_ in ("nsubjpass", "nsubj"):
            row = [t for t in head.subtree if t.i < above.i]
            yield from lines(who, parts(row, strict=True), state, verb, alone)


def source(noun: Token) -> Iterator[ShareFound]:
    """X is the sole source of A; X, the supplier of A, ...; the only maker of A is X; X is A's sole supplier."""
    if not listed(noun, "maker") or noun.dep_ not in ("attr", "appos", "pobj", "nsubj"):
        return
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    state: tuple[str, str] | None = _NOW
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


def come(verb: Token) -> Iterator[ShareFound]:
    """The doors come from X."""
    row = after(verb)
    if not listed(verb, "come") or verb.pos_ != "VERB" or not row or row[0].lower_ != "from":
        return
    who, state = maker_at(row[1:]), standing(verb)
    for head in verb.children:
        if head.dep_ == "nsubj" and who and state is not None and row[1].pos_ == "PROPN":
            yield from lines(who, parts([t for t in head.subtree if t.i < verb.i], strict=True), state, verb)


def labelled(sentence: Span) -> Iterator[ShareFound]:
    """A line of a list: "Engines: Example Motors EM 40, Springfield"."""
    colon = next((t for t in sentence if t.text == ":"), None)
    if colon is None or len(sentence) > _LONGEST_LABEL or any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in sentence):
        return
    label = [t for t in sentence if t.i < colon.i and not t.is_punct]
    name: list[Token] = []
    for token in after(colon):
        if not (token.pos_ == "PROPN" or token.text in ("&", "-")) or any(c.isdigit() for c in token.text):
            break
        name.append(token)
    items = parts(label, strict=True) if len(label) <= 5 else []
    if items and name and (len(name) > 1 or participant(name[0])):
        yield from lines([sentence.doc[name[0].i : name[-1].i + 1].text], items, _NOW, colon)
