"""Who passes words on, and who stays unnamed: read off the words of a sentence beside its speaker."""

from __future__ import annotations

import re

from slipcast import names
from slipcast.reading.lexicon import load
from slipcast.reading.persons import NAME, Roster
from slipcast.reading.relays import is_medium, medium_name

_RUN = r"(?:[Tt]he )?(?:[\w’'-]+ ){0,4}?[A-Z][\w.&’'-]*(?: (?:of |and |the )?[A-Z][\w.&’'-]*){0,4}"
_TOLD = re.compile(rf"\b(?:told|tells|telling|(?:in an )?interview (?:with|by|to|for)|speaking to|spoke to|wrote in|writing in|posted on|remarks to|quoted by|cited by|carried by|published by|reported by|to the (?:newspaper|broadcaster|agency)) ({_RUN})")  # fmt: skip
_PASSED = re.compile(rf"\b({_RUN})(?:,)? (?:reported|reports|quoted|quotes|cited|cites|citing|wrote|writes|said citing)\b|\b(?:citing|quoting|according to) ({_RUN})")  # fmt: skip


def channels(sentence: str, speaker: str) -> tuple[str, ...]:
    """The channels and outlets that a speaker's words came through, nearest to the speaker first."""
    found: list[str] = []
    for pattern in (_TOLD, _PASSED):
        for match in pattern.finditer(sentence):
            run = next(g for g in match.groups() if g)
            name = medium_name(run).rstrip(".")
            listens = pattern is _TOLD and bool(re.fullmatch(r"[A-Z].*", name)) and not re.fullmatch(NAME, name)
            if not (is_medium(run) or (listens and names.organisation(name) is None and names.country(name) is None)):
                continue
            if name not in found and name not in speaker and speaker not in name:
                found.append(name)
    return tuple(found)


def is_unnamed(speaker: str, roster: Roster) -> bool:
    """Whether a speaker stays a source without a name: "a senior official", "two people", "sources close to the talks"."""
    roles = load("speech")["roles"]
    if roster.find(speaker) is not None or names.organisation(speaker) is not None:
        return False
    words = re.findall(
        r"[A-Za-z]+", re.split(r"\b(?:at|of|in|from|with|close|familiar|who|for|near|inside|within)\b", speaker)[0]
    )
    head = words[-1].lower() if words else ""
    singular = {head, re.sub(r"s$", "", head), re.sub(r"men$", "man", head), {"people": "person"}.get(head, head)}
    if not words or not words[-1][0].islower() or singular & set(roles["on_record"]):
        return False
    return bool(singular & set(roles["unnamed"]))
