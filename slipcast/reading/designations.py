"""Designations: what a system can be called, by form alone (F-35, Type 26, HMS Name, Name Programme); no list needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slipcast.reading.lexicon import load

_CAP = r"(?:[A-Z]\.|[A-Z][\w'&/-]*)"
_NUMERAL = r"(?:\d{1,5}[A-Z]{0,3}e?|[IVX]{1,4})\b"
#: Letters and digits in one word: F-35A, Su-57, A350-900, KC-46A, E195-E2, MQ-9B, F/A-18E; digits first: 777X, 737-10.
_MIXED = re.compile(
    r"(?<![\w$€£-])(?:[A-Z]{1,5}(?:/[A-Z]{1,2})?[a-z]{0,2}G?-?\d{1,5}(?:neo|XLR|LR|[A-Z]{1,3}\d?(?!\w)|[A-Z]?s(?!\w)|e(?!\w))?(?:[-/]\d{1,4}[A-Z]{0,2})?|\d{3}-?[A-Z]{1,3}\b)(?!-?\w)"
)
_NUMBERED = re.compile(
    rf"\b(?:Type|Project|Class|Model|Ariane|Artemis|Falcon|Long March|SEA|LAND|LPD|LHA|DDG|CVN|SSN|SSBN|FFG|LSD|ESB)[ -]{_NUMERAL}(?![-/]\d)"
)
_SHIP = re.compile(
    r"\b(?:HMS|USS|USNS|INS|HMAS|HMCS|HMNZS|RFA|TCG|KRI|BRP|ROKS|HDMS|HNoMS|HNLMS|HSwMS|ITS|FNS|ORP|PNS|USCGC)"
    rf" {_CAP}(?: (?:of|de|the|da|di)? ?{_CAP}){{0,3}}"
)
_HEADS = r"Programme|Program|Project|programme|program|project|class|Class|Upgrade|upgrade|pipeline|Pipeline|Interconnector|interconnector"
_NAMED = re.compile(
    rf"\b({_CAP}(?: (?:(?:of|the|and|for|to) )?(?:{_CAP}|\d+[A-Z]?\b)){{0,5}})[ -]({_HEADS})(?![\w-]| [A-Z][a-z])"
)
#: A proper name with a number: Marlin-9, Soyuz-2, Angara-A5.
_WORD_NUMBER = re.compile(r"(?<![\w-])[A-Z][a-z]{2,14}-[A-Z]?\d{1,3}[A-Z]?(?![\w-])")
MARK = re.compile(r"[ -](?:Mk|Mark|MK)\.? ?-?\d[A-Z]?\b|[ -](?:II|III|IV|NG|MAX|neo)\b")
_INTRODUCED = re.compile(r"\(([A-Z][A-Za-z0-9&/-]{1,9})\)")
_MONTH_STEMS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PAPER = re.compile(r"[A-Z]\d{4,}|W\d{2}[A-Z]|[A-Z]{2}\d{4,}")  # contract and order numbers
_MONTHS = re.compile(r"(?i)^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|fy|q|no|cy|h)-?\d")


@dataclass(frozen=True, slots=True)
class Designation:
    """A name found by its form. span: code points; name: as written, without plural s and possessive; form: which rule."""

    span: tuple[int, int]
    name: str
    form: str


def words() -> dict[str, Any]:
    """The lexicon of things: kinds that a noun can pick up, words that make no name."""
    return load("things")


def find_designations(text: str) -> list[Designation]:
    """All designations of a text by form, in order, longest first where they overlap."""
    found = sorted(_all(text), key=lambda d: (d.span[0], -d.span[1]))
    kept: list[Designation] = []
    for one in found:
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


def introduced(text: str) -> dict[str, str]:
    """Abbreviations that the text introduces in brackets: {"SFU": "Spearfish Upgrade"}."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        long = _long_form(text[max(0, match.start() - 120) : match.start()].rstrip(), match.group(1))
        if long and match.group(1) not in found:
            found[match.group(1)] = long
    return found


def _all(text: str) -> Iterator[Designation]:
    lexicon = words()["words"]
    for match in _MIXED.finditer(text):
        name = re.sub(r"(?<=[A-Z0-9])s$", "", match.group())
        if name in lexicon["not_designations"] or _MONTHS.match(name) or _PAPER.match(name):
            continue
        yield _extended(text, match.start(), match.start() + len(name), "mixed")
    for match in _NUMBERED.finditer(text):
        yield _extended(text, match.start(), match.end(), "numbered")
    for match in _WORD_NUMBER.finditer(text):
        first = match.group().partition("-")[0]
        if first not in lexicon["counters"] and not _MONTHS.match(match.group()):
            yield _extended(text, match.start(), match.end(), "numbered")
    for match in _SHIP.finditer(text):
        name = _trimmed(match.group())
        yield Designation((match.start(), match.start() + len(name)), name, "ship")
    for match in _NAMED.finditer(text):
        yield from _named(text, match)


def _extended(text: str, start: int, end: int, form: str) -> Designation:
    mark = MARK.match(text, end)
    end = mark.end() if mark else end
    return Designation((start, end), text[start:end], form)


def _named(text: str, match: re.Match[str]) -> Iterator[Designation]:
    lexicon = words()["words"]
    start, name, head = match.start(1), match.group(1), match.group(2)
    while True:
        first, _, rest = name.partition(" ")
        opens = first in lexicon["openers"] or first in ("of", "the", "and", "for", "to") or first.isdigit()
        if rest and (opens or first.endswith("'s") or first[:3] in _MONTH_STEMS):
            start, name = start + len(first) + 1, rest
            continue
        break
    if name in lexicon["openers"] or name in lexicon["general"] or name.split()[-1] in lexicon["general"]:
        return
    if name in lexicon["not_systems"] or name.endswith(("'s", "-made", "-led", "-based", "'")):
        return
    whole = head[0].isupper() or head in ("class", "upgrade")
    end = match.end(2) if whole else start + len(name)
    yield Designation((start, end), text[start:end], "named" if whole else "before head")


def _trimmed(name: str) -> str:
    parts = name.rstrip(".").split()
    while parts and parts[-1].lower() in ("of", "de", "the", "da", "di", "and"):
        parts.pop()
    return re.sub(r"'s$", "", " ".join(parts))


def _long_form(before: str, short: str) -> str | None:
    """The words just before the bracket whose initials spell the abbreviation, small words left out."""
    letters = [c.lower() for c in short if c.isalpha()]
    tail = re.findall(r"[\w'/&-]+", before)[-len(letters) * 2 - 2 :]
    for length in range(min(len(tail), len(letters) + 4), 0, -1):
        part = tail[-length:]
        if part[0][0].lower() == letters[0] and part[0][0].isupper() and _spells(part, letters):
            at = before.rfind(part[0], 0, before.rfind(part[-1]) + 1) if length == 1 else _find_last(before, part)
            return before[at:] if at >= 0 else None
    return None


def _find_last(text: str, parts: list[str]) -> int:
    hits = list(re.finditer(r"\b" + r"\W+".join(map(re.escape, parts)) + r"\W*$", text))
    return hits[-1].start() if hits else -1


def _spells(parts: list[str], letters: list[str]) -> bool:
    """Whether the letters can be read off the words in order, each big word giving its first letter or more."""
    at = 0
    for part in parts:
        low = part.lower()
        if at < len(letters) and low[0] == letters[at]:
            at += 1
            for c in low[1:]:
                if at < len(letters) and c == letters[at] and len(parts) < len(letters):
                    at += 1
        elif part[0].isupper():
            return False
    return at >= len(letters) - (1 if len(letters) > 3 else 0)
