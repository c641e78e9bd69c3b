"""The nouns: ids, the fixed JSON form, chances."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.domain import MILESTONES, MODALITIES, STATUSES, Decision, Forecast, Quantity, Statement
from slipcast.errors import InputError
from slipcast.fingerprints import digest, document_id, record_id

#: the keys of the fixed form, in their order
KEYS = (
    "doc span quote milestone status programme supplier recipient tranche quantity date previous_date speaker"
    " speaker_role anonymous via modality cause condition relation participant part sourcing stated_on reader"
).split()
TEXT = st.text(max_size=20)
STATEMENTS = st.builds(
    Statement,
    doc=TEXT,
    span=st.tuples(st.integers(0, 99), st.integers(0, 99)),
    quote=TEXT,
    milestone=st.sampled_from(MILESTONES),
    status=st.sampled_from(STATUSES),
    modality=st.sampled_from(MODALITIES),
    supplier=st.tuples(TEXT),
    tranche=st.none() | TEXT,
    quantity=st.none() | st.builds(Quantity, st.integers(0, 500), st.sampled_from("=<>~"), st.none() | TEXT),
    anonymous=st.booleans(),
    cause=st.none() | TEXT,
    condition=st.none() | TEXT,
    relation=st.sampled_from([None, "workshare"]),
    stated_on=st.none() | st.just("2019-11-12"),
)


def test_the_keys_stand_in_the_fixed_order() -> None:
    share = Statement("d", (0, 1), "q", "participation", "achieved", relation="workshare", part="landing gear")
    assert list(share.to_json()) == KEYS
    plain = Statement("d", (0, 1), "q", "delivery", "planned")
    assert list(plain.to_json()) == [k for k in KEYS if k not in ("relation", "participant", "part", "sourcing")]


@given(STATEMENTS)
def test_the_fixed_form_reads_back(statement: Statement) -> None:
    again = Statement.from_json(statement.to_json())
    assert again.to_json() == statement.to_json()
    assert again.id == statement.id


@given(STATEMENTS)
def test_every_key_counts_in_the_id(statement: Statement) -> None:
    for field in fields(statement):
        if field.name in ("doc", "quote", "programme", "speaker", "reader"):
            assert replace(statement, **{field.name: "something else entirely"}).id != statement.id


@given(STATEMENTS)
def test_the_id_is_the_hash_of_the_fixed_form(statement: Statement) -> None:
    assert statement.id == record_id("statement", statement.to_json())
    listed = replace(statement, supplier=list(statement.supplier), via=[])  # as a careless caller may give them
    assert listed.id == statement.id


def test_an_id_stays_what_it_was() -> None:
    """Computed by slipcast 0.1.0: ledgers hold such ids."""
    share = Statement("d", (0, 3), "A é", "participation", "achieved", relation="workshare", part="gear", via=("NTV",))
    plain = Statement("d", (0, 3), "A é", "delivery", "planned", quantity=Quantity(2.0, "~", "ships"), cause="frost")
    assert share.id == "f6101d68f8318ad79d48ab5fe331257b"
    assert plain.id == "6ab2556da8491e556924f38193957d63"


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"milestone": "arrival", "status": "planned"}, "milestone 'arrival' is not known"),
        ({"milestone": "delivery", "status": "late"}, "status 'late' is not known"),
        ({"milestone": "delivery", "status": "planned", "modality": "sure"}, "modality 'sure' is not known"),
        ({"milestone": "delivery", "status": "planned", "colour": "blue"}, "unknown keys colour"),
    ],
)
def test_what_is_not_in_the_form_is_refused(record: dict[str, str], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        Statement.from_json({"doc": "d", "span": [0, 1], "quote": "q", **record})


def test_joined_fields_do_not_run_into_each_other() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
    assert digest([None]) != digest([""])
    assert record_id("statement", {"a": 1}) != record_id("decision", {"a": 1})


def test_one_wire_text_in_two_outlets_is_two_documents() -> None:
    assert document_id("text", "NTV", None, "2019") != document_id("text", "TASS", None, "2019")
    assert document_id("text", "NTV", None, "2019") == document_id(b"text", "NTV", None, "2019")


def test_a_ruling_entered_twice_is_one() -> None:
    ruling = Decision("statement", ("a",), "reject", "Ada", "misread")
    assert replace(ruling, recorded_at="2026-01-01").id == ruling.id
    assert replace(ruling, verdict="accept").id != ruling.id


FORECAST = Forecast(
    "S-400/Turkey", "second", "delivery", date(2019, 11, 12), None, 1, "2020",
    {0.1: date(2020, 1, 1), 0.5: date(2021, 1, 1), 0.9: date(2023, 1, 1)}, 0.2, "all",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "chance"),
    [
        (date(2019, 12, 31), 0.0),
        (date(2020, 1, 1), 0.08),  # a tenth of the four fifths that it ever comes
        (date(2020, 7, 2), 0.8 * (0.1 + 0.4 * 183 / 366)),  # half way between two quantiles
        (date(2021, 1, 1), 0.4),
        (date(2030, 1, 1), 0.8),
    ],
)
def test_chance_by_a_day(day: date, chance: float) -> None:
    assert FORECAST.chance_by(day) == pytest.approx(chance)


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_chances_never_fall_with_time(a: date, b: date) -> None:
    low, high = sorted((a, b))
    assert 0 <= FORECAST.chance_by(low) <= FORECAST.chance_by(high) <= 0.8
