"""Which names are one programme, and what a person's word finds."""

from __future__ import annotations

from datetime import date

import pytest

from slipcast.domain import Decision
from slipcast.errors import NameUnclear
from slipcast.programme.assemble import assemble, doubts
from slipcast.programme.identity import find
from slipcast.programme.recipients import recipient_names, without_signatory
from slipcast.programme.watchlist import Watched

DAY = date(2030, 1, 1)


def ids(entries, **more):
    return [programme.id for programme in assemble(entries, DAY, **more)]


def rule(verdict, *subjects, kind="identity"):
    return Decision(kind, subjects, verdict, "a tester", "because the test says so")


def test_names_of_one_system_and_one_recipient_are_one_programme(say):
    told = [
        ("S-400", "Turkey"),
        ("S-400 Triumf", "Ankara"),
        ("S-400", "the Turkish military"),
        ("s-400 triumph", "Türkiye"),
    ]
    assert ids([say(programme=system, recipient=(recipient,)) for system, recipient in told]) == ["S-400/Turkey"]


def test_a_letter_is_a_variant_and_a_mark_is_its_own_programme(say):
    told = ["F-35", "F-35A", "Joint Strike Fighter", "Tejas Mk1A", "Tejas Mk 2", "KC-46A Pegasus"]
    made = ids([say(programme=system, recipient=("India",), supplier=()) for system in told])
    assert made == ["F-35/India", "KC-46/India", "Tejas Mk 1A/India", "Tejas Mk 2/India"]


def test_a_system_of_no_list_keeps_its_designation(say):
    assert ids([say(programme="HX-9 Kestrel"), say(programme="the HX-9"), say(programme="HX-9B")]) == ["HX-9/Chile"]


def test_an_order_by_a_joint_body_is_that_bodys(say):
    assert ids([say(programme="A400M", recipient=("OCCAR nations (France first)",))]) == ["A400M/OCCAR"]


def test_a_missing_recipient_is_the_documents_only_one(say):
    first = say("Chile orders the HX-9. It arrives in 2031.")
    second = type(first)(
        type(first.statement)(**{**_fields(first.statement), "recipient": (), "date": "2031"}),
        first.document,
        first.recorded_at,
    )
    (programme,) = assemble([first, second], DAY)
    assert (programme.id, len(programme.entries)) == ("HX-9/Chile", 2)


def _fields(statement):
    return {name: getattr(statement, name) for name in statement.__dataclass_fields__}


def test_a_text_that_names_one_known_recipient_means_it_and_one_that_names_none_stays_apart(say):
    known = say(recipient=("Chile",))
    adopted = say("The invented HX-9 reaches Santiago, Chile's capital, in 2031.", recipient=())
    apart = say("The invented HX-9 will be late.", recipient=())
    assert ids([known, adopted, apart]) == ["HX-9", "HX-9/Chile"]
    (doubt,) = doubts([known, adopted, apart], DAY)
    assert (doubt.kind, doubt.evidence) == ("recipient", (apart.statement.id,))
    assert "Chile" in doubt.why


def test_a_person_joins_and_splits(say):
    known, apart = say(recipient=("Chile",)), say("The invented HX-9 will be late.", recipient=())
    joined = rule("same", "HX-9/Chile", "HX-9")
    assert ids([known, apart], decisions=[joined]) == ["HX-9/Chile"]
    placed = rule("same", apart.statement.id, "HX-9/Chile/second")
    (programme,) = assemble([known, apart], DAY, [placed])
    assert programme.tranches == ("second",)
    one, other = say(programme="Kestrel"), say(programme="Falke")
    assert ids([one, other], decisions=[rule("same", "Kestrel", "Falke")]) == ["Kestrel/Chile"]
    both = [rule("same", "Kestrel", "Falke"), rule("different", "Kestrel", "Falke")]
    assert ids([one, other], decisions=both) == ["Falke/Chile", "Kestrel/Chile"]
    kept_out = rule("different", known.statement.id, "HX-9/Chile")
    assert ids([known], decisions=[kept_out]) == ["HX-9"]


def test_next_is_second_unless_a_third_is_known(say):
    first, following = say(tranche="first batch"), say(tranche="next batch", date="2031")
    (programme,) = assemble([first, following], DAY)
    assert programme.tranches == ("first", "second")
    third = say(tranche="third batch")
    (programme,) = assemble([first, following, third], DAY)
    assert programme.tranches == ("first", "third", "next")
    assert [doubt.kind for doubt in doubts([first, following, third], DAY)] == ["tranche"]


def test_a_watchlist_names_what_no_rule_knows(say):
    watched = (
        Watched("HX-9", "Chile", "Poland", "combat aircraft", ("Andean Kestrel",), {"second": ("growth package",)}),
    )
    told = [
        say(programme="Andean Kestrel", tranche="growth package"),
        say("The HX-9 of this invented text.", recipient=()),
    ]
    (programme,) = assemble([told[0]], DAY, watchlist=watched)
    assert (programme.id, programme.tranches, programme.equipment) == ("HX-9/Chile", ("second",), "combat aircraft")
    assert ids([told[1]], watchlist=watched) == ["HX-9"]


def test_a_statement_without_any_system_is_a_doubt(say):
    entry = say(programme="the deal")
    assert ids([entry]) == []
    (doubt,) = doubts([entry], DAY)
    assert (doubt.kind, doubt.evidence) == ("system", (entry.statement.id,))


def test_find_forgives_case_accents_and_other_names(say):
    programmes = assemble([say(programme="S-400", recipient=("Turkey",), tranche="second regiment"), say()], DAY)
    for name in (
        "S-400/Turkey/second",
        "s-400/türkiye/SECOND",
        "S-400 Triumf/Ankara/batch 2",
        "S-400//second",
        "S400/Turkey/second system",
    ):
        ((programme, tranche),) = find(programmes, name)
        assert (programme.id, tranche) == ("S-400/Turkey", "second"), name
    assert find(programmes, "hx-9")[0][1] is None


def test_find_lists_candidates_or_the_nearest(say):
    programmes = assemble(
        [say(recipient=("Chile",)), say(recipient=("Peru",), tranche="first"), say(programme="S-400", recipient=())],
        DAY,
    )
    with pytest.raises(NameUnclear, match=r"HX-9/Chile, HX-9/Peru"):
        find(programmes, "HX-9")
    with pytest.raises(NameUnclear, match=r"nearest.*HX-9/Chile"):
        find(programmes, "HX-8/Chile")
    with pytest.raises(NameUnclear, match=r"HX-9/Peru/first"):
        find(programmes, "HX-9/Peru/ninth")
    with pytest.raises(NameUnclear, match="ingest"):
        find([], "S-400")


def test_a_family_name_means_the_documents_only_variant_and_is_a_doubt_elsewhere(say):
    variant = say("India waits for the Tejas Mk1A. The Tejas is late.", programme="Tejas Mk1A", recipient=("India",))
    fields = {**_fields(variant.statement), "programme": "Tejas", "status": "delayed"}
    same_text = type(variant)(type(variant.statement)(**fields), variant.document, variant.recorded_at)
    elsewhere = say("The Tejas of this other invented text.", programme="Tejas", recipient=("India",))
    entries = [variant, same_text, elsewhere]
    assert ids(entries) == ["Tejas Mk 1A/India", "Tejas/India"]
    (doubt,) = doubts(entries, DAY)
    assert doubt.subjects == ("Tejas Mk 1A/India", "Tejas/India")
    assert ids(entries, decisions=[rule("same", *doubt.subjects)]) == ["Tejas Mk 1A/India"]


def test_a_systems_own_slash_is_no_separator(say):
    programmes = assemble([say(programme="SAMP/T", recipient=("Turkey",), tranche="first battery")], DAY)
    assert [p.id for p in programmes] == ["SAMP-T/Turkey"]
    for name in ("SAMP/T/Turkey", "SAMP-T/Turkey", "samp/t"):
        assert find(programmes, name)[0][0].id == "SAMP-T/Turkey"
    assert find(programmes, "SAMP/T/Turkey/first battery")[0][1] == "first battery"


@pytest.mark.parametrize(
    ("said", "milestone", "tranche"),
    [
        ("2024-01-10", "delivery", "first"),  # before anybody spoke of a second
        ("2024-07-10", "delivery", None),  # after it: either may be meant
        ("2024-01-10", "contract", None),  # a contract may be about the whole
    ],
)
def test_what_is_promised_before_there_is_talk_of_a_second_is_the_first(say, said, milestone, tranche):
    plain = say(published=said, milestone=milestone, date="2025", outlet="Invented Wire")
    named = [say(tranche="first batch", published="2024-03-01"), say(tranche="second batch", published="2024-06-01")]
    (programme,) = assemble([plain, *named], DAY)
    where = {i: m.tranche for m in programme.milestones for i in m.evidence}
    assert where[plain.statement.id] == tranche


def test_without_a_first_by_name_nothing_is_given_to_it(say):
    plain = say(published="2024-01-10", date="2025", outlet="Invented Wire")
    (programme,) = assemble([plain, say(tranche="second batch", published="2024-06-01")], DAY)
    assert {m.tranche for m in programme.milestones if plain.statement.id in m.evidence} == {None}


def test_of_several_programmes_the_one_with_the_tranche_is_meant(say):
    told = [say(recipient=("Chile",), tranche="first"), say(recipient=("Peru",), tranche="second")]
    programmes = assemble(told, DAY)
    assert [(p.id.split("/")[1], tranche) for p, tranche in find(programmes, "HX-9//second")] == [("Peru", "second")]
    with pytest.raises(NameUnclear, match="several programmes"):
        find(programmes, "HX-9")


def test_a_maker_beside_the_buyer_is_no_recipient() -> None:
    assert recipient_names(("Rosoboronexport", "Turkey"), {}) == ("Turkey",)
    assert recipient_names(("Boeing",), {}) == ("United States",)


@pytest.mark.parametrize(
    ("told", "milestone", "left"),
    [
        (("Russia", "Turkey"), "contract", ["Turkey"]),
        (("Russia", "Turkey"), "delivery", ("Russia", "Turkey")),
        (("Russia",), "contract", ("Russia",)),
        (("Turkey",), "negotiation", ["Turkey"]),
    ],
)
def test_the_makers_country_only_signs(told: tuple[str, ...], milestone: str, left: object) -> None:
    assert without_signatory(told, milestone, "S-400") == left


@pytest.mark.parametrize(
    ("told", "supplier", "milestone", "left"),
    [
        (["Russia"], ["Turkey"], "contract", ["Turkey"]),
        (["Russia"], ["Rosoboronexport"], "contract", ["Russia"]),
        (["Russia"], ["Turkey"], "delivery", ["Russia"]),
        ([], ["Turkey"], "contract", []),
    ],
)
def test_signatories_read_on_the_wrong_sides_are_turned(told, supplier, milestone, left) -> None:
    assert without_signatory(told, milestone, "S-400", supplier) == left
