"""Two readers of one document: what stands, what is kept beside it. Invented programmes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from slipcast.domain import Statement
from slipcast.reading.reconcile import reconcile, standing

OWN = Statement(
    doc="d", span=(0, 60), quote="q", milestone="delivery", status="planned", programme="Kestrel", date="2031-03", reader="encoder 1"
)  # fmt: skip
MODEL = replace(OWN, reader="model m 1")


def only(first: list[Statement], second: list[Statement]) -> tuple[str, str, tuple[str, ...]]:
    (claim,) = reconcile(first, second)
    return claim.rule, claim.stands.reader, claim.differs


def test_readers_that_agree_leave_the_first_standing() -> None:
    assert only([OWN], [MODEL]) == ("agreed", "encoder 1", ())
    assert only([replace(OWN, speaker="Kari Lund")], [MODEL]) == ("agreed", "encoder 1", ())


def test_who_says_all_that_and_more_stands() -> None:
    assert only([OWN], [replace(MODEL, speaker="Kari Lund")]) == ("fuller", "model m 1", ())


def test_who_says_more_but_not_all_does_not() -> None:
    told = replace(OWN, cause="the engine")
    assert only([told], [replace(MODEL, speaker="Kari Lund", tranche="first")]) == ("agreed", "encoder 1", ())


def test_a_contradiction_leaves_the_first_standing_and_is_named() -> None:
    assert only([OWN], [replace(MODEL, date="2032", speaker="Kari Lund")]) == ("contradicted", "encoder 1", ("date",))
    assert only([OWN], [replace(MODEL, status="delayed", modality="possible")])[2] == ("status", "modality")


def test_claims_that_are_not_one_stand_side_by_side() -> None:
    second = [
        replace(MODEL, span=(100, 160)),
        replace(MODEL, milestone="contract"),
        replace(MODEL, programme="Falcon"),
        replace(MODEL, doc="other"),
    ]
    for other in second:
        claims = reconcile([OWN], [other])
        assert {claim.rule for claim in claims} == {"alone"}
        assert len(claims) == 2


def test_two_tranches_in_one_sentence_find_their_own() -> None:
    first, late = replace(OWN, tranche="first"), replace(OWN, tranche="second", date=None, status="at_risk")
    twins = [replace(late, reader="model m 1"), replace(first, reader="model m 1")]
    claims = reconcile([first, late], twins)
    assert {claim.rule for claim in claims} == {"agreed"}
    assert all(claim.beside is not None and claim.beside.tranche == claim.stands.tranche for claim in claims)


def test_workshare_is_matched_by_part_and_participant() -> None:
    wing = replace(OWN, milestone="participation", relation="workshare", participant="GKN", part="the wings", date=None)
    twin = replace(wing, reader="model m 1", part="wings")
    tail = replace(twin, part="tail")
    assert only([wing], [twin])[0] == "agreed"
    assert [claim.rule for claim in reconcile([wing], [tail])] == ["alone", "alone"]


STATEMENTS = st.builds(
    lambda at, milestone, status, date, tranche: replace(
        OWN, span=(at, at + 40), milestone=milestone, status=status, date=date, tranche=tranche
    ),
    st.sampled_from([0, 50, 100]),
    st.sampled_from(["delivery", "contract"]),
    st.sampled_from(["planned", "delayed"]),
    st.sampled_from([None, "2031", "2032"]),
    st.sampled_from([None, "first", "second"]),
)


@given(st.lists(STATEMENTS, max_size=5), st.lists(STATEMENTS, max_size=5))
def test_nothing_is_lost_and_nothing_counts_twice(first: list[Statement], second: list[Statement]) -> None:
    second = [replace(s, reader="model m 1") for s in second]
    claims = reconcile(first, second)
    kept = standing(claims) + [claim.beside for claim in claims if claim.beside]
    assert sorted(s.id for s in kept) == sorted(s.id for s in [*first, *second])
    assert reconcile(first, second) == claims
    assert all(claim.rule == "alone" for claim in reconcile(first, []))
