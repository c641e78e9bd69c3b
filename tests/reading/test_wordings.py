"""Plain turns of English. All sentences are invented."""

import pytest

from slipcast.reading.wordings import is_meant, may_be, one_part, reason_first, year_in_name


@pytest.mark.parametrize(
    ("sentence", "word", "possible"),
    [
        ("Delivery of the second K-20 may face a delay because of a strike.", "delay", True),
        ("Delivery of the second K-20, due in 2022, may face a delay.", "Delivery", True),
        ("Observers said the shipment delay may be meant.", "shipment", True),
        ("The tanker was delayed and may be cancelled.", "delayed", False),
        ("The tanker was delayed by a year.", "delayed", False),
        ("The tanker slipped from May to June.", "slipped", False),
    ],
)
def test_a_trouble_that_may_come_is_possible(sentence: str, word: str, possible: bool) -> None:
    assert may_be(sentence, sentence.index(word)) is possible


@pytest.mark.parametrize(
    ("sentence", "status", "why"),
    [
        ("In response to the purchase of the Q-9, Norland suspended the partnership.", "suspended", "the purchase of the Q-9"),
        ("Because of a fire, the yard suspended deliveries.", "suspended", "a fire"),
        ("In response to the offer, Norland signed and suspended nothing.", "achieved", None),
        ("Norland suspended the partnership in response to the purchase, it said.", "suspended", None),
    ],
)  # fmt: skip
def test_a_reason_before_the_clause_is_its_cause(sentence: str, status: str, why: str | None) -> None:
    assert reason_first(sentence, sentence.index("suspended"), status) == why


def test_a_part_ends_where_the_list_goes_on() -> None:
    text = "It makes the cockpit display, centre section wiring systems, and doors."
    low, high = text.index("the cockpit"), text.index(", and")
    assert text[slice(*one_part(text, low, high, text.index("display")))] == "the cockpit display"
    assert text[slice(*one_part(text, low, high, text.index("systems")))] == "centre section wiring systems"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Nothing has changed since the contract of 2017, it said.", "2017"),
        ("The 2017 contract already provided for two lots, and talks about the second lot continue.", "2017"),
        ("It is the second battery under the 2017 supply contract and not the optional second regiment.", "2017"),
        ("The contract was signed in May.", None),
        ("A second contract, which follows the 2017 deal, was signed.", None),
        ("Norland ordered ten more under the 2017 agreement.", None),
        ("It stands between the 2015 contract and the contract of 2017.", None),
    ],
)
def test_a_contract_may_be_named_by_its_year(text: str, year: str | None) -> None:
    assert year_in_name(text) == year


@pytest.mark.parametrize(
    ("sentence", "word", "meant"),
    [
        ("The president said that Norland still intended to buy a second batch.", "buy", True),
        ("Norland has no hesitation about buying a second batch.", "buying", True),
        ("Norland bought a second batch.", "bought", False),
        ("Norland, which wanted to leave, bought a second batch.", "bought", False),
    ],
)
def test_what_is_only_meant_is_not_done(sentence: str, word: str, meant: bool) -> None:
    assert is_meant(sentence, sentence.index(word)) is meant
