"""What the reader makes of single sentences, slot by slot: the share read right may not fall below its floor.

cases.jsonl: a text, the words `at` whose sentence is asked about, the day of publication, and one of
`want` (slots of one statement of that sentence), `shares` (in `want`: every participant and part of it) or `silent` (no statement).
All sentences are invented; the firms among them exist, what they make here need not be true.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from slipcast.domain import Document, Statement
from slipcast.reading.read import Reader

CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8").splitlines()]
#: The least share read right of each slot: measured, less 0.03.
FLOORS: dict[str, float] = {
    "anonymous": 0.970,
    "cause": 0.137,
    "condition": 0.170,
    "date": 0.911,
    "milestone": 0.770,
    "modality": 0.628,
    "no share": 0.970,
    "previous_date": 0.637,
    "programme": 0.399,
    "quantity": 0.553,
    "recipient": 0.606,
    "share part": 0.280,
    "share participant": 0.192,
    "share sourcing": 0.113,
    "share status": 0.338,
    "silent": 0.845,
    "speaker": 0.637,
    "speaker_role": 0.970,
    "stated_on": 0.370,
    "status": 0.684,
    "supplier": 0.201,
    "tranche": 0.720,
    "via": 0.370,
}


def bare(value: Any) -> Any:
    """A value as it is compared: names in lower case, without an article or a word of guessing before them."""
    if isinstance(value, str):
        return re.sub(r"^(?:(?:the|a|an|about|its|their)\s+)+", "", value.lower())
    if isinstance(value, (list, tuple)):
        return [bare(one) for one in value]
    return value


def slot(statement: Statement, name: str) -> Any:
    value = statement.to_json()[name]
    return bare(value)


def agreeing(statement: Statement, want: dict[str, Any]) -> set[str]:
    return {name for name, value in want.items() if slot(statement, name) == bare(value)}


def best(told: list[Statement], want: dict[str, Any]) -> set[str]:
    """The slots that the statement which agrees most has right."""
    return max((agreeing(s, want) for s in told), key=len, default=set())


def verdicts(case: dict[str, Any], told: list[Statement]) -> list[tuple[str, bool]]:
    """(slot, whether it was read right), against the statement of the sentence that agrees most."""
    if case.get("silent"):
        return [("silent", not told)]
    want = dict(case["want"])
    if "shares" in want:
        made = [s for s in told if s.relation == "workshare"]
        if not want["shares"]:
            return [("no share", not made)]
        return [(f"share {name}", name in best(made, line)) for line in want["shares"] for name in line]
    right = best(told, want)
    return [(name, name in right) for name in want]


@pytest.fixture(scope="module")
def measured() -> dict[str, list[bool]]:
    reader = Reader()
    found: dict[str, list[bool]] = defaultdict(list)
    for case in CASES:
        text: str = case["text"]
        low = text.rindex(case["at"])
        high = low + len(case["at"])
        statements = reader.read(Document(id="c", text=text, title=case.get("title"), published=case["published"]))
        told = [s for s in statements if s.span[0] < high and low < s.span[1]]
        for name, right in verdicts(case, told):
            found[name].append(right)
    return found


def test_every_case_asks_about_words_of_its_text() -> None:
    assert len(CASES) > 200
    assert all(case["at"] in case["text"] and ("want" in case) != ("silent" in case) for case in CASES)


def test_no_slot_is_read_worse_than_its_floor(measured: dict[str, list[bool]]) -> None:
    shares = {name: sum(right) / len(right) for name, right in measured.items()}
    for name, share in sorted(shares.items()):
        print(f"{name:15} {share:.3f} of {len(measured[name])}, floor {FLOORS.get(name, 0):.2f}")
    assert set(FLOORS) == set(shares)
    assert not {name: share for name, share in shares.items() if share < FLOORS[name]}
