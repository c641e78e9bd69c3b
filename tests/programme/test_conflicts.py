"""Contradictions, found by rule. The Kestrel and everybody in it are invented."""

from __future__ import annotations

from datetime import date

import pytest

from slipcast.programme.assemble import assemble

DAY = date(2030, 1, 1)
ANNA = {"speaker": "Anna Nowak", "speaker_role": "supplier"}
LUIS = {"speaker": "Luis Rojas", "speaker_role": "buyer"}


@pytest.fixture
def found(say):
    """(kind, how many statements) of each conflict of the second tranche's milestone, and the statements' count."""

    def made(*statements, kind="delivery"):
        entries = [say(**{"tranche": "second", "milestone": kind, **fields}) for fields in statements]
        (programme,) = assemble(entries, DAY)
        return [(c.kind, len(c.evidence)) for m in programme.milestones for c in m.conflicts]

    return made


def test_a_date_that_moves_in_silence_contradicts_the_one_that_stands(found):
    assert found({**ANNA, "date": "2025"}, {**ANNA, "date": "2026-03", "published": "2024-09-01"}) == [("dates", 2)]


def test_a_declared_move_is_a_slip_and_no_conflict(found):
    moved = {**ANNA, "date": "2026-03", "previous_date": "2025", "status": "delayed", "published": "2024-09-01"}
    assert found({**ANNA, "date": "2025"}, moved) == []


def test_windows_that_overlap_agree(found):
    assert found({**ANNA, "date": "2025"}, {**LUIS, "date": "2025-06", "published": "2024-09-01"}) == []


def test_a_promise_that_has_lapsed_contradicts_nothing(found):
    assert found({**ANNA, "date": "2024-06"}, {**ANNA, "date": "2026-03", "published": "2024-09-01"}) == []


def test_the_other_sides_standing_date_is_contradicted_by_a_move_that_does_not_answer_it(found):
    buyer = {**LUIS, "date": "2026-05", "previous_date": "2024-08", "status": "delayed", "published": "2024-07-01"}
    assert found({**ANNA, "date": "2025-01"}, buyer) == [("dates", 2)]


def test_two_sides_on_one_occasion_with_two_windows(found):
    assert found({**ANNA, "date": "2025-12/2026-03"}, {**LUIS, "date": "2026-03"}) == [("dates", 2)]


def test_outlets_that_differ_on_one_saying(found):
    told = [{**ANNA, "date": "2026-01/2026-03", "outlet": "A"}, {**ANNA, "date": "2026", "outlet": "B"}]
    assert found(*told) == [("dates", 2)]


def test_outlets_that_differ_on_the_former_date(found):
    told = {**ANNA, "date": "2026", "status": "delayed"}
    assert found(
        {**told, "previous_date": "2024", "outlet": "A"}, {**told, "previous_date": "2025", "outlet": "B"}
    ) == [("dates", 2)]


def test_trouble_and_assurance_on_one_occasion(found):
    assert found({**ANNA, "status": "reaffirmed"}, {**LUIS, "status": "at_risk"}) == [("claim", 2)]
    assert found({**ANNA, "status": "reaffirmed"}, {**LUIS, "status": "at_risk", "published": "2024-07-01"}) == []


def test_a_date_that_one_doubts_and_another_stands_by(found):
    doubt, stands = (
        {**LUIS, "status": "at_risk", "date": "2026-03"},
        {**ANNA, "status": "reaffirmed", "date": "2026-03"},
    )
    assert found(doubt, {**stands, "published": "2024-05-02"}) == [("dates", 2)]
    assert found(doubt, {**stands, "published": "2024-07-01"}) == []


def test_a_date_that_was_answered_once_is_not_held_against_the_next_move(found):
    makers = {**ANNA, "date": "2025-01", "published": "2024-02-01"}
    first = {**LUIS, "date": "2025-04", "previous_date": "2025-01", "status": "delayed", "published": "2024-05-01"}
    next_one = {**LUIS, "date": "2025-09", "previous_date": "2025-04", "status": "delayed", "published": "2024-08-01"}
    again = {**LUIS, "date": "2025-09", "published": "2024-08-20"}
    assert found(makers, first, next_one, again) == []
    assert found(makers, {**next_one, "previous_date": "2024-12"}) == [("dates", 2)]


def test_a_state_that_one_speaker_told_of_before_is_not_contradicted_by_that_speaker(found):
    """That talks go on, and that they are not over, are one speaker's two doubts and no claim against a denial."""
    goes_on = {**ANNA, "status": "achieved", "published": "2024-05-01"}
    not_over = {**ANNA, "modality": "denied", "published": "2024-05-20"}
    assert found(goes_on, not_over, kind="negotiation") == []
    assert found(goes_on, {**not_over, **LUIS}, kind="negotiation") == [("achievement", 2)]
    assert found(goes_on, {**not_over, "status": "achieved"}, kind="contract") == [("achievement", 2)]


def test_who_says_otherwise_is_told_whole(say):
    claim = say(**ANNA, status="achieved", milestone="contract", tranche="second")
    denials = [
        say(speaker=f"{name} Rojas", speaker_role="buyer", status="denied", milestone="contract", tranche="second",
            published=f"2024-06-1{n}")
        for n, name in enumerate(("Luis", "Mara", "Nils", "Olga", "Pia"))
    ]  # fmt: skip
    (first,) = assemble([claim, denials[0]], DAY)
    (all_of_them,) = assemble([claim, *denials], DAY)
    assert [c.why for c in first.milestones[0].conflicts] == [
        "Anna Nowak (2024-05-01) says that it has happened, Luis Rojas (2024-06-10) says otherwise"
    ]
    assert [c.why for c in all_of_them.milestones[0].conflicts] == [
        "Anna Nowak (2024-05-01) says that it has happened, Luis Rojas (2024-06-10), Mara Rojas (2024-06-11), "
        "Nils Rojas (2024-06-12) and 2 more say otherwise"
    ]


def test_arrivals_that_are_months_apart(found):
    first = {**LUIS, "status": "achieved", "date": "2024-01-10", "published": "2024-01-11"}
    other = {"status": "achieved", "date": "2024-04-10", "published": "2024-05-11"}
    assert found(first, other) == [("dates", 2)]
    assert found(first, {**other, "date": "2024-01-25"}) == []


def test_the_supplier_claims_what_the_buyer_still_expects(found):
    expects = {**LUIS, "date": "2024-11/2024-12", "published": "2024-10-01"}
    claims = {**ANNA, "status": "achieved", "date": "2024-10-20", "published": "2024-10-21"}
    assert ("achievement", 2) in found(expects, claims, kind="completion")


def test_the_whole_cannot_be_complete_before_its_parts(say):
    entries = [
        say(
            **ANNA,
            tranche="regiments 4 and 5",
            milestone="completion",
            date="2025",
            programme="S-400",
            recipient=("India",),
        ),
        say(**LUIS, tranche="regiment 5", date="2026", published="2024-09-01", programme="S-400", recipient=("India",)),
    ]
    (programme,) = assemble(entries, DAY)
    conflicts = {m.tranche: [c.kind for c in m.conflicts] for m in programme.milestones}
    assert conflicts == {"fourth and fifth": [], "fifth": ["dates"]}


def test_one_clash_of_a_whole_and_its_part_is_told_once(say):
    """Outlets that carry one promise of the part say one thing."""
    told = {"programme": "S-400", "recipient": ("India",)}
    entries = [
        say(**ANNA, **told, tranche="regiments 4 and 5", milestone="completion", date="2025"),
        say(**LUIS, **told, tranche="regiment 5", date="2027", published="2024-09-01"),
        say(
            **told,
            speaker="Pia Rojas",
            speaker_role="analyst",
            tranche="regiment 5",
            date="2027",
            published="2024-09-09",
        ),
    ]
    (programme,) = assemble(entries, DAY)
    conflicts = {m.tranche: [(c.why, len(c.evidence)) for c in m.conflicts] for m in programme.milestones}
    assert conflicts["fifth"] == [("fifth is promised for 2027, but fourth and fifth for 2025", 3)]


def test_every_conflict_names_statements_of_its_programme_and_reads_as_a_sentence(say):
    entries = [say(**ANNA, date="2025"), say(**ANNA, date="2027", published="2024-09-01")]
    (programme,) = assemble(entries, DAY)
    (conflict,) = programme.milestones[0].conflicts
    assert set(conflict.evidence) <= set(programme.entries)
    assert (
        conflict.why
        == "Anna Nowak (2024-09-01) says 2027, without saying that the date moved, against: Anna Nowak (2024-05-01) 2025"
    )
