"""Plain turns of English. All sentences are invented."""

import pytest

from slipcast.reading.wordings import (
    bare_part,
    before_whole,
    ended,
    is_meant,
    is_not_made,
    leads_into,
    lot_of,
    may_be,
    names_no_part,
    names_nobody,
    one_part,
    reason_first,
    sourcing,
    year_in_name,
)


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


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("partnership in the ", True),
        ("excluded from the ", True),
        ("suspended over its purchase of the ", False),
        ("left because of a row in the ", False),
        ("membership, and the ", False),
    ],
)
def test_a_membership_is_in_what_follows_unless_a_reason_stands_between(words: str, leads: bool) -> None:
    assert leads_into(words) is leads


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Norwerk is the sole supplier of the canopy.", "sole"),
        ("Norwerk alone makes the canopy.", "sole"),
        ("Norwerk becomes a second source for the canopy.", "second"),
        ("Norwerk makes the canopy.", None),
    ],
)
def test_a_source_is_sole_or_second_where_it_says_so(sentence: str, source: str | None) -> None:
    assert sourcing(sentence) == source


def test_a_part_that_is_not_made_is_told() -> None:
    assert is_not_made("canopy", "Norwerk does not make the canopy.")
    assert not is_not_made("canopy", "Norwerk makes the canopy.")


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("It was late because of the strike at the yard, he said.", "the strike at the", "the strike at the yard"),
        ("It was late because of a strike.", "a strike", "a strike"),
        ("It was late because of the purchase of the S-400", "the purchase of the", "the purchase of the S-400"),
    ],
)
def test_a_phrase_does_not_end_in_an_article(text: str, cut: str, whole: str) -> None:
    low = text.index(cut)
    assert text[low : ended(text, low, low + len(cut), len(text))] == whole


def test_a_part_is_named_whole_and_without_its_verb() -> None:
    assert bare_part("make the fan blades") == "fan blades"
    assert bare_part("wing spars") == "wing spars"
    text = "It makes doors, and hardware for the F135 engine."
    assert text[before_whole(text, text.index("F135")) :] == "hardware for the F135 engine."
    assert before_whole("The F135 engine", 4) == 4


@pytest.mark.parametrize(("part", "none"), [("all parts", True), ("components", True), ("engine parts", False)])
def test_parts_of_no_kind_are_no_part(part: str, none: bool) -> None:
    assert names_no_part(part) is none


@pytest.mark.parametrize(
    ("party", "nobody"),
    [
        ("suppliers", True),
        ("several new customers", True),
        ("the air force", False),
        ("Norland", False),
        ("Airline", False),
    ],
)
def test_a_kind_of_party_is_nobody(party: str, nobody: bool) -> None:
    assert names_nobody(party) is nobody


@pytest.mark.parametrize(
    ("after", "lot"),
    [
        (" S-400 battery of the first batch has been delivered", "first"),
        (" of the first batch", None),
        (" battery has been delivered", None),
        (" battery of the navy's first batch", None),
    ],
)
def test_a_piece_is_of_its_lot(after: str, lot: str | None) -> None:
    assert lot_of(after) == lot
