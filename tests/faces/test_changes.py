"""What became known since a day, through the command line. Programmes, people and sentences are invented."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from slipcast.domain import Decision
from slipcast.faces.cli import main
from slipcast.ledger.registers import read_register
from slipcast.ledger.store import Ledger
from slipcast.pipeline.changes import changes_since

HEAD = "stated_on,speaker,speaker_role,outlet,system,buyer,supplier,tranche,milestone,status,promised_date,occurred_date,note\n"
PLAN = "2021-01-10,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,planned,2022,,The second invented lot is due in 2022.\n"
SLIP = "2021-07-01,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,delayed,2023,,The second invented lot slips to 2023.\n"
HERE = "2023-05-01,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,achieved,,2023-04-30,The second invented lot is there.\n"
NO = "2021-07-02,Nordwerk,supplier,Invented Herald,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,reaffirmed,2022,,The maker still holds to 2022.\n"
OTHER = "2021-07-03,,,Invented Courier,QT-7 Plover,Peru,Sudwerk,,contract,achieved,,2021-07-02,Peru ordered invented Plovers.\n"


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "kestrel.csv"
    path.write_text(HEAD + PLAN + SLIP + NO + OTHER + HERE, "utf-8")
    assert main(["ingest", str(path)]) == 0
    return tmp_path / "ledger.db"


def changed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["changes", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_moved_promise_is_told_with_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    found = changed(capsys, "--since", "2021-06-30", "--as-of", "2021-07-01")
    moved = [row for row in found if row["kind"] == "moved"]
    assert [(row["programme"], row["tranche"], row["what"], row["before"], row["after"]) for row in moved] == [
        ("HX-9/Chile", "second", "promised", "2022", "2023")
    ]
    assert main(["changes", "--since", "2021-06-30", "--as-of", "2021-07-01"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "promised: 2023, was 2022" in told
    assert "2021-07-01, Ada Holm, minister: The second invented lot slips to 2023." in told


def test_what_is_new_contradicted_and_of_other_programmes(capsys: pytest.CaptureFixture[str]) -> None:
    found = changed(capsys, "--since", "2021-07-01", "--as-of", "2021-07-31")
    assert {row["kind"] for row in found if row["programme"] == "HX-9/Chile"} >= {"contradicted"}
    assert [(r["kind"], r["milestone"], r["after"]) for r in found if r["programme"] == "QT-7/Peru"] == [
        ("new", "contract", "2021-07-02")
    ]
    asked = changed(capsys, "QT-7", "--since", "2021-07-01", "--as-of", "2021-07-31")
    assert asked == [row for row in found if row["programme"] == "QT-7/Peru"]
    arrived = changed(capsys, "HX-9/Chile/second", "--since", "2021-12-31", "--as-of", "2023-12-31")
    assert [(r["kind"], r["after"]) for r in arrived if r["what"] == "achieved"] == [("new", "2023-04-30")]


def test_nothing_new_is_said_kindly(capsys: pytest.CaptureFixture[str]) -> None:
    assert changed(capsys, "--since", "2024-01-01", "--as-of", "2024-02-01") == []
    assert main(["changes", "--since", "2024-01-01", "--as-of", "2024-02-01"]) == 0
    assert "Nothing became known between 2024-01-01 and 2024-02-01" in capsys.readouterr().out


def test_a_ruling_shows_what_it_retracts(capsys: pytest.CaptureFixture[str]) -> None:
    (moved,) = [r for r in changed(capsys, "--since", "2021-06-30", "--as-of", "2021-07-01") if r["kind"] == "moved"]
    (slip,) = moved["evidence"]  # type: ignore[misc]
    assert changed(capsys, "--since", "2021-07-31", "--as-of", "2022-01-01") == []
    assert main(["review", "--reject", slip, "--by", "Tester", "--reason", "invented twice over"]) == 0
    found = changed(capsys, "--since", "2021-07-31", "--as-of", "2022-01-01")
    gone = [row for row in found if row["kind"] == "retracted"]
    assert [row["evidence"] for row in gone] == [[slip]]
    assert main(["review", "--withdraw", slip, "--by", "Tester"]) == 0
    assert changed(capsys, "--since", "2021-07-31", "--as-of", "2022-01-01") == []


def test_learnt_counts_from_when_the_ledger_was_told(tmp_path: Path) -> None:
    clock = iter([datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)])
    with Ledger(str(tmp_path / "book.db"), clock=lambda: next(clock)) as book:
        for rows in (PLAN, SLIP):
            path = tmp_path / "rows.csv"
            path.write_text(HEAD + rows, "utf-8")
            book.record_many(read_register(path).pairs)
        today = date(2024, 6, 1)
        late = changes_since(book, date(2024, 1, 15), as_of=today, learnt=True)
        assert [(k.change.kind, k.change.before, k.change.after) for k in late if k.change.what == "promised"] == [("moved", "2022", "2023")]  # fmt: skip
        assert changes_since(book, date(2024, 1, 15), as_of=today) == []
        slip = late[0].change.evidence[0]
        book.decide(Decision("statement", (slip,), "reject", "Tester", ""))
        back = changes_since(book, date(2024, 2, 15), as_of=today, learnt=True)
        assert [k.change.evidence for k in back if k.change.kind == "retracted"] == [(slip,)]
        assert [k.change.after for k in back if k.change.what == "promised"] == ["2022"]
        assert changes_since(book, date(2024, 2, 15), as_of=today, known_by="2024-02-15") == []


@pytest.mark.parametrize("width", ["80", "120"])
def test_it_fits_the_terminal(width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    capsys.readouterr()
    assert main(["changes", "--since", "2020-01-01", "--as-of", "2024-01-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= int(width)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["changes"], "--since"),
        (["changes", "--since", "2021-02-30"], "2021-02-30"),
        (["changes", "--since", "2024-01-01", "--as-of", "2023-01-01"], "after"),
        (["changes", "--since", "2021-01-01", "Nothing-1"], "Nothing-1"),
    ],
)
def test_a_wrong_request_gets_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert words in told.err


def test_a_document_that_was_rejected_before_is_not_retracted_again(tmp_path: Path) -> None:
    clock = iter([datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)])
    with Ledger(str(tmp_path / "book.db"), clock=lambda: next(clock)) as book:
        path = tmp_path / "rows.csv"
        path.write_text(HEAD + PLAN + SLIP, "utf-8")
        pairs = read_register(path).pairs
        book.record_many(pairs)
        book.decide(Decision("document", (pairs[1][0].id,), "reject", "Tester", "not as published"))
        today = date(2024, 6, 1)
        before, after = (changes_since(book, day, as_of=today) for day in (date(2024, 2, 1), date(2024, 4, 1)))
        assert [k.change.evidence for k in before if k.change.kind == "retracted"] == [(pairs[1][1][0].id,)]
        assert after == []
