"""Registers of invented programmes in other words than the shared ones: trains, a reactor, ferries; their speakers and outlets are invented too.

utterance marks rows that are one saying, clash rows that contradict each other; both are hidden from what is tested. The
rules for parties' names, lots and boats, roundings a day later and single pieces were mended on the first two; the ferries were
written after that, and 3 of their 4 clashes and every repeat were found at first.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from slipcast.domain import Entry, Milestone, Programme
from slipcast.ledger.registers import read_register
from slipcast.programme.assemble import assemble
from slipcast.programme.retellings import retellings

FOLDER = Path(__file__).with_name("registers")
HIDDEN = ("utterance", "clash")
DAY = date(2026, 11, 1)


class Told:
    """A register assembled without the marks. marks: column -> mark -> ids of the rows that bear it."""

    def __init__(self, name: str, folder: Path) -> None:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        bare = folder / f"{name}.csv"
        with bare.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, [key for key in rows[0] if key not in HIDDEN], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        register = read_register(bare)
        entries = [Entry(made[0], document, "2026-11-01T00:00:00Z") for document, made in register.pairs]
        self.marks: dict[str, dict[str, set[str]]] = {key: defaultdict(set) for key in HIDDEN}
        for entry, row in zip(entries, rows, strict=True):
            for key in HIDDEN:
                for mark in row[key].split():
                    self.marks[key][mark].add(entry.statement.id)
        self.programme: Programme
        (self.programme,) = assemble(entries, DAY)

    def milestone(self, tranche: str | None, kind: str) -> Milestone:
        (found,) = [m for m in self.programme.milestones if (m.tranche, m.kind) == (tranche, kind)]
        return found


@pytest.fixture(scope="module", params=["trains", "reactor", "ferries"])
def told(request, tmp_path_factory) -> Told:
    return Told(request.param, tmp_path_factory.mktemp("bare"))


def pairs(groups) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def test_repeats_are_those_that_are_marked(told):
    made = [r.members for m in told.programme.milestones for r in retellings(told.programme, m)]
    assert pairs(made) == pairs(told.marks["utterance"].values())


def test_marked_clashes_are_found_and_no_other_rows_are_blamed(told):
    made = [set(c.evidence) for m in told.programme.milestones for c in m.conflicts]
    marked = told.marks["clash"]
    assert [mark for mark, rows in marked.items() if not any(rows <= found for found in made)] == []
    outlets = pairs(told.marks["utterance"].values())  # outlets that round one saying differ on it, and that is said
    foreign = [found for found in made if not found & set().union(*marked.values()) and not pairs([found]) & outlets]
    assert foreign == []


def test_tranches_have_one_name_each(tmp_path):
    names = {name: Told(name, tmp_path).programme.tranches for name in ("trains", "reactor", "ferries")}
    assert names == {
        "trains": ("first", "second"),
        "reactor": ("first",),
        "ferries": ("first ferry", "second ferry", "third ferry", "ferries 3 and 4"),
    }


def test_what_the_customer_has_taken_over_is_achieved_on_the_customers_day(tmp_path):
    trains, ferries = Told("trains", tmp_path), Told("ferries", tmp_path)
    assert trains.milestone("first", "delivery").achieved == "2022-12-19"
    assert trains.milestone("second", "contract").achieved == "2023-11-29"
    assert ferries.milestone("first ferry", "delivery").achieved == "2021-04-21"
    assert ferries.milestone("ferries 3 and 4", "delivery").disputed
    assert not any(m.claimed or m.disputed for m in trains.programme.milestones)
