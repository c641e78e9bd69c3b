"""The article that the project began with: what its annotated statements must show, as the pages of 12 November 2019."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from slipcast.domain import Document, Entry, Milestone, Programme, Statement
from slipcast.fingerprints import document_id
from slipcast.programme.assemble import assemble
from slipcast.programme.identity import find
from slipcast.programme.status import status_lines

READING = Path(__file__).parents[3] / "shared" / "data" / "reading"
DAY = date(2019, 11, 12)


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (READING / name).read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def programmes() -> list[Programme]:
    if not READING.is_dir():
        pytest.skip("needs ../shared/data/reading")
    record = next(line for line in lines("documents.jsonl") if line["doc"] == "seed")
    text, published = record["text"], record["published"]
    identity = document_id(text, record["outlet"], record["url"], published)
    document = Document(identity, text, record["url"], record["outlet"], record["title"], published, name="seed")
    entries = []
    for gold in (line for line in lines("gold.jsonl") if line["doc"] == "seed"):
        quote = gold.pop("sentence")
        start = text.index(quote)
        gold |= {"doc": identity, "span": [start, start + len(quote)], "quote": quote, "stated_on": published}
        statement = Statement.from_json(gold)
        if (
            statement.status == "reaffirmed"
        ):  # the text dates this saying itself; the early gold sets leave stated_on out
            statement = replace(statement, stated_on="2019-11-11")
        entries.append(Entry(statement, document, "2019-11-12T12:00:00Z"))
    return assemble(entries, DAY)


def pick(programmes: list[Programme], name: str, kind: str) -> tuple[Programme, Milestone]:
    ((programme, tranche),) = find(programmes, name)
    (milestone,) = [m for m in programme.milestones if m.tranche == tranche and m.kind == kind]
    return programme, milestone


def test_two_programmes_with_two_tranches(programmes):
    assert [(p.id, p.tranches) for p in programmes] == [("F-35/Turkey", ()), ("S-400/Turkey", ("first", "second"))]


def test_the_first_is_delivered_and_not_installed(programmes):
    _, delivery = pick(programmes, "S-400/Turkey/first", "delivery")
    assert (delivery.status, delivery.achieved, delivery.claimed) == ("achieved", "2019-07", False)
    _, installation = pick(programmes, "S-400/Turkey/first", "installation")
    assert (installation.status, installation.modality, installation.achieved) == ("planned", "denied", None)


def test_the_second_is_promised_for_2020_and_at_risk(programmes):
    programme, delivery = pick(programmes, "S-400/Turkey/second", "delivery")
    assert (delivery.status, delivery.promised, delivery.previous, delivery.achieved) == ("at_risk", "2020", None, None)
    said = programme.entries[delivery.current.winner].statement
    assert (said.speaker, said.speaker_role) == (
        "Ismail Demir",
        "president of the Undersecretariat for Defence Industries",
    )
    assert any("technology transfer and co-production" in cause for cause in delivery.causes)
    assert delivery.independent_sources == 1
    assert not delivery.disputed


def test_the_observers_reading_stands_beside(programmes):
    programme, delivery = pick(programmes, "S-400/Turkey/second", "delivery")
    readers = {programme.entries[i].statement.speaker for i in delivery.evidence}
    assert {"Political observers in Ankara", "a Turkey specialist"} <= readers
    assert not any("tensions" in cause for cause in delivery.causes)
    assert delivery.current.winner not in {
        i for i in delivery.evidence if programme.entries[i].statement.speaker == "Political observers in Ankara"
    }


def test_announcement_and_reaffirmed_contract(programmes):
    assert pick(programmes, "S-400/Turkey", "announcement")[1].achieved == "2017-12"
    programme, contract = pick(programmes, "S-400/Turkey", "contract")
    (line,) = [row for row in status_lines(programme) if row["milestone"] == "contract" and row["tranche"] is None]
    assert (contract.status, line["stated_on"]) == ("reaffirmed", "2019-11-11")
    assert line["said_by"].startswith("Recep Tayyip Erdo")


def test_f35_suspended_with_cause_commitment_and_workshare(programmes):
    programme, partnership = pick(programmes, "F-35A/Türkiye", "participation")
    assert partnership.status == "suspended"
    assert partnership.causes == ("Turkey’s acquisition of the S-400",)
    contract = pick(programmes, "F-35/Turkey", "contract")[1]
    quantity = programme.entries[contract.current.winner].statement.quantity
    assert (quantity.comparator, quantity.value) == (">", 100)
    parts = {share.part for share in programme.workshare}
    assert {"landing gear components", "the panoramic cockpit display", "titanium integrated blade rotors"} <= parts
    assert len(programme.workshare) == 9  # ten statements; the structures are told twice
    assert {share.participant for share in programme.workshare} == {"Turkey’s local industry"}


def test_status_lines_have_the_fixed_keys(programmes):
    rows = [row for programme in programmes for row in status_lines(programme)]
    keys = "programme tranche milestone status promised previous achieved disputed said_by stated_on independent_sources evidence"
    assert all(list(row) == keys.split() for row in rows)
    assert all(list(row["programme"]) == ["id", "system", "supplier", "recipient"] for row in rows)
    assert json.loads(json.dumps(rows)) == rows
