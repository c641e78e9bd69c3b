"""Names of tranches, as reporting writes them, and the one short name that each means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.programme.tranches import tranche_name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("second", "second"),
        ("the second S-400", "second"),
        ("second system", "second"),
        ("2nd regiment", "second"),
        ("batch 2", "second"),
        ("batch 2 (option regiment)", "second"),
        ("Batch II", "second"),
        ("regiment 4", "fourth"),
        ("the fourth squadron", "fourth"),
        ("the first [batch]", "first"),
        ("batch 1 (4 units), first battery", "first, first battery"),
        ("second battery of the first contract", "first, second battery"),
        ("second battery", "second battery"),
        ("regiments 4 and 5", "fourth and fifth"),
        ("the second Russian S-400", "second"),
        ("second consignment of S-400s", "second"),
        ("initial batch", "first"),
        ("last two regiments", "last"),
        ("next batch", "next"),
        ("follow-on order", "next"),
        ("the option regiment", "next"),
        ("final batch", "last"),
        ("remaining systems", "remaining"),
        ("all five regiments", None),
        ("the whole order", None),
        ("", None),
        (None, None),
    ],
)
def test_air_defence(told, name):
    assert tranche_name(told, "S-400", "air defence") == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("fourth squadron", "fourth squadron"),
        ("first aircraft (tail 7, launch nation)", "first aircraft"),
        ("first 18 aircraft", "first 18 aircraft"),
        ("14th lot", "lot 14"),
        ("Lot 14", "lot 14"),
        ("Lots 12 to 14", "lots 12 to 14"),
        ("Lot 12 to 14", "lots 12 to 14"),
        ("Kestrel Lot 15", "lot 15"),
        ("initial operating capability", "initial operating capability"),
        ("Germany", "Germany"),
        ("83-aircraft order", "83-aircraft order"),
        ("RVS 2.0", "RVS 2.0"),
        ("the Nashik line", "Nashik line"),
        ("Phase I Increment 2", "Phase I Increment 2"),
        ("2019 deliveries", "2019 deliveries"),
        ("boat 1", "first boat"),
        ("Boat 2", "second boat"),
        ("first boat", "first boat"),
        ("train no. 4", "fourth train"),
        ("hull 3", "third hull"),
        ("lot 2", "second"),
        ("second lot", "second"),
        ("phase I", "first"),
        ("Phase II", "second"),
        ("phase 2", "second"),
        ("second phase", "second"),
        ("Batch I", "first"),
        ("block 4", "block 4"),
        ("Flight III", "Flight III"),
        ("Camp 2", "Camp 2"),
    ],
)
def test_aircraft(told, name):
    assert tranche_name(told, "HX-9|Kestrel", "combat aircraft") == name


@given(st.text(max_size=40))
def test_any_text_has_a_name_or_none_and_the_name_is_its_own(text):
    name = tranche_name(text)
    assert name is None or (name == name.strip() and name)


@given(st.sampled_from(["batch", "regiment", "system", "set", "tranche"]), st.integers(1, 20))
def test_a_number_and_its_ordinal_are_one(unit, number):
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if 10 < number < 14 else endings.get(number % 10, "th")
    assert (
        tranche_name(f"{unit} {number}")
        == tranche_name(f"{number}{ending} {unit}")
        == tranche_name(f"the {number}{ending} {unit}")
    )
