"""What a text is about where it names no system. The texts are invented."""

from slipcast.reading.coined import coined
from slipcast.reading.names import Mentions
from slipcast.reading.topics import topics


def test_works_are_named_by_their_place() -> None:
    text = "The Oxmoor bridge opens in May. Engineers say the bridge is sound."
    assert [one.name for one in topics(text, "")] == ["Oxmoor bridge", "Oxmoor bridge"]


def test_wares_are_named_by_their_kind() -> None:
    text = "The army ordered 400 field kitchens. The field kitchens will come in May."
    assert {one.name for one in topics(text, "")} == {"field kitchens"}


def test_a_text_that_comes_back_to_nothing_has_no_topic() -> None:
    assert topics("The band played until midnight. A bridge was mentioned.", "A long night") == []


def test_a_ship_is_called_after_its_kind() -> None:
    assert {one.name for one in coined("The yard handed over the corvette Marisol in June.")} == {"Marisol"}


def test_a_title_names_what_the_text_takes_up() -> None:
    assert Mentions("Wavewatch was put back to 8 December.", "Wavewatch ocean satellite late again").main == "Wavewatch"
