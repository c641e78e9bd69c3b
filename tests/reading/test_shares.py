"""Workshare. The sentences are invented for the tests; the firms exist, what they make here need not be true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipcast.domain import Quantity
from slipcast.reading.names import Mentions
from slipcast.reading.parse import parse
from slipcast.reading.purposes import programme_of_share
from slipcast.reading.sentences import split
from slipcast.reading.shares import ShareFound, find_shares, resolve_participant


def shares(text: str) -> list[ShareFound]:
    sentences = split(text)
    doc = next(parse([(text, sentences, [True] * len(sentences))]))
    spans = [doc.char_span(s.start, s.end, alignment_mode="expand") for s in sentences]
    return [share for span in spans if span is not None for share in find_shares(span)]


def told(text: str) -> set[tuple[str, str, str]]:
    return {(s.participant, s.part, s.status) for s in shares(text)}


LISTS = [
    (
        "Norwegian companies produce parts for the programme, including tail cones and rudders, composite panels, and more "
        "than 40 engine parts to include fan blades.",
        ["tail cones and rudders", "composite panels", "more than 40 engine parts", "fan blades"],
    ),
    ("Leonardo builds the wings, the rudder and the landing gear doors.", ["the wings", "the rudder", "the landing gear doors"]),
    ("GKN supplies wing spars and engine nacelles.", ["wing spars", "engine nacelles"]),
    (
        "BAE Systems makes the aft fuselage, the vertical and horizontal tails and the crew life support system.",
        ["the aft fuselage", "the vertical and horizontal tails", "the crew life support system"],
    ),
    ("Alenia makes the hardware of the cargo ramp, as well as pylons for the engine.", ["the hardware of the cargo ramp", "pylons for the engine"]),
    ("Saab makes the wiring of the nose section while others wait.", ["the wiring of the nose section"]),
    ("Spirit builds about 70 per cent of the fuselage.", ["70 per cent of the fuselage"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), LISTS)
def test_a_list_gives_a_line_for_each_part(text: str, parts: list[str]) -> None:
    assert [share.part.removeprefix("about ") for share in shares(text)] == parts


MADE = [
    ("The wings are built in Belfast by Bombardier.", ("Bombardier", "The wings", "achieved")),
    ("The tail cone, made in Naples by Leonardo, is bolted on in Toulouse.", ("Leonardo", "The tail cone", "achieved")),
    ("The fuselage sections come from Spirit AeroSystems.", ("Spirit AeroSystems", "the fuselage sections", "achieved")),
    ("Some of the components would be made in Poland.", ("Poland", "Some of the components", "planned")),
    ("India imports the engines from General Electric.", ("General Electric", "the engines", "achieved")),
    ("Work on the reactor is done by Rolls-Royce in Derby.", ("Rolls-Royce", "the reactor", "achieved")),
    ("Final assembly of the hull takes place in Seville.", ("Seville", "the hull", "achieved")),
    ("Safran, which makes the landing gear, said nothing.", ("Safran", "the landing gear", "achieved")),
    ("The European Space Agency is responsible for the service module.", ("The European Space Agency", "the service module", "achieved")),
    ("Rolls-Royce was selected to supply the engines.", ("Rolls-Royce", "the engines", "planned")),
    ("The factories in Turkey will go on to make rotors until 2022.", ("The factories in Turkey", "rotors", "planned")),
    ("Bombardier will stop making the wing by March 2020.", ("Bombardier", "the wing", "planned")),
    ("Bombardier has stopped making the wing.", ("Bombardier", "the wing", "cancelled")),
    ("Rheinmetall no longer makes the turret.", ("Rheinmetall", "the turret", "cancelled")),
    ("Kale Aerospace was suspended as a supplier of airframe structures.", ("Kale Aerospace", "airframe structures", "suspended")),
    ("Engines: Example Motors EM 40, Springfield", ("Example Motors", "Engines", "achieved")),
    ("Gdansk-based Remontowa builds the hull blocks.", ("Remontowa", "the hull blocks", "achieved")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), MADE, ids=[line[0] + ", " + line[1] for _, line in MADE])
def test_who_makes_what_and_whether_still(text: str, line: tuple[str, str, str]) -> None:
    assert {(p, part.lower(), s) for p, part, s in told(text)} == {(line[0], line[1].lower(), line[2])}


PASSED_ON = [
    (
        "Saab will be replaced by Hensoldt as the supplier of the radar.",
        {("Saab", "cancelled"), ("Hensoldt", "planned")},
    ),
    ("Leonardo will replace Kale as maker of the doors.", {("Kale", "cancelled"), ("Leonardo", "planned")}),
    (
        "The cockpit display of Ayesaş will be replaced by L3Harris's.",
        {("Ayesaş", "cancelled"), ("L3Harris", "planned")},
    ),
    ("Work on the rear fuselage will move from Kale to Fokker.", {("Kale", "cancelled"), ("Fokker", "planned")}),
    (
        "Airbus has taken over the production of the wing from Spirit.",
        {("Airbus", "achieved"), ("Spirit", "cancelled")},
    ),
    (
        "Tail booms, so far divided between Kongsberg and Turkish Aerospace, are to be built by the Norwegian company alone.",
        {("Kongsberg", "planned"), ("Turkish Aerospace", "cancelled")},
    ),
]


@pytest.mark.parametrize(("text", "standing"), PASSED_ON)
def test_work_that_passes_on_ends_with_one_and_begins_with_the_other(text: str, standing: set[tuple[str, str]]) -> None:
    assert {(who, status) for who, _, status in told(text)} == standing


@pytest.mark.parametrize(
    ("text", "sourcing"),
    [
        ("MBDA is the second source for the seeker.", {"MBDA": "second"}),
        ("The sole supplier of the gearbox is Avio.", {"Avio": "sole"}),
        ("Moog has been the only maker of the actuators.", {"Moog": "sole"}),
        ("Only Avio makes the gearbox.", {"Avio": "sole"}),
        (
            "Leonardo makes wing boxes as second source to Lockheed Martin.",
            {"Leonardo": "second", "Lockheed Martin": None},
        ),
        ("Thales is a supplier of sonar arrays.", {"Thales": None}),
    ],
)
def test_sourcing(text: str, sourcing: dict[str, str | None]) -> None:
    assert {s.participant: s.sourcing for s in shares(text)} == sourcing


def test_halves_that_leave_the_verb_out() -> None:
    assert told("Mitsubishi makes the wings, Kawasaki the forward fuselage and Fuji the centre wing box.") == {
        ("Mitsubishi", "the wings", "achieved"),
        ("Kawasaki", "the forward fuselage", "achieved"),
        ("Fuji", "the centre wing box", "achieved"),
    }
    assert told("The wings are made by GKN, the tail by Leonardo and the engines by Safran.") == {
        ("GKN", "The wings", "achieved"),
        ("Leonardo", "the tail", "achieved"),
        ("Safran", "the engines", "achieved"),
    }


def test_brackets() -> None:
    found = told("Suppliers are Spirit AeroSystems (forward fuselage) and Moog (actuators and pumps).")
    assert found == {
        ("Spirit AeroSystems", "forward fuselage", "achieved"),
        ("Moog", "actuators", "achieved"),
        ("Moog", "pumps", "achieved"),
    }


def test_what_the_part_is_for_and_how_many() -> None:
    first, second = shares("GKN supplies windows and more than 40 actuators for the A400M.")
    assert (first.programme_hint, second.programme_hint) == ("the A400M", "the A400M")
    assert (first.quantity, second.quantity) == (None, Quantity(40, ">", "actuators"))


def test_doubt_stays_doubt() -> None:
    (share,) = shares("Korean Air may build the winglets.")
    assert (share.status, share.modality) == ("planned", "possible")


@pytest.mark.parametrize(
    "text",
    [
        "Airbus makes aircraft in Toulouse.",
        "Boeing builds the 787 in Everett.",
        "The government made a decision on the engines.",
        "The company will deliver 12 aircraft next year.",
        "General Electric delivered the first engine in March.",
        "Russia will supply air defence systems to Turkey in 2019.",
        "GE Aviation does not make the fan blades.",
        "NASA is offering tiles of the heat shield to schools.",
        "The audit provides information on the wings.",
        "New sources have been found for all parts that were made in Turkey.",
    ],
)
def test_what_is_no_workshare(text: str) -> None:
    assert shares(text) == []


def _share(name: str) -> ShareFound:
    return ShareFound(name, "the wings")


def test_names_take_the_place_of_what_points_at_them() -> None:
    earlier = [_share("Turkey’s local industry"), _share("Northrop Grumman")]
    assert resolve_participant(_share("Businesses there"), earlier).participant == "Turkey’s local industry"
    assert resolve_participant(_share("the company"), earlier).participant == "Northrop Grumman"
    assert resolve_participant(_share("The American company"), earlier).participant == "Northrop Grumman"
    assert resolve_participant(_share("It"), earlier).participant == "Northrop Grumman"
    assert resolve_participant(_share("we"), earlier, "the director").participant == "the director"
    assert resolve_participant(_share("the company"), []).participant == "the company"
    assert resolve_participant(_share("The factories in Turkey"), earlier).participant == "The factories in Turkey"


WORDS = st.lists(
    st.sampled_from(
        ["GKN", "makes", "the", "wings", ",", "and", "is", "supplier", "of", "by", "(", ")", ":", "replaced", "to", "engines", "including", "for"]
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_name_and_part_stands_in_the_sentence(tokens: list[str]) -> None:
    text = " ".join(tokens)
    for share in shares(text):
        assert share.participant in text
        assert share.part in text
        assert text[share.cue[0] : share.cue[1]].strip()
        assert share.sourcing in (None, "sole", "second")


PROGRAMMES = """The Gripen was late, and so was the A400M.

Two A400M are in Seville. GKN makes the wings of the Gripen. Aernnova supplies the doors. Safran builds the ramp near the TP400.

Leonardo makes the rudder."""


def test_what_a_share_is_for() -> None:
    mentions = Mentions(PROGRAMMES, "Late: the Gripen")
    for part, programme in (
        ("the wings", "Gripen"),
        ("the doors", "Gripen"),
        ("the ramp", "Gripen"),
        ("the rudder", "Gripen"),
    ):
        start = PROGRAMMES.rfind(". ", 0, PROGRAMMES.find(part)) + 2
        sentence = (start, PROGRAMMES.find(".", PROGRAMMES.find(part)))
        assert programme_of_share(ShareFound("X", part), sentence, mentions) == programme
    whole = (PROGRAMMES.find("Two A400M"), PROGRAMMES.find(" Aernnova"))
    assert programme_of_share(ShareFound("X", "the wings", programme_hint="the Gripen"), whole, mentions) == "Gripen"
    assert programme_of_share(ShareFound("X", "the wings"), (0, 5), Mentions("Nothing named here.")) == ""
