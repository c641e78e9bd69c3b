"""Who passes words on, and who stays unnamed. All people, bodies and outlets but Reuters are invented."""

import pytest

from slipcast.reading.channels import channels, is_unnamed
from slipcast.reading.persons import Roster


@pytest.mark.parametrize(
    ("sentence", "speaker", "via"),
    [
        ("Kari Lund told Reuters that the jet will come in May.", "Kari Lund", ("Reuters",)),
        ("The jet will come in May, Lund told the newspaper Fjordpost on Monday.", "Lund", ("Fjordpost",)),
        ("The jet will come in May, Reuters reported, citing Kari Lund.", "Kari Lund", ("Reuters",)),
        ("Reuters quoted Minister Kari Lund as saying that the jet will come.", "Kari Lund", ("Reuters",)),
        ("The jet will come in May, Kari Lund said.", "Kari Lund", ()),
        ("Kari Lund told parliament that the jet will come.", "Kari Lund", ()),
        ("Kari Lund told Norway that the jet will come.", "Kari Lund", ()),
        ("Kari Lund told Paul Orr that the jet will come.", "Kari Lund", ()),
        ("Reuters reported that the jet will come.", "Reuters", ()),
    ],
)
def test_channels_are_outlets_beside_the_speaker(sentence: str, speaker: str, via: tuple[str, ...]) -> None:
    assert channels(sentence, speaker) == via


@pytest.mark.parametrize(
    ("speaker", "unnamed"),
    [
        ("senior official", True),
        ("two people familiar with the matter", True),
        ("three officials at the ministry", True),
        ("source close to the talks", True),
        ("Kari Lund", False),
        ("Boeing", False),
        ("spokesman for the yard", False),
        ("minister", False),
        ("ministry", False),
        ("official Kari Lund", False),
    ],
)
def test_unnamed_are_people_without_name_or_office(speaker: str, unnamed: bool) -> None:
    assert is_unnamed(speaker, Roster("Kari Lund, head of the arms office, said so.")) is unnamed
