"""Second look at who a claim has to do with: who supplies and who receives, and whose words it is.

Candidates are what the encoder points at, however faintly, and the countries and organisations of the claim's sentence; each is judged
by a small network (see pairs) over what the encoder says of both, where it stands, and what kind of name it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from slipcast import names
from slipcast.reading.answers import Answers
from slipcast.reading.encoder import Encoded, Floats, Tag, sigmoid
from slipcast.reading.lexicon import load
from slipcast.reading.pairs import features_of, judge, pieces_in
from slipcast.reading.pairs import inside as inside_of
from slipcast.reading.persons import Roster
from slipcast.reading.sentences import Sentence
from slipcast.reading.windows import Window

#: The slots that the party network judges, in the order of its outputs.
PARTIES = ("supplier", "recipient")
#: The least chance at which the encoder is taken to point at somebody.
_POINTED = 0.08
_MAKERS = frozenset({"manufacturer"})
_CARRIERS = frozenset({"airline", "railway", "lessor"})
_FROM = re.compile(r"(?i)\b(?:by|from|with|at)(?: the)? $")
_FOR = re.compile(r"(?i)\b(?:for|to)(?: the)? $")
_ACCORDING = re.compile(r"(?i)\baccording to(?: the| an?)? $")

_STANDS_FOR = re.compile(r"(?i)(?:who|whom|which|he|she|it|they|we|i|you|him|her|his|them|its|their|the|an?|this|that|one|of|and|both)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """A stretch of the text that may name a party or a speaker. kind: of the gazetteer ("country", "manufacturer" ...), or ""."""

    span: tuple[int, int]
    kind: str = ""


def _kind(entry: names.Entry) -> str:
    if isinstance(entry, names.CountryName):
        return "adjective" if entry.form in ("adjective", "people") else "country"
    return entry.kind if isinstance(entry, names.Organisation) else ""


def party_candidates(
    window: Window, answers: Answers, sentence: Sentence, listed: Sequence[names.Found]
) -> list[Somebody]:
    """Whom a claim may have as supplier or recipient. listed: the gazetteer's names in the text."""
    kinds = {f.span: _kind(f.entry) for f in listed}
    found: dict[tuple[int, int], str] = {}
    for slot in PARTIES:
        for answer in answers.all(slot, _POINTED):
            inside = [k for s, k in kinds.items() if answer.span[0] <= s[0] and s[1] <= answer.span[1] and k]
            found.setdefault(answer.span, inside[-1] if inside else "")
    for span, kind in kinds.items():
        apart = kind and not any(a < span[1] and span[0] < b for a, b in found)
        if apart and sentence.start <= span[0] < sentence.end and inside_of(window, span).any():
            found[span] = kind
    return [Somebody(span, kind) for span, kind in sorted(found.items())]


def party_features(
    read: Encoded, tag: Tag, found: Sequence[Somebody], text: str, pointed: Floats, sentence: Sentence
) -> Floats:
    """(somebodies, features) of a claim with each. pointed: as `pointed_at` gives it."""
    rows = []
    for one, chances in zip(found, pointed, strict=True):
        low, high = one.span
        before, after = text[max(0, low - 12) : low], text[high : high + 3]
        rows.append(
            [
                *chances,
                float(one.kind in ("country", "adjective")),
                float(one.kind == "adjective"),
                float(one.kind in _MAKERS),
                float(one.kind in names.PUBLIC_BODIES),
                float(one.kind in _CARRIERS),
                float(_FROM.search(before) is not None),
                float(_FOR.search(before) is not None),
                float(re.match(r"['’]s?\b", after) is not None),
                float(sentence.start <= low < sentence.end),
                float(len(found) == 1),
            ]
        )
    return features_of(read, tag, pieces_in(read.window, [s.span for s in found]), rows)


def party_chances(features: Floats, pointed: Floats) -> Floats:
    """(somebodies, len(PARTIES)) chances that each supplies, and that it receives: the mean of both looks.

    pointed: (somebodies, len(PARTIES)) what the encoder gives them.
    """
    chances: Floats = ((sigmoid(judge("party", features)) + pointed) / 2).astype(np.float32)
    return chances


def one_side(chances: Floats) -> Floats:
    """(somebodies, len(PARTIES)) the same chances, each on its likelier side alone: nobody supplies themselves."""
    kept: Floats = np.where(chances >= chances.max(1, keepdims=True), chances, 0)
    return kept


def pointed_at(found: Sequence[Somebody], answers: Answers) -> Floats:
    """(somebodies, len(PARTIES)) how the encoder points at each."""
    return np.array([[answers.chance(slot, one.span) for slot in PARTIES] for one in found], dtype=np.float32)


def speaker_candidates(answers: Answers, text: str) -> list[Somebody]:
    """Whose words a claim may be: somebody, not a pronoun that stands for them."""
    pointed = (a.span for a in answers.all("speaker", _POINTED))
    return [Somebody(span) for span in pointed if not _STANDS_FOR.fullmatch(text[slice(*span)])]


def speaker_features(
    read: Encoded, tag: Tag, found: Sequence[Somebody], text: str, answers: Answers, sentence: Sentence, roster: Roster
) -> Floats:
    """(somebodies, features) of a claim with each who may have said it."""
    at = answers.word[0]
    paragraph = text.rfind("\n\n", 0, at) + 1
    quoted = len(re.findall('[“”"]', text[paragraph:at])) % 2
    surest = [answers.chance("speaker", one.span) for one in found]
    rows = []
    for one, chance in zip(found, surest, strict=True):
        low, high = one.span
        name = text[low:high]
        rows.append(
            [
                chance,
                chance - max((c for c in surest if c is not chance), default=0.0),
                float(roster.find(name) is not None),
                float(name[:1].isupper()),
                float(names.organisation(name) is not None),
                float(names.country(name) is not None),
                float(_speaks(text[high : high + 60])),
                float(_spoken(text[max(0, low - 40) : low])),
                float(sentence.start <= low < sentence.end),
                float(low >= paragraph),
                float(low < at),
                float(quoted),
                float(len(found) == 1),
            ]
        )
    return features_of(read, tag, pieces_in(read.window, [s.span for s in found]), rows)


def speaker_chances(features: Floats) -> Floats:
    """(somebodies,) chances that the claim is in the words of each."""
    return sigmoid(judge("speaker", features)[:, 0])


def without_verb(name: str) -> str:
    """A name without a verb of saying, or what leads to one, that was taken with it: "Demir reiterated", "official who"."""
    return re.sub(rf"\s+(?:who|that|which|{_verbs()})$", "", name)


@lru_cache(maxsize=1)
def _verbs() -> str:
    return "|".join(load("speech")["verbs"]["forms"])


def _speaks(after: str) -> bool:
    """Whether a verb of saying follows a name: "Demir said", "Demir, the agency's head, said"."""
    return re.match(rf"[^.;:“”\"]{{0,50}}?\b(?:{_verbs()})\b", after) is not None


def _spoken(before: str) -> bool:
    """Whether a verb of saying, or "according to", goes before a name: "said Demir"."""
    return _ACCORDING.search(before) is not None or re.search(rf"\b(?:{_verbs()}) (?:the )?$", before) is not None
