"""Sentences: our own words, invented for these tests."""

from hypothesis import given
from hypothesis import strategies as st

from slipcast.reading.sentences import split


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Gen. Ada Lund said on Nov. 11 that the U.S. Air Force waits. No. 5 is late."
    assert cut(text) == ["Gen. Ada Lund said on Nov. 11 that the U.S. Air Force waits.", "No. 5 is late."]


def test_quotations_are_cut_inside_and_kept_whole_before_a_comma() -> None:
    text = "“We wait for parts. The line stands still,” she said. “It is a pity.” He agreed."
    assert cut(text) == ["“We wait for parts.", "The line stands still,” she said.", "“It is a pity.”", "He agreed."]


def test_datelines_times_and_bullets_stand_apart() -> None:
    assert cut("NORDHAFEN, Sept. 3 - The ferry is late.") == ["NORDHAFEN, Sept. 3 -", "The ferry is late."]
    assert cut("16:42 - The ferry is late.") == ["16:42 -", "The ferry is late."]
    assert cut("- The ferry is late.") == ["-", "The ferry is late."]
    assert cut("HMS EXAMPLE was accepted in May.") == ["HMS EXAMPLE was accepted in May."]


def test_a_line_break_ends_a_sentence() -> None:
    assert cut("First line\nSecond line. Third") == ["First line", "Second line.", "Third"]


@given(st.text(alphabet='Ab. \n"“”!?1-(', max_size=200))
def test_sentences_are_in_order_and_nothing_but_space_is_left_out(text: str) -> None:
    at = 0
    for sentence in split(text):
        assert text[at : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        at = sentence.end
    assert text[at:].strip() == ""
