"""Second look at the words that may carry a claim: whether each does, and of which milestone.

The first head tells it from the word in its window alone, and trusts itself too much: it was trained on what it had learnt by
heart. Here the whole sentence and what else in it may carry a claim weigh in, by a network that was trained on documents that the encoder had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from slipcast.reading import pairs
from slipcast.reading.encoder import Encoded, Floats, Tag, softmax, tags
from slipcast.reading.labels import ANCHORS

#: The least chance, by the first head, of a word that is looked at again.
SEEN = 0.15
#: Pieces beside a word that are of one phrase with it.
_BESIDE = 2


def claimed(read: Encoded, floor: float) -> list[Tag]:
    """The words of a window that carry a claim with at least the chance `floor`, in order, each with its milestone."""
    found = tags(read, SEEN)
    if not found:
        return []
    chances = softmax(pairs.judge("claim", claim_features(read, found)))
    kinds = chances[:, 1:].argmax(1) + 1
    sure = 1 - chances[:, 0]
    return [
        replace(tag, anchor=ANCHORS[int(kind)], chance=float(chance))
        for tag, kind, chance in zip(found, kinds, sure, strict=True)
        if chance >= floor
    ]


def claim_features(read: Encoded, found: Sequence[Tag]) -> Floats:
    """(words, features) of each word that may carry a claim with its sentence. found: all of the window that may."""
    rows = []
    for tag in found:
        sentence = pairs.own_sentence(read.window, tag)
        rows.append(pairs.features_of(read, tag, sentence[None], [_extra(read, tag, found, sentence)]))
    return np.concatenate(rows)


def _extra(read: Encoded, tag: Tag, found: Sequence[Tag], sentence: pairs.Masks) -> list[float]:
    """What the first head says of the word, of the rest of its sentence, and of the other words there that may carry a claim."""
    rest = sentence & (np.abs(np.arange(len(read.window.ids)) - tag.at) > _BESIDE)
    others = read.anchors[rest, 1:].max(0) if rest.any() else np.zeros(len(ANCHORS) - 1)
    beside = [t for t in found if t is not tag and sentence[t.at]]
    like = [t for t in beside if t.anchor == tag.anchor]
    rival = max((t.chance for t in like), default=0.0)
    return [
        *read.anchors[tag.at].tolist(),
        *others.tolist(),
        tag.chance,
        rival,
        float(rival > tag.chance),
        float(any(t.at < tag.at for t in like)),
        max((t.chance for t in beside), default=0.0),
        len(beside) / 5,
        float(tag.anchor == ANCHORS[-1]),
    ]
