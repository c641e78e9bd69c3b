"""The worked case as the reader reads it: what the second S-400 system comes to over the years. Never tuned to; it must make sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from slipcast.faces.cli import main

CASE = Path(__file__).parents[2] / "examples/s400"
YEARS = ("2019-11-12", "2020-12-31", "2024-12-31", "2026-11-30")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("case") / "s400.db")
    assert main(["ingest", str(CASE), "--ledger", place]) == 0
    return place


def second(capsys: pytest.CaptureFixture[str], ledger: str, day: str, milestone: str, *more: str) -> dict[str, Any]:
    assert main(["forecast", "S-400/Turkey/second", "--as-of", day, "--ledger", ledger, "--json", *more]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found: dict[str, Any] = next(line for line in lines if line["milestone"] == milestone)
    return found


def test_in_2019_the_end_of_2020_is_less_likely_than_not(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert second(capsys, ledger, "2019-11-12", "delivery", "--by", "2020-12-31")["by"]["2020-12-31"] < 0.5


def test_silence_raises_never_and_today_never_is_likelier_than_two_years(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    never = [second(capsys, ledger, day, "delivery")["p_never"] for day in YEARS]
    assert never == sorted(never)
    today = second(capsys, ledger, YEARS[-1], "delivery", "--by", "2028-11-30")
    assert today["p_never"] > today["by"]["2028-11-30"]
    assert today["p_never"] >= second(capsys, ledger, YEARS[-1], "contract")["p_never"]


def test_a_contract_that_one_side_claims_and_the_other_denies_is_disputed(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "S-400/Turkey/second", "--as-of", YEARS[-1], "--ledger", ledger, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    contract = next(r for r in rows if (r["tranche"], r["milestone"]) == ("second", "contract"))
    assert (contract["achieved"], contract["disputed"]) == (None, True)


def test_a_purchase_on_which_there_is_no_going_back_is_not_cancelled(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "S-400/Turkey", "--as-of", YEARS[-1], "--ledger", ledger, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    contract = next(r for r in rows if (r["tranche"], r["milestone"]) == (None, "contract"))
    assert contract["achieved"] == "2017-12-29"
    assert contract["status"] != "cancelled"
