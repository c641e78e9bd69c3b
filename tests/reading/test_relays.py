"""Outlets by their names. All but Reuters are invented."""

import pytest

from slipcast.reading.relays import is_medium, medium_name


@pytest.mark.parametrize("name", ["Reuters", "the newspaper Fjordpost", "fjordpost.com", "state broadcaster NDR9"])
def test_outlets_are_known_by_list_address_or_what_they_are_called(name: str) -> None:
    assert is_medium(name)


@pytest.mark.parametrize("name", ["Kari Lund", "Norvik Marine", "the ministry", ""])
def test_others_are_none(name: str) -> None:
    assert not is_medium(name)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Nordish newspaper Fjordpost", "Fjordpost"),
        ("The Fjord Times", "Fjord Times"),
        ("the news agency Norpress", "Norpress"),
        ("Reuters", "Reuters"),
    ],
)
def test_the_name_stands_without_what_it_is_called(phrase: str, name: str) -> None:
    assert medium_name(phrase) == name
