"""Annotated documents as targets for the encoder: where in the text each slot of each gold statement stands.

A gold statement names its slots as strings; here they are looked up in the text: a name at every place where it stands (a
country also by its adjective or capital), a date at the phrase that is resolved to it, a cause in its own sentence.
What is not found is None and teaches nothing; what the statement leaves empty teaches that there is nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slipcast.names import country
from slipcast.reading.gate import passing
from slipcast.reading.labels import SHARE
from slipcast.reading.numerals import ORDINALS, value_of
from slipcast.reading.phrases import DatePhrase, bounded, find_dates
from slipcast.reading.sentences import Sentence, split

Spans = list[tuple[int, int]]
_CAPITALS = re.compile(r"[A-Z][\w.]*(?: (?:of )?[A-Z][\w.]*){0,2}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A gold statement. span: its sentence; anchor: the word that carries it, None where not annotated; slots: see above.

    titled: where the title names the programme.
    """

    span: tuple[int, int]
    anchor: tuple[int, int] | None
    milestone: str
    status: str
    modality: str
    slots: dict[str, Spans | None]
    titled: Spans


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its claims. gold: the records as they are, for the scorer."""

    corpus: str
    doc: str
    text: str
    title: str
    published: str | None
    sentences: list[Sentence]
    wanted: list[bool]
    claims: list[Claim]
    gold: list[dict[str, Any]]


def load_corpus(path: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The documents of a folder (its `tune` part) or of the beginning of the names of two files, X_documents.jsonl and X_gold.jsonl, each with its statements."""
    folder = path.is_dir()
    texts = path / "documents.jsonl" if folder else path.with_name(path.name + "_documents.jsonl")
    truth = path / "gold.jsonl" if folder else path.with_name(path.name + "_gold.jsonl")
    records = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
    wanted = set(json.loads((path / "split.json").read_text())["tune"]) if folder else {r["doc"] for r in records}
    gold: dict[str, list[dict[str, Any]]] = {}
    for line in truth.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        gold.setdefault(record["doc"], []).append(record)
    yield from ((r, gold.get(r["doc"], [])) for r in records if r["doc"] in wanted)


def read_corpus(path: Path) -> list[Annotated]:
    """The documents of a corpus, annotated."""
    return [annotated(path.name, record, gold) for record, gold in load_corpus(path)]


def annotated(corpus: str, record: dict[str, Any], gold: list[dict[str, Any]]) -> Annotated:
    """A document with its statements as claims."""
    text, published = record["text"], record.get("published")
    sentences = split(text)
    dates = [(p.span, meant(p)) for p in find_dates(text, published) if p.kind != "naming"]
    countries = list(_countries(text))
    title = record.get("title") or ""
    claims = [_claim(g, text, title, published, dates, countries) for g in gold]
    held = [any(c.span[0] < s.end and s.start < c.span[1] for c in claims) for s in sentences]
    wanted = [a or b for a, b in zip(passing(text, sentences), held, strict=True)]
    return Annotated(corpus, record["doc"], text, title, published, sentences, wanted, claims, gold)


def bare(edtf: str | None) -> str | None:
    """A date without its open end, since annotators differ over it: until 2022 is ../2022 to some, 2022 to others."""
    return edtf.removeprefix("../").removesuffix("/..") if edtf else None


def meant(phrase: DatePhrase) -> frozenset[str | None]:
    """What a date phrase may mean: where it has no year, the last time or the next."""
    return frozenset(bare(bounded(phrase.turned(ahead))) for ahead in (None, False, True))


def _claim(
    g: dict[str, Any],
    text: str,
    title: str,
    published: str | None,
    dates: list[tuple[tuple[int, int], frozenset[str | None]]],
    countries: list[tuple[tuple[int, int], str]],
) -> Claim:
    low = text.index(g["sentence"])
    high = low + len(g["sentence"])
    share = g.get("relation") == "workshare"

    def named(value: str) -> Spans:
        return _named(text, value, countries)

    def dated(edtf: str) -> Spans:
        value = bare(edtf)
        return [s for s, e in dates if value in e and low <= s[0] < high] or [s for s, e in dates if value in e]

    def inside(value: str) -> Spans:
        return _places(text, value, low, high)

    slots: dict[str, Spans | None] = {}

    def put(slot: str, value: Any, spans: Spans) -> None:
        slots[slot] = (spans or None) if value else []

    put("programme", g["programme"], named(g["programme"] or ""))
    for slot in ("supplier", "recipient"):
        put(slot, g[slot], [s for name in g[slot] for s in named(name)])
    speaker = g.get("speaker") or ""
    put("speaker", speaker, _speaker(text, speaker, countries))
    role = g.get("speaker_role") or ""
    put("speaker_role", role, inside(role) or _places(text, role))
    told = g.get("stated_on") or ""
    said = [s for s, e in dates if bare(told) in e and low <= s[0] < high and told != g.get("date")]
    put("said", said or told not in ("", published), said or dated(told))
    tranche = g.get("tranche") or ""
    put("tranche", tranche, inside(tranche) or _places(text, tranche))
    quantity = g.get("quantity")
    put("quantity", quantity, _numbers(text, low, high, quantity["value"]) if quantity else [])
    for slot in ("date", "previous_date"):
        put(slot, g.get(slot), dated(g.get(slot) or ""))
    for slot in ("cause", "condition"):
        put(slot, g.get(slot), inside(g.get(slot) or ""))
    part = _part(text, g["part"], low, high) if share else []
    put("participant", share, named(g.get("participant") or "") if share else [])
    put("part", share, part)
    anchor: tuple[int, int] | None = None
    if g.get("anchor"):
        anchor = (low + g["anchor"][0], low + g["anchor"][1])
    elif part:
        anchor = (part[0][0] + text[slice(*part[0])].rfind(" ") + 1, part[0][1])
    return Claim(
        (low, high), anchor, SHARE if share else g["milestone"], g["status"], g.get("modality") or "certain", slots,
        _places(title, g["programme"] or ""),
    )  # fmt: skip


def _places(text: str, value: str, low: int = 0, high: int | None = None) -> Spans:
    if not value:
        return []
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])", re.IGNORECASE)
    return [m.span() for m in pattern.finditer(text, low, len(text) if high is None else high)]


def _countries(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for run in _CAPITALS.finditer(text):
        words = [(run.start() + w.start(), run.start() + w.end()) for w in re.finditer(r"\S+", run.group())]
        for i in range(len(words)):
            for j in range(len(words), i, -1):
                found = country(text[words[i][0] : words[j - 1][1]])
                if found:
                    yield (words[i][0], words[j - 1][1]), found.code
                    break


def _named(text: str, value: str, countries: list[tuple[tuple[int, int], str]]) -> Spans:
    found = _places(text, value)
    known = None if found else country(value)
    if known:
        found = [span for span, code in countries if code == known.code]
    parts = value.split()
    if not found and len(parts) > 1:
        found = _places(text, " ".join(parts[1:])) or _places(text, " ".join(parts[:-1]))
    return found


def _speaker(text: str, value: str, countries: list[tuple[tuple[int, int], str]]) -> Spans:
    found = _places(text, value)
    last = value.split()[-1] if value else ""
    if last[:1].isupper():
        found += [s for s in _places(text, last) if not any(a <= s[0] < b for a, b in found)]
    return found or (_named(text, value, countries) if value else [])


def _numbers(text: str, low: int, high: int, value: float) -> Spans:
    found = []
    for word in re.finditer(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+(?:-[a-z]+)?", text[low:high]):
        if word.group().lower() not in ("a", "an") and value_of(word.group()) == value:
            found.append((low + word.start(), low + word.end()))
    if found or value != 1:
        return found
    words = list(re.finditer(r"[A-Za-z]+", text[low:high]))
    ordinals = [w for w in words if w.group().lower() in ORDINALS]
    articles = [w for w in words if w.group().lower() in ("a", "an")][:1]
    return [(low + w.start(), low + w.end()) for w in ordinals or articles]


def _part(text: str, value: str, low: int, high: int) -> Spans:
    words = value.split()
    for name in (value, " ".join(words[1:]), words[-1], words[0]):
        found = _places(text, name, low, high)
        if found:
            return found
    return []
