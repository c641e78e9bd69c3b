"""Which nouns are parts, how many, and of what: the objects of workshare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from slipcast import names
from slipcast.domain import Comparator, Quantity
from slipcast.reading.lexicon import lemma, words
from slipcast.reading.makers import listed
from slipcast.reading.nounlists import Phrase, core, read_list

_SIGNS: dict[str, Comparator] = {
    "more than": ">", "over": ">", "at least": ">", "up to": "<", "less than": "<", "fewer than": "<",
    "about": "~", "around": "~", "roughly": "~", "some": "~", "nearly": "~", "almost": "~",
}  # fmt: skip
_NOT_PARTS = ("DATE", "TIME", "GPE", "PERSON", "LOC", "MONEY")


@dataclass(frozen=True, slots=True)
class ShareFound:
    """One line of workshare. sourcing: "sole", "second" or None; programme_hint: the words that name what the part is for;
    modality: as in a statement; cue: code points, in the sentence's Doc, of the word that says it."""

    participant: str
    part: str
    sourcing: str | None = None
    status: str = "achieved"
    quantity: Quantity | None = None
    programme_hint: str | None = None
    modality: str = "certain"
    cue: tuple[int, int] = (0, 0)


def is_part(token: Token) -> bool:
    """Whether the noun names a part; "tank" or "stage" only with a noun before it. The tagger may call a noun a verb."""
    if token.lower_ in words("shares", "part") or lemma(token) in words("shares", "part"):
        return True
    before = token.doc[token.i - 1] if token.i > token.sent.start else token
    if listed(before, "whole_before"):
        return False
    return listed(token, "part_of_two") and before.tag_ in ("NN", "NNS", "JJ", "VBN", "VBG") and before.text.islower()


def phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """All items of the list that a row of tokens holds."""
    return read_list(tokens, includes=words("shares", "includes"), tails=words("shares", "tail"), belongs=is_part)


def _partitive(item: Phrase) -> bool:
    """Some of the components, 30 per cent of the fuselage: a part of a part."""
    return any(is_part(t) for t in item.head.doc[item.head.i + 1 : item.end])


def parts(tokens: Sequence[Token], *, strict: bool) -> list[Phrase]:
    """The parts in a row of tokens. One part noun makes its whole list a list of parts, unless strict.

    A bare "parts" or "components" that only announces a list is left out.
    """
    items = phrases(tokens)
    sure = [item for item in items if is_part(item.head) or _partitive(item)]
    kept: list[Phrase] = []
    announced: tuple[Token, ...] = ()
    for at, item in enumerate(items if sure else []):
        if item not in sure and (strict or item.head.pos_ == "PROPN"):
            continue
        if item.head.ent_type_ in _NOT_PARTS or (listed(item.head, "no_part", "work") and not _partitive(item)):
            continue
        announces = at + 1 < len(items) and items[at + 1].nested and not item.nested
        if announces and item.bare and listed(item.head, "container"):
            announced = item.rest
            continue
        kept.append(replace(_without_work(item), rest=(*item.rest, *announced)))
    return kept


def _without_work(item: Phrase) -> Phrase:
    """The wing, of "the production of the wing"."""
    after = item.head.i + 1
    if not listed(item.head, "work") or item.head.doc[after].lower_ not in ("of", "on"):
        return item
    head = next(t for t in item.head.doc[after : item.end] if is_part(t))
    return Phrase(after + 1, item.end, head, item.rest, item.nested)


def quantity(item: Phrase) -> Quantity | None:
    """How many: "more than 900 parts"."""
    tokens = list(item.head.doc[item.start : item.head.i])
    numbers = [t for t in tokens if t.text.replace(",", "").isdigit()]
    if not numbers or item.head.lower_ in ("cent", "percent"):
        return None
    before = " ".join(t.lower_ for t in tokens if t.i < numbers[0].i)
    equal: Comparator = "="
    sign = next((s for phrase, s in _SIGNS.items() if before.endswith(phrase)), equal)
    return Quantity(float(numbers[0].text.replace(",", "")), sign, item.head.text)


def _names_whole(head: Token) -> bool:
    return listed(head, "whole") or head.pos_ == "PROPN" or any(c.isdigit() for c in head.text)


def hint(item: Phrase) -> str | None:
    """What the part is for: "for the program" after it, or the designation of no engine before it ("F-35 parts")."""
    rest = list(item.rest)
    for at, token in enumerate(rest):
        row = rest[at + 1 :] if token.lower_ in ("for", "of", "on") else []
        below = core(row)
        if below and below[0] == 0 and _names_whole(below[2]):
            return item.head.doc[row[0].i : row[below[1] - 1].i + 1].text.rstrip(".")
        if row[1:] and row[0].tag_ == "DT" and row[1].text.isdigit():
            return row[1].text  # the 787
    for found in names.find(item.text):
        if isinstance(found.entry, names.System) and found.entry.kind != "engine":
            return item.text[slice(*found.span)]
    return None


def lines(
    who: Iterable[str], items: Sequence[Phrase], state: tuple[str, str], cue: Token, sourcing: str | None = None
) -> Iterator[ShareFound]:
    """A line for each participant and part; what one item of the list is for, all are."""
    common = next((h for item in items if (h := hint(item))), None)
    for maker in who:
        for item in items:
            span = (cue.idx, cue.idx + len(cue))
            yield ShareFound(maker, item.text, sourcing, state[0], quantity(item), hint(item) or common, state[1], span)
