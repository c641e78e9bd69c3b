"""Whether a text can be read at all: English, in sentences, not noise. What cannot is said so and not guessed at."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Characters looked at; enough to tell, few enough for any size of text.
SAMPLE = 6000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON = frozenset(
    "the of and to in a is for on that by with was as it be will has have are from at an its this which not had were "
    "been but or they their said would who he after until may more than first".split()
)
_BULLET = re.compile(r"[-–—•*▪●]\s|\d{1,2}[.)]\s|[QA][.:]\s")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")


#: The widest line that may have been wrapped by hand, and the narrowest block that counts as wrapped.
_WIDEST, _NARROWEST = 130, 40


def plain(text: str) -> str:
    """The text with invisible characters and wrapped line ends as spaces: of the same length, so that every offset stays."""
    return _unwrapped(_INVISIBLE.sub(" ", text))


def _unwrapped(text: str) -> str:
    """Line ends that only a narrow page made become spaces: the next line's first word had no room on the line before it."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    joined = [lines[0]]
    for first, last in _blocks(lines):
        width = max(len(line.rstrip()) for line in lines[first:last])
        for number in range(first, last):
            if number:
                wrapped = number > first and _is_wrapped(lines[number - 1], lines[number], width)
                joined.append((" " if wrapped else "\n") + lines[number])
    return "".join(joined)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines between blank ones, the blank line with what follows it."""
    first = 0
    for number, line in enumerate(lines):
        if not line.strip():
            if first < number:
                yield first, number
            first = number
    yield first, len(lines)


def _is_wrapped(line: str, following: str, width: int) -> bool:
    line, following = line.rstrip(), following.lstrip()
    if not _NARROWEST <= width <= _WIDEST or not line or not following or _BULLET.match(following):
        return False
    if following[0].islower():
        return len(line) >= _NARROWEST
    return len(line) + 1 + len(following.split()[0]) > width and line[-1] not in '.!?:”"'


def why_unreadable(text: str) -> str | None:
    """Why a text is not read: "not English", "all in capitals" or "noise"; None where nothing speaks against it.

    English is told by its commonest words: below one word in fourteen of them, forty words or more are not English.
    """
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(str.isalpha, sample))
    solid = len(sample) - sum(map(str.isspace, sample))
    if solid >= 80 and letters < 0.55 * solid:
        return "noise"
    if len(words) >= 40:
        if sum(word.lower() in _COMMON for word in words) * 14 < len(words):
            return "not English"
        if sum(map(str.isupper, sample)) > 0.8 * letters:
            return "all in capitals"
        if sum(len(word) == 1 and word.lower() not in ("a", "i") for word in words) > 0.25 * len(words):
            return "noise"
    return None
