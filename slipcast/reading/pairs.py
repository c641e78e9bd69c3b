"""Second look at pairs of a claim and what may belong to it: a date phrase, a system's name, a number, and the claim's status.

Each is judged by a small network over what the encoder says of both ends, how far apart they stand, and what the first
heads made of them. These were trained on documents that the encoder had not seen, so they know how far to trust it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from slipcast.dates import parse as parse_edtf
from slipcast.domain import MODALITIES, STATUSES
from slipcast.names import fold
from slipcast.reading.answers import Answers
from slipcast.reading.encoder import Encoded, Floats, Tag, heads, sigmoid, softmax
from slipcast.reading.labels import ANCHORS, SLOTS
from slipcast.reading.naming import Candidate, Naming
from slipcast.reading.numerals import SINGLES, value_of
from slipcast.reading.phrases import DatePhrase, bounded
from slipcast.reading.windows import PIECE_BUCKETS, SENTENCE_BUCKETS, Window, piece_buckets, sentence_buckets

#: What a date phrase can be to a claim.
DATE_ROLES = ("none", "date", "previous_date", "said")
#: The least chance at which the encoder is taken to point at a name.
POINTED = 0.03
_WAS = re.compile(r"\b(?:originally|initially|previously|formerly|earlier|instead of|rather than|not|than|no longer|up from|back from|forward from|from|was|were|had been|to have|missed|miss|against|compared (?:with|to)|until recently|first)\b[^,;.]{0,24}$", re.IGNORECASE)  # fmt: skip
Masks = NDArray[np.bool_]
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?(?![\d/:])|[A-Za-z]+(?:-[a-z]+)?")


def inside(window: Window, span: tuple[int, int]) -> Masks:
    """(n,) which pieces of a window lie in a stretch of the text."""
    found: Masks = pieces_in(window, [span])[0]
    return found


def touching(starts: NDArray[np.int64], ends: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> Masks:
    """(spans, n) which pieces lie in each stretch. starts, ends: (n,) code points of the pieces, -1 for those of another text."""
    low, high = np.array(spans, dtype=np.int64).reshape(-1, 2).T[:, :, None]
    found: Masks = (starts >= 0) & (starts < high) & (ends > low)
    return found


def pieces_in(window: Window, spans: Sequence[tuple[int, int]]) -> Masks:
    """(spans, n) which pieces of a window lie in each stretch of the text."""
    return touching(window.starts, window.ends, spans)


def own_sentence(window: Window, tag: Tag) -> Masks:
    """(n,) which pieces of a window stand in the sentence of a claim."""
    same: Masks = window.sentence == window.sentence[tag.at]
    return same


def features_of(read: Encoded, tag: Tag, masks: Masks, extra: Sequence[Sequence[float]]) -> Floats:
    """(pairs, features) of a claim with each stretch. masks: (pairs, n) the pieces of each; extra: what else is known of each."""
    rows = masks.astype(np.float32)
    rows /= rows.sum(1, keepdims=True)
    first = rows.argmax(1)
    word, there = read.hidden[tag.at], rows @ read.hidden
    context = np.concatenate([tag.statuses, tag.modalities, np.eye(len(ANCHORS))[ANCHORS.index(tag.anchor)]])
    return np.concatenate(
        [
            np.repeat(word[None], len(rows), 0),
            there,
            word * there,
            np.eye(SENTENCE_BUCKETS)[sentence_buckets(read.window, tag.at)[first]],
            np.eye(PIECE_BUCKETS)[piece_buckets(read.window, tag.at)[first]],
            rows @ tag.slots.T,
            (rows > 0) @ np.ones((rows.shape[1], 1)) / 10,
            np.repeat(context[None], len(rows), 0),
            np.array(extra),
        ],
        axis=1,
    ).astype(np.float32)


def judge(name: str, features: Floats) -> Floats:
    """(pairs, outputs) of the network `name`, before the softmax or sigmoid."""
    table = heads()
    hidden = np.maximum(features @ table[f"{name}_first"] + table[f"{name}_first_bias"], 0)
    found: Floats = hidden @ table[f"{name}_second"] + table[f"{name}_second_bias"]
    return found


def date_candidates(read: Encoded, tag: Tag, dates: Sequence[DatePhrase]) -> list[DatePhrase]:
    """The resolved date phrases of the claim's sentence, of the two before it and of the one after."""
    near = np.isin(sentence_buckets(read.window, tag.at), (0, 1, 2, 4)) & (read.window.starts >= 0)
    if not near.any():
        return []
    low, high = int(read.window.starts[near].min()), int(read.window.ends[near].max())
    return [
        d
        for d in dates
        if d.edtf and low <= d.span[0] and d.span[1] <= high and (inside(read.window, d.span) & near).any()
    ]


#: What is still to come, and what has come, where it is told as sure as this.
_TO_COME, _HAS_COME, _TOLD = ("planned", "reaffirmed", "at_risk", "delayed"), ("achieved", "suspended", "cancelled", "resumed"), 0.6  # fmt: skip


def looks_ahead(tag: Tag) -> bool | None:
    """Whether a claim is of what is to come (True) or of what has come (False), as the encoder takes it; None where it doubts."""
    to_come, has_come = (sum(tag.statuses[STATUSES.index(s)] for s in group) for group in (_TO_COME, _HAS_COME))
    return True if to_come >= _TOLD else False if has_come >= _TOLD else None


def date_features(read: Encoded, tag: Tag, found: Sequence[DatePhrase], text: str, published: str | None) -> Floats:
    """(phrases, features) of a claim with each date phrase."""
    ranks = sorted(range(len(found)), key=lambda k: (bounded(found[k]) or "").lstrip("./"))
    extra, ahead = [], looks_ahead(tag)
    for k, phrase in enumerate(found):
        before = text[max(0, phrase.span[0] - 48) : phrase.span[0]]
        extra.append(
            [
                float(_WAS.search(before) is not None),
                float(re.search(r"\bto\s$", before) is not None),
                float(re.search(r"\bfrom\s$", before) is not None),
                float(re.match(r"\s*(?:to|until)\b", text[phrase.span[1] : phrase.span[1] + 8]) is not None),
                *order(bounded(phrase), published),
                *order(bounded(phrase.turned(ahead)), published),
                float(phrase.ahead is not None),
                ranks.index(k) / max(1, len(found) - 1),
                float(len(found) == 1),
                float(len(found) > 2),
            ]
        )
    return features_of(read, tag, pieces_in(read.window, [d.span for d in found]), extra)


def order(edtf: str | None, published: str | None) -> list[float]:
    """Whether a date lies before the day of publication, on it, or after it: three zeros where either is open."""
    if not edtf or not published:
        return [0.0, 0.0, 0.0]
    window, told = parse_edtf(edtf), parse_edtf(published)
    gone = window.latest is not None and told.earliest is not None and window.latest < told.earliest
    due = window.earliest is not None and told.latest is not None and window.earliest > told.latest
    return [float(gone), float(not gone and not due), float(due)]


def date_roles(read: Encoded, tag: Tag, found: Sequence[DatePhrase], text: str, published: str | None) -> Floats:
    """(phrases, roles) chances of what each date phrase is to the claim; rows sum to 1."""
    return softmax(judge("date", date_features(read, tag, found, text, published)))


def name_candidates(read: Encoded, tag: Tag, naming: Naming, text: str) -> list[Candidate]:
    """What a claim may be about: the names that its window or the title has, and what the encoder points at."""
    window, spans = read.window, [c.span for c in naming.candidates]
    below = np.any(pieces_in(window, spans), axis=1)
    above = np.any(touching(window.title_starts, window.title_ends, spans), axis=1)
    found = [
        c
        for c, in_text, in_title in zip(naming.candidates, below, above, strict=True)
        if (in_title if c.titled else in_text)
    ]
    answers = Answers(text, read.window, tag)
    pointed = [(a, False) for a in answers.all("programme", POINTED)]
    pointed += [(a, True) for a in answers.titled("programme", POINTED, naming.title)]
    for answer, titled in pointed:
        name = (naming.title if titled else text)[slice(*answer.span)]
        if not any(c.titled == titled and c.span[0] < answer.span[1] and answer.span[0] < c.span[1] for c in found):
            found.append(Candidate(answer.span, titled, name, naming.known(name, 0.0, answer.chance)))
    return found


def name_features(
    read: Encoded, tag: Tag, found: Sequence[Candidate], naming: Naming, sentence: tuple[int, int]
) -> Floats:
    """(names, features) of a claim with each name. sentence: the claim's own."""
    window, spans = read.window, [c.span for c in found]
    titled = np.array([c.titled for c in found])[:, None]
    above = touching(window.title_starts, window.title_ends, spans)
    masks = np.where(titled, above, pieces_in(window, spans))
    pointed = (masks * tag.slots[SLOTS.index("programme")]).max(1)
    keys = [fold(c.name) for c in found]
    best = {key: max(p for k, p in zip(keys, pointed, strict=True) if k == key) for key in keys}
    picked, at = fold(naming.picked(sentence)), int(window.starts[tag.at])
    before = max((c.span[0] for c in found if not c.titled and c.is_system and c.span[0] < at), default=-1)
    behind = min(
        (c.span[0] for c in found if not c.titled and c.is_system and at < c.span[0] < sentence[1]), default=-1
    )
    extra = []
    for c, key in zip(found, keys, strict=True):
        extra.append(
            [
                float(c.titled),
                *c.known,
                float(best[key]),
                float(best[key] - max((p for k, p in best.items() if k != key), default=0.0)),
                float(key == picked),
                float(not c.titled and c.span[0] == before),
                float(not c.titled and c.span[0] == behind),
                1 / len(best),
            ]
        )
    return features_of(read, tag, masks, extra)


def name_chances(
    read: Encoded, tag: Tag, found: Sequence[Candidate], naming: Naming, sentence: tuple[int, int]
) -> Floats:
    """(names,) chances that the claim is about each."""
    return sigmoid(judge("name", name_features(read, tag, found, naming, sentence))[:, 0])


def number_candidates(text: str, sentence: tuple[int, int]) -> list[tuple[int, int]]:
    """The numerals and ordinals of a sentence."""
    found = []
    for match in _NUMERAL.finditer(text, *sentence):
        word = match.group()
        if value_of(word) is not None or word.lower() in SINGLES:
            found.append(match.span())
    return found


def number_features(read: Encoded, tag: Tag, spans: Sequence[tuple[int, int]], text: str) -> Floats:
    """(numbers, features) of a claim with each numeral."""
    extra = []
    for low, high in spans:
        word = text[low:high]
        extra.append(
            [
                float(word[0].isdigit()),
                float(word.lower() in SINGLES),
                float(bool(re.fullmatch(r"(?:19|20)\d\d", word))),
                float(text[max(0, low - 1) : low] in ("$", "€", "£", "-")),
                float(len(spans) == 1),
            ]
        )
    return features_of(read, tag, pieces_in(read.window, spans), extra)


def number_chances(read: Encoded, tag: Tag, spans: Sequence[tuple[int, int]], text: str) -> Floats:
    """(numbers,) chances that each counts what the claim is about."""
    return sigmoid(judge("number", number_features(read, tag, spans, text))[:, 0])


def status_features(read: Encoded, tag: Tag, date: str | None, previous: str | None, published: str | None) -> Floats:
    """(1, features) of a claim, its dates known."""
    same = own_sentence(read.window, tag)
    later = 0.0
    if date and previous:
        now, then = parse_edtf(date).deadline, parse_edtf(previous).deadline
        later = float(np.sign((now - then).days)) if now and then else 0.0
    extra = [
        float(date is not None),
        float(previous is not None),
        later,
        *order(date, published),
        *order(previous, published),
    ]
    return features_of(read, tag, same[None], [extra])


def statuses(read: Encoded, tag: Tag, date: str | None, previous: str | None, published: str | None) -> tuple[str, str]:
    """The status and modality of a claim, its dates known."""
    scores = judge("status", status_features(read, tag, date, previous, published))[0]
    count = len(STATUSES)
    return STATUSES[int(scores[:count].argmax())], MODALITIES[int(scores[count:].argmax())]
