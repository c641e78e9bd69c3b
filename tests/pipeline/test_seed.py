"""The article that slipcast was born from, read by the reader and shown by the command line as of its day.

Needs ../shared/seed: the article is not ours to hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from slipcast.faces.cli import main

ARTICLE = Path(__file__).parents[3] / "shared/seed/article.txt"
DAY = "2019-11-12"


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    if not ARTICLE.exists():
        pytest.skip("needs ../shared/seed beside the checkout")
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["ingest", str(ARTICLE), "--published", DAY, "--outlet", "Defense News"]) == 0
    capsys.readouterr()


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_status_shows_what_the_article_says(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {(r["programme"]["id"], r["tranche"], r["milestone"]): r for r in asked(capsys, "status", "--as-of", DAY)}
    first, second = (rows["S-400/Turkey", tranche, "delivery"] for tranche in ("first", "second"))
    assert (first["status"], first["achieved"]) == ("achieved", "2019-07")
    assert rows["S-400/Turkey", "first", "installation"]["achieved"] is None
    assert (second["status"], second["promised"], second["said_by"]) == ("at_risk", "2020", "Ismail Demir")
    assert rows["S-400/Turkey", None, "announcement"]["achieved"] == "2017-12"
    contract = rows["S-400/Turkey", None, "contract"]
    assert (contract["status"], contract["stated_on"]) == ("reaffirmed", "2019-11-11")
    assert rows["F-35/Turkey", None, "participation"]["status"] == "suspended"
    assert rows["F-35/Turkey", None, "contract"]["status"] == "achieved"


@pytest.mark.parametrize(
    "words",
    [
        "Ismail Demir, president of the Undersecretariat for Defence Industries, via NTV",
        "because: Turkey’s ongoing negotiations with Russia over technology transfer and co-production options",
        "beside it, Political observers in Ankara",
        "how many: more than 100 aircraft",
        "because: Turkey’s acquisition of the S-400",
        "irrevocable",
        "landing gear components",
        "panoramic cockpit display",
        "center section wiring systems",
        "hardware for the F135 engine",
    ],
)
def test_the_page_shows_who_why_and_what_else(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--as-of", DAY]) == 0
    assert words in " ".join(capsys.readouterr().out.split())


def test_the_forecast_doubts_the_promise_and_silence_makes_it_later(capsys: pytest.CaptureFixture[str]) -> None:
    name = "S-400/Turkey/second"
    (then,) = asked(capsys, "forecast", name, "--as-of", DAY, "--by", "2020-12-31")
    (later,) = asked(capsys, "forecast", name, "--as-of", "2020-12-31")
    (now,) = asked(capsys, "forecast", name, "--as-of", "2026-11-23", "--by", "2028-11-23")
    assert then["milestone"] == "delivery"
    assert then["by"]["2020-12-31"] < 0.5
    assert then["p50"] < later["p50"] < now["p50"]
    assert then["p_never"] < later["p_never"] < now["p_never"]
    assert now["p_never"] > now["by"]["2028-11-23"]


def test_every_number_leads_to_its_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    pieces = asked(capsys, "explain", "S-400/Turkey", "--as-of", DAY)
    assert pieces
    assert all(text[slice(*piece["span"])] == piece["quote"] for piece in pieces)
    cited = {i for row in asked(capsys, "status", "S-400/Turkey", "--as-of", DAY) for i in row["evidence"]}
    assert cited <= {piece["statement"] for piece in pieces}
