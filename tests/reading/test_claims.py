"""The second look at the words that may carry a claim. Texts are invented."""

from __future__ import annotations

import numpy as np
import pytest

from slipcast.reading.claims import SEEN, claim_features, claimed
from slipcast.reading.encoder import Encoded, encode, heads, tags
from slipcast.reading.labels import ANCHORS
from slipcast.reading.sentences import split
from slipcast.reading.windows import windows

TEXT = (
    "The first S-400 battery was delivered to Nordland in July 2019, the ministry said. The contract was signed in 2017. "
    "A second battery may arrive in 2020 if the talks on technology conclude, the minister added."
)


def read(text: str, wanted: list[bool] | None = None) -> Encoded:
    sentences = split(text)
    (one,) = encode(windows(text, sentences, wanted or [True] * len(sentences), "News", "2019-11-12"))
    return one


def test_what_is_claimed_was_seen_by_the_first_head_and_is_as_likely_as_asked() -> None:
    one = read(TEXT)
    seen = {tag.at for tag in tags(one, SEEN)}
    told = claimed(one, 0.4)
    assert {tag.anchor for tag in told} >= {"delivery", "contract"}
    assert {tag.at for tag in told} <= seen
    assert all(0.4 <= tag.chance <= 1 and tag.anchor in ANCHORS[1:] for tag in told)
    assert [tag.at for tag in told] == sorted(tag.at for tag in told)


def test_a_higher_floor_keeps_some_of_the_same() -> None:
    one = read(TEXT)
    low, high = ({tag.at for tag in claimed(one, floor)} for floor in (0.2, 0.9))
    assert high <= low


def test_only_own_sentences_make_claims() -> None:
    one = read(TEXT, [False, True, False])
    assert {int(one.window.sentence[tag.at]) for tag in claimed(one, 0.2)} == {1}


def test_text_without_a_claim_makes_none() -> None:
    assert claimed(read("Soup is served at noon, and nobody minds the rain."), 0.4) == []


def test_a_word_is_looked_at_beside_the_others_of_its_sentence() -> None:
    one = read(TEXT)
    found = tags(one, SEEN)
    rows = claim_features(one, found)
    assert rows.shape == (len(found), heads()["claim_first"].shape[0])
    alone = claim_features(one, found[-1:])
    shared = [tag for tag in found if one.window.sentence[tag.at] == one.window.sentence[found[-1].at]]
    assert np.isfinite(rows).all()
    assert alone[0, -2] * 5 == pytest.approx(0)
    assert rows[-1, -2] * 5 == pytest.approx(len(shared) - 1)
