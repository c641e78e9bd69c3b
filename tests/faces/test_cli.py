"""The command line as a person meets it: what it prints, and the one line it says when asked wrongly.

The article is about an invented programme: no such ship, maker, minister or country exists.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from slipcast.faces.cli import COMMANDS, main

ARTICLE = """outlet: The Vendel Gazette
published: 2031-05-04
title: Second KX-9 frigate may come late

Delivery of the second KX-9 frigate to the Vendish navy, originally scheduled for 2032, may face a delay because of
talks over local production, defence minister Ada Holm said on Tuesday.

Vendland received the first KX-9 frigate in March 2031.
"""


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "ledger.db"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE.replace("2031", "2021").replace("2032", "2022"), encoding="utf-8")
    return path


def test_help_names_every_command_without_loading_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "Usage: slipcast" in capsys.readouterr().out


def test_the_chain(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(article)]) == 0
    assert "1 new" in capsys.readouterr().out
    assert main(["status", "--as-of", "2021-05-04", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    late = [row for row in rows if row["milestone"] == "delivery" and row["tranche"] == "second"]
    assert [row["promised"] for row in late] == ["2022"]
    there = [row for row in rows if row["milestone"] == "delivery" and row["tranche"] == "first"]
    assert [row["achieved"] for row in there] == ["2021-03"]
    name = f"{late[0]['programme']['id']}/second"
    assert main(["forecast", name, "--as-of", "2021-05-04", "--by", "2022-12-31", "--json"]) == 0
    forecast = json.loads(capsys.readouterr().out)
    assert forecast["promised"] == "2022"
    assert forecast["p10"] <= forecast["p50"] <= forecast["p80"] <= forecast["p90"]
    assert 0 < forecast["by"]["2022-12-31"] < 1 - forecast["p_never"]
    assert main(["explain", name, "--as-of", "2021-05-04", "--json"]) == 0
    pieces = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert set(forecast["evidence"]) <= {piece["statement"] for piece in pieces}
    body = article.read_text(encoding="utf-8").split("\n\n", 1)[1]
    assert all(body[slice(*piece["span"])] == piece["quote"] for piece in pieces)
    assert main(["verify"]) == 0


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("command", ["status", "forecast", "explain"])
def test_listings_fit_the_terminal(
    command: str,
    width: str,
    article: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    main(["ingest", str(article)])
    capsys.readouterr()
    assert main([command, "--as-of", "2021-05-04"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("KX-9" in line for line in lines)
    assert max(map(len, lines)) <= int(width)


def test_ingesting_twice_changes_nothing(ledger: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(article)])
    before = list(sqlite3.connect(ledger).iterdump())
    capsys.readouterr()
    assert main(["ingest", str(article), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 0
    assert list(sqlite3.connect(ledger).iterdump()) == before


def test_the_same_question_gives_the_same_bytes(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(article)])
    for command in ("status", "forecast", "explain"):
        capsys.readouterr()
        answers = []
        for _ in range(2):
            assert main([command, "--as-of", "2021-06-01", "--json"]) == 0
            answers.append(capsys.readouterr().out)
        assert answers[0] == answers[1] != ""


def test_silence_makes_it_later_and_never_likelier(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(article)])
    capsys.readouterr()
    told = []
    for day in ("2021-05-04", "2022-12-31", "2025-12-31"):
        assert main(["forecast", "KX-9//second", "--as-of", day, "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["p50"] < told[1]["p50"] < told[2]["p50"]
    assert told[0]["p_never"] < told[1]["p_never"] < told[2]["p_never"]


def test_an_empty_day_is_told_kindly(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(article)])
    capsys.readouterr()
    assert main(["status", "--as-of", "2011-01-01"]) == 0
    assert "slipcast ingest" in " ".join(capsys.readouterr().out.split())


def faults(tmp_path: Path) -> dict[str, tuple[list[str], str]]:
    """Wrong requests: what is asked, and words that the one line must hold."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "undated.txt").write_text("Delivery is due next year, the ministry said.\n", encoding="utf-8")
    (tmp_path / "nodate.txt").write_text("published: 2019-02-30\n\nDelivery is due next year.\n", encoding="utf-8")
    (tmp_path / "notes.db").write_text("these are notes, not a ledger\n" * 50, encoding="utf-8")
    text = str(tmp_path / "undated.txt")
    return {
        "missing file": (["ingest", str(tmp_path / "nothing.txt")], "nothing.txt"),
        "empty file": (["ingest", str(tmp_path / "empty.txt")], "empty"),
        "binary file": (["ingest", str(tmp_path / "binary.txt")], "binary.txt"),
        "no date": (["ingest", text], "--published"),
        "no such date in the option": (["ingest", text, "--published", "2019-02-30"], "2019-02-30"),
        "no such date in the header": (["ingest", str(tmp_path / "nodate.txt")], "2019-02-30"),
        "no such day in as-of": (
            ["status", "--as-of", "2019-13-01", "--ledger", str(tmp_path / "no.db")],
            "2019-13-01",
        ),
        "no ledger there": (["status", "--ledger", str(tmp_path / "no.db")], "no.db"),
        "a ledger that is none": (["status", "--ledger", str(tmp_path / "notes.db")], "notes.db"),
        "no such command": (["foretell"], "foretell"),
        "no such option": (["status", "--colour", "blue"], "--colour"),
        "missing panel": (["predict", str(tmp_path / "panel.csv")], "panel.csv"),
    }


@pytest.mark.parametrize("case", [
    "missing file", "empty file", "binary file", "no date", "no such date in the option", "no such date in the header",
    "no such day in as-of", "no ledger there", "a ledger that is none", "no such command", "no such option", "missing panel",
])  # fmt: skip
def test_a_wrong_request_gets_one_line_and_code_2(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, words = faults(tmp_path)[case]
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert words in told.err
    assert not (tmp_path / "no.db").exists()


def test_a_ledger_from_a_newer_version_is_left_alone(
    ledger: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(article)])
    with sqlite3.connect(ledger) as book:
        book.execute("UPDATE slipcast_version SET version_num = '9999_from_the_future'")
    before = ledger.read_bytes()
    capsys.readouterr()
    assert main(["status"]) == 2
    assert "newer" in capsys.readouterr().err
    assert ledger.read_bytes() == before


def test_a_name_that_fits_none_is_answered_with_those_that_are_there(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(article)])
    capsys.readouterr()
    assert main(["forecast", "KX-8", "--as-of", "2021-06-01"]) == 2
    assert "KX-9" in capsys.readouterr().err
