"""What a claim may be about. Invented texts."""

import pytest

from slipcast.reading.names import Mentions
from slipcast.reading.naming import Naming

TEXT = (
    "Work on the Northern Spine Electrification goes on. On Monday the minister visited Millgate. "
    "The Northern Spine Electrification’s first trains, 12 KX-9 sets, arrive in May."
)


def named(text: str, title: str = "") -> list[tuple[str, bool]]:
    return [(c.name, c.titled) for c in Naming(text, title, Mentions(text, title)).candidates]


def test_every_run_of_capitals_is_a_candidate_but_the_calendar() -> None:
    names = [name for name, _ in named(TEXT)]
    assert any("Northern Spine Electrification" in name for name in names)
    assert "Millgate" in names
    assert not {"Monday", "May"} & set(names)


def test_a_possessive_is_not_of_the_name_and_spans_give_the_text() -> None:
    for candidate in Naming(TEXT, "", Mentions(TEXT, "")).candidates:
        assert not candidate.name.endswith(("’", "’s"))
        assert TEXT[slice(*candidate.span)].startswith(candidate.name.split()[0][:3])


def test_the_title_has_candidates_of_its_own() -> None:
    assert any(titled for _, titled in named("It arrives in May.", "Heron satellite late"))


def test_what_is_known_of_a_name_lies_between_nought_and_one_or_a_little_more() -> None:
    for candidate in Naming(TEXT, "Northern Spine", Mentions(TEXT, "Northern Spine")).candidates:
        assert len(candidate.known) == 10
        assert all(0 <= figure <= 2 for figure in candidate.known)


def test_a_noun_picks_up_the_system_before_it() -> None:
    text = "Norland ordered the S-400 in May and the F-35 in June. The jet flew in July."
    naming = Naming(text, "", Mentions(text, ""))
    assert naming.picked((text.index("The jet"), len(text))) == "F-35"


def test_a_plain_noun_keeps_its_number() -> None:
    text = "Four submarines were ordered. The first submarine is late."
    assert Naming(text, "", Mentions(text, "")).single("submarines") == "submarines"


def test_a_plural_is_named_as_the_document_names_one() -> None:
    text = "The Osprey is late. Two Ospreys were ordered beside the Airbus and the Mistrals."
    naming = Naming(text, "", Mentions(text, ""))
    assert [naming.single(name) for name in ("Ospreys", "Airbus", "Mistrals")] == ["Osprey", "Airbus", "Mistrals"]


@pytest.mark.parametrize(
    ("text", "title", "name", "fuller"),
    [
        ("It bought a single payroll system. The system was to enter service in 2019.", "", "system", "payroll system"),
        ("The third aircraft is late.", "Maritime patrol aircraft slip", "aircraft", "Maritime patrol aircraft"),
        ("They delivered the system; the old system stays.", "", "system", "system"),
        ("It bought a payroll system. The ferry is late.", "", "ferry", "ferry"),
    ],
)
def test_a_noun_that_tells_no_kind_is_named_as_the_document_names_it_elsewhere(
    text: str, title: str, name: str, fuller: str
) -> None:
    assert Naming(text, title, Mentions(text, title)).fuller(name) == fuller
