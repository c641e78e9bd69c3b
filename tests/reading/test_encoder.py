"""The encoder: chances that are chances, the same for a text alone and beside others. Texts are invented."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from slipcast.reading.encoder import Encoded, Tag, encode, tags
from slipcast.reading.labels import ANCHORS, SLOTS
from slipcast.reading.sentences import split
from slipcast.reading.windows import Window, windows

TEXT = "The first S-400 battery was delivered to Nordland in July 2019, the ministry said. The contract was signed in 2017."
OTHERS = [
    "Soup is served at noon.",
    "Delivery of the third K-20 has slipped from 2030 to 2032 because of a strike. " * 6,
]


def packed(text: str) -> list[Window]:
    sentences = split(text)
    return windows(text, sentences, [True] * len(sentences), "News", "2019-11-12")


def found(text: str, floor: float = 0.4) -> list[tuple[Encoded, Tag]]:
    return [(one, tag) for one in encode(packed(text)) for tag in tags(one, floor)]


def test_no_window_gives_nothing() -> None:
    assert list(encode([])) == []


def test_every_piece_has_chances_that_sum_to_one() -> None:
    (one,) = encode(packed(TEXT))
    assert one.anchors.shape == (len(one.window.ids), len(ANCHORS))
    assert len(one.hidden) == len(one.window.ids)
    assert np.allclose(one.anchors.sum(1), 1, atol=1e-4)
    assert (one.anchors >= 0).all()


def test_tags_carry_chances_of_status_modality_and_slots() -> None:
    told = found(TEXT)
    assert [tag.anchor for _, tag in told] == ["delivery", "contract"]
    for one, tag in told:
        assert tag.statuses.sum() == pytest.approx(1, abs=1e-4)
        assert tag.modalities.sum() == pytest.approx(1, abs=1e-4)
        assert tag.slots.shape == (len(SLOTS), len(one.window.ids))
        assert ((tag.slots >= 0) & (tag.slots <= 1)).all()


def test_only_own_sentences_carry_tags() -> None:
    sentences = split(TEXT)
    (one,) = encode(windows(TEXT, sentences, [False, True], "News", "2019-11-12"))
    assert {int(one.window.sentence[tag.at]) for tag in tags(one, 0.2)} == {1}


def test_a_higher_floor_keeps_fewer() -> None:
    assert len(found(TEXT, 0.0001)) >= len(found(TEXT, 0.4)) > len(found(TEXT, 1.1)) == 0


def test_a_text_is_read_alike_alone_and_beside_others() -> None:
    alone = list(encode(packed(TEXT)))
    beside = list(encode([*packed(OTHERS[0]), *packed(TEXT), *packed(OTHERS[1])]))
    at = len(packed(OTHERS[0]))
    assert np.allclose(alone[0].anchors, beside[at].anchors, atol=1e-3)
    assert [t.at for t in tags(alone[0], 0.4)] == [t.at for t in tags(beside[at], 0.4)]


def test_windows_come_back_in_their_order() -> None:
    asked = [*packed(OTHERS[1]), *packed(OTHERS[0]), *packed(TEXT)]
    assert [one.window is window for one, window in zip(encode(asked), asked, strict=True)] == [True] * len(asked)


def test_a_missing_runtime_is_one_clear_line() -> None:
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from slipcast.domain import Document\nfrom slipcast.errors import MissingPart\n"
        "from slipcast.reading.read import read\n"
        "try:\n    read(Document(id='d', text='Delivery of the K-20 is due in 2031 under the contract.'))\n"
        "except MissingPart as missing:\n    print(missing)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert "onnxruntime" in done.stdout
    assert "pip install onnxruntime" in done.stdout


def test_windows_come_back_in_their_order_however_many_are_read_ahead() -> None:
    packs = [packed(text)[0] for text in (TEXT, *OTHERS) for _ in range(4)]
    assert [one.window is window for one, window in zip(encode(packs), packs, strict=True)] == [True] * len(packs)


def test_reading_may_end_before_the_last_window() -> None:
    packs = iter([packed(TEXT)[0]] * 50)
    read = encode(packs)
    next(read)
    read.close()
    assert len(list(packs)) > 30
