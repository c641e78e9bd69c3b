"""One utterance in many outlets counts once. The people, outlets and sentences are invented."""

from __future__ import annotations

import pytest

from slipcast.domain import Decision
from slipcast.fingerprints import resemblance, signature
from slipcast.programme.assemble import assemble
from slipcast.programme.repeats import utterances

ANNA = {"speaker": "Anna Nowak", "speaker_role": "supplier", "date": "2026"}


def sizes(*placed):
    return sorted(len(utterance.members) for utterance in utterances(placed))


def test_same_speaker_same_claim_same_days(put):
    one = put(**ANNA, outlet="First Invented Daily")
    other = put(**ANNA, outlet="Second Invented Daily", published="2024-05-02")
    (utterance,) = utterances([other, one])
    assert utterance.origin.id == one.id
    assert utterance.why == ("same speaker, same claim, same days",)


def test_outlets_may_round_one_saying_of_one_day(put):
    exact = put(**{**ANNA, "date": "2026-01/2026-03"}, outlet="First Invented Daily")
    rounded = put(**ANNA, outlet="Second Invented Daily")
    (utterance,) = utterances([rounded, exact])
    assert utterance.origin.id == exact.id


@pytest.mark.parametrize(
    "change",
    [
        {"published": "2024-05-20"},
        {"date": "2027"},
        {"speaker": "Piotr Zielinski"},
        {"status": "delayed"},
    ],
)
def test_another_day_date_speaker_or_word_is_another_utterance(put, change):
    assert sizes(put(**ANNA, outlet="A"), put(**{**ANNA, **change}, outlet="B")) == [1, 1]


def test_a_report_of_a_report_points_at_its_origin(put):
    first = put(**ANNA, via=("Radio Invented",), outlet="Invented Defence Weekly", published="2024-05-01")
    second = put(**ANNA, via=("Radio Invented", "Invented Defence Weekly"), outlet="Copy Wire", published="2024-05-05")
    (utterance,) = utterances([second, first])
    assert utterance.origin.id == first.id
    assert utterance.why == ("a report of a report: Copy Wire citing Invented Defence Weekly",)


def test_near_duplicate_text_is_one_whoever_is_named(put):
    text = "The second lot of the invented Kestrel will now reach Chile in the spring of 2026, its makers let it be known today"
    one = put(text + ".", date="2026-21", outlet="A")
    other = put(text + ", too.", date="2026-21", outlet="B")
    assert sizes(one, other) == [2]


def test_unnamed_speakers_with_one_claim_on_one_day_are_one(put):
    told = {"anonymous": True, "date": "2025-12"}
    one, other = (
        put(**told, speaker="people in the know", outlet="A"),
        put(**told, speaker="invented insiders", outlet="B"),
    )
    assert sizes(one, other) == [2]
    assert sizes(one, put(**{**told, "date": "2027"}, speaker="invented insiders", outlet="B")) == [1, 1]


def test_a_lead_sums_up_the_speaker_that_the_next_sentence_names(say):
    text = "Delays loom, the chief buyer official said. Luis Rojas said the invented Kestrel may come late."
    first = say(text, speaker="the chief buyer official", status="at_risk", tranche="second")
    cut = text.index("Luis")
    spans = (
        {"span": (0, cut - 1), "quote": text[: cut - 1]},
        {"span": (cut, len(text)), "quote": text[cut:], "speaker": "Luis Rojas"},
    )
    fields = {name: getattr(first.statement, name) for name in first.statement.__dataclass_fields__}
    entries = [
        type(first)(type(first.statement)(**{**fields, **more}), first.document, first.recorded_at) for more in spans
    ]
    (programme,) = assemble(entries, first_day(first))
    assert programme.milestones[0].independent_sources == 1


def first_day(entry):
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(entry.document.published)


def test_a_person_joins_and_parts_utterances(put, say):
    one, other = (
        put(**ANNA, outlet="A"),
        put(**{**ANNA, "speaker": "A. Nowak of the works"}, outlet="B", published="2024-09-01"),
    )
    pair = frozenset((one.id, other.id))
    assert [len(u.members) for u in utterances([one, other], {pair: True})] == [2]
    same_day = put(**ANNA, outlet="C")
    assert sizes(one, same_day) == [2]
    assert [len(u.members) for u in utterances([one, same_day], {frozenset((one.id, same_day.id)): False})] == [1, 1]
    entries = [say(**ANNA, outlet="A"), say(**ANNA, outlet="C")]
    ruling = Decision("repeat", tuple(e.statement.id for e in entries), "different", "a tester", "two interviews")
    sources = [
        assemble(entries, first_day(entries[0]), rulings)[0].milestones[0].independent_sources
        for rulings in ((), (ruling,))
    ]
    assert sources == [1, 2]


def test_signatures_estimate_the_share_of_common_shingles():
    words = [f"word{n}" for n in range(60)]
    half = words[:30] + [f"other{n}" for n in range(30)]
    assert resemblance(signature(" ".join(words)), signature(" ".join(words))) == 1.0
    estimate = resemblance(signature(" ".join(words)), signature(" ".join(half)))
    assert abs(estimate - 28 / 88) < 3 * (0.318 * 0.682 / 128) ** 0.5  # Jaccard of the shingles: 28 common of 88
    assert resemblance(signature("a b c d"), signature("w x y z")) < 0.1


def test_an_outlet_may_round_a_move_of_the_date_a_day_later(put):
    move = {**ANNA, "status": "delayed", "date": "2026-06", "previous_date": "2025-12"}
    one = put(**move, outlet="A")
    later = {**move, "date": "2026", "published": "2024-05-02", "outlet": "B"}
    assert sizes(one, put(**later)) == [2]
    assert sizes(one, put(**{**later, "previous_date": "2025-06"})) == [1, 1]
    assert sizes(one, put(**{**later, "date": "2027"})) == [1, 1]


def test_a_body_is_one_with_and_without_its_country(put):
    said = {"date": "2026", "status": "planned"}
    long = put(**said, speaker="Chile's Ministry of National Defense", outlet="A")
    short = put(**said, speaker="Ministry of National Defence", outlet="B")
    other = put(**said, speaker="Peru's Ministry of National Defense", outlet="C")
    assert sizes(long, short) == [2]
    assert sizes(long, other) == [1, 1]
