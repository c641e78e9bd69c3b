"""Cut a text into sentences, cheaply and safely for abbreviations, initials, quotes, lists and headlines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

#: A sentence longer than this is no sentence: its tail is left unread, and counted.
LONGEST = 1600

_BOUNDARY = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"”’'»)\]]*)(?P<gap>[ \t\u00a0]+)(?=[\"“‘'«(\[—–-]?\s?[A-Z0-9À-ÞĀ-Ž])"
)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
#: What stands before a paragraph's first sentence: a bullet, a time of day, a dateline.
_HEAD = re.compile(
    r"\s*(?:[-–—•*▪●]\s+(?=[A-Z0-9“\"(])|[QA][.:]\s+(?=[A-Z“\"])|\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})? ?[-–—:]\s+|"
    r"(?:[A-ZÀ-ÞĀŞİ][A-ZÀ-ÞŞİĞ'’.]+(?:[ /-][A-ZÀ-ÞŞİĞ][A-ZÀ-ÞŞİĞ'’.]*)*)(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){0,2}"
    rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)?(?: \([\w /.]+\))?(?: ?[–—]| -|:)\s+)(?=\S)"
)
_LAST_WORD = re.compile(r"[^\s\"“‘(\[]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. start, end: code points of the document's text, without outer space; paragraph: its number."""

    start: int
    end: int
    paragraph: int


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    text = files("slipcast.reading.lexicons").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _is_abbreviation(text: str, dot: int, after: int) -> bool:
    """Whether the full stop at `dot` belongs to the word before it, and what follows at `after` goes on."""
    found = _LAST_WORD.search(text, max(0, dot - 24), dot)
    if not found:
        return False
    word = found.group()
    if word in _abbreviations():
        return True
    if word in ("No", "Nos", "Lt", "Art", "Fig", "Sec", "para"):
        return text[after].isdigit()
    if _INITIALS.fullmatch(word):
        # "U.S. Air Force", "B. S. Dhanoa": goes on; "in the U.S. The ..." is cut by the article.
        return not re.match(r"(?:The|This|That|It|He|She|They|A|An|In|On|But|And)\b", text[after : after + 5])
    return False


def split(text: str) -> list[Sentence]:
    """The sentences of a text in order. A line break always ends one; nothing but space lies between them."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        start, end = paragraph.span()
        head = _HEAD.match(text, start, end)
        if head and head.end() < end:
            _add(found, text, start, head.end(), number)
            start = head.end()
        for cut in _BOUNDARY.finditer(text, start, end):
            after = cut.end()
            if cut.group("mark") == "." and not cut.group("close") and _is_abbreviation(text, cut.start(), after):
                continue
            _add(found, text, start, cut.start("gap"), number)
            start = after
        _add(found, text, start, end, number)
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Sentence(start, end, paragraph))
