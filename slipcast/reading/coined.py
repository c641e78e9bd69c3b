"""Names that no list knows and no form gives away: "the Heron ferry", "Merlinet", told by the company that they keep.

A proper name counts where a telling noun follows it (with up to three words of description between), and then wherever it
stands. Where a text names no system at all, a proper name that takes an article, or that its title gives too, is its system.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from slipcast import names
from slipcast.reading.designations import Designation, words
from slipcast.reading.lexicon import load

_WORD = r"[A-Z][a-z]{2,14}(?:-[A-Z][a-z]{2,14})?"
_NAME = rf"{_WORD}(?: (?:{_WORD}|\d{{1,3}}|I{{1,3}}|IV|V))?"
_ARTICLE = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Ff]irst|[Ss]econd|[Tt]hird|[Nn]ew|\d{{1,3}}) ({_NAME})(?='s?\b|\b)(?! [A-Z])"
)
_PROPER = re.compile(rf"(?<![.!?:;“\"] )(?<![\w-])({_NAME})\b")


_LAST = re.compile(r"\b([A-Z][\w'-]*) $")


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    lexicon = words()["words"]
    kinds, between = "|".join(lexicon["telling_kinds"]), "|".join(lexicon["descriptions"])
    return re.compile(rf"(?<![\w-])({_NAME})(?: (?:{between})){{0,3}} (?:{kinds})s?\b")


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    kinds = "|".join(sorted(words()["words"]["named_kinds"], key=len, reverse=True))
    return re.compile(
        rf"\b(?i:the|an?|its|their|named|[a-z]+['’]s) (?:[\w-]+ ){{0,2}}(?:{kinds}) (?:[“\"‘'])?({_WORD}(?: {_WORD})?)(?!\w)"
    )


def coined(text: str, title: str = "") -> list[Designation]:
    """Every place in a text of the names that a telling noun gives away in it or in its title, in order."""
    found = dict.fromkeys(
        name
        for told in (title, text)
        for pattern in (_told(), _called())
        for match in pattern.finditer(told)
        if not _goes_on(told, match.start(1)) and (name := _name(match.group(1), match.start(1)))
    )
    places = [
        Designation(match.span(), name, "coined")
        for name in found
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    ]
    return sorted(places, key=lambda one: (one.span[0], -one.span[1]))


def recurring(text: str, title: str) -> list[Designation]:
    """The places of the one name that a text without a system keeps coming back to; [] where there is none."""
    counted: Counter[str] = Counter()
    with_article = {name for match in _ARTICLE.finditer(text) if (name := _name(match.group(1), 1))}
    for match in _PROPER.finditer(text):
        for form in dict.fromkeys((match.group(1), match.group(1).split()[0])):
            if name := _name(form, 1):
                counted[name] += 1
    titled = {
        name
        for match in re.finditer(_NAME, title)
        for form in (match.group(), match.group().split()[0])
        if (name := _name(form, 1))
    }
    likely = {name for name in counted if (name in titled) + (name in with_article) + (counted[name] > 1) > 1}
    likely = {name for name in likely & with_article if not _is_land(text, name)}
    if not likely:
        return []
    best = max(sorted(likely), key=lambda name: (counted[name] + 2 * (name in titled), len(name)))
    return [Designation(m.span(), best, "coined") for m in re.finditer(rf"(?<![\w-]){re.escape(best)}(?![\w-])", text)]


def _goes_on(text: str, start: int) -> bool:
    """Whether a capitalised word before it belongs to the same name: Queen | Elizabeth class."""
    before = _LAST.search(text, max(0, start - 30), start)
    word = before.group(1) if before else ""
    return bool(word) and word not in words()["words"]["openers"] and names.country(word) is None


def _name(found: str, start: int) -> str | None:
    """The name without what opens the sentence; None where it is a country, an organisation, a person's or a common word."""
    lexicon = words()["words"]
    parts = found.split()
    while parts and (parts[0] in lexicon["openers"] or parts[0] in lexicon["ordinals_before"] or _is_number(parts[0])):
        parts = parts[1:]
        start += 1
    name = " ".join(parts)
    if not name or name[0].isdigit() or _is_number(name) or (start == 0 and len(parts) == 1 and _is_common(name)):
        return None
    if {name, *parts} & _barred() or any(_is_body(part) for part in _ends(parts)):
        return None
    return name


def _is_land(text: str, name: str) -> bool:
    """Whether a text treats a name as a country, a town or their people: "in Ostland", "the Ostlandish army"."""
    state = "|".join(words()["words"]["bodies_of_state"])
    stem = re.escape(name if len(name) < 6 else re.sub("(?:ian|an|ish|ese|n)$", "", name))
    return bool(re.search(rf"\b[Ii]n {stem}\b|\b{stem}\w{{0,3}}(?:['’]s?)? (?:[\w-]+ )?(?i:{state})\b", text))


def _ends(parts: list[str]) -> Iterator[str]:
    yield " ".join(parts)
    yield from parts


def _is_body(name: str) -> bool:
    found = names.organisation(name)
    return names.country(name) is not None or found is not None


def _is_common(name: str) -> bool:
    """Whether a word that opens a text may be an ordinary one: it ends as such words do."""
    return name.endswith(("ing", "ed", "ly", "s"))


def _is_number(name: str) -> bool:
    return name.lower() in load("amounts")["numbers"]


@lru_cache(maxsize=1)
def _barred() -> frozenset[str]:
    lexicon = words()["words"]
    return frozenset(
        [*lexicon["general"], *lexicon["not_systems"], *lexicon["openers"], *lexicon["counters"], *lexicon["ranks"]]
    )
