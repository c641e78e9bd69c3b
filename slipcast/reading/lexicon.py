"""The lexicons of events, status and doubt: read once, matched on a parsed sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Span, Token

_BELOW = {"prt", "prep", "dobj", "pobj", "acomp", "attr", "advmod", "oprd", "xcomp", "amod", "compound", "advcl", "dative", "npadvmod", "ccomp", "conj", "nsubjpass"}  # fmt: skip
Table = dict[str, Any]


@lru_cache(maxsize=8)
def load(name: str) -> Table:
    """One lexicon file, parsed. name: without its ending."""
    return tomllib.loads(files("slipcast.reading.lexicons").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words(name: str, *keys: str) -> frozenset[str]:
    """A list of a lexicon as a set; keys: the path to it."""
    value: Any = load(name)
    for key in keys:
        value = value[key]
    return frozenset(value)


@lru_cache(maxsize=4)
def words_map(key: str) -> dict[str, str]:
    """A table of the lexicon of things: word -> word."""
    return dict(load("deliverables")[key])


@dataclass(frozen=True, slots=True)
class Match:
    """A lexicon pattern found at a token. label: milestone or status; strong: counts without a thing; size: its words."""

    token: Token
    label: str
    strong: bool
    size: int


@lru_cache(maxsize=8)
def _by_head(name: str, key: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """head lemma -> [(label, further lemmas)], longest first."""
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for label, entry in load(name).items():
        for pattern in entry.get(key, ()):
            head, *rest = pattern.split("+")
            out.setdefault(head, []).append((label, tuple(rest)))
    for options in out.values():
        options.sort(key=lambda option: -len(option[1]))
    return out


@lru_cache(maxsize=8)
def _noun_sequences(name: str) -> dict[str, list[tuple[str, tuple[str, ...], int]]]:
    """head lemma -> [(label, lemma sequence, where the head stands in it)], longest first."""
    out: dict[str, list[tuple[str, tuple[str, ...], int]]] = {}
    for label, entry in load(name).items():
        for pattern in entry.get("nouns", ()):
            sequence = tuple(pattern.split())
            head = 0 if {"of", "into", "for", "to"} & set(sequence) else len(sequence) - 1
            out.setdefault(sequence[head], []).append((label, sequence, head))
    for options in out.values():
        options.sort(key=lambda option: -len(option[1]))
    return out


def lemma(token: Token) -> str:
    """The lemma in lower case; capitals of a name are lowered and a plain plural s is taken off."""
    value = str(token.lemma_ or token.lower_).lower()
    value = words_map("mend").get(value if value != "hop" else token.lower_, value)
    if token.pos_ == "PROPN" and len(value) > 4 and value.endswith("s") and not value.endswith("ss"):
        value = value[:-3] + "y" if value.endswith("ies") else value[:-1]
    return value


def below(token: Token, depth: int = 2) -> Iterator[Token]:
    """Children and grandchildren through the relations that build phrasal verbs."""
    for child in token.children:
        if child.dep_ in _BELOW:
            yield child
            if depth > 1:
                yield from below(child, depth - 1)


def _in_infinitive(token: Token, verb: Token) -> bool:
    """Whether a word belongs to a clause below the verb rather than to the verb."""
    while token != verb:
        if token.dep_ in ("xcomp", "ccomp", "advcl"):
            return True
        token = token.head
    return False


def verb_match(name: str, token: Token, keys: Iterable[str] = ("verbs", "thing_verbs")) -> Match | None:
    """The longest verb pattern of a lexicon whose head is this token."""
    best: Match | None = None
    under: set[str] | None = None
    for key in keys:
        for label, rest in _by_head(name, key).get(lemma(token), ()):
            if rest:
                if under is None:
                    depth = 2 if lemma(token) == "be" else 3
                    near = [t for t in below(token, depth) if depth == 3 or not _in_infinitive(t, token)]
                    under = {form for t in near for form in (lemma(t), t.lower_)}
                if not set(rest) <= under:
                    continue
            if best is None or len(rest) + 1 > best.size:
                best = Match(token, label, key == "verbs", len(rest) + 1)
            break
    return best


def noun_match(name: str, token: Token) -> Match | None:
    """The longest noun sequence of a lexicon whose head is this token."""
    doc, start, end = token.doc, token.sent.start, token.sent.end
    for label, sequence, head in _noun_sequences(name).get(lemma(token), ()):
        low = token.i - head
        high = low + len(sequence)
        if low < start or high > end:
            continue
        if all(w in (lemma(doc[low + k]), doc[low + k].lower_) for k, w in enumerate(sequence)):
            return Match(token, label, True, len(sequence))
    return None


@lru_cache(maxsize=8)
def _phrases(name: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (label, re.compile(r"\b(?:" + "|".join(entry["phrases"]) + r")", re.IGNORECASE))
        for label, entry in load(name).items()
        if entry.get("phrases")
    ]


def phrase_matches(name: str, sentence: Span) -> Iterator[tuple[str, Span]]:
    """Phrases of a lexicon in a sentence, as token spans."""
    text = sentence.text
    for label, pattern in _phrases(name):
        for found in pattern.finditer(text):
            span = sentence.char_span(found.start(), found.end(), alignment_mode="expand")
            if span is not None and len(span):
                yield label, span
