"""The seven programmes of the shared registers, assembled with the columns derived_from, circular and conflict hidden.

Floors are what was measured on 2026-11-23, rounded down. A lower floor needs a reason in its commit.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from slipcast.dates import parse
from slipcast.domain import Entry, Programme
from slipcast.ledger.registers import read_register
from slipcast.programme.assemble import assemble
from slipcast.programme.placed import standing
from slipcast.programme.placing import Placer
from slipcast.programme.repeats import utterances
from slipcast.programme.tranches import tranche_name

FACTS = Path(__file__).parents[3] / "shared" / "facts"
NAMES = ("s400_turkey", "f35_turkey_participation", "s400_india", "tejas_mk1a", "kc46", "a400m", "ajax_uk")
HIDDEN = ("derived_from", "circular", "conflict")
DAY = date(2026, 11, 1)
#: known outcomes that no row states, by the registers' README five of them
UNSTATED = {
    ("f35_turkey_participation", "supply-chain wind-down"),
    ("s400_india", "regiment 1"),
    ("s400_india", "regiment 2"),
    ("kc46", "first 18 aircraft"),
    ("a400m", "Germany"),
}
Rows = dict[str, list[tuple[Entry, dict[str, str]]]]


@pytest.fixture(scope="module")
def registers(tmp_path_factory) -> Rows:
    """Each register's entries beside the full rows that they were read from."""
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    found = {}
    for name in NAMES:
        with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        bare = tmp_path_factory.mktemp("bare") / f"{name}.csv"
        with bare.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, [key for key in rows[0] if key not in HIDDEN], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        register = read_register(bare)
        assert register.remarks == ()
        entries = [Entry(made[0], document, "2026-11-01T00:00:00Z") for document, made in register.pairs]
        found[name] = list(zip(entries, rows, strict=True))
    return found


@pytest.fixture(scope="module")
def assembled(registers) -> dict[str, list[Programme]]:
    return {name: assemble([entry for entry, _ in rows], DAY) for name, rows in registers.items()}


def test_each_register_is_one_programme(assembled):
    ids = {name: [programme.id for programme in programmes] for name, programmes in assembled.items()}
    assert ids == {
        "s400_turkey": ["S-400/Turkey"],
        "f35_turkey_participation": ["F-35/Turkey"],
        "s400_india": ["S-400/India"],
        "tejas_mk1a": ["Tejas Mk 1A/India"],
        "kc46": ["KC-46/United States"],
        "a400m": ["A400M/OCCAR"],
        "ajax_uk": ["Ajax/United Kingdom"],
    }


def test_outcomes_that_the_registers_state_are_shown_and_the_others_stay_open(assembled):
    with (FACTS / "outcomes.csv").open(encoding="utf-8", newline="") as source:
        outcomes = list(csv.DictReader(source))
    shown, open_ones = [], []
    for row in outcomes:
        (programme,) = assembled[row["programme"]]
        tranche = tranche_name(row["tranche"], programme.system, programme.equipment)
        where = (row["programme"], row["milestone"], tranche)
        (milestone,) = [m for m in programme.milestones if (m.tranche, m.kind) == (tranche, row["milestone"])]
        actual = row["actual_date"]
        stated = actual[0].isdigit() and (row["programme"], row["tranche"]) not in UNSTATED
        if stated:
            assert milestone.achieved, where
            window, told = parse(actual), parse(milestone.achieved)
            assert told.overlaps(window), (where, milestone.achieved, actual)
            assert not milestone.disputed, where
            shown.append(where)
        elif (row["programme"], row["tranche"]) != (
            "s400_india",
            "regiment 1",
        ):  # told as begun a month before it was there
            assert milestone.achieved is None, where
            open_ones.append(where)
    assert (len(shown), len(open_ones)) == (11, 11)


def test_supplier_claims_are_claims(assembled):
    (programme,) = assembled["s400_turkey"]
    by_name = {(m.tranche, m.kind): m for m in programme.milestones}
    contract, delivery = by_name["second", "contract"], by_name["second", "delivery"]
    assert (contract.disputed, contract.achieved) == (True, None)
    assert (delivery.disputed, delivery.achieved) == (True, None)
    assert by_name["first", "completion"].claimed


def test_repeats_agree_with_the_marked_groups(registers):
    right = wrong = missed = 0
    for rows in registers.values():
        marked = _marked(rows)
        grouped = defaultdict(list)
        for placed in Placer().place(standing([entry for entry, _ in rows], DAY, ())):
            grouped[placed.system, placed.recipient, placed.tranche, placed.statement.milestone].append(placed)
        found = {
            frozenset((a.id, b.id))
            for members in grouped.values()
            for utterance in utterances(members)
            for a, b in combinations(utterance.members, 2)
        }
        right, wrong, missed = right + len(found & marked), wrong + len(found - marked), missed + len(marked - found)
    f1 = 2 * right / (2 * right + wrong + missed)
    print(f"repeats: {right} right, {wrong} wrong, {missed} missed, pairwise F1 {f1:.3f}")
    assert f1 >= 0.90  # measured 0.914; asked for 0.85


def _marked(rows: list[tuple[Entry, dict[str, str]]]) -> set[frozenset[str]]:
    """Pairs of the groups that the columns circular and derived_from mark: a circular row belongs to the row it repeats."""
    group = {i: {i} for i in range(len(rows))}
    for i, (_, row) in enumerate(rows):
        if row["circular"] != "yes":
            continue
        nearest = min(
            (_distance(row, other), j)
            for j, (_, other) in enumerate(rows)
            if j != i and all(row[key] == other[key] for key in ("system", "tranche", "milestone"))
        )[1]
        joined = group[i] | group[nearest]
        group.update(dict.fromkeys(joined, joined))
    ids = [entry.statement.id for entry, _ in rows]
    return {frozenset((ids[i], ids[j])) for i, j in combinations(range(len(rows)), 2) if j in group[i]}


def _distance(row: dict[str, str], other: dict[str, str]) -> tuple[bool, bool, int]:
    days = abs((parse(row["stated_on"]).middle - parse(other["stated_on"]).middle).days)
    return days > 31, other["speaker"] != row["speaker"] and other["outlet"] not in row["derived_from"], days


def test_conflicts_are_found_with_few_false_alarms(registers, assembled):
    marked = found = conflicts = false = 0
    for name, rows in registers.items():
        named = {entry.statement.id for entry, row in rows if row["conflict"].strip()}
        made = [c for programme in assembled[name] for m in programme.milestones for c in m.conflicts]
        seen = {identity for conflict in made for identity in conflict.evidence}
        marked, found = marked + len(named), found + len(named & seen)
        conflicts, false = conflicts + len(made), false + sum(not named & set(c.evidence) for c in made)
    print(f"conflicts: {found} of {marked} marked rows found; {false} of {conflicts} conflicts touch no marked row")
    assert found / marked >= 0.84  # measured 45 of 52; asked for 0.80
    assert false / conflicts <= 0.13  # measured 5 of 44


def test_every_row_is_evidence(registers, assembled):
    for name, rows in registers.items():
        kept = {i for programme in assembled[name] for m in programme.milestones for i in m.evidence}
        assert kept == {entry.statement.id for entry, _ in rows}
