"""The gate. Test texts are invented; the recall on the shared documents is measured where they are there."""

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from slipcast.reading.gate import by_letter, passes_document, passes_sentence

DATA = Path(__file__).parents[3] / "shared" / "data" / "reading"


@pytest.mark.parametrize(
    "sentence",
    [
        "The second Falke battery will be handed over in May.",
        "Talks about the tanker have broken down.",
        "The frigate slipped by a year.",
        "Nordland has scrapped its order.",
    ],
)
def test_sentences_of_the_field_pass(sentence: str) -> None:
    assert passes_sentence(sentence)


@pytest.mark.parametrize("sentence", ["He likes soup.", "Nobody knows why she laughed.", "The cat slept on the sofa."])
def test_sentences_without_a_stem_are_turned_away(sentence: str) -> None:
    assert not passes_sentence(sentence)


def test_a_document_needs_two_strong_stems_and_something_named_or_dated() -> None:
    assert passes_document("The contract for the X-12 was signed. Delivery follows in 2031.")
    assert not passes_document("The contract was signed and the delivery was quick.")
    assert not passes_document("In 2031 he will be sixty.")


def test_no_statement_of_the_tuning_documents_is_turned_away() -> None:
    if not DATA.exists():
        pytest.skip("needs ../shared/data/reading")
    tune = set(json.loads((DATA / "split.json").read_text())["tune"])
    gold = [g for g in map(json.loads, (DATA / "gold.jsonl").read_text().splitlines()) if g["doc"] in tune]
    passed = sum(passes_sentence(g["sentence"]) for g in gold)
    assert passed / len(gold) >= 0.995


@pytest.mark.parametrize("kinds", [("strong",), ("strong", "weak")])
def test_stems_tried_by_their_first_letter_find_what_they_find_one_after_the_other(kinds: tuple[str, ...]) -> None:
    table = tomllib.loads(files("slipcast.reading.lexicons").joinpath("gate.toml").read_text("utf-8"))
    stems = [stem for kind in kinds for stem in table[kind]]
    plain, sorted_ = re.compile(r"\b(?:" + "|".join(stems) + ")"), by_letter(stems)
    lines = (Path(__file__).with_name("corpus") / "b_documents.jsonl").read_text("utf-8").splitlines()
    for text in (json.loads(line)["text"].lower() for line in lines):
        assert [m.span() for m in sorted_.finditer(text)] == [m.span() for m in plain.finditer(text)]
