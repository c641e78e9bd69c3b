"""The worked case: dispatches that retell two registers, each with a full header and nobody quoted."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from slipcast.dates import parse_day

ROOT = Path(__file__).parents[2]
DISPATCHES = sorted((ROOT / "examples" / "s400").glob("*.txt"))
FACTS = ROOT.parent / "shared" / "facts"
KEYS = ["outlet", "after", "published", "title"]
#: retold from the article itself, not from a register
ARTICLE = "https://www.defensenews.com/global/europe/2019/11/12/"


def split(path: Path) -> tuple[dict[str, str], str]:
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def address(header: dict[str, str]) -> str:
    return header["after"].partition(", http")[2]


def test_the_case_is_large_enough_for_the_demo() -> None:
    assert len(DISPATCHES) >= 30


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda p: p.stem)
def test_header_is_complete_and_true_to_the_file(path: Path) -> None:
    header, body = split(path)
    assert list(header) == KEYS
    assert header["outlet"] == "retold by slipcast"
    assert re.fullmatch(r"[^,]+, https?://[^\s]+", header["after"])
    assert path.name.startswith(parse_day(header["published"], where=path.name).isoformat())
    assert header["title"].strip()
    assert len(body.split()) >= 20


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda p: p.stem)
def test_nobody_is_quoted(path: Path) -> None:
    _, body = split(path)
    assert not re.findall(r"[\"“”„«»‘`]|(?<!\w)['’]", body)


def test_no_two_dispatches_say_the_same_words() -> None:
    bodies = [split(path)[1] for path in DISPATCHES]
    assert len(set(bodies)) == len(bodies)


@pytest.mark.parametrize("register", ["s400_turkey.csv", "f35_turkey_participation.csv"])
def test_every_row_of_the_register_is_retold_on_its_day(register: str) -> None:
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    headers = [split(path)[0] for path in DISPATCHES]
    told = {("http" + address(h), h["published"][:7]) for h in headers}
    days = {("http" + address(h), h["published"]) for h in headers}
    with (FACTS / register).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            key = (row["url"], row["stated_on"])
            assert (key in days) if len(row["stated_on"]) == 10 else (key in told), row["url"]


def test_every_dispatch_stands_on_a_register_or_on_the_article() -> None:
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    known = set()
    for register in ("s400_turkey.csv", "f35_turkey_participation.csv"):
        with (FACTS / register).open(encoding="utf-8", newline="") as rows:
            known |= {row["url"] for row in csv.DictReader(rows)}
    for path in DISPATCHES:
        url = "http" + address(split(path)[0])
        assert url in known or url.startswith(ARTICLE), path.name
