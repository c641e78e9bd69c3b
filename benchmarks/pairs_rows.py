"""Examples for benchmarks/train_pairs.py: what stands in an annotated document, as the encoder reads it, with what it should be."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from reader_data import Annotated, Claim, Spans, bare, meant

from slipcast.domain import MODALITIES, STATUSES
from slipcast.names import Found
from slipcast.reading import pairs, parties
from slipcast.reading.answers import Answers
from slipcast.reading.claims import SEEN, claim_features
from slipcast.reading.encoder import Encoded, Tag, encode, tags, tags_at
from slipcast.reading.labels import ANCHORS, SHARE
from slipcast.reading.names import Mentions
from slipcast.reading.naming import Naming
from slipcast.reading.numerals import value_of
from slipcast.reading.persons import Roster
from slipcast.reading.phrases import DatePhrase, find_dates
from slipcast.reading.sentences import Sentence
from slipcast.reading.windows import windows

#: For each network blocks of rows that belong together (what may be one thing to one claim), each with the number of its document: features (rows, features), targets (rows, ...).
Rows = dict[str, list[tuple[int, np.ndarray, np.ndarray]]]


def words(name: str) -> set[str]:
    """Name tokens as the shared scorer compares them, numbers apart."""
    found = set()
    for word in re.findall(r"[a-z]+-?\d+[a-z]*|[a-z0-9]+", name.lower()):
        bare = word.replace("-", "")
        found |= {bare, re.sub(r"(?<=\d)[a-z]+$", "", bare)}
    return {w for w in found if w not in {"the", "a", "an", "of", "for", "and", "programme", "program", "project", "system", "aircraft"} and (len(w) > 1 or w.isdigit())}  # fmt: skip


def same_name(one: str, two: str) -> bool:
    """Whether two names share a word; where both carry numbers, a number."""
    a, b = words(one), words(two)
    na, nb = ({w for w in x if any(c.isdigit() for c in w)} for x in (a, b))
    return bool(na & nb) if na and nb else bool(a & b)


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as it is read. number: of its document; sentence: its own; gold: the record that it was annotated from."""

    document: Annotated
    number: int
    read: Encoded
    tag: Tag
    claim: Claim
    gold: dict[str, Any]

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def sentence(self) -> Sentence:
        return self.document.sentences[int(self.read.window.sentence[self.tag.at])]

    @property
    def answers(self) -> Answers:
        return Answers(self.text, self.read.window, self.tag)


def rows_of(document: Annotated, number: int, rows: Rows) -> None:
    """Add a document's examples: (its number, features, target) for each network."""
    dates = [p for p in find_dates(document.text, document.published) if p.kind != "naming"]
    mentions = Mentions(document.text, document.title)
    naming = Naming(document.text, document.title, mentions)
    packed = windows(document.text, document.sentences, document.wanted, document.title, document.published)
    chance = random.Random(number)
    for read in encode(packed):
        _claims(document, number, read, rows)
        for claim, gold in zip(document.claims, document.gold, strict=True):
            if claim.anchor is None:
                continue
            at = np.flatnonzero(pairs.inside(read.window, claim.anchor) & read.window.own)
            if not len(at):
                continue
            tag = tags_at(read, [int(at[0])], [claim.milestone])[0]
            seen = Seen(document, number, read, tag, claim, gold)
            _dates(seen, dates, rows)
            _names(seen, naming, rows)
            _parties(seen, mentions.listed, rows)
            _speakers(seen, naming.roster, rows)
            _numbers(seen, rows)
            shown = [gold.get(k) if chance.random() > 0.25 else None for k in ("date", "previous_date")]
            features = pairs.status_features(read, tag, shown[0], shown[1], document.published)
            target = np.array([STATUSES.index(gold["status"]), MODALITIES.index(gold.get("modality") or "certain")])
            rows["status"].append((number, features, target[None]))


def _claims(document: Annotated, number: int, read: Encoded, rows: Rows) -> None:
    """What each word that may carry a claim carries: the claim that was annotated at it, else one like it in its sentence."""
    found = tags(read, SEEN)
    if not found:
        return
    left = []
    for claim in document.claims:
        if claim.anchor is None:
            continue
        pieces = np.flatnonzero(pairs.inside(read.window, claim.anchor) & read.window.own)
        if len(pieces):
            left.append((frozenset(pieces.tolist()), claim.milestone, int(read.window.sentence[pieces[0]])))
    carried = [0] * len(found)
    for exact in (True, False):
        for k in sorted(range(len(found)), key=lambda k: -found[k].chance):
            tag, sentence = found[k], int(read.window.sentence[found[k].at])
            fits = [c for c in left if (tag.at in c[0] if exact else (c[1], c[2]) == (tag.anchor, sentence))]
            if carried[k] or not fits:
                continue
            chosen = min(fits, key=lambda c: (c[1] != tag.anchor, min(abs(p - tag.at) for p in c[0])))
            carried[k] = ANCHORS.index(chosen[1])
            left.remove(chosen)
    features = claim_features(read, found)
    rows["claim"].append((number, features, np.array(carried)[:, None]))


def _dates(seen: Seen, dates: list[DatePhrase], rows: Rows) -> None:
    found = pairs.date_candidates(seen.read, seen.tag, dates)
    if not found:
        return
    roles = [bare(seen.gold.get(key)) for key in ("date", "previous_date", "stated_on")]
    near = {role: _nearest(seen, found, value) for role, value in enumerate(roles, 1) if value}
    features = pairs.date_features(seen.read, seen.tag, found, seen.text, seen.document.published)
    told = [next((r for r, place in near.items() if place == k), 0) for k in range(len(found))]
    rows["date"].append((seen.number, features, np.array(told)[:, None]))


def _nearest(seen: Seen, found: list[DatePhrase], value: str) -> int | None:
    """The phrase of a value in the claim's own sentence, else the last one before it."""
    low, high = seen.claim.span
    fits = [k for k, phrase in enumerate(found) if value in meant(phrase)]
    own = [k for k in fits if low <= found[k].span[0] < high]
    before = [k for k in fits if found[k].span[0] < low]
    return own[0] if own else before[-1] if before else None


def _names(seen: Seen, naming: Naming, rows: Rows) -> None:
    found = pairs.name_candidates(seen.read, seen.tag, naming, seen.text)
    if not found or not seen.gold["programme"]:
        return
    own = seen.sentence
    features = pairs.name_features(seen.read, seen.tag, found, naming, (own.start, own.end))
    same = [same_name(candidate.name, seen.gold["programme"]) for candidate in found]
    rows["name"].append((seen.number, features, np.array(same, dtype=float)[:, None]))


def _parties(seen: Seen, listed: list[Found], rows: Rows) -> None:
    found = parties.party_candidates(seen.read.window, seen.answers, seen.sentence, listed)
    truth = [seen.claim.slots[slot] for slot in parties.PARTIES]
    if not found or any(spans is None for spans in truth):
        return
    pointed = parties.pointed_at(found, seen.answers)
    features = parties.party_features(seen.read, seen.tag, found, seen.text, pointed, seen.sentence)
    sides = [[_overlaps(one, spans or []) for spans in truth] for one in found]
    rows["party"].append((seen.number, features, np.array(sides, dtype=float)))


def _speakers(seen: Seen, roster: Roster, rows: Rows) -> None:
    found, truth = parties.speaker_candidates(seen.answers, seen.text), seen.claim.slots["speaker"]
    if not found or truth is None:
        return
    features = parties.speaker_features(seen.read, seen.tag, found, seen.text, seen.answers, seen.sentence, roster)
    heard = [_overlaps(one, truth) for one in found]
    rows["speaker"].append((seen.number, features, np.array(heard, dtype=float)[:, None]))


def _overlaps(one: parties.Somebody, spans: Spans) -> bool:
    return any(a < one.span[1] and one.span[0] < b for a, b in spans)


def _numbers(seen: Seen, rows: Rows) -> None:
    if seen.tag.anchor == SHARE:
        return
    found = [
        s
        for s in pairs.number_candidates(seen.text, (seen.sentence.start, seen.sentence.end))
        if pairs.inside(seen.read.window, s).any()
    ]
    if not found:
        return
    value = (seen.gold.get("quantity") or {}).get("value")
    features = pairs.number_features(seen.read, seen.tag, found, seen.text)
    told = [seen.text[slice(*s)] for s in found]
    counted = [value_of(words) for words in told]
    exact = [v == value and words.lower() not in ("a", "an") for v, words in zip(counted, told, strict=True)]
    single = value == 1 and not any(exact)
    counts = [value is not None and (exact[k] or (single and counted[k] in (None, 1))) for k in range(len(found))]
    rows["number"].append((seen.number, features, np.array(counts, dtype=float)[:, None]))
