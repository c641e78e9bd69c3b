"""The learned part of the reader: a small encoder of word pieces, and what its heads make of them.

The encoder is a network of a few layers with 8-bit weights, run by onnxruntime on the processor; the heads are a few
matrices. Both were trained by benchmarks/train_reader.py; learned/provenance.json says from what.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slipcast.domain import MODALITIES, STATUSES
from slipcast.errors import MissingPart
from slipcast.reading.labels import ANCHORS, SLOTS
from slipcast.reading.windows import Window, piece_buckets, sentence_buckets

Floats = NDArray[np.float32]
AHEAD = 4  #: windows that are read while one is made use of


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window with what the encoder makes of it: hidden (n, size); anchors (n, len(ANCHORS)), rows sum to 1."""

    window: Window
    hidden: Floats
    anchors: Floats


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that carries a claim.

    at: its piece; anchor: a milestone or "share"; chance: that it carries any claim; statuses, modalities: chances, in the
    order of the domain's words; slots: (len(SLOTS), n) for each piece of the window the chance that it belongs to the slot.
    """

    at: int
    anchor: str
    chance: float
    statuses: Floats
    modalities: Floats
    slots: Floats


@lru_cache(maxsize=1)
def _session() -> Any:
    if importlib.util.find_spec("onnxruntime") is None:
        raise MissingPart(
            "the runtime of the reader is not installed", where="onnxruntime", todo="pip install onnxruntime"
        )
    runtime: Any = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    # threads that wait for work by spinning take the processor from the rest of the reader: a third of the time, measured
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with as_file(files("slipcast.reading.learned").joinpath("encoder.onnx")) as path:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def _pieces() -> tuple[NDArray[np.int8], Floats]:
    """The table of word pieces: rows (pieces, size), and what each row is to be multiplied by (pieces, 1)."""
    with as_file(files("slipcast.reading.learned").joinpath("pieces.npz")) as path, np.load(path) as stored:
        return stored["rows"], stored["scale"].astype(np.float32)[:, None]


@lru_cache(maxsize=1)
def heads() -> dict[str, Floats]:
    """The matrices of all heads, by name."""
    with as_file(files("slipcast.reading.learned").joinpath("heads.npz")) as path, np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def encode(windows: Iterable[Window]) -> Iterator[Encoded]:
    """Each window read, in order, one at a time: 8-bit activations are scaled over all that is read together, and what
    stands in one document must not change how another is read. A few are read ahead, while the last one is made use of. Raises MissingPart without onnxruntime."""
    waiting: deque[Future[Encoded]] = deque()
    with ThreadPoolExecutor(1, "encoder") as ahead:
        for window in windows:
            waiting.append(ahead.submit(_encoded, window))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _encoded(window: Window) -> Encoded:
    rows, scale = _pieces()
    words = rows[window.ids] * scale[window.ids]
    mask = np.ones((1, len(window.ids)), dtype=np.int64)
    hidden, anchors = _session().run(None, {"words": words[None], "mask": mask})
    return Encoded(window, hidden[0], anchors[0])


def tags(read: Encoded, floor: float) -> list[Tag]:
    """The words of a window's own sentences that carry a claim with at least the chance `floor`, in order.

    Of neighbours (a word cut in pieces, a phrase) with one milestone only the surest stands.
    """
    window = read.window
    chance = 1 - read.anchors[:, 0]
    kind = read.anchors[:, 1:].argmax(1) + 1
    kept: list[int] = []
    for at in sorted(np.flatnonzero(window.own & (chance >= floor)), key=lambda k: -float(chance[k])):
        near = (k for k in kept if abs(k - at) <= 2 and window.sentence[k] == window.sentence[at])
        if not any(kind[k] == kind[at] for k in near):
            kept.append(int(at))
    kept.sort()
    return tags_at(read, kept, [ANCHORS[int(kind[at])] for at in kept])


def tags_at(read: Encoded, pieces: list[int], anchors: Sequence[str]) -> list[Tag]:
    """The tags of given pieces. anchors: what each carries."""
    if not pieces:
        return []
    table = heads()
    words = read.hidden[pieces]
    statuses = softmax(words @ table["status_weight"].T + table["status_bias"])
    modalities = softmax(words @ table["modality_weight"].T + table["modality_bias"])
    if (statuses.shape[1], modalities.shape[1]) != (len(STATUSES), len(MODALITIES)):
        raise MissingPart(
            "the weights of the reader are of another version",
            where="slipcast/reading/learned",
            todo="install slipcast anew",
        )
    slots = _slots(read, pieces)
    return [
        Tag(at, anchor, float(1 - read.anchors[at, 0]), statuses[k], modalities[k], slots[k])
        for k, (at, anchor) in enumerate(zip(pieces, anchors, strict=True))
    ]


def _slots(read: Encoded, kept: list[int]) -> Floats:
    """(claims, slots, n) chances: a scaled bilinear form of the claim's word and each piece, biased by their distance.

    The form is taken to each claim first, not to each piece: there are fewer of them.
    """
    table, count = heads(), len(SLOTS)
    asks = (read.hidden[kept] @ table["asks_weight"].T + table["asks_bias"]).reshape(len(kept), count, -1)
    width = math.sqrt(asks.shape[2])
    forms = table["answers_weight"].reshape(count, asks.shape[2], -1)
    sought = np.matmul(asks.transpose(1, 0, 2), forms).transpose(1, 0, 2)  # (claims, slots, size)
    offset = np.einsum("asd,sd->as", asks, table["answers_bias"].reshape(count, -1))
    scores = (sought.reshape(len(kept) * count, -1) @ read.hidden.T).reshape(len(kept), count, -1)
    scores = (scores + offset[:, :, None]) / width
    scores += (read.hidden @ table["prior_weight"].T + table["prior_bias"]).T[None]
    for k, at in enumerate(kept):
        scores[k] += table["by_sentence"][:, sentence_buckets(read.window, at)]
        scores[k] += table["by_piece"][:, piece_buckets(read.window, at)]
    return sigmoid(scores)


def sigmoid(scores: Floats) -> Floats:
    """Chances of the same shape, each for itself."""
    found: Floats = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return found


def softmax(scores: Floats) -> Floats:
    """(rows, choices) chances; each row sums to 1."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = raised / raised.sum(1, keepdims=True)
    return found
