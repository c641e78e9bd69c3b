"""Which system is meant: the designations of a document, and what "the jet", "that programme", "it" pick up again.

The form of names comes first (designations), the gazetteer second, the document itself third: abbreviations it
introduces, its title, and the noun it picks up. All offsets are code points of the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from slipcast import names
from slipcast.reading.coined import coined, recurring
from slipcast.reading.designations import MARK, Designation, find_designations, introduced, words
from slipcast.reading.topics import topics

_TITLE_NAME = re.compile(r"^([A-Z][^:(|]{2,60}?)\s*(?:\([A-Za-z]{2,6}\)\s*:|\([A-Z]{2,6}\)|:)")
#: "Fleet Solid Support (MOD): ...": a title that names its programme and its owner.
_OWNED = re.compile(r"\([A-Za-z]{2,6}\):")
_NOUN = re.compile(r"[A-Za-z]+")
_BACK = re.compile(r"(?i)\b(?:this|that|same)\s$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A system named in the document. name: as the text names it; canonical, kind: the gazetteer's."""

    span: tuple[int, int]
    name: str
    canonical: str | None
    kind: str | None = None


class Mentions:
    """The systems of one document. text: the whole document; title: its title, which counts as its first line."""

    def __init__(self, text: str, title: str | None = None) -> None:
        self.text, self.title = text, title or ""
        self.abbreviations = introduced(f"{self.title}\n{text}")
        self.listed = names.find(text)  #: the gazetteer's names in the text
        self._in_title = self._read(self.title)
        self._found = self._read(text)
        self._starts = [mention.span[0] for mention in self._found]

    def programmes(self) -> list[Mention]:
        """All mentions, in order."""
        return list(self._found)

    def in_title(self) -> list[Mention]:
        """The mentions of the title, their spans in it, in order."""
        return list(self._in_title)

    @cached_property
    def main(self) -> str:
        """The system that the document is mostly about; "" where none is named."""
        weight: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for mention, by in [(m, 3) for m in self._in_title] + [(m, 1) for m in self._found]:
            key = self._family(mention)
            weight[key] += by + (mention.span[0] < 400 and mention in self._found)
            shown.setdefault(key, mention.name)
        titled = _TITLE_NAME.match(self.title)
        if not weight:
            return self._with_abbreviation(titled.group(1)) if titled else ""
        best = max(weight, key=lambda key: weight[key])
        if best not in {self._family(m) for m in self._found}:
            return shown[best]
        inside = Counter(m.name for m in self._found if self._family(m) == best)
        return max(inside, key=lambda name: (inside[name], name in shown.values()))

    def programme_for(self, where: tuple[int, int]) -> str:
        """The system that a stretch of the text is about: the first that it names, the one that a noun of it picks up,
        or the one in hand there; "" where the document names none."""
        start, end = where
        inside = self._between(start, end)
        if inside:
            return inside[0].name
        return self._picked_up(self.text[start:end], start) or self._focus(start)

    def _picked_up(self, phrase: str, before: int) -> str:
        """The earlier system that a noun of the phrase can pick up ("the jet"); "" where none fits."""
        kinds_of = words()["kinds"]
        for match in _NOUN.finditer(phrase):
            noun = match.group().lower()
            kinds = next((kinds_of[n] for n in _singulars(noun) if n in kinds_of), None)
            if kinds == [] and _BACK.search(phrase, 0, match.start()) and self._before(before):
                return self._before(before)[-1].name
            if not kinds:
                continue
            for mention in reversed(self._before(before)):
                if mention.kind in kinds:
                    return mention.name
            for mention in [*self._in_title, *self._found]:
                if mention.kind in kinds:
                    return mention.name
        return ""

    def _focus(self, position: int) -> str:
        """The last system named in the paragraph, else the document's main one, else the last one before, else the first."""
        paragraph = self.text.rfind("\n\n", 0, position)
        earlier = self._before(position)
        if earlier and earlier[-1].span[0] > paragraph and self.text.find("\n\n") >= 0:
            return earlier[-1].name
        if self.main:
            return self.main
        nearest = earlier[-1:] or self._found[:1]
        return nearest[0].name if nearest else ""

    def _before(self, position: int) -> list[Mention]:
        return self._found[: bisect_left(self._starts, position)]

    def _between(self, start: int, end: int) -> list[Mention]:
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _family(self, mention: Mention) -> str:
        entry = names.system(mention.canonical) if mention.canonical else None
        return (entry.family or entry.name) if entry else names.fold(mention.name)

    def _read(self, text: str) -> list[Mention]:
        spans: dict[tuple[int, int], names.System | None] = {}
        topical: dict[tuple[int, int], str] = {}
        listed = names.find(text) if text is not self.text else self.listed
        for found in listed:
            if isinstance(found.entry, names.System) and _is_meant(text, found, text):
                mark = MARK.match(text, found.span[1])
                spans[(found.span[0], mark.end() if mark else found.span[1])] = found.entry
        bodies = [f.span for f in listed if isinstance(f.entry, names.Organisation)]
        for one in find_designations(text):
            if any(low < one.span[1] and one.span[0] < high for low, high in bodies) and one.form in (
                "named",
                "before head",
            ):
                continue
            spans.setdefault(one.span, names.system(one.name) if one.form != "before head" else None)
        for one in coined(text, self.title) or ([] if spans else self._by_return(text)):
            if not any(low < one.span[1] and one.span[0] < high for low, high in (*bodies, *spans)):
                spans[one.span] = names.system(one.name)
                if one.form == "topic":
                    topical[one.span] = one.name
        for short, long in self.abbreviations.items():
            if short not in words()["words"]["not_systems"] and self._is_thing(long, short):
                for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
                    spans.setdefault(match.span(), None)
        kept: list[Mention] = []
        for (start, end), entry in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
            if kept and start < kept[-1].span[1]:
                continue
            if (
                kept
                and text[kept[-1].span[1] : start] == " ("
                and text[end : end + 1] == ")"
                and any(c.isdigit() for c in text[start:end])
            ):
                kept.pop()  # "the Navy variant of the V-22 (CMV-22B)" speaks of the variant
            name = topical.get((start, end)) or self._shown(
                re.sub(r"['’]s$", "", " ".join(text[start:end].split())), entry
            )
            entry = entry or names.system(name)
            kept.append(Mention((start, end), name, entry.name if entry else None, entry.kind if entry else None))
        return kept

    def _by_return(self, text: str) -> list[Designation]:
        """What a text that names no system by form or list keeps coming back to; a title alone has no topic."""
        if text == self.title:
            return []
        return recurring(text, self.title) or ([] if _OWNED.search(self.title) else topics(text, self.title))

    def _is_thing(self, long: str, short: str) -> bool:
        if names.organisation(long) or names.organisation(short):
            return False
        last = long.split()[-1].lower()
        heads = {"programme", "program", "project", "upgrade", "class", "system", "pipeline", *words()["kinds"]}
        return last in heads or bool(
            re.search(rf"(?<!\w){re.escape(short)} (?:programme|program|project|system)", self.text)
        )

    def _shown(self, name: str, entry: names.System | None) -> str:
        if any(c.isdigit() for c in name):
            tail = name.rsplit(" ", 1)[-1].lower()
            name = name.rsplit(" ", 1)[0] if any(n in words()["kinds"] for n in _singulars(tail)) else name
        if entry is None or any(c.isdigit() for c in name):
            return self._with_abbreviation(name)
        if any(c.isdigit() for c in entry.name) and names.fold(entry.name).split()[0] in names.fold(self.text):
            return entry.name
        return self._with_abbreviation(re.sub(r"(?<=[a-z])s$", "", name) if name[-2:] == "ns" else name)

    def _with_abbreviation(self, name: str) -> str:
        for short, long in self.abbreviations.items():
            if name in (short, long):
                return f"{long} ({short})"
        return name


def _is_meant(text: str, found: names.Found, document: str) -> bool:
    """Whether an ordinary word or a bare number that is also a system's name (Tiger, 747) is meant as one here."""
    name = text[slice(*found.span)]
    base = re.sub(r"s$", "", names.fold(name))
    if (
        not name.isdigit()
        and base not in words()["names"]["ambiguous"]
        and names.fold(name) not in words()["names"]["ambiguous"]
    ):
        return True
    before, after = text[max(0, found.span[0] - 30) : found.span[0]], text[found.span[1] : found.span[1] + 40]
    nouns = "(?i:" + "|".join(n + "s?" for n in words()["kinds"]) + "|class|family)"
    if re.match(rf"s?[ -](?:[\w-]+ )?{nouns}\b", after) or re.search(r"\b(?:Boeing|Airbus|\d+) $", before):
        return True
    if name.isdigit():
        beside = re.search(
            rf"(?:Boeing|Airbus) {name}\b|\b{name} (?:aircraft|jet|plane|program|Dreamliner|MAX)", document
        )
        return bool(beside and re.search(r"\b(?:the|its|of|first|new|for|and|a) $", before))
    stem = re.escape(re.sub(r"s$", "", name))
    return bool(re.search(rf"\b{stem}s?[ -]{nouns}\b", document)) or len(re.findall(rf"\b{stem}", document)) > 2


def _singulars(noun: str) -> tuple[str, ...]:
    found = [noun]
    if noun.endswith("ies"):
        found.append(noun[:-3] + "y")
    if noun.endswith("s"):
        found.append(noun[:-1])
    return tuple(found)
