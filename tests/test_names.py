"""The gazetteer. Codes after ISO 3166-1; kinds after the lead-time table; systems and bodies are facts of general knowledge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast import names

KINDS = {
    "UAV", "air defence", "armoured vehicle", "artillery", "combat aircraft", "engine", "helicopter", "major surface combatant",
    "missile", "other", "sensor", "small combatant", "submarine", "tank", "trainer aircraft", "transport/tanker aircraft",
    "airliner", "business aircraft", "launcher", "spacecraft", "satellite", "train", "railway", "infrastructure", "vehicle",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TR"), ("Türkiye", "TR"), ("Ankara", "TR"), ("Turkish", "TR"), ("the Turkish military", "TR"),
        ("Turkey's Presidency of Defence Industries", "TR"), ("U.S.", "US"), ("US Air Force", "US"), ("Pentagon", "US"),
        ("the Netherlands", "NL"), ("Dutch", "NL"), ("New Delhi", "IN"), ("South Korea", "KR"), ("Bundeswehr", "DE"),
    ],
)  # fmt: skip
def test_a_country_is_found_under_its_names(text: str, code: str) -> None:
    found = names.country(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "the jet", "us", "S-400", "Between Rome and Paris"])
def test_what_is_no_country_or_several_is_none(text: str) -> None:
    assert names.country(text) is None


@pytest.mark.parametrize(
    ("text", "name", "family"),
    [
        ("S-400 Triumf", "S-400", None), ("S400", "S-400", None), ("Joint Strike Fighter", "F-35", None),
        ("F-35A", "F-35A", "F-35"), ("F-35As", "F-35A", "F-35"), ("F-16D", "F-16", None), ("the A400M programme", "A400M", None),
        ("HMS PRINCE OF WALES", "HMS Prince of Wales", "Queen Elizabeth class"), ("Eurofighter Typhoons", "Eurofighter Typhoon", None),
        ("Rafales", "Rafale", None), ("Tejas Mk-1A", "Tejas Mk 1A", "Tejas"),
    ],
)  # fmt: skip
def test_a_system_is_found_under_its_designations(text: str, name: str, family: str | None) -> None:
    found = names.system(text)
    assert found is not None
    assert (found.name, found.family) == (name, family)


def test_every_kind_of_equipment_is_a_known_one() -> None:
    assert {system.kind for system in names.systems()} <= KINDS
    assert names.kind_of_equipment("S-400 Triumf") == "air defence"
    assert names.kind_of_equipment("787 Dreamliner") == "airliner"
    assert names.kind_of_equipment("a thing of no list") is None


def test_families_and_countries_of_the_gazetteer_exist() -> None:
    known = {system.name for system in names.systems()}
    assert {s.family for s in names.systems() if s.family} <= known
    for entry in (*names.systems(), *names.organisations()):
        assert entry.country is None or len(entry.country) == 2
        assert entry.country is None or names.country(entry.country) is not None or entry.country.isupper()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the RIA agency", "RIA Novosti"),
        ("Reuters", "Reuters"),
        ("private broadcaster NTV", "NTV"),
        ("TASS", "Tass"),
        ("the ministry", None),
    ],
)
def test_outlets(text: str, name: str | None) -> None:
    assert names.outlet(text) == name


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Demir", "Ismail Demir", True), ("Mr Demir", "Ismail Demir", True), ("Recep Tayyip Erdoğan", "Tayyip Erdogan", True),
        ("R. T. Erdogan", "Recep Tayyip Erdoğan", True), ("Lord", "Ellen Lord", True), ("Lt. Gen. Eric Fick", "Fick", True),
        ("Anna Berg", "Karl Berg", False), ("Demir", "Demirel", False), ("", "Demir", False),
    ],
)  # fmt: skip
def test_same_person(a: str, b: str, same: bool) -> None:
    assert names.same_person(a, b) is same
    assert names.same_person(b, a) is same


def test_finding_keeps_to_words_and_capitals() -> None:
    text = "The Turkish air force gave us a plan; U.S. officials saw F-35As near Ankara."
    found = [(text[slice(*f.span)], type(f.entry).__name__) for f in names.find(text)]
    assert found == [
        ("Turkish", "CountryName"),
        ("U.S.", "CountryName"),
        ("F-35A", "System"),
        ("Ankara", "CountryName"),
    ]


@given(st.text(max_size=200))
def test_spans_of_found_names_lie_in_order_and_inside(text: str) -> None:
    end = 0
    for found in names.find(text):
        assert end <= found.span[0] < found.span[1] <= len(text)
        end = found.span[1]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


def test_folding_takes_accents_and_quotes_off() -> None:
    assert names.fold("Erdoğan’s Łódź") == "erdogan's lodz"
