"""Outlets: whether a name is that of a medium, and its bare name ("the Turkish newspaper Hurriyet" is "Hurriyet")."""

from __future__ import annotations

import re
from functools import lru_cache

from slipcast import names
from slipcast.reading.lexicon import load

_NAMED = re.compile(r"(?:[A-Z0-9][\w.&’'-]*)(?: (?:of|and|the) (?=[A-Z]))?(?: ?[A-Z0-9][\w.&’'-]*)*$")
_ADDRESS = re.compile(r"\b[\w-]+\.(?:com|net|org|info|ru|az|am|uk|de|fr|tr|eu|news)\b")


def is_medium(speaker: str) -> bool:
    """Whether a name is that of an outlet: one known, a web address, or one called a newspaper, a channel, a report."""
    return bool(names.outlet(speaker) or _ADDRESS.search(speaker) or _medium_words().search(speaker))


def medium_name(phrase: str) -> str:
    """The name of an outlet without what it is called: "the Turkish newspaper Hurriyet" is "Hurriyet"."""
    found = re.split(r"(?:^|\s)(?:agency|site|report by)\s", _medium_words().sub("agency", phrase))
    last = found[-1].strip() if len(found) > 1 else ""
    return last if last and _NAMED.fullmatch(last) else re.sub(r"^[Tt]he ", "", phrase)


@lru_cache(maxsize=1)
def _medium_words() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(load('speech')['frames']['media'])})\b")
