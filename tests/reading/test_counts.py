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
        ("Another 12 more boats follow.", "12", Quantity(12, "=", "boats")),
    ],
)
def test_a_quantity_has_number_comparator_and_unit(text: str, numeral: str, quantity: Quantity) -> None:
    assert counted(text, numeral) == quantity


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
