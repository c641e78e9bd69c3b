"""Which country, party or system a name in a statement means: the gazetteer, read the way programmes need it."""

from __future__ import annotations

import re
from functools import lru_cache

from slipcast import names

_APART = re.compile(r"[^\w.]+")
_DOTS = re.compile(r"(?<!\d)\.|\.(?!\d)")
_SPELT = {"defense": "defence", "program": "programme", "center": "centre"}
_DESIGNATION = re.compile(r"\b([A-Z]{1,4})([- ]?)(\d{1,4})([A-Z]?)\b")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The words of a text alone, folded, one space apart: "U.S. Air Force's" is "us air force"."""
    return " ".join(_APART.sub(" ", _DOTS.sub("", re.sub(r"'s\b", "", names.fold(text)))).split())


@lru_cache(maxsize=16384)
def country_of(text: str) -> names.CountryName | None:
    """The country that a phrase stands for, else the first one that it names itself or by one of its organisations."""
    whole = names.country(text)
    if whole:
        return whole
    for found in names.find(text):
        if isinstance(found.entry, names.CountryName):
            return found.entry
        if isinstance(found.entry, names.Organisation) and found.entry.country:
            return names.country(found.entry.name)
    return None


@lru_cache(maxsize=16384)
def organisations_in(text: str) -> tuple[str, ...]:
    """Canonical names of the organisations that a phrase names, in order."""
    return tuple(found.entry.name for found in names.find(text) if isinstance(found.entry, names.Organisation))


@lru_cache(maxsize=16384)
def system_of(text: str) -> tuple[str, str | None] | None:
    """(canonical name, kind of equipment) of a system's name; None where unknown.

    A variant that is told by one letter is its family's programme (F-35A: F-35); a mark or block is its own (Tejas Mk 1A).
    """
    found = names.system(text)
    if not found:
        return None
    letter = found.family and re.fullmatch(re.escape(found.family) + "[A-Z]", found.name)
    return (found.family if letter and found.family else found.name), found.kind if found.kind != "-" else None


@lru_cache(maxsize=16384)
def family_of(system: str) -> str | None:
    """The family that a system is a variant of."""
    found = names.system(system)
    return found.family if found and found.name == system else None


@lru_cache(maxsize=16384)
def designation_of(text: str) -> str | None:
    """The designation in a name, one variant letter off after a hyphen: "KC-46A Pegasus" is "KC-46"."""
    found = _DESIGNATION.search(text)
    if not found:
        return None
    head, joint, number, variant = found.groups()
    return f"{head}-{number}" if joint == "-" else f"{head}{number}{variant}"


@lru_cache(maxsize=65536)
def same_person(one: str, other: str) -> bool:
    """Whether two names are one speaker: equal as words, one body with and without its country, or one person's name.

    A description is equal to itself alone.
    """
    if plain(one) == plain(other):
        return True
    if _body(one) == _body(other) and len(_body(one)) > 1:
        ours, theirs = country_of(one), country_of(other)
        return ours is None or theirs is None or ours.code == theirs.code
    described = any(word[:1].islower() for name in (one, other) for word in name.split())
    return not described and names.same_person(one, other)


def _body(text: str) -> tuple[str, ...]:
    """The words of a body's name without its country, as in "Poland's Ministry of Defence" and "Ministry of Defense"."""
    words = [_SPELT.get(word, word) for word in plain(text).split() if word != "the"]
    return tuple(word for word in words if names.country(word) is None)
