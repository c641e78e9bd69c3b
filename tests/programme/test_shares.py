"""Workshare keeps its history. Makers and parts are invented."""

from __future__ import annotations

from datetime import date

from slipcast.programme.assemble import assemble

DAY = date(2030, 1, 1)
LINE = {"milestone": "participation", "relation": "workshare", "status": "achieved"}


def lines(say, *statements):
    (programme,) = assemble([say(**{**LINE, **fields}) for fields in statements], DAY)
    return programme.workshare


def test_a_line_a_part_however_its_name_is_told(say):
    made = lines(
        say,
        {"participant": "Nordwerk", "part": "the landing gear component", "sourcing": "sole", "date": "2015"},
        {"participant": "Nordwerk", "part": "landing gear components", "published": "2024-06-01"},
        {"participant": "Nordwerk", "part": "canopies", "published": "2024-06-02"},
    )
    assert [(s.participant, s.part, s.sourcing, s.since, s.ended, len(s.evidence)) for s in made] == [
        ("Nordwerk", "the landing gear component", "sole", "2015", None, 2),
        ("Nordwerk", "canopies", None, None, None, 1),
    ]


def test_a_replaced_maker_keeps_its_line(say):
    made = lines(
        say,
        {"participant": "Nordwerk", "part": "canopies", "date": "2015"},
        {
            "participant": "Nordwerk",
            "part": "canopies",
            "status": "cancelled",
            "date": "2024-03",
            "published": "2024-06-01",
        },
        {"participant": "Sudwerk", "part": "canopies", "status": "planned", "published": "2024-06-01"},
    )
    assert [(s.participant, s.since, s.until, s.ended, s.status) for s in made] == [
        ("Nordwerk", "2015", "2024-03", "replaced by Sudwerk", "cancelled"),
        ("Sudwerk", None, None, None, "planned"),
    ]


def test_a_suspended_maker_keeps_its_line_with_the_day_it_was_told(say):
    (line,) = lines(say, {"participant": "Nordwerk", "part": "canopies", "status": "suspended"})
    assert (line.ended, line.until) == ("suspended", "2024-05-01")


def test_workshare_makes_no_milestone(say):
    (programme,) = assemble([say(**LINE, participant="Nordwerk", part="canopies")], DAY)
    assert programme.milestones == ()
