"""Whether a text can be read at all: English, in sentences, not noise. What cannot is said so and not guessed at."""

from __future__ import annotations

import re

#: Characters looked at; enough to tell, few enough for any size of text.
SAMPLE = 6000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON = frozenset(
    "the of and to in a is for on that by with was as it be will has have are from at an its this which not had were "
    "been but or they their said would who he after until may more than first".split()
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")


def plain(text: str) -> str:
    """The text with invisible characters as spaces: of the same length, so that every offset stays."""
    return _INVISIBLE.sub(" ", text)


def why_unreadable(text: str) -> str | None:
    """Why a text is not read: "not English", "all in capitals" or "noise"; None where nothing speaks against it.

    English is told by its commonest words: below one word in fourteen of them, forty words or more are not English.
    """
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(str.isalpha, sample))
    solid = sum(not c.isspace() for c in sample)
    if solid >= 80 and letters < 0.55 * solid:
        return "noise"
    if len(words) >= 40:
        if sum(word.lower() in _COMMON for word in words) * 14 < len(words):
            return "not English"
        if sum(c.isupper() for c in sample) > 0.8 * letters:
            return "all in capitals"
        if sum(len(word) == 1 and word.lower() not in ("a", "i") for word in words) > 0.25 * len(words):
            return "noise"
    return None
