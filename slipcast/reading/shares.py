"""Workshare: who makes which part of what.

What is said comes from the grammar of the sentence; which nouns can be parts comes from lexicons/shares.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Span, Token

from slipcast import names
from slipcast.reading import made, making, passing, roster
from slipcast.reading.lexicon import lemma, words
from slipcast.reading.parts import ShareFound, is_part

__all__ = ["ShareFound", "find_shares", "resolve_participant"]

_READERS: tuple[Callable[[Token], Iterator[ShareFound]], ...] = (
    making.active,
    made.made,
    making.source,
    made.bought,
    made.done,
    making.responsible,
    made.come,
    passing.replaced,
    passing.moved,
    passing.taken_over,
    passing.removed,
    passing.divided,
)
_PRONOUNS = {"it", "they", "we", "which", "who", "that"}
_POINTING = {"the", "these", "those", "both", "its", "their", "local"}
_PLURAL = {"they", "we", "companies", "firms", "businesses", "factories", "plants", "suppliers", "contractors"}


def find_shares(sentence: Span) -> list[ShareFound]:
    """The workshare lines of one parsed sentence, one a part and participant, in the order of the text.

    sentence: a spaCy span whose tokens carry a parse. Participants are as the sentence has them ("they", "the company");
    `resolve_participant` puts the document's names in.
    """
    if not any(is_part(token) for token in sentence):
        return []
    cues = [token for token in sentence if lemma(token) in _cues()]
    found = [share for token in cues for reader in _READERS for share in reader(token)]
    found += [*roster.labelled(sentence), *roster.bracketed(sentence)]
    return _merged([_within(share, found) for share in found])


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    """Lemmas of the words that a workshare line can hang on."""
    lists = ("make", "provide", "buy", "do", "come", "responsible", "maker", "replace", "move", "remove", "split")
    return frozenset({"take"}).union(*(words("shares", name) for name in lists))


def _within(share: ShareFound, found: Sequence[ShareFound]) -> ShareFound:
    """The American company, where the sentence names makers of several countries."""
    if not _is_loose(share.participant):
        return share
    country = names.country(share.participant)
    for other in found:
        if country and not _is_loose(other.participant) and _code(other.participant) == country.code:
            return replace(share, participant=other.participant)
    return share


def _merged(found: Sequence[ShareFound]) -> list[ShareFound]:
    """One line a participant and part: what is to come replaces what is, sourcing is kept; who is left out is out."""
    lines: dict[tuple[str, str], ShareFound] = {}
    for share in found:
        key = (share.participant.lower(), share.part.lower())
        known = lines.get(key)
        if known is None:
            lines[key] = share
        elif known.status == "achieved" and share.status != "achieved":
            lines[key] = replace(share, sourcing=share.sourcing or known.sourcing)
        else:
            lines[key] = replace(known, sourcing=known.sourcing or share.sourcing)
    alone = {s.part.lower(): s.participant for s in lines.values() if s.sourcing == "sole" and s.status == "planned"}
    return [
        replace(s, status="cancelled") if alone.get(s.part.lower(), s.participant) != s.participant else s
        for s in lines.values()
    ]


def _is_loose(name: str) -> bool:
    """Whether a participant only points at someone: "it", "the company", "the American company", "businesses there"."""
    tokens = name.split()
    if len(tokens) == 1:
        return name.lower() in _PRONOUNS
    if tokens[-1] == "there":
        return True
    rest = [t for t in tokens[1:] if not names.country(t)]
    return tokens[0].lower() in _POINTING and len(rest) == 1 and rest[0].islower()


def _code(name: str) -> str | None:
    found = names.country(name)
    return found.code if found else None


def resolve_participant(found: ShareFound, earlier: Sequence[ShareFound], speaker: str | None = None) -> ShareFound:
    """Put a name in the place of "it", "the company" or "businesses there", from what the document named before.

    earlier: the shares found so far in the document, oldest first, resolved. speaker: whose words these are, for "we".
    A country in the words ("the American company") must be the other's; several point back at several.
    """
    name = found.participant
    if name.lower() == "we":
        return replace(found, participant=speaker) if speaker else found
    if not _is_loose(name):
        return found
    code, several = _code(name), _is_plural(name)
    options = [s.participant for s in earlier if not code or _code(s.participant) == code]
    alike = [option for option in options if _is_plural(option) == several]
    chosen = (alike or options)[-1:]
    return replace(found, participant=chosen[0]) if chosen else found


def _is_plural(name: str) -> bool:
    last = [w for w in name.lower().split() if w in _PLURAL or w.rstrip("s") in words("shares", "generic_maker")]
    return bool(last) and (last[-1] in _PLURAL or last[-1] == "industry" or last[-1].endswith("s"))
