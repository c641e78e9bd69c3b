"""Quantities at a numeral: known values. The sentences are invented."""

import pytest

from slipcast.domain import Quantity
from slipcast.reading.counts import quantity_at


def counted(text: str, numeral: str) -> Quantity | None:
    low = text.index(numeral)
    return quantity_at(text, low, low + len(numeral), (0, len(text)))


@pytest.mark.parametrize(
    ("text", "numeral", "quantity"),
    [
        ("Eighteen tankers were delivered.", "Eighteen", Quantity(18, "=", "tankers")),
        ("Up to twenty-four trains will be ordered.", "twenty", Quantity(24, "<", "trains")),
        ("Some 60 jets were delivered.", "60", Quantity(60, "~", "jets")),
        ("They will hand over two ships in May.", "two", Quantity(2, "=", "ships")),
        ("Norway bought more than 100 aircraft.", "100", Quantity(100, ">", "aircraft")),
        ("They ordered at least 1,200 field kitchens.", "1,200", Quantity(1200, ">", "kitchens")),
        ("They ordered two dozen helicopters.", "two", Quantity(24, "=", "helicopters")),
        ("The first was handed over.", "first", Quantity(1, "=", None)),
        ("The two hundred ventilators came.", "hundred", Quantity(200, "=", "ventilators")),
        ("Number two was to have come in May.", "two", Quantity(1, "=", None)),
        ("Another 12 more boats follow.", "12", Quantity(12, "=", "boats")),
    ],
)
def test_a_quantity_has_number_comparator_and_unit(text: str, numeral: str, quantity: Quantity) -> None:
    assert counted(text, numeral) == quantity


@pytest.mark.parametrize("text", ["The first batch arrives in May.", "A second S-400 regiment follows.", "It received the first S-400 in July.", "The second delivery is late."])  # fmt: skip
def test_an_ordinal_of_several_counts_none(text: str) -> None:
    assert counted(text, "first" if "first" in text else "second") is None


@pytest.mark.parametrize("text", ["The first frigate arrives in May.", "The first F-35 came.", "The first is in its final order of trials."])  # fmt: skip
def test_an_ordinal_of_a_single_thing_counts_one(text: str) -> None:
    found = counted(text, "first")
    assert found is not None
    assert found.value == 1


def test_a_number_counts_no_time() -> None:
    found = counted("The ship came 24 this year.", "24")
    assert found is not None
    assert found.unit is None


def test_what_is_no_numeral_is_no_quantity() -> None:
    assert counted("The ships were delivered.", "ships") is None
    assert counted("Another yard builds them.", "yard") is None


def test_only_the_own_sentence_is_looked_at() -> None:
    text = "More than. 40 ships. Boats came."
    assert quantity_at(text, 11, 13, (11, 20)) == Quantity(40, "=", "ships")
