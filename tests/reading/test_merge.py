"""What the encoder and the rules say of one document, made one. Invented statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slipcast.domain import Quantity, Statement
from slipcast.reading.merge import ALONE, SHARED, merge

TOLD = Statement(
    doc="d", span=(0, 60), quote="q" * 60, milestone="delivery", status="planned", programme="KX-9", reader="encoder 1"
)
RULED = replace(TOLD, reader="rules 1", date="2031", recipient=("Norland",), tranche="second", stated_on="2030-02-03")


def test_a_claim_of_the_encoder_alone_must_be_likely() -> None:
    assert merge([(TOLD, ALONE)], []) == [TOLD]
    assert merge([(TOLD, ALONE - 0.01)], []) == []


def test_a_claim_that_the_rules_found_too_needs_little() -> None:
    (kept,) = merge([(TOLD, SHARED)], [RULED])
    assert (kept.date, kept.recipient, kept.tranche, kept.stated_on) == ("2031", ("Norland",), "second", "2030-02-03")
    assert kept.reader == "encoder 1"
    assert merge([(TOLD, SHARED - 0.01)], [RULED]) == []


def test_what_only_the_rules_found_does_not_stand() -> None:
    assert merge([], [RULED]) == []
    assert merge([(replace(TOLD, span=(200, 260)), 0.9)], [RULED]) == [replace(TOLD, span=(200, 260))]


@pytest.mark.parametrize(("system", "date"), [("KX-9", "2032"), ("S-400", "2031")])
def test_the_rules_speak_for_known_systems_and_the_encoder_for_others(system: str, date: str) -> None:
    told, ruled = (replace(s, programme=system) for s in (replace(TOLD, date="2032"), RULED))
    (kept,) = merge([(told, 0.9)], [ruled])
    assert kept.date == date


def test_a_status_beyond_planned_and_achieved_is_the_rules() -> None:
    (kept,) = merge([(TOLD, 0.9)], [replace(RULED, status="suspended")])
    assert kept.status == "suspended"
    (kept,) = merge([(replace(TOLD, status="suspended"), 0.9)], [replace(RULED, status="achieved")])
    assert kept.status == "suspended"


def test_a_second_claim_with_the_same_date_is_said_over_again() -> None:
    again = replace(TOLD, status="delayed", date="2031", tranche="third")
    kept = merge([(replace(TOLD, date="2031"), 0.9), (again, 0.9)], [RULED])
    assert [s.status for s in kept] == ["planned"]
    other = replace(again, date="2033")
    assert len(merge([(replace(TOLD, date="2031"), 0.9), (other, 0.9)], [RULED])) == 2


def test_a_unit_is_taken_over_with_an_equal_number() -> None:
    told, ruled = replace(TOLD, quantity=Quantity(4)), replace(RULED, quantity=Quantity(4, "=", "frigates"))
    (kept,) = merge([(told, 0.9)], [ruled])
    assert kept.quantity == Quantity(4, "=", "frigates")
