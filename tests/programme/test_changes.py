"""What became known between two days. All invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from slipcast.programme.assemble import assemble
from slipcast.programme.changes import changes

ANNA = {"speaker": "Anna Nowak", "speaker_role": "supplier", "tranche": "second"}
EARLY, LATE = date(2024, 6, 1), date(2025, 6, 1)


def told(entries, later=None):
    made = changes(assemble(entries, EARLY), assemble(entries if later is None else later, LATE))
    return [(c.kind, c.what, c.before, c.after, len(c.evidence)) for c in made]


def test_nothing_new_nothing_changed(say):
    assert told([say(**ANNA, date="2025")]) == []


def test_a_programme_comes_up(say):
    assert told([say(**ANNA, date="2026", published="2025-01-01")]) == [("new", "milestone", None, "2026", 1)]


def test_a_date_moves_and_the_word_with_it(say):
    first = say(**ANNA, date="2025")
    moved = say(**ANNA, date="2026", status="delayed", previous_date="2025", published="2025-01-01")
    assert told([first, moved]) == [
        ("moved", "promised", "2025", "2026", 1),
        ("new", "status", "planned", "delayed", 1),
    ]


def test_a_contradiction_is_told_with_both_statements(say):
    first = say(**ANNA, date="2025")
    silent = say(**ANNA, date="2027", published="2024-12-01")
    kinds = {row[0]: row for row in told([first, silent])}
    assert kinds["contradicted"][4] == 2


def test_an_arrival_is_new(say):
    arrived = say(tranche="second", status="achieved", date="2024-12-01", published="2024-12-02")
    assert told([say(**ANNA, date="2025"), arrived]) == [
        ("new", "achieved", None, "2024-12-01", 1),
        ("new", "status", "planned", "achieved", 1),
    ]


def test_a_repeat_is_new_evidence_and_no_more(say):
    first = say(**ANNA, date="2025")
    again = say(**ANNA, date="2025", status="planned", published="2024-12-01", outlet="Another Invented Daily")
    assert told([first, again]) == [("new", "statements", None, None, 1)]


def test_what_is_retracted_is_told(say):
    entry = say(**ANNA, date="2025")
    assert told([entry], [replace(entry, retracted=True)]) == [("retracted", "milestone", "planned", None, 1)]


def test_workshare_lines_come_and_end(say):
    line = {"milestone": "participation", "relation": "workshare", "participant": "Nordwerk", "part": "canopies"}
    made = say(**line, status="achieved")
    ended = say(**line, status="cancelled", published="2025-01-01")
    assert told([made, ended]) == [("moved", "workshare: Nordwerk, canopies", "achieved", "cancelled", 1)]


def test_a_dispute_is_part_of_the_word(say):
    claim = say(**ANNA, milestone="contract", status="achieved")
    denial = say(
        tranche="second",
        milestone="contract",
        status="denied",
        speaker="Luis Rojas",
        speaker_role="buyer",
        published="2024-12-01",
    )
    rows = told([claim, denial])
    assert ("retracted", "achieved", "yes", None, 1) in rows
    assert ("new", "status", "achieved, claimed", "denied, disputed", 1) in rows
    assert [row[0] for row in rows].count("contradicted") == 1
