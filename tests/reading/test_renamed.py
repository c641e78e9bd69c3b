"""Documents under other names, as training sees them: text and annotation must go on fitting each other."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks.reader_names import renamed

CORPUS = Path(__file__).with_name("corpus")


@pytest.mark.parametrize("name", ["c", "k", "q"])
def test_sentences_and_words_of_claims_still_stand_where_they_should(name: str) -> None:
    records = [json.loads(line) for line in (CORPUS / f"{name}_documents.jsonl").read_text("utf-8").splitlines()]
    gold = [json.loads(line) for line in (CORPUS / f"{name}_gold.jsonl").read_text("utf-8").splitlines()]
    chance = random.Random(4)
    changed = 0
    for record in records:
        own = [g for g in gold if g["doc"] == record["doc"]]
        other, told = renamed(record, own, ["Corvell 140", "Harbour Tunnel"], chance)
        changed += other["text"] != record["text"]
        assert len(told) == len(own)
        for before, after in zip(own, told, strict=True):
            assert after["sentence"] in other["text"]
            low, high = before["anchor"]
            start, end = after["anchor"]
            assert after["sentence"][start:end] == before["sentence"][low:high]
            assert (after["milestone"], after["status"], after["date"]) == (
                before["milestone"],
                before["status"],
                before["date"],
            )
    assert changed > len(records) / 2


def test_a_name_is_exchanged_everywhere_and_its_statement_with_it() -> None:
    text = "Norland bought the Q-17 in 2011. The Q-17 arrives in 2014."
    record = {"doc": "d", "text": text, "title": "The Q-17 is late", "published": "2012-01-01"}
    gold = [
        {"doc": "d", "sentence": "The Q-17 arrives in 2014.", "programme": "Q-17", "supplier": [], "recipient": [], "milestone": "delivery", "anchor": [9, 16]}
    ]  # fmt: skip
    seen = {renamed(record, gold, ["Z-99"], random.Random(seed))[1][0]["programme"] for seed in range(12)}
    assert len(seen - {"Q-17"}) > 2
    for seed in range(12):
        other, (told,) = renamed(record, gold, ["Z-99"], random.Random(seed))
        assert other["text"].count(told["programme"]) == 2
        assert told["programme"] in other["title"]
        assert told["sentence"][slice(*told["anchor"])] == "arrives"
