"""Workshare that passes on: replaced, moved, taken over, removed, divided between makers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from slipcast.reading.lexicon import lemma
from slipcast.reading.makers import conjuncts, listed, maker_at, makers, participant, standing, subjects
from slipcast.reading.making import after, passive
from slipcast.reading.nounlists import Phrase
from slipcast.reading.parts import ShareFound, is_part, lines, parts

_OUT = ("cancelled", "certain")


def _following(row: Sequence[Token], *markers: str) -> list[Token]:
    """What stands behind the first of these words, [] where there is none."""
    for at, token in enumerate(row):
        if token.lower_ in markers:
            return list(row[at + 1 :])
    return []


def _as_maker(row: Sequence[Token]) -> list[Phrase]:
    """The parts in "as (the) supplier of A"."""
    for at, token in enumerate(row):
        if listed(token, "maker") and any(t.lower_ == "as" for t in row[max(0, at - 4) : at]):
            behind = list(row[at + 1 :])
            return parts(behind[1:], strict=False) if behind and behind[0].lower_ in ("of", "for") else []
    return []


def _owners(head: Token) -> list[str]:
    """Whose part it is: "X's display", "the display of X", "the display made by X"."""
    found = [c for c in head.children if c.dep_ == "poss" and c.pos_ == "PROPN"]
    for child in head.children:
        if child.i > head.i and child.lower_ in ("of", "from", "by"):
            found += [p for p in child.children if p.dep_ == "pobj" and p.pos_ == "PROPN"]
        if child.dep_ == "acl":
            found += [p for c in child.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
    return makers(found)


def _owned(head: Token) -> list[Phrase]:
    """The part itself, without its owner."""
    owners = [c for c in head.children if c.dep_ == "poss" and c.pos_ == "PROPN"]
    start = max((c.right_edge.i for c in owners), default=head.left_edge.i - 1) + 1
    return parts(list(head.doc[start : head.i + 1]), strict=True)


def replaced(verb: Token) -> Iterator[ShareFound]:
    """A of X will be replaced by Y's; X is replaced by Y as the supplier of A; Y will replace X as the supplier of A."""
    state = standing(verb) if verb.pos_ == "VERB" and listed(verb, "replace") else None
    heads, row = subjects(verb) if state else [], after(verb)
    if state is None or not heads:
        return
    if passive(verb):
        old, behind = heads[0], _following(row, "by", "with")
        new = maker_at(behind) or maker_at(_following(behind[:4], "from", "by"))
    else:
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        if not objects:
            return
        old, new = objects[0], makers(heads) or _owners(heads[0])
    items = _as_maker(row)
    leaving = makers([old])
    if not items and is_part(old):
        items, leaving = _owned(old), _owners(old)
    yield from lines(leaving, items, _OUT, verb)
    yield from lines(new, items, state, verb)


def moved(verb: Token) -> Iterator[ShareFound]:
    """Work on A moves from X to Y; the work was moved from X to Y."""
    state = standing(verb) if verb.pos_ == "VERB" and listed(verb, "move") else None
    if state is None:
        return
    things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")] or subjects(verb)
    items = [item for thing in things for item in _worked_on(thing)]
    row = after(verb)
    yield from lines(_named(_following(row, "from")), items, _OUT, verb)
    yield from lines(_named(_following(row, "to")), items, state, verb)


def _worked_on(thing: Token) -> list[Phrase]:
    """The parts of "work on A", "production of A", or A itself."""
    row = [t for t in thing.subtree if t.i >= thing.left_edge.i]
    if listed(thing, "work"):
        return parts(_following(row, "on", "of"), strict=True)
    return parts(row, strict=True) if is_part(thing) else []


def _named(row: Sequence[Token]) -> list[str]:
    return maker_at(row) if row and (row[0].pos_ in ("PROPN", "DET") or listed(row[0], "generic_maker")) else []


def taken_over(verb: Token) -> Iterator[ShareFound]:
    """Y takes over the production of A from X."""
    row = after(verb)
    over = any(c.lower_ == "over" for c in verb.children)
    state = standing(verb) if lemma(verb) == "take" and over and not passive(verb) else None
    if state is None:
        return
    items = [item for c in verb.children if c.dep_ == "dobj" for item in _worked_on(c)]
    yield from lines(makers(subjects(verb)), items, state, verb)
    yield from lines(_named(_following(row, "from")), items, _OUT, verb)


def removed(verb: Token) -> Iterator[ShareFound]:
    """X was dropped, or suspended, as a supplier of A."""
    if not listed(verb, "remove") or not passive(verb):
        return
    state = standing(verb)
    word = "suspended" if lemma(verb) == "suspend" else "cancelled"
    if state is not None:
        yield from lines(makers(subjects(verb)), _as_maker(after(verb)), (word, state[1]), verb)


def divided(verb: Token) -> Iterator[ShareFound]:
    """A, until now split between X and Y; X and Y share A."""
    row = after(verb)
    if listed(verb, "split") and not passive(verb) and len(sharers := makers(subjects(verb))) > 1:
        state = standing(verb)
        yield from lines(sharers, parts(row, strict=True) if state else [], state or _OUT, verb)
        return
    if (
        not listed(verb, "split")
        or verb.tag_ not in ("VBN", "VBD")
        or not row
        or row[0].lower_ not in ("between", "among")
    ):
        return
    first = [t for t in row[1:] if t.dep_ == "pobj" and t.head == row[0]]
    who = [name for t in first for c in conjuncts(t) if (name := participant(c))]
    items = parts([t for t in verb.sent if t.i < verb.i], strict=True)
    yield from lines(who, items[-1:], ("achieved", "certain"), verb)
