"""Slip history: baseline, what each promise superseded, kept or missed; and whose promises held. All invented."""

from __future__ import annotations

from datetime import date

import pytest

from slipcast.domain import Slip
from slipcast.programme.assemble import assemble
from slipcast.programme.slips import record
from slipcast.programme.track import FEWEST, track_record

DAY = date(2030, 1, 1)
ANNA = {"speaker": "Anna Nowak", "speaker_role": "supplier", "tranche": "second"}
HISTORY = (
    {"date": "2025-06", "published": "2023-01-10"},
    {"date": "2025-12", "published": "2024-01-10", "status": "delayed", "previous_date": "2025-06"},
    {"date": "2026-03", "published": "2025-01-10", "status": "delayed"},
)


@pytest.fixture
def second(say):
    def made(*statements, as_of=DAY):
        (programme,) = assemble([say(**{**ANNA, **fields}) for fields in statements], as_of)
        return programme.milestones[0]

    return made


def test_each_promise_with_what_it_superseded(second):
    milestone = second(*HISTORY)
    assert [(s.stated_on, s.promised, s.superseded, s.moved_days) for s in milestone.promises] == [
        ("2023-01-10", "2025-06", None, None),
        ("2024-01-10", "2025-12", "2025-06", 184),  # 30 June to 31 December 2025
        ("2025-01-10", "2026-03", "2025-12", 90),
    ]
    assert (milestone.promised, milestone.previous) == ("2026-03", "2025-12")


def test_baseline_slip_and_missed(second):
    made = record(
        second(*HISTORY, {"status": "achieved", "date": "2026-02-01", "speaker": None, "published": "2026-02-02"})
    )
    assert (made.baseline, made.slip_days, made.kept, made.late_days) == ("2025-06", 274, False, 216)


def test_kept(second):
    made = record(
        second(HISTORY[0], {"status": "achieved", "date": "2025-06-12", "speaker": None, "published": "2025-06-13"})
    )
    assert (made.kept, made.late_days) == (True, -18)


def test_open_and_claimed_are_neither_kept_nor_missed(second):
    assert record(second(*HISTORY)).kept is None
    assert (
        record(second(HISTORY[0], {"status": "achieved", "date": "2025-06-12", "published": "2025-06-13"})).kept is None
    )


def test_a_risk_leaves_the_date_standing(second):
    milestone = second(HISTORY[0], {"status": "at_risk", "cause": "talks", "published": "2024-01-10"})
    assert (milestone.status, milestone.promised, milestone.previous, milestone.causes) == (
        "at_risk",
        "2025-06",
        None,
        ("talks",),
    )


def test_a_delay_without_a_date_takes_it_away(second):
    milestone = second(HISTORY[0], {"status": "delayed", "published": "2024-01-10"})
    assert (milestone.status, milestone.promised, milestone.previous) == ("delayed", None, "2025-06")


def test_a_possible_delay_is_a_risk(second):
    milestone = second(HISTORY[0], {"status": "delayed", "modality": "possible", "published": "2024-01-10"})
    assert (milestone.status, milestone.promised) == ("at_risk", "2025-06")


def test_the_date_that_is_at_risk_stands_where_no_promise_is_known(second):
    milestone = second({"status": "at_risk", "previous_date": "2025-06"})
    assert (milestone.promised, [s.promised for s in milestone.promises]) == ("2025-06", ["2025-06"])


def test_a_day_that_was_past_when_it_was_said_is_no_promise(second):
    assert second({"date": "2020", "published": "2024-05-01"}).promises == ()


def test_repeats_make_one_slip(second):
    milestone = second(HISTORY[0], {**HISTORY[0], "outlet": "Another Invented Daily"})
    assert [type(slip) for slip in milestone.promises] == [Slip]
    assert milestone.independent_sources == 1


def test_track_record_needs_five(say):
    def kestrel(n, arrived):
        return [
            say(**{**ANNA, "tranche": f"batch {n}"}, date="2025-06", published=f"2023-01-{n:02}"),
            say(tranche=f"batch {n}", status="achieved", date=arrived, published="2026-02-02"),
        ]

    entries = [entry for n in range(1, FEWEST) for entry in kestrel(n, "2025-06-30")]
    few = {r.name: r for r in track_record(assemble(entries, DAY)) if r.kind == "speaker"}["Anna Nowak"]
    assert (few.promises, few.kept_share, few.median_late_days) == (4, None, None)
    entries += kestrel(5, "2026-01-10")
    full = {r.name: r for r in track_record(assemble(entries, DAY)) if r.kind == "speaker"}["Anna Nowak"]
    assert (full.promises, full.kept_share, full.median_late_days) == (5, 0.8, 0)
    assert [outcome.late_days for outcome in full.outcomes if not outcome.kept] == [194]


def test_an_overdue_promise_is_missed_and_an_open_one_does_not_count(say):
    entries = [say(**ANNA, date="2025-06", published="2023-01-10")]
    assert [(r.kind, r.promises) for r in track_record(assemble(entries, date(2025, 6, 30)))] == []
    (outlet, speaker) = track_record(assemble(entries, date(2025, 7, 1)))
    assert [(r.kind, r.promises, r.outcomes[0].kept) for r in (outlet, speaker)] == [
        ("outlet", 1, False),
        ("speaker", 1, False),
    ]
