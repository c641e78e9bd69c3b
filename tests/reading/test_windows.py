"""Windows: sentences in word pieces, packed with a heading and what stands before. Texts are invented."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.reading.sentences import split
from slipcast.reading.windows import LONGEST, Window, piece_buckets, sentence_buckets, windows

TEXT = "The ferry was delivered in May. Nobody came. Nordland will order two more by 2031. The yard is content."


def packed(
    text: str, wanted: list[bool] | None = None, title: str | None = "Ferry", day: str | None = "2030-05-02"
) -> list[Window]:
    sentences = split(text)
    return windows(text, sentences, wanted if wanted is not None else [True] * len(sentences), title, day)


def owned(found: list[Window]) -> Counter[int]:
    """In how many windows each sentence is to be read."""
    return Counter(k for w in found for k in set(w.sentence[w.own].tolist()))


def test_each_wanted_sentence_is_to_be_read_in_one_window() -> None:
    assert owned(packed(TEXT)) == {0: 1, 1: 1, 2: 1, 3: 1}
    assert owned(packed(TEXT, [True, False, False, True])) == {0: 1, 3: 1}


def test_what_stands_right_before_a_wanted_sentence_is_shown_and_not_read() -> None:
    (window,) = packed(TEXT, [False, False, True, False])
    assert set(window.sentence[window.own].tolist()) == {2}
    assert set(window.sentence[window.sentence >= 0].tolist()) == {1, 2}


def test_nothing_wanted_gives_no_window() -> None:
    assert packed(TEXT, [False] * 4) == []
    assert packed("") == []


def test_the_pieces_of_a_sentence_give_back_its_words() -> None:
    (window,) = packed(TEXT, [True, False, False, False])
    pieces = [TEXT[a:b] for a, b in zip(window.starts, window.ends, strict=True) if a >= 0]
    assert "".join(pieces) == "TheferrywasdeliveredinMay."


def test_the_heading_tells_month_and_title() -> None:
    (dated,) = packed("The ferry came.", title="The late ferry")
    (undated,) = packed("The ferry came.", title="The late ferry", day=None)
    title = [(a, b) for a, b in zip(dated.title_starts, dated.title_ends, strict=True) if a >= 0]
    assert ["The late ferry"[a:b] for a, b in title] == ["The", "late", "ferry"]
    assert len(dated.ids) > len(undated.ids)
    assert not (dated.own & (dated.sentence < 0)).any()
    assert (dated.starts[dated.sentence < 0] == -1).all()


def test_a_long_title_leaves_room_for_the_text() -> None:
    (window,) = packed("The ferry came.", title="ferry " * 500)
    assert len(window.ids) < LONGEST
    assert owned([window]) == {0: 1}


def test_a_long_document_is_cut_and_each_window_fits() -> None:
    text = " ".join(f"Ferry number {k} will be delivered to Nordland in May after its trials." for k in range(200))
    found = packed(text)
    assert len(found) > 5
    assert all(len(w.ids) <= LONGEST for w in found)
    assert owned(found) == dict.fromkeys(range(200), 1)
    assert all((w.sentence[~w.own & (w.sentence >= 0)] < w.sentence[w.own].min()).all() for w in found)


def test_a_sentence_longer_than_a_window_is_cut_to_it() -> None:
    (window,) = packed("the ferry and " * 110 + "the tug came.")
    assert len(window.ids) == LONGEST


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=500), st.data())
def test_any_text_is_packed_once_within_its_bounds(text: str, data: st.DataObject) -> None:
    sentences = split(text)
    wanted = data.draw(st.lists(st.booleans(), min_size=len(sentences), max_size=len(sentences)))
    found = windows(text, sentences, wanted, "A title", "2030-05")
    counted = owned(found)
    assert set(counted) <= {k for k, want in enumerate(wanted) if want}
    assert set(counted.values()) <= {1}
    for window in found:
        assert len(window.ids) <= LONGEST
        for k, low, high in zip(window.sentence, window.starts, window.ends, strict=True):
            assert k < 0 or sentences[k].start <= low <= high <= sentences[k].end


def test_buckets_tell_sentence_and_distance() -> None:
    (window,) = packed(TEXT)
    first_of = {k: int(np.flatnonzero(window.sentence == k)[0]) for k in range(4)}
    seen = sentence_buckets(window, first_of[2])
    assert [int(seen[first_of[k]]) for k in range(4)] == [2, 1, 0, 4]
    assert int(seen[0]) == 7
    assert int(sentence_buckets(window, first_of[0])[first_of[3]]) == 5
    assert int(sentence_buckets(window, first_of[3])[first_of[0]]) == 3
    near = piece_buckets(window, 10)
    assert [int(near[10 + k]) for k in (-8, -1, 0, 1, 2, 3, 4)] == [3, 6, 7, 8, 9, 9, 10]
    assert int(near.min()) >= 0
    assert int(near.max()) <= 14
