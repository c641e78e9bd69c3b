"""When a milestone is reached, and when somebody only says so. The Kestrel and its people are invented."""

from __future__ import annotations

from datetime import date

import pytest

from slipcast.programme.assemble import assemble

DAY = date(2030, 1, 1)
BUYER = {"speaker": "Luis Rojas", "speaker_role": "buyer ministry"}


@pytest.fixture
def only(say):
    """The one milestone that statements of the second tranche make."""

    def made(*statements, as_of=DAY, kind="delivery"):
        entries = [say(**{"tranche": "second", "milestone": kind, **fields}) for fields in statements]
        (programme,) = assemble(entries, as_of)
        return next(m for m in programme.milestones if m.kind == kind)

    return made


SUPPLIER = {"speaker": "Anna Nowak", "speaker_role": "supplier"}


def test_the_suppliers_word_alone_is_a_claim(only):
    milestone = only({**SUPPLIER, "status": "achieved", "date": "2024-04-20"})
    assert (milestone.achieved, milestone.claimed, milestone.disputed) == ("2024-04-20", True, False)


def test_the_buyers_word_closes(only):
    milestone = only({**BUYER, "status": "achieved", "date": "2024-04-20"})
    assert (milestone.achieved, milestone.claimed) == ("2024-04-20", False)


def test_an_outlets_plain_statement_closes(only):
    milestone = only({"status": "achieved", "date": "2024-04"})
    assert (milestone.status, milestone.achieved, milestone.claimed) == ("achieved", "2024-04", False)


def test_the_makers_word_closes_what_is_the_makers_own_act(only):
    milestone = only({**SUPPLIER, "status": "achieved", "date": "2024-04-20"}, kind="first_flight")
    assert (milestone.achieved, milestone.claimed) == ("2024-04-20", False)


def test_a_claim_that_the_buyer_confirms_is_dated_by_its_first_telling(only):
    milestone = only(
        {**SUPPLIER, "status": "achieved", "date": "2024-04-20", "published": "2024-04-20"},
        {**BUYER, "status": "achieved", "date": "2024-05-02", "published": "2024-05-10"},
    )
    assert (milestone.achieved, milestone.claimed, milestone.disputed) == ("2024-04-20", False, False)


def test_a_more_exact_telling_that_agrees_refines_the_date(only):
    milestone = only(
        {**BUYER, "status": "achieved", "date": "2024-04", "published": "2024-04-30"},
        {"status": "achieved", "date": "2024-04-20", "published": "2024-06-01"},
    )
    assert milestone.achieved == "2024-04-20"


def test_supplier_says_signed_and_buyer_denies_both_are_shown_and_it_is_disputed(only):
    milestone = only(
        {**SUPPLIER, "status": "achieved", "date": "../2024-05-01"},
        {**BUYER, "status": "denied", "modality": "denied", "published": "2024-05-02"},
        kind="contract",
    )
    assert (milestone.achieved, milestone.disputed) == (None, True)
    (conflict,) = milestone.conflicts
    assert (conflict.kind, set(conflict.evidence)) == ("achievement", set(milestone.evidence))


def test_a_buyer_that_still_plans_to_sign_disputes_too(only):
    milestone = only(
        {**SUPPLIER, "status": "achieved"},
        {**BUYER, "status": "planned", "published": "2024-05-02"},
        kind="contract",
    )
    assert (milestone.achieved, milestone.disputed) == (None, True)


def test_the_same_side_takes_its_claim_back(only):
    milestone = only(
        {**SUPPLIER, "status": "achieved"},
        {**SUPPLIER, "status": "planned", "date": "2025", "published": "2024-09-01"},
        kind="contract",
    )
    assert (milestone.status, milestone.achieved, milestone.promised) == ("planned", None, "2025")
    assert [conflict.kind for conflict in milestone.conflicts] == ["achievement"]


def test_a_stale_plan_of_a_third_party_does_not_undo_an_arrival(only):
    milestone = only(
        {**BUYER, "status": "achieved", "date": "2024-04-20"},
        {"speaker": "Some Analyst", "status": "planned", "date": "2024-06", "published": "2024-05-20"},
        kind="contract",
    )
    assert (milestone.status, milestone.achieved, milestone.disputed) == ("achieved", "2024-04-20", False)
    assert milestone.current.rule == "achieved over planned"


def test_what_is_withdrawn_keeps_its_date_and_says_so(only):
    milestone = only(
        {**BUYER, "status": "achieved", "date": "2024-04-20"},
        {**BUYER, "status": "suspended", "published": "2024-06-01"},
        kind="entry_into_service",
    )
    assert (milestone.status, milestone.achieved) == ("suspended", "2024-04-20")
    assert [conflict.kind for conflict in milestone.conflicts] == ["achievement"]


def test_possible_is_no_claim(only):
    assert only({"status": "achieved", "modality": "possible"}).achieved is None


def test_a_delivery_rests_on_its_contract(say):
    entries = [
        say(**SUPPLIER, tranche="second", milestone="contract", status="achieved"),
        say(**BUYER, tranche="second", milestone="contract", status="denied", published="2024-05-02"),
        say(**SUPPLIER, tranche="second", milestone="delivery", status="achieved", published="2024-05-03"),
    ]
    (programme,) = assemble(entries, DAY)
    delivery = next(m for m in programme.milestones if m.kind == "delivery")
    assert (delivery.achieved, delivery.disputed) == (None, True)


def test_a_further_round_of_the_whole_programme_opens_it_again(say):
    entries = [
        say(**BUYER, status="achieved", date="2024-04"),
        say(**BUYER, status="planned", date="2026", published="2024-09-01"),
    ]
    (programme,) = assemble(entries, DAY)
    (delivery,) = programme.milestones
    assert (delivery.status, delivery.achieved, delivery.promised) == ("planned", None, "2026")


def test_a_membership_that_ended_stays_ended_until_it_is_resumed(only):
    ended = {"milestone": "participation", "status": "cancelled", "date": "2024-04", "published": "2024-05-01"}
    asked = {**BUYER, "status": "planned", "date": "2026", "published": "2025-03-01"}
    milestone = only(ended, asked, kind="participation")
    assert (milestone.status, milestone.achieved, milestone.promised) == ("cancelled", "2024-04", "2026")
    back = {"status": "resumed", "date": "2025-06", "published": "2025-07-01"}
    assert only(ended, asked, back, kind="participation").status == "resumed"


def test_a_text_that_takes_back_its_own_words_claims_nothing(say):
    text = "A headline has the invented Kestrel delivered. None has been delivered."
    first = say(text, status="achieved", tranche="second")
    cut = text.index("None")
    fields = {name: getattr(first.statement, name) for name in first.statement.__dataclass_fields__}
    parts = (
        {"span": (0, cut - 1), "quote": text[: cut - 1]},
        {"span": (cut, len(text)), "quote": text[cut:], "status": "planned", "modality": "denied"},
    )
    made = [
        type(first)(type(first.statement)(**{**fields, **part}), first.document, first.recorded_at) for part in parts
    ]
    (programme,) = assemble(made, DAY)
    assert (programme.milestones[0].achieved, programme.milestones[0].modality) == (None, "denied")


def test_a_tranche_that_is_said_not_to_have_come_is_disputed_at_any_later_time(only):
    milestone = only(
        {"status": "achieved", "published": "2024-05-01"},
        {**BUYER, "status": "planned", "modality": "denied", "published": "2026-05-01"},
    )
    assert (milestone.achieved, milestone.disputed) == (None, True)


def test_a_single_piece_that_the_buyer_still_awaits_is_disputed_and_a_batch_is_not(only):
    claim = {**SUPPLIER, "status": "achieved", "date": "2024-04-20", "published": "2024-04-21"}
    awaits = {**BUYER, "status": "planned", "date": "2025", "published": "2024-04-23"}
    piece = only({**claim, "tranche": "first ferry"}, {**awaits, "tranche": "first ferry"})
    assert (piece.achieved, piece.disputed, [c.kind for c in piece.conflicts]) == (None, True, ["achievement"])
    batch = only(claim, awaits)  # a second batch comes bit by bit
    assert (batch.achieved, batch.disputed) == ("2024-04-20", False)


def test_a_bystander_does_not_undo_what_the_buyer_has_taken_over(only):
    milestone = only(
        {**BUYER, "status": "achieved", "date": "2024-04-20"},
        {
            "speaker": "Pia Soto",
            "speaker_role": "Chilean opposition lawmaker",
            "status": "denied",
            "published": "2024-06-01",
        },
    )
    assert (milestone.achieved, milestone.status, milestone.disputed) == ("2024-04-20", "achieved", False)
    assert [conflict.kind for conflict in milestone.conflicts] == ["achievement"]


def test_a_party_is_known_by_its_own_name_whatever_its_role_is_called(only):
    parties = {
        "supplier": ("Nordwerk (Poland)",),
        "recipient": ("Puerto Azul (Chile)",),
        "status": "achieved",
        "date": "2024-04",
    }
    assert only({**parties, "speaker": "Nordwerk", "speaker_role": None}).claimed
    assert only({**parties, "speaker": "Ada Holm", "speaker_role": "head of Nordwerk"}).claimed
    assert not only({**parties, "speaker": "Puerto Azul", "speaker_role": None}).claimed


def test_a_party_that_is_told_once_on_the_wrong_side_stays_where_it_is_told_more_often(only):
    right = {"supplier": ("Russia",), "status": "planned"}
    wrong = {"supplier": ("Chile", "Russia"), "status": "planned"}
    claim = {"supplier": (), "status": "achieved", "speaker": "Ada Holm", "published": "2024-05-01"}
    milestone = only(
        {**right, "published": "2024-01-03"},
        {**right, "published": "2024-02-03"},
        {**wrong, "published": "2024-03-03"},
        {**claim, "speaker_role": "minister of Russia"},
        {
            **claim,
            "status": "denied",
            "modality": "denied",
            "speaker": "Luis Rojas",
            "speaker_role": "minister of Chile",
        },
    )
    assert (milestone.disputed, milestone.achieved) == (True, None)


def test_a_public_body_stands_with_its_country_whatever_is_told_of_it(only):
    parties = {"supplier": ("SSB", "Russia"), "recipient": ("Turkey",)}
    claim = {"status": "achieved", "speaker": "Rosoboronexport", "published": "2024-05-01"}
    denial = {"status": "denied", "modality": "denied", "speaker": "SSB", "published": "2024-05-02"}
    milestone = only({**parties, **claim}, {**parties, **denial}, kind="contract")
    assert (milestone.disputed, milestone.achieved) == (True, None)
