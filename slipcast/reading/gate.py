"""The first stage: a lexical gate that turns away sentences and documents that cannot hold a statement.

It is wide on purpose. A sentence passes on one stem of the field, or where it carries on from a sentence that passed;
a document passes on a few different stems. What it turns away never reaches the encoder, and the encoder is what costs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from slipcast.reading.sentences import Sentence

_DESIGNATION = r"\b(?:[A-Z]{1,5}[a-z]?-?\d{1,4}[A-Z]{0,3}s?|[A-Z][a-z]+ \d{1,3}|[A-Z]{3,})\b"
_DATED = r"\b(?:19|20)\d\d\b"
_PLENTY = 5  #: different stems that are enough by themselves
_PLENTY_SHORT = 3  #: and in a short text
_BRIEF = 100  #: characters up to which a sentence carries on from its neighbour
_SHORT = 1000  #: characters up to which one stem is enough: a dispatch of two sentences need not repeat itself


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern[str], re.Pattern[str]]:
    text = files("slipcast.reading.lexicons").joinpath("gate.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return by_letter(table["strong"] + table["weak"]), by_letter(table["strong"])


def by_letter(stems: Iterable[str]) -> re.Pattern[str]:
    """Any of the stems at a word's beginning, in text of small letters; of two that fit the one that is named first.

    They are tried by their first letter, which takes a twentieth of the time of trying one after the other.
    """
    rest: dict[str, list[str]] = {}
    for stem in stems:
        bare = stem.removeprefix(r"\b")
        letter = bare[0] if bare[0].isalpha() else ""
        rest.setdefault(letter, []).append(bare.removeprefix(letter))
    return re.compile(r"\b(?:" + "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in rest.items()) + ")")


@lru_cache(maxsize=1)
def _shape() -> re.Pattern[str]:
    return re.compile(f"{_DESIGNATION}|{_DATED}")


def passes_sentence(sentence: str) -> bool:
    """Whether a sentence may hold a statement."""
    return _stems()[0].search(sentence.lower()) is not None


def passes_document(text: str) -> bool:
    """Whether a text may hold statements: two different strong stems (one where it is short) and a year or designation.

    Without those, five different stems: a story may name its ship by a word and its dates by the season.
    """
    need, plenty = (1, _PLENTY_SHORT) if len(text) <= _SHORT else (2, _PLENTY)
    seen: set[str] = set()
    for found in _stems()[1].finditer(text.lower()):
        seen.add(found.group()[:6])
        if len(seen) >= plenty or (len(seen) == need and _shape().search(text)):
            return True
    return False


def passing(text: str, sentences: list[Sentence]) -> list[bool]:
    """For each sentence, whether it is to be read: by itself, or as a short one beside one that passes ("It has not.")."""
    own = [passes_sentence(text[s.start : s.end]) for s in sentences]
    beside = [a or b for a, b in zip([False, *own], [*own[1:], False], strict=False)]
    brief = (s.end - s.start <= _BRIEF for s in sentences)
    return [mine or (near and short) for mine, near, short in zip(own, beside, brief, strict=True)]
