"""Numbers in digits and words: known values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.reading.numerals import value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24", 24), ("1,200", 1200), ("2.5", 2.5), ("two", 2), ("Twelve", 12), ("forty-eight", 48), ("two dozen", 24),
        ("a dozen", 12), ("a hundred", 100), ("one hundred and twenty", 120), ("three hundred", 300), ("a", 1), ("pair", 2),
        ("3 dozen", 36),
    ],
)  # fmt: skip
def test_numerals_have_their_values(text: str, value: float) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["", "jets", "F-35", "first", "2nd", "twelve jets", "-", "1,2,x"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert value_of(text) is None


@given(st.integers(0, 10**12))
def test_digits_are_read_with_and_without_commas(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@given(st.text(max_size=20))
def test_no_text_breaks_the_numerals(text: str) -> None:
    value = value_of(text)
    assert value is None or value >= 0
