"""What must hold for any statements: order, repetition and the future change nothing. Statements are drawn, not told."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slipcast.dates import counts_from
from slipcast.domain import MILESTONES, MODALITIES, STATUSES
from slipcast.programme.assemble import assemble
from slipcast.programme.status import status_lines

DATES = st.sampled_from(
    [None, "2024", "2025-06", "2025-06-30", "../2026-03", "2026/..", "2025-33", "[2025-01,2025-02]", "204X"]
)
STATEMENT = st.fixed_dictionaries(
    {
        "milestone": st.sampled_from(MILESTONES),
        "status": st.sampled_from(STATUSES),
        "modality": st.sampled_from(MODALITIES),
        "date": DATES,
        "previous_date": DATES,
        "tranche": st.sampled_from([None, "first", "batch 2", "next batch", "regiments 1 and 2", "all of it"]),
        "recipient": st.sampled_from([(), ("Chile",), ("Peru",)]),
        "speaker": st.sampled_from([None, "Anna Nowak", "Luis Rojas", "sources"]),
        "speaker_role": st.sampled_from([None, "supplier", "buyer"]),
        "published": st.sampled_from(["2024", "2024-05", "2024-05-01", "2024-05-02", "2025-01-01"]),
        "outlet": st.sampled_from(["A", "B"]),
        "via": st.sampled_from([(), ("A",)]),
        "participant": st.just(None),
    }
)
COMMON = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)


@COMMON
@given(drawn=st.lists(STATEMENT, max_size=12), seed=st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(say, drawn, seed):
    entries = [say(**fields) for fields in drawn]
    shuffled = [*entries, *entries[:3]]
    seed.shuffle(shuffled)
    day = date(2026, 1, 1)
    assert assemble(shuffled, day) == assemble(entries, day)


@COMMON
@given(drawn=st.lists(STATEMENT, max_size=12))
def test_the_future_is_not_seen(say, drawn):
    entries = [say(**fields) for fields in drawn]
    day = date(2024, 6, 1)
    past = [entry for entry in entries if counts_from(entry.statement.stated_on) <= day]
    assert assemble(entries, day) == assemble(past, day)


@COMMON
@given(drawn=st.lists(STATEMENT, max_size=12))
def test_every_statement_is_evidence_once_and_every_line_is_well_formed(say, drawn):
    entries = {entry.statement.id: entry for entry in (say(**fields) for fields in drawn)}
    programmes = assemble(list(entries.values()), date(2030, 1, 1))
    held = [i for programme in programmes for milestone in programme.milestones for i in milestone.evidence]
    assert sorted(held) == sorted(entries)
    for programme in programmes:
        for milestone, line in zip(programme.milestones, status_lines(programme), strict=True):
            assert milestone.current is not None
            assert milestone.current.winner in milestone.evidence
            assert not set(milestone.current.losers) - set(milestone.evidence)
            assert milestone.achieved is None or not milestone.disputed
            assert not milestone.claimed or milestone.achieved or milestone.disputed
            assert line["promised"] == milestone.promised
            assert 1 <= milestone.independent_sources <= len(milestone.evidence)
            assert [slip.statement in milestone.evidence for slip in milestone.promises] == [True] * len(
                milestone.promises
            )
