"""Which system is meant. All sentences, programmes and people here are invented."""

from __future__ import annotations

import pytest

from slipcast.reading.designations import find_designations, introduced
from slipcast.reading.names import Mentions


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
    ("text", "at", "name"),
    [
        (
            "The S-400 arrived in May. The F-35 is another matter. The missiles will be installed.",
            "The missiles",
            "S-400",
        ),
        ("The S-400 arrived in May. The F-35 is another matter. The jet will be delivered.", "The jet", "F-35"),
        ("Norway left the F-35 in May. It may return to that programme.", "It may return to that programme", "F-35"),
        ("Norway received 40 K-20s while its K-31 order was cancelled.", "its K-31 order", "K-31"),
        ("The K-20 is late. The K-20 needs an engine. Nobody knows why.", "Nobody knows why", "K-20"),
        ("Nothing here has a name.", "has a name", ""),
    ],
)
def test_a_stretch_is_about_what_it_names_or_picks_up(text: str, at: str, name: str) -> None:
    low = text.index(at)
    assert Mentions(text).programme_for((low, low + len(at))) == name


def test_a_variant_in_brackets_is_what_is_spoken_of() -> None:
    mentions = Mentions("The navy variant of the V-22 (CMV-22B) will enter service.")
    assert [m.name for m in mentions.programmes()] == ["CMV-22B"]


def test_the_title_has_mentions_of_its_own() -> None:
    title = "Late again: the K-20"
    assert [title[slice(*m.span)] for m in Mentions("It is late.", title).in_title()] == ["K-20"]


def test_spans_are_those_of_the_text() -> None:
    text = "Ärger: the K-20 is late, says Berlin; K-20s follow."
    assert [text[slice(*m.span)] for m in Mentions(text).programmes()] == ["K-20", "K-20"]
