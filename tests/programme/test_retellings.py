"""Who repeats whom, and why a statement stands where it stands. All invented."""

from __future__ import annotations

from datetime import date

from slipcast.programme.assemble import assemble
from slipcast.programme.retellings import places, retellings

DAY = date(2030, 1, 1)
ANNA = {"speaker": "Anna Nowak", "speaker_role": "supplier", "date": "2026"}


def test_the_chain_behind_a_milestone(say):
    first = say(**ANNA, outlet="First Invented Daily")
    again = say(**ANNA, outlet="Second Invented Daily", via=("First Invented Daily",))
    other = say(**{**ANNA, "speaker": "Luis Rojas", "speaker_role": "buyer"}, published="2024-09-01")
    (programme,) = assemble([other, again, first], DAY)
    made = retellings(programme, programme.milestones[0])
    assert [(one.origin, set(one.members)) for one in made] == [
        (first.statement.id, {first.statement.id, again.statement.id}),
        (other.statement.id, {other.statement.id}),
    ]
    assert made[0].why == ("same speaker, same claim, same day",)


def test_every_place_says_why(say):
    entry = say("The invented HX-9 for Chile comes in a next batch.", tranche="next batch", recipient=())
    known = say(recipient=("Chile",))
    placed = {one.id: one for one in places([entry, known], DAY)}
    assert placed[known.statement.id].notes == ()
    assert placed[entry.statement.id].notes == (
        "tranche 'next batch' is next",
        "no recipient named: of those known for HX-9 the text names only Chile",
        "tranche 'next batch' follows the first: second",
    )
