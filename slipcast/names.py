"""The gazetteer: countries, organisations, systems, as data files with their source; matching without regard to accents.

It helps and never decides alone: the grammar of designations (reading) finds the systems that stand in no list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import pycountry

_LETTERS = str.maketrans(
    {"ı": "i", "İ": "I", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "’": "'", "‘": "'", "ʼ": "'"}
    | {"“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "æ": "ae", "Æ": "AE", "œ": "oe"}
)

#: A word of a name: digits, a run of capitals before a plural s, capitals, or letters.
_WORD = re.compile(r"\d+|[A-Z]+(?=s\b)|[A-Z]+(?![^\W\d_])|[^\W\d_]+")
_GAP = re.compile(r"[\s./'’&()-]{0,2}")
_ENDS = re.compile(r"(?![^\W_])|s(?!\w)")
#: Kinds of organisation that are their country's own.
PUBLIC_BODIES = frozenset({"forces", "government", "agency", "space agency", "auditor"})
#: Names looked up that are remembered: a document names the same few again and again.
_KEPT = 16384
_NUMBER_FOLLOWS = re.compile(r"-\d")


@dataclass(frozen=True, slots=True)
class CountryName:
    """A word for a country. code: ISO 3166-1 alpha-2; form: name, adjective, people, capital or within (part of a name)."""

    code: str
    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A maker, agency, government, force, outlet ... country: ISO alpha-2 of its seat, or None."""

    name: str
    kind: str
    country: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """A platform or project. kind: kind of equipment; family: the system it is a variant of; country: of its maker."""

    name: str
    kind: str
    family: str | None
    maker: str | None
    country: str | None
    aliases: tuple[str, ...] = ()


Entry = CountryName | Organisation | System
#: First word -> second word -> (all words, as written, what it names).
Index = dict[str, dict[str, list[tuple[tuple[str, ...], str, "CountryName | Organisation | System"]]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the gazetteer in a text. span: code points, end exclusive, without a plural s."""

    span: tuple[int, int]
    entry: Entry


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """One spelling: no accents, no case, straight quotes and hyphens. Erdoğan and ERDOGAN give erdogan."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=_KEPT)
def country(name: str) -> CountryName | None:
    """The country that a name, adjective, capital or government stands for; or the only one that the name speaks of.

    "Ankara", "Turkish", "the Turkish military" and "Turkey's Presidency of Defence Industries" all give TR.
    """
    exact = _exact(name, CountryName)
    if isinstance(exact, CountryName):
        return exact
    known = organisation(name)
    if known and known.country:
        return CountryName(known.country, _country_names()[known.country], "within")
    inside = {found.entry.code: found.entry for found in find(name) if isinstance(found.entry, CountryName)}
    if len(inside) == 1:
        (only,) = inside.values()
        return CountryName(only.code, only.name, "within")
    return None


@lru_cache(maxsize=_KEPT)
def organisation(name: str) -> Organisation | None:
    """The organisation of exactly this name (an article before it and the legal form after it do not count)."""
    entry = _exact(name, Organisation) or _exact(
        re.sub(r"(?i)^the\s+|,? (?:inc|llc|ltd|plc|corp|co)\.?$", "", name), Organisation
    )
    return entry if isinstance(entry, Organisation) else None


@lru_cache(maxsize=_KEPT)
def system(name: str) -> System | None:
    """The system of this name or designation; F-16D, which stands in no list, gives F-16."""
    short = re.sub(r"(?i)^the\s+|\s+(?:programme|program|project|system|aircraft|jets?|fighters?)$", "", name.strip())
    for text in (name, short, re.sub(r"(?<=\d)[A-Z]{1,2}$", "", short)):
        entry = _exact(text, System)
        if isinstance(entry, System):
            return entry
    inside = [found.entry for found in find(short) if isinstance(found.entry, System)]
    return inside[0] if inside else None


def outlet(name: str) -> str | None:
    """The outlet's own name ("the RIA agency": RIA Novosti), or None where it is not known as one."""
    for text in (
        name,
        re.sub(r"(?i)^the\s+|\s+(?:news\s+)?(?:agency|newspaper|daily|television|magazine|website)$", "", name),
    ):
        entry = _exact(text, Organisation, kind="outlet")
        if isinstance(entry, Organisation):
            return entry.name
    inside = [f.entry.name for f in find(name) if isinstance(f.entry, Organisation) and f.entry.kind == "outlet"]
    return inside[0] if inside else None


def kind_of_equipment(name: str) -> str | None:
    """The kind of equipment of a system, in the words of the lead-time table ("air defence"); None where unknown."""
    entry = system(name)
    return entry.kind if entry else None


def same_person(a: str, b: str) -> bool:
    """Whether two forms can be one person: same last name, and given names that do not contradict each other."""
    first, second = _person(a), _person(b)
    if not first or not second or first[-1] != second[-1]:
        return False
    shorter, longer = sorted((first[:-1], second[:-1]), key=len)
    at = 0
    for given in shorter:
        while at < len(longer) and not _fits(given, longer[at]):
            at += 1
        if at == len(longer):
            return False
        at += 1
    return True


def find(text: str) -> list[Found]:
    """The names of the gazetteer in a text, longest first at each place, in order, without overlaps.

    A name written with a capital must have one in the text; a plural s or a possessive after the name is allowed.
    """
    words = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]
    index, found, at = _index(), [], 0
    while at < len(words):
        hit = next(_matches(text, words, at, index), None)
        if hit is None:
            at += 1
            continue
        length, entry = hit
        end = words[at + length - 1][1]
        dotted = text[end : end + 1] == "." and text[words[at][0] : end].count(".") == length - 1 > 0
        found.append(Found((words[at][0], end + dotted), entry))
        at += length
    return found


def _matches(text: str, words: list[tuple[int, int, str]], at: int, index: Index) -> Iterator[tuple[int, Entry]]:
    start = words[at][0]
    if start and text[start - 1].isalnum():
        return
    begun = index.get(words[at][2])
    if begun is None:
        return
    known = [*begun.get(words[at + 1][2] if at + 1 < len(words) else "", ()), *begun.get("", ())]
    told = tuple(word for _, _, word in words[at : at + len(known[0][0])]) if known else ()
    for key, written, entry in known:
        if not _same_words(told[: len(key)], key, entry):
            continue
        part = words[at : at + len(key)]
        if any(not _GAP.fullmatch(text, x[1], y[0]) for x, y in pairwise(part)):
            continue
        end = part[-1][1]
        if not _ENDS.match(text, end) or (part[-1][2].isalpha() and _NUMBER_FOLLOWS.match(text, end)):
            continue
        if written[0].isupper() and not text[start].isupper():
            continue
        if written.isupper() and len(written) <= 4 and not text[start:end].isupper():
            continue
        yield len(key), entry


def _same_words(words: tuple[str, ...], key: tuple[str, ...], entry: Entry) -> bool:
    if words == key:
        return True
    if len(words) != len(key) or words[:-1] != key[:-1] or len(key[-1]) <= 3 or not isinstance(entry, System):
        return False
    return words[-1] in (key[-1] + "s", key[-1] + "es")


def _exact(name: str, kind_of_entry: type[Entry], kind: str | None = None) -> Entry | None:
    wanted = tuple(fold(m.group()) for m in _WORD.finditer(name))
    begun = _index().get(wanted[0], {}) if wanted else {}
    for key, written, entry in begun.get(wanted[1] if len(wanted) > 1 else "", ()):
        acronym = written.isupper() and len(written) <= 5 and not any(c.isdigit() for c in written)
        if acronym and not name.isupper():
            continue
        fits = isinstance(entry, kind_of_entry) and (kind is None or getattr(entry, "kind", None) == kind)
        if fits and _same_words(wanted, key, entry):
            return entry
    return None


def _fits(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


@lru_cache(maxsize=_KEPT)
def _person(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", re.sub(r"'s\b", "", fold(name)))
    return [w for w in words[:-1] if w not in _honorifics()] + words[-1:]


@lru_cache(maxsize=1)
def _honorifics() -> frozenset[str]:
    lines = (files("slipcast") / "data" / "honorifics.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _index() -> Index:
    """First word -> second word ("" for names of one) -> names, longest first; a country before a system before an organisation."""
    index: Index = {}
    for written, entry in _written():
        key = tuple(fold(m.group()) for m in _WORD.finditer(written))
        listed = (key, written, entry)
        begun = index.setdefault(key[0], {})
        if len(key) == 1:
            begun.setdefault("", []).append(listed)
            if isinstance(entry, System) and key[0].isalpha() and len(key[0]) > 3:
                index.setdefault(key[0] + "s", {}).setdefault("", []).append(((key[0] + "s",), written, entry))
            continue
        begun.setdefault(key[1], []).append(listed)
        if len(key) == 2 and isinstance(entry, System) and len(key[1]) > 3:
            for ending in ("s", "es"):
                begun.setdefault(key[1] + ending, []).append(listed)
    rank = {System: 1, Organisation: 2, CountryName: 0}
    for begun in index.values():
        for names in begun.values():
            names.sort(key=lambda item: (-len(item[0]), rank[type(item[2])]))
    return index


def _written() -> Iterator[tuple[str, Entry]]:
    codes = _country_names()
    for row in _rows("countries.tsv"):
        for column, form in (
            ("names", "name"),
            ("adjectives", "adjective"),
            ("people", "people"),
            ("capitals", "capital"),
        ):
            for word in _split(row[column]):
                yield word, CountryName(row["code"], codes[row["code"]], form)
    listed = {row["code"] for row in _rows("countries.tsv")}
    for place in pycountry.countries:
        if place.alpha_2 not in listed:
            yield place.name, CountryName(place.alpha_2, place.name, "name")
    for org in organisations():
        for word in (org.name, *org.aliases):
            yield word, org
    for thing in systems():
        for word in (thing.name, *thing.aliases):
            yield word, thing


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {place.alpha_2: place.name for place in pycountry.countries}
    return names | {row["code"]: _split(row["names"])[0] for row in _rows("countries.tsv")}


@lru_cache(maxsize=1)
def organisations() -> tuple[Organisation, ...]:
    """All organisations of the gazetteer, in the order of the file."""
    return tuple(
        Organisation(row["name"], row["kind"], _or_none(row["country"]), _split(row["aliases"]))
        for row in _rows("organisations.tsv")
    )


@lru_cache(maxsize=1)
def systems() -> tuple[System, ...]:
    """All systems of the gazetteer, in the order of the file."""
    return tuple(
        System(
            row["name"],
            row["kind"],
            _or_none(row["family"]),
            _or_none(row["maker"]),
            _or_none(row["country"]),
            _split(row["aliases"]),
        )
        for row in _rows("systems.tsv")
    )


def _rows(file: str) -> list[dict[str, str]]:
    lines = (files("slipcast") / "data" / file).read_text(encoding="utf-8").splitlines()
    head, *body = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [dict(zip(head, row, strict=True)) for row in body]


def _split(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split("|"))


def _or_none(cell: str) -> str | None:
    return None if cell == "-" else cell
