"""Cause, condition and modality as spans of the sentence. Invented sentences."""

import pytest

from slipcast.domain import Document, Statement
from slipcast.reading.rules import RuleReader as Reader

_ABOUT = "Nordland ordered the A400M in 2003 and the contract names a delivery date."


def read_one(sentence: str) -> list[Statement]:
    document = Document(id="t", text=f"{_ABOUT}\n\n{sentence}", published="2012-10-15")
    return [s for s in Reader().read(document) if s.quote == sentence]


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("Delivery of the A400M slipped to 2013 because of problems with the engine.", "problems with the engine"),
        ("Delivery of the A400M was delayed owing to a strike at the supplier.", "a strike at the supplier"),
        (
            "Commissioning of the A400M has been delayed because the welds must be repaired.",
            "the welds must be repaired",
        ),
        ("A fire at the plant has caused a delay to the A400M deliveries.", "A fire at the plant"),
    ],
)
def test_the_cause_is_the_words_of_the_sentence(sentence: str, cause: str) -> None:
    assert cause in [s.cause for s in read_one(sentence)]


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Nordland will buy two A400M aircraft if parliament agrees.", "parliament agrees"),
        ("Nordland will buy two A400M aircraft provided that parliament agrees.", "parliament agrees"),
        ("Delivery of the A400M in May depends on approval by parliament.", "approval by parliament"),
        ("Nordland will buy two A400M aircraft unless the price rises.", "unless the price rises"),
    ],
)
def test_a_condition_loses_its_if_and_keeps_its_unless(sentence: str, condition: str) -> None:
    statements = read_one(sentence)
    assert condition in [s.condition for s in statements]
    assert "conditional" in [s.modality for s in statements]


def test_a_span_of_time_is_no_cause() -> None:
    statements = read_one("The A400M was delivered two years after the first flight in 2009.")
    assert statements
    assert all(s.cause is None for s in statements)
