"""The written order of precedence: each rule decides where those before it leave a draw."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slipcast.programme.precedence import LAST, RULES, choose

PLAIN = {"date": "2025-06", "speaker": "Anna Nowak", "speaker_role": "supplier"}


@pytest.mark.parametrize(
    ("rule", "winner", "loser"),
    [
        ("later over earlier", {"published": "2024-06-01", "date": "2025"}, {"published": "2024-05-01"}),
        ("exact over vague", {"date": "2025-06"}, {"date": "2025"}),
        ("exact over vague", {"date": "2025"}, {"date": None}),
        ("official over anonymous", {}, {"anonymous": True}),
        ("official over anonymous", {"via": ("NTV",)}, {"speaker": "people familiar with the matter", "speaker_role": "unnamed"}),
        ("own over reported", {}, {"via": ("An Invented Agency",)}),
        ("achieved over planned", {"status": "achieved"}, {"status": "planned"}),
    ],
)  # fmt: skip
def test_each_rule_decides_in_its_turn(put, rule, winner, loser):
    one, other = put(**{**PLAIN, **winner}), put(**{**PLAIN, **loser})
    for field in ([one, other], [other, one]):
        won, choice = choose(field)
        assert (won.id, choice.winner, choice.rule, choice.losers) == (one.id, one.id, rule, (other.id,))


def test_an_imprecise_day_is_not_later_than_a_day_within_it(put):
    month, day = put(published="2024-05", date="2025"), put(published="2024-05-20", date="2025-06")
    assert choose([month, day])[1].rule == "exact over vague"


def test_one_statement_needs_no_rule(put):
    one = put(**PLAIN)
    assert choose([one])[1].rule == "the only statement"


def test_a_draw_goes_to_the_last_in_the_text(put):
    one, other = put("Invented sentence one.", **PLAIN), put("Invented sentence two.", **PLAIN)
    assert choose([one, other])[1].rule == LAST


@given(order=st.permutations(range(6)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_statements_does_not_matter(put, order):
    dates = ("2025", "2025-06", None, "2025-06", "2026", "2025-06-30")
    field = [put(date=day, published=f"2024-05-{1 + n % 3:02}", speaker=f"Speaker {n}") for n, day in enumerate(dates)]
    assert choose([field[i] for i in order])[1].winner == choose(field)[1].winner


def test_the_rules_stand_in_the_written_order():
    assert [name for name, _ in RULES] == [
        "later over earlier",
        "exact over vague",
        "official over anonymous",
        "own over reported",
        "achieved over planned",
    ]
