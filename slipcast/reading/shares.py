"""Workshare: who makes which part of what.

Verbs of making with a list of parts, parts made by someone, sources of a part, and work that passes from one to another.
What is said comes from the grammar of the sentence; which nouns can be parts comes from lexicons/shares.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from slipcast.domain import Quantity
from slipcast.reading.makers import conjuncts, governor, lemma, participant, standing, subjects, words
from slipcast.reading.nounlists import Phrase, core, read_list


@dataclass(frozen=True, slots=True)
class ShareFound:
    """One line of workshare. sourcing: "sole", "second" or None; programme_hint: the words that name what the part is for;
    cue: code points of the word that says so, in the sentence's Doc."""

    participant: str
    part: str
    sourcing: str | None = None
    status: str = "achieved"
    quantity: Quantity | None = None
    programme_hint: str | None = None
    modality: str = "certain"
    cue: tuple[int, int] = (0, 0)


def find_shares(sentence: Span) -> list[ShareFound]:
    """The workshare lines of one parsed sentence, one a part and participant, in the order of the text."""
    found: dict[tuple[str, str], ShareFound] = {}
    for share in _all(sentence):
        key = (share.participant.lower(), share.part.lower())
        known = found.get(key)
        if known is None or (known.sourcing is None and share.sourcing):
            found[key] = share
    return list(found.values())


def _all(sentence: Span) -> Iterator[ShareFound]:
    for token in sentence:
        for reader in _READERS:
            yield from reader(token)


def _is_part(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and (
        lemma(token) in words()["part"] or token.lower_ in words()["part"]
    )


def _list(tokens: Sequence[Token]) -> list[Phrase]:
    lists = words()
    return read_list(tokens, includes=lists["includes"], tails=lists["tail"], belongs=_is_part)


def _partitive(item: Phrase) -> bool:
    """ "some of the components", "30 per cent of the fuselage": a part of a part."""
    return any(_is_part(t) for t in item.head.doc[item.head.i + 1 : item.end])


def _parts(items: Sequence[Phrase], *, strict: bool) -> list[Phrase]:
    """The items that are parts. One part noun makes its whole list a list of parts, unless strict."""
    sure = [item for item in items if _is_part(item.head) or _partitive(item)]
    if not sure:
        return []
    kept = []
    for at, item in enumerate(items):
        if item not in sure and (
            strict or item.head.pos_ == "PROPN" or item.head.ent_type_ in ("DATE", "GPE", "PERSON")
        ):
            continue
        if lemma(item.head) in words()["no_part"]:
            continue
        announces = at + 1 < len(items) and items[at + 1].nested and not item.nested
        if announces and item.bare and lemma(item.head) in words()["container"]:
            continue
        kept.append(item)
    return kept


def _quantity(item: Phrase) -> Quantity | None:
    tokens = list(item.head.doc[item.start : item.head.i])
    numbers = [t for t in tokens if t.like_num and t.text.replace(",", "").replace(".", "").isdigit()]
    if not numbers:
        return None
    before = " ".join(t.lower_ for t in tokens if t.i < numbers[0].i)
    signs = {
        "more than": ">",
        "over": ">",
        "at least": ">",
        "up to": "<",
        "less than": "<",
        "fewer than": "<",
        "about": "~",
    }
    signs |= {"around": "~", "roughly": "~", "some": "~", "nearly": "~", "almost": "~"}
    sign = next((s for phrase, s in signs.items() if before.endswith(phrase)), "=")
    return Quantity(float(numbers[0].text.replace(",", "")), sign, item.head.text)  # type: ignore[arg-type]


def _hint(item: Phrase) -> str | None:
    """What the part is for: "for the program" after it, or a designation before it ("F-35 parts")."""
    rest = list(item.rest)
    for at, token in enumerate(rest):
        if token.lower_ in ("for", "of", "on") and (below := core(rest[at + 1 :])) and below[0] == 0:
            return item.head.doc[rest[at + 1].i : rest[at + below[1]].i + 1].text
    inside = [
        t for t in item.head.doc[item.start : item.head.i] if any(c.isdigit() for c in t.text) and t.text[0].isalpha()
    ]
    straight = (
        inside and inside[-1].i == item.head.i - 1 and lemma(item.head) not in ("engine", "radar", "turbine", "motor")
    )
    return inside[-1].text if straight else None


def _lines(
    makers: Iterable[str], items: Sequence[Phrase], state: tuple[str, str], cue: Token, sourcing: str | None = None
) -> Iterator[ShareFound]:
    hints = [_hint(item) for item in items]
    common = next((hint for hint in hints if hint), None)
    for maker in makers:
        for item, hint in zip(items, hints, strict=True):
            yield ShareFound(
                maker,
                item.text,
                sourcing,
                state[0],
                _quantity(item),
                hint or common,
                state[1],
                (cue.idx, cue.idx + len(cue)),
            )


def _after(token: Token) -> list[Token]:
    return [t for t in token.sent if t.i > token.i]


def _makers(tokens: Iterable[Token]) -> list[str]:
    return [name for token in tokens if (name := participant(token))]


def _passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and (
        any(c.dep_ in ("auxpass", "agent", "nsubjpass") for c in verb.children) or verb.dep_ == "acl"
    )


def _active(verb: Token) -> Iterator[ShareFound]:
    """X makes A, B and C."""
    lists, name = words(), lemma(verb)
    if verb.pos_ not in ("VERB", "AUX") or name not in lists["make"] | lists["provide"] or _passive(verb):
        return
    state, makers = standing(verb), _makers(subjects(verb))
    if state is None or not makers:
        return
    if name in lists["provide"] and (verb.tag_ not in ("VBZ", "VBP", "VBG", "VB") or state[0] == "cancelled"):
        return
    row = _after(verb)
    while row and row[0].tag_ in ("RB", "RP"):
        row = row[1:]
    if not row or row[0].tag_ == "IN":
        return
    items = _parts(_list(row), strict=name in lists["provide"])
    if not items and row[0].lower_ in ("them", "these", "it"):
        items = _antecedent(row[0])
    for item in items:
        sourcing, other = _beside(item)
        yield from _lines(makers, [item], state, verb, sourcing)
        if other and sourcing == "second":
            yield from _lines(other, [item], ("achieved", "certain"), verb)


def _antecedent(pronoun: Token) -> list[Phrase]:
    """The parts that "them" picks up: the last list of parts before it in the sentence."""
    before = [t for t in pronoun.sent if t.i < pronoun.i]
    for at in range(len(before) - 1, -1, -1):
        if before[at].tag_ in ("IN", "VBZ", "VBD", "VBP", "VB", "VBN") or at == 0:
            items = _parts(_list(before[at + 1 if at else 0 :]), strict=True)
            if items and any(i.head.tag_ in ("NNS", "NNPS") for i in items) == (pronoun.lower_ != "it"):
                return items
    return []


def _beside(item: Phrase) -> tuple[str | None, list[str]]:
    """ "as second source to Y": the sourcing, and the other maker."""
    rest = list(item.rest)
    for at, token in enumerate(rest):
        if lemma(token) in words()["maker"] and (sourcing := _sourcing(token)):
            return sourcing, _makers(t for t in rest[at + 1 :] if t.dep_ == "pobj")
    return None, []


def _sourcing(maker: Token) -> str | None:
    """What the adjectives of "source" or "supplier" say."""
    said = {
        t.lower_
        for t in maker.doc[max(maker.sent.start, maker.i - 4) : maker.i]
        if t.head == maker or t.i == maker.i - 1
    }
    return "sole" if said & words()["sole"] else "second" if said & words()["second"] else None


def _made(verb: Token) -> Iterator[ShareFound]:
    """A is made by X, A made in Belfast by X, A would be made in Turkey."""
    if lemma(verb) not in words()["make"] or not _passive(verb):
        return
    state = standing(verb)
    makers = _makers(
        m for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj" for m in conjuncts(p)
    )
    above, finite = verb, verb.dep_ != "acl"
    while finite and not any(c.dep_ in ("nsubjpass", "nsubj") for c in above.children) and (higher := governor(above)):
        above = higher
    if not makers and finite:
        places = [
            p for c in verb.children if c.dep_ == "prep" and c.lower_ == "in" for p in c.children if p.dep_ == "pobj"
        ]
        makers = [p.text for p in places if p.ent_type_ == "GPE" and p.pos_ == "PROPN"]
    if state is None or not makers:
        return
    heads = [c for c in above.children if c.dep_ in ("nsubjpass", "nsubj")] if finite else [verb.head]
    for head in heads:
        items = _parts(
            _list([t for t in head.subtree if t.i < (verb.i if finite else head.i + 1) and t.i >= head.left_edge.i]),
            strict=True,
        )
        yield from _lines(makers, items, state, verb)


def _source(noun: Token) -> Iterator[ShareFound]:
    """X is the sole source of A; X, the supplier of A, ..."""
    if lemma(noun) not in words()["maker"] or noun.dep_ not in ("attr", "appos", "pobj"):
        return
    if noun.dep_ == "appos":
        makers, state = _makers([noun.head]), ("achieved", "certain")
    else:
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun.head
        if verb.pos_ not in ("VERB", "AUX") or lemma(verb) not in {"be", "remain", "become", "act", "serve", "stay"}:
            return
        told = standing(verb)
        if told is None:
            return
        makers, state = _makers(subjects(verb)), told
    row = _after(noun)
    if not makers or not row or row[0].lower_ not in ("of", "for"):
        return
    items = _parts(_list(row[1:]), strict=False)
    yield from _lines(makers, items, state, noun, _sourcing(noun))


_READERS: tuple[Callable[[Token], Iterator[ShareFound]], ...] = (_active, _made, _source)


def resolve_participant(found: ShareFound, earlier: Sequence[ShareFound], speaker: str | None = None) -> ShareFound:
    """Put a name in the place of "it", "the company" or "businesses there", from what the document named before.

    earlier: the shares found so far in the document, oldest first, resolved; speaker: whose words these are, for "we".
    """
    name = found.participant.lower()
    if name == "we":
        return replace(found, participant=speaker) if speaker else found
    tokens = name.split()
    loose = tokens[-1] in ("there", "it", "they", "which", "who", "that") or (
        tokens[0] in ("the", "these", "its") and len(tokens) == 2
    )
    if loose and earlier:
        return replace(found, participant=earlier[-1].participant)
    return found
