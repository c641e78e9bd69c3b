"""The people of a text, with their roles. All are invented."""

import pytest

from slipcast.reading.persons import Roster, split_role


def test_the_roster_holds_people_and_no_bodies() -> None:
    text = "Minister Kari Lund met Paul Orr, director of the Federal Service for Ships, at General Dynamics in New York City."
    assert [(p.name, p.role) for p in Roster(text).people] == [
        ("Kari Lund", "Minister"),
        ("Paul Orr", "director of the Federal Service for Ships"),
    ]


def test_a_surname_means_who_was_named_in_full() -> None:
    person = Roster("Kari Lund, head of the arms office, left. Lund said the jet will come in May.").find("Lund")
    assert person is not None
    assert (person.name, person.role) == ("Kari Lund", "head of the arms office")
    assert Roster("Kari Lund, head of the arms office, left.").find("Orr") is None


@pytest.mark.parametrize(
    ("phrase", "parted"),
    [
        ("Defence Minister Kari Lund", ("Defence Minister", "Kari Lund")),
        ("Under Secretary of Defense Kari Lund", ("Under Secretary of Defense", "Kari Lund")),
        ("Mr Paul Orr", (None, "Paul Orr")),
        ("Kari Lund", (None, "Kari Lund")),
    ],
)
def test_a_title_is_parted_from_its_name(phrase: str, parted: tuple[str | None, str]) -> None:
    assert split_role(phrase) == parted


@pytest.mark.parametrize("text", ["…", "“", '"""', ": : :", "SAID SAID SAID", "‘’‘’“”", "said"])
def test_odd_text_holds_nobody(text: str) -> None:
    assert Roster(text).people == []
