"""What a text is about where it names no system: works that a place names, else the kind of thing it keeps speaking of.

"The Tamar bridge", "the Eastgate hospital" are named by a place or a family and a kind of works; "the night-vision sets",
"the patrol boats" by their kind alone. A topic counts where the text or its title comes back to it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from slipcast.reading.designations import Designation, words

_CAP = r"[A-Z][\w'’-]+"


@lru_cache(maxsize=1)
def _works() -> re.Pattern[str]:
    kinds = "|".join(words()["words"]["works"])
    joined = rf"{_CAP}(?:(?: (?:of|de|and|to))? {_CAP}){{0,2}}"
    between = "|".join(sorted(words()["words"]["descriptions"], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({joined}) (?:(?:{between}) )?((?i:{kinds}))(s)?\b")


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    lexicon = words()["words"]
    kinds = "|".join(sorted({*lexicon["telling_kinds"], *lexicon["works"], *lexicon["wares"]}, key=len, reverse=True))
    between = "|".join(sorted({*lexicon["descriptions"], *lexicon["telling_kinds"]}, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?i:((?:(?:{between})[ -]){{0,3}})({kinds})(s)?)\b")


def topics(text: str, title: str) -> list[Designation]:
    """The places of what a text without a named system is about; [] where it comes back to nothing of the field."""
    return _places(_works(), text, title) or _places(_plain(), text, title)


def _places(pattern: re.Pattern[str], text: str, title: str) -> list[Designation]:
    """The places of the kind that a pattern finds most often, each shown by the kind's fullest form."""
    titled = {m.group(2).lower() for m in pattern.finditer(title)}
    counted: Counter[str] = Counter()
    fullest: dict[str, str] = {}
    for match in (*pattern.finditer(title), *pattern.finditer(text)):
        kind, name = match.group(2).lower(), _trimmed(match.group())
        if name.lower() != match.group(2).lower() and len(name) > len(fullest.get(kind, "")):
            fullest[kind] = name
    for kind in {m.group(2).lower() for m in (*pattern.finditer(title), *pattern.finditer(text))}:
        counted[kind] = len(re.findall(rf"(?i)(?<![\w-]){re.escape(kind)}s?\b", text))
    best = max(counted, key=lambda kind: (counted[kind] + 2 * (kind in titled), kind), default=None)
    if best is None or (counted[best] < 2 and best not in titled):
        return []
    kinds = re.compile(rf"(?i)(?<![\w-]){re.escape(best)}s?\b")
    return [Designation(m.span(), fullest.get(best, m.group()), "topic") for m in kinds.finditer(text)]


def _trimmed(name: str) -> str:
    parts = name.split()
    openers = words()["words"]["openers"]
    while len(parts) > 1 and parts[0].capitalize() in openers:
        parts = parts[1:]
    return " ".join(parts)
