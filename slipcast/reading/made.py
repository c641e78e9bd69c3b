"""Workshare from the part's side: A is made by X, A comes from X, A is bought from X, work on A is done by X."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from slipcast.reading.makers import conjuncts, governor, listed, maker_at, makers, standing, subjects
from slipcast.reading.making import after, passive
from slipcast.reading.parts import ShareFound, is_part, lines, parts, phrases


def _objects_of(verb: Token, *prepositions: str) -> list[Token]:
    """Heads of what follows these prepositions at a verb, with what is coordinated."""
    heads = [p for c in verb.children if c.lower_ in prepositions for p in c.children if p.dep_ == "pobj"]
    return [m for head in heads for m in conjuncts(head) if not is_part(m)]


def made(verb: Token) -> Iterator[ShareFound]:
    """A is made by X, A made in Belfast by X, A would be made in Turkey; and B by Y."""
    if not listed(verb, "make", "provide", "buy") or not passive(verb):
        return
    state, finite = standing(verb), verb.dep_ != "acl"
    markers = ("from",) if listed(verb, "buy") else ("by",)
    who, above = makers(_objects_of(verb, *markers)), verb
    alone = "sole" if who and any(t.lower_ in ("alone", "only", "solely") for t in after(verb)[:8]) else None
    while finite and not any(c.dep_ in ("nsubjpass", "nsubj") for c in above.children) and (higher := governor(above)):
        above = higher
    if not who and finite and listed(verb, "make"):
        markers = ("in",)
        who = [p.text for p in _objects_of(verb, "in") if p.ent_type_ == "GPE" and p.pos_ == "PROPN"]
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
            yield from _likewise(verb, markers[0], state)


def _likewise(verb: Token, marker: str, state: tuple[str, str]) -> Iterator[ShareFound]:
    """The later halves of "the wings are made by X, the tail by Y and the engines by Z"."""
    for item in phrases(after(verb)):
        if is_part(item.head) and item.rest and item.rest[0].lower_ == marker:
            yield from lines(maker_at(item.rest[1:]), [item], state, verb)


def bought(verb: Token) -> Iterator[ShareFound]:
    """Y buys A from X."""
    row = after(verb)
    state = standing(verb) if listed(verb, "buy") and verb.pos_ == "VERB" and not passive(verb) else None
    if state is None or not makers(subjects(verb)):
        return
    for item in parts(row, strict=True):
        for at, token in enumerate(item.rest):
            if token.lower_ == "from":
                yield from lines(maker_at(item.rest[at + 1 :]), [item], state, verb)
                break


def done(verb: Token) -> Iterator[ShareFound]:
    """Work on A is done by X; assembly of A takes place in Turkey."""
    heads = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and listed(c, "work")]
    state = standing(verb) if heads and listed(verb, "do") else None
    if state is None:
        return
    places = [p.text for p in _objects_of(verb, "in") if p.ent_type_ == "GPE" and p.pos_ == "PROPN"]
    row = [t for t in heads[0].subtree if t.i > heads[0].i]
    if row and row[0].lower_ in ("of", "on"):
        yield from lines(makers(_objects_of(verb, "by")) or places, parts(row[1:], strict=True), state, verb)


def come(verb: Token) -> Iterator[ShareFound]:
    """The doors come from X."""
    row = after(verb)
    if not listed(verb, "come") or verb.pos_ != "VERB" or not row or row[0].lower_ != "from":
        return
    who, state = maker_at(row[1:]), standing(verb)
    for head in verb.children:
        if head.dep_ == "nsubj" and who and state is not None and row[1].pos_ == "PROPN":
            yield from lines(who, parts([t for t in head.subtree if t.i < verb.i], strict=True), state, verb)
            yield from _likewise(verb, "from", state)
