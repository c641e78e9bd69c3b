"""Which system, supplier, recipient, tranche and how many. All sentences, programmes and people here are invented."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from slipcast.domain import Quantity
from slipcast.reading.designations import find_designations, introduced
from slipcast.reading.names import Mentions
from slipcast.reading.parse import parse
from slipcast.reading.sentences import split


def parsed(text: str) -> Doc:
    sentences = split(text)
    return next(parse([(text, sentences, [True] * len(sentences))]))


def event(text: str, word: str) -> tuple[Mentions, Token, Token]:
    """The document's mentions, the event's word, and the verb above it."""
    anchor = next(token for token in parsed(text) if token.text == word)
    head = anchor
    while head.pos_ not in ("VERB", "AUX") and head.head is not head:
        head = head.head
    return Mentions(text), anchor, head


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Su-99s, K900-200 jets and MQ-9Bs", ["Su-99", "K900-200", "MQ-9B"]),
        ("a Type 90 frigate and Project 99350", ["Type 90", "Project 99350"]),
        ("HMS Kestrel Bay and the Harrow class", ["HMS Kestrel Bay", "Harrow class"]),
        ("the Northern Signal Programme (NSP)", ["Northern Signal Programme"]),
        ("the Kestrel project", ["Kestrel"]),
        ("contract N00019-13-C-9999 of 27 June at 16:42 for Q3 FY2021 under Covid-19 rules", []),
    ],
)
def test_designations_are_found_by_their_form(text: str, names: list[str]) -> None:
    assert [one.name for one in find_designations(text)] == names


def test_abbreviations_are_those_that_the_text_introduces() -> None:
    text = "The Heron Mast Upgrade (HMU) reaches Initial Operating Capability (IOC) next year (see below)."
    assert introduced(text) == {"HMU": "Heron Mast Upgrade", "IOC": "Initial Operating Capability"}
    assert [m.name for m in Mentions(text).programmes()] == ["Heron Mast Upgrade (HMU)", "Heron Mast Upgrade (HMU)"]


def test_the_main_programme_comes_from_title_and_text() -> None:
    assert (
        Mentions(
            "Trials went on. The team is content.", "Eastgate Signalling Programme (DFT): Portfolio data 2031"
        ).main
        == "Eastgate Signalling Programme"
    )
    assert Mentions("The K-20 is late. The K-20 needs an engine. A K-31 flew.").main == "K-20"
    assert Mentions("Nothing here has a name.").main == ""


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "The S-400 arrived in May. The F-35 is another matter. The missiles will be installed in June.",
            "installed",
            "S-400",
        ),
        (
            "The S-400 arrived in May. The F-35 is another matter. The jet will be delivered in June.",
            "delivered",
            "F-35",
        ),
        ("Norway left the F-35 in May. It may return to that programme.", "return", "F-35"),
        ("Deliveries of the Joint Strike Fighter began. The F-35 is late.", "Deliveries", "F-35"),
        ("Norway received 40 K-20s while its K-31 order was cancelled.", "cancelled", "K-31"),
        ("The navy variant of the V-22 (CMV-22B) will enter service.", "enter", "CMV-22B"),
    ],
)
def test_the_programme_is_the_nearest_or_the_one_picked_up(text: str, word: str, name: str) -> None:
    mentions, anchor, _ = event(text, word)
    assert mentions.programme_for(anchor) == name


@pytest.mark.parametrize(
    ("text", "word", "supplier", "recipient"),
    [
        ("Airbus handed over the first A350-1000 to Qatar Airways.", "handed", ["Airbus"], ["Qatar Airways"]),
        ("Qatar Airways took delivery of its first A350-1000 from Airbus.", "delivery", ["Airbus"], ["Qatar Airways"]),
        ("India signed a contract with Dassault for 26 Rafale fighters.", "contract", ["Dassault"], ["India"]),
        (
            "The Russian-made S-400 will be delivered to the Turkish military.",
            "delivered",
            ["Russia"],
            ["Turkish military"],
        ),
        ("Taiwan is to receive 66 F-16Vs from the United States.", "receive", ["United States"], ["Taiwan"]),
        ("Egypt's purchase of 24 Su-35s from Russia was frozen.", "purchase", ["Russia"], ["Egypt"]),
        ("Singapore Airlines pushed back delivery of its first A380.", "delivery", [], ["Singapore Airlines"]),
        ("Talks on 40 F-16s from the United States go on.", "Talks", ["United States"], []),
        ("The trials took place near Oslo.", "trials", [], []),
    ],
)
def test_parties_follow_their_grammatical_role(text: str, word: str, supplier: list[str], recipient: list[str]) -> None:
    mentions, anchor, head = event(text, word)
    found = mentions.parties_for(anchor, head)
    assert (list(found.supplier), list(found.recipient)) == (supplier, recipient)


def test_a_notice_names_its_parties_in_lines_of_their_own() -> None:
    text = (
        "Contractor: Norvik Yards, Bergen\nCustomer: Harbour Authority\nItem: two K-20 ferries, to be delivered by 2031"
    )
    mentions, anchor, head = event(text, "delivered")
    found = mentions.parties_for(anchor, head)
    assert (found.supplier, found.recipient) == (("Norvik Yards",), ("Harbour Authority",))


def test_an_award_notice_tells_for_whom_and_how_many() -> None:
    text = (
        "Norvik Corp., Dover, Delaware, is being awarded $40,000,000 for low-rate initial production lot 3 of "
        "six K-20 tugs for the government of Norway."
    )
    award = Mentions(text).award_for(next(parsed(text).sents))
    assert (award.recipient, award.tranche) == (("government of Norway",), "low-rate initial production lot 3")
    assert award.quantity is not None
    assert award.quantity.value == 6


@pytest.mark.parametrize(
    ("text", "word", "tranche"),
    [
        ("The second regiment arrived in May.", "arrived", "second regiment"),
        ("The contract for Lots 12 to 14 was signed.", "signed", "Lots 12 to 14"),
        ("We will order batch 2 of the K-20.", "order", "batch 2"),
        ("The remaining two will follow.", "follow", "remaining"),
        ("Delivery is due in the first quarter of 2031.", "Delivery", None),
        ("The 30th September rating stands; the ship was accepted.", "accepted", None),
        ("They talk about a second regiment. It might arrive in June.", "arrive", "second regiment"),
    ],
)
def test_tranches(text: str, word: str, tranche: str | None) -> None:
    mentions, anchor, _ = event(text, word)
    assert mentions.tranche_for(anchor) == tranche


@pytest.mark.parametrize(
    ("text", "word", "quantity"),
    [
        ("Norway bought more than 100 F-35As.", "bought", Quantity(100, ">", "aircraft")),
        ("Eighteen tankers were delivered.", "delivered", Quantity(18, "=", "tankers")),
        ("Up to twenty-four trains will be ordered.", "ordered", Quantity(24, "<", "trains")),
        ("Some 60 jets were delivered.", "delivered", Quantity(60, "~", "jets")),
        ("They will hand over two ships in May.", "hand", Quantity(2, "=", "ships")),
        ("Norway received its first F-35A.", "received", Quantity(1, "=", "aircraft")),
        ("The first squadron was delivered.", "delivered", None),
        ("Norway paid $300 million for the radar, delivered 3 years late.", "delivered", None),
    ],
)
def test_quantities(text: str, word: str, quantity: Quantity | None) -> None:
    mentions, anchor, _ = event(text, word)
    assert mentions.quantity_for(anchor) == quantity


def test_spans_are_those_of_the_text() -> None:
    text = "Ärger: the K-20 is late, says Berlin; K-20s follow."
    assert [text[slice(*m.span)] for m in Mentions(text).programmes()] == ["K-20", "K-20"]
