"""Whose statements stand where several readers have read one document. The programme is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slipcast.domain import Document, Entry, Statement
from slipcast.pipeline.standing import agreed, current

TEXT = "The first KX-30 will be delivered to Vendland in June 2022, the ministry said."
DOCUMENT = Document("d1", TEXT, outlet="The Vendel Gazette", published="2021-05-04")
BY_RULES = Statement(
    "d1", (0, len(TEXT)), TEXT, "delivery", "planned", programme="KX-30", date="2022-06", reader="rules 0.1.0"
)
BY_MODEL = replace(BY_RULES, tranche="first", recipient=("Vendland",), reader="model big 12345678")


def entry(statement: Statement, recorded_at: str) -> Entry:
    return Entry(statement, DOCUMENT, recorded_at)


def test_rules_alone_stand_as_they_are() -> None:
    assert agreed([BY_RULES]) == [BY_RULES]


def test_the_fuller_of_two_readings_of_one_claim_stands() -> None:
    assert agreed([BY_RULES, BY_MODEL]) == [BY_MODEL]


def test_where_they_contradict_the_rules_stand() -> None:
    assert agreed([BY_RULES, replace(BY_MODEL, date="2023-06")]) == [BY_RULES]


def test_what_only_the_model_found_stands_under_its_name() -> None:
    other = replace(BY_MODEL, milestone="contract", status="achieved")
    assert {s.reader for s in agreed([BY_RULES, other])} == {BY_RULES.reader, other.reader}


@pytest.mark.parametrize("order", [1, -1])
def test_a_newer_reading_of_a_document_takes_the_place_of_an_older_one(order: int) -> None:
    newer = replace(BY_RULES, tranche="first", reader="rules 0.2.0")
    told = [entry(BY_RULES, "2026-01-01T00:00:00"), entry(newer, "2026-02-01T00:00:00")]
    assert [e.statement for e in current(told[::order])] == [newer]


def test_readings_of_other_documents_are_left_alone() -> None:
    elsewhere = Entry(
        replace(BY_RULES, doc="d2", reader="rules 0.0.9"), replace(DOCUMENT, id="d2"), "2025-01-01T00:00:00"
    )
    assert len(current([entry(BY_RULES, "2026-01-01T00:00:00"), elsewhere])) == 2
