"""Slots as stretches of text, from invented chances of word pieces."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from slipcast.reading.answers import Answers
from slipcast.reading.encoder import Tag
from slipcast.reading.labels import SLOTS
from slipcast.reading.windows import Window

TEXT = "Norvik Marine delivered the F-35 to St. Ann and to Nordland, said Lund."


def pieces(text: str) -> list[tuple[int, int]]:
    """Words, digits and marks by themselves, as a tokenizer cuts them; "delivered" in two."""
    return [m.span() for m in re.finditer(r"deliver|ed\b|[A-Za-z]+|\d+|[^\w\s]", text)]


def answers(at: str, text: str = TEXT, **likely: dict[str, float]) -> Answers:
    """likely: slot -> piece -> its chance; every other piece has 0.01."""
    spans = pieces(text)
    words = [text[a:b] for a, b in spans]
    slots = np.full((len(SLOTS), len(spans)), 0.01, dtype=np.float32)
    for slot, chances in likely.items():
        for word, chance in chances.items():
            slots[SLOTS.index(slot), words.index(word)] = chance
    count = len(spans)
    none = np.full(count, -1)
    window = Window(
        ids=np.arange(count),
        starts=np.array([a for a, _ in spans]),
        ends=np.array([b for _, b in spans]),
        title_starts=none,
        title_ends=none,
        sentence=np.zeros(count, dtype=np.int64),
        own=np.ones(count, dtype=bool),
    )
    return Answers(text, window, Tag(words.index(at), "delivery", 0.9, np.ones(1), np.ones(1), slots))


def told(found: Answers, slot: str, floor: float = 0.5) -> list[str]:
    return [TEXT[slice(*one.span)] for one in found.all(slot, floor)]


def test_the_claims_word_is_whole() -> None:
    assert TEXT[slice(*answers("deliver").word)] == "delivered"


@pytest.mark.parametrize(
    ("slot", "likely", "text"),
    [
        ("supplier", {"Norvik": 0.9, "Marine": 0.4}, ["Norvik Marine"]),
        ("supplier", {"Norvik": 0.9, "Marine": 0.2}, ["Norvik"]),
        ("programme", {"F": 0.9, "35": 0.8}, ["F-35"]),
        ("programme", {"35": 0.9}, ["F-35"]),
        ("recipient", {"St": 0.9, "Ann": 0.9}, ["St. Ann"]),
        ("recipient", {"Ann": 0.8, "Nordland": 0.9}, ["Ann", "Nordland"]),
        ("recipient", {"Nordland": 0.9, ",": 0.9}, ["Nordland"]),
        ("speaker", {"said": 0.1, "Lund": 0.9}, ["Lund"]),
        ("speaker", {"Lund": 0.49}, []),
    ],
)
def test_stretches_are_whole_words_with_their_joints(slot: str, likely: dict[str, float], text: list[str]) -> None:
    assert told(answers("deliver", **{slot: likely}), slot) == text


def test_the_best_is_the_likeliest_and_of_equals_the_nearest() -> None:
    best = answers("deliver", recipient={"Ann": 0.6, "Nordland": 0.9}).best("recipient", 0.5)
    assert best is not None
    assert (TEXT[slice(*best.span)], best.chance) == ("Nordland", pytest.approx(0.9))
    equal = answers("deliver", recipient={"Ann": 0.9, "Nordland": 0.9}).best("recipient", 0.5)
    assert equal is not None
    assert TEXT[slice(*equal.span)] == "Ann"
    assert answers("deliver").best("recipient", 0.5) is None


def test_the_chance_of_a_stretch_is_the_mean_over_its_pieces() -> None:
    found = answers("deliver", programme={"F": 0.9, "-": 0.6, "35": 0.3})
    low = TEXT.index("F-35")
    assert found.chance("programme", (low, low + 4)) == pytest.approx(0.6)
    assert found.chance("programme", (1000, 1004)) == 0


def test_stretches_of_the_title_are_told_apart_from_those_of_the_text() -> None:
    below = answers("deliver", programme={"F": 0.9, "35": 0.8, "Nordland": 0.1})
    window = below._window
    heading = replace(
        window, starts=window.title_starts, ends=window.title_ends, title_starts=window.starts, title_ends=window.ends
    )
    above = Answers("", heading, below._tag)
    assert above.all("programme", 0.5) == []
    assert [TEXT[slice(*one.span)] for one in above.titled("programme", 0.05, TEXT)] == ["F-35", "Nordland"]
    assert below.titled("programme", 0.05, TEXT) == []
