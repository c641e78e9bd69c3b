"""A person's rulings from the terminal and from scripts. Programmes, people and sentences are invented."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from slipcast.domain import Decision
from slipcast.faces.cli import main
from slipcast.faces.interview import interview
from slipcast.ledger.store import Ledger
from slipcast.pipeline.review import Question

ROOT = Path(__file__).parents[2]
HEAD = "stated_on,speaker,speaker_role,outlet,system,buyer,supplier,tranche,milestone,status,promised_date,note,anonymous,modality\n"
PLAN = "2021-01-10,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,planned,2022,The second invented lot is due in 2022.,no,\n"
RUMOUR = "2021-07-01,,,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,delayed,2024,The lot may slip to 2024 an unnamed source said.,yes,possible\n"
PERU = (
    "2021-02-01,,,Invented Courier,HX-9 Kestrel,Peru,Nordwerk,,contract,achieved,,Peru ordered invented Kestrels.,no,\n"
)
LOST = "2021-03-01,,,Invented Herald,HX-9 Kestrel,,Nordwerk,,test,planned,2022,Invented tests of the HX-9 begin in 2022.,no,\n"
AS_OF = ("--as-of", "2021-08-01")


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "kestrel.csv"
    path.write_text(HEAD + PLAN + RUMOUR + PERU + LOST, "utf-8")
    assert main(["ingest", str(path)]) == 0
    capsys.readouterr()
    return tmp_path / "ledger.db"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[dict[str, object]]]:
    def asked(*arguments: str) -> list[dict[str, object]]:
        capsys.readouterr()
        assert main([*arguments, "--json"]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return asked


def waiting(ask: Callable[..., list[dict[str, object]]], words: str) -> list[dict[str, object]]:
    return [row for row in ask("review", *AS_OF) if words in " ".join(map(str, (*row["quotes"], *row["subjects"])))]  # type: ignore[misc]


def test_what_is_uncertain_is_listed_with_reasons_and_sentences(ask, capsys: pytest.CaptureFixture[str]) -> None:
    (join,) = [row for row in ask("review", *AS_OF) if row["kind"] == "join"]
    assert join["about"] == "recipient"
    assert "Chile, Peru" in join["why"][0]
    (rumour,) = waiting(ask, "unnamed source")
    assert any("unnamed source" in why for why in rumour["why"])
    assert any("only possible" in why for why in rumour["why"])
    assert main(["review", *AS_OF]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Invented tests of the HX-9 begin in 2022." in told
    assert f"--accept {rumour['subjects'][0][:12]}" in told


def test_a_later_ruling_undoes_an_earlier(ask) -> None:
    (rumour,) = waiting(ask, "unnamed source")
    identity = str(rumour["subjects"][0])

    def stands() -> bool:
        return any(identity in row["evidence"] for row in ask("status", *AS_OF))

    assert main(["review", "--reject", identity[:10], "--by", "Tester", "--reason", "hearsay"]) == 0
    assert not stands()
    assert waiting(ask, "unnamed source") == []
    assert main(["review", "--accept", identity, "--by", "Tester", "--reason", "it was right"]) == 0
    assert stands()
    (ruling,) = ask("review", "--decided")
    assert (ruling["verdict"], ruling["by"], ruling["reason"]) == ("accept", "Tester", "it was right")
    assert main(["review", "--withdraw", str(ruling["id"])[:12], "--by", "Tester"]) == 0
    assert stands()
    assert ask("review", "--decided") == []
    assert len(waiting(ask, "unnamed source")) == 1
    assert main(["verify"]) == 0


def test_a_join_puts_a_statement_into_its_place_and_a_split_takes_it_out(ask) -> None:
    (join,) = [row for row in ask("review", *AS_OF) if row["kind"] == "join"]
    (identity,) = join["evidence"]  # type: ignore[misc]

    def home() -> list[str]:
        return [row["programme"]["id"] for row in ask("status", *AS_OF) if identity in row["evidence"]]  # type: ignore[index]

    assert home() == ["HX-9"]
    assert main(["review", "--same", identity[:12], "HX-9/Chile", "--by", "Tester"]) == 0
    assert home() == ["HX-9/Chile"]
    assert [row for row in ask("review", *AS_OF) if row["kind"] == "join"] == []
    assert main(["review", "--different", identity[:12], "HX-9/Chile", "--by", "Tester"]) == 0
    assert home() == ["HX-9"]


def test_names_are_joined_and_the_first_is_the_one_to_use(ask, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text(
        HEAD + PLAN.replace("HX-9 Kestrel", "the whistling bird").replace("2021-01-10", "2021-01-12"), "utf-8"
    )
    main(["ingest", str(path)])
    assert "whistling bird/Chile" in {row["programme"]["id"] for row in ask("status", *AS_OF)}  # type: ignore[index]
    assert main(["review", "--same", "HX-9", "the whistling bird", "--by", "Tester"]) == 0
    assert {row["programme"]["id"] for row in ask("status", *AS_OF)} == {"HX-9", "HX-9/Chile", "HX-9/Peru"}  # type: ignore[index]


def test_a_document_is_rejected_whole(ask) -> None:
    document = ask("explain", "HX-9/Peru", *AS_OF)[0]["doc"]
    assert main(["review", "--reject", str(document), "--by", "Tester"]) == 0
    assert ask("review", "--decided")[0]["kind"] == "document"
    assert "HX-9/Peru" not in {row["programme"]["id"] for row in ask("status", *AS_OF)}  # type: ignore[index]


def test_a_corrected_date_of_a_document_counts_and_can_be_undone(ask) -> None:
    (rumour,) = waiting(ask, "unnamed source")
    identity = str(rumour["subjects"][0])
    by = ("--by", "Tester", "--reason", "the page was redated")

    def said_by_april() -> bool:
        return any(identity in row["evidence"] for row in ask("status", "--as-of", "2021-04-30"))

    assert not said_by_april()
    assert main(["review", "--correct", identity[:12], "published=2021-04-01", *by]) == 0
    assert said_by_april()
    (ruling,) = ask("review", "--decided")
    assert (ruling["verdict"], ruling["value"]) == ("correct", '{"published":"2021-04-01"}')
    assert main(["review", "--withdraw", str(ruling["id"])[:12], *by]) == 0
    assert not said_by_april()


@pytest.mark.parametrize("change", ["published", "published=soon", "published=", "text=other", "=2021"])
def test_what_corrects_nothing_is_refused(ask, change: str) -> None:
    (rumour,) = waiting(ask, "unnamed source")
    assert main(["review", "--correct", str(rumour["subjects"][0]), change, "--by", "Tester"]) == 2
    assert ask("review", "--decided") == []


def test_the_same_ruling_twice_is_one(ask, capsys: pytest.CaptureFixture[str]) -> None:
    (rumour,) = waiting(ask, "unnamed source")
    for word in ("recorded", "stood already"):
        assert main(["review", "--reject", str(rumour["subjects"][0]), "--by", "Tester"]) == 0
        assert word in capsys.readouterr().out
    assert len(ask("review", "--decided")) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--accept", "0123456789ab"], "--by"),
        (["--accept", "0123456789ab", "--by", "  "], "--by"),
        (["--accept", "0123456789ab", "--by", "Tester"], "0123456789ab"),
        (["--withdraw", "0123456789ab", "--by", "Tester"], "--decided"),
        (["--same", "HX-9", "HX-9", "--by", "Tester"], "name two"),
        (["Nothing-1"], "Nothing-1"),
    ],
)
def test_a_wrong_request_gets_one_line_and_records_nothing(
    arguments: list[str], words: str, ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *arguments]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert words in told.err
    assert ask("review", "--decided") == []


def test_one_bad_id_among_good_ones_records_none(ask) -> None:
    (rumour,) = waiting(ask, "unnamed source")
    wrong = ["--reject", str(rumour["subjects"][0]), "--reject", "0123456789ab", "--by", "Tester"]
    assert main(["review", *wrong]) == 2
    assert ask("review", "--decided") == []


def said(*lines: str) -> Callable[[str], str]:
    answers: Iterator[str] = iter(lines)

    def answer(_: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    return answer


JOIN = Question("join", "system", ("KC-9A/Chile", "KC-9/Chile"), ("they may be one",), ())
CLAIM = Question("statement", "KC-9/Chile: delivery", ("f" * 32,), ("contradicted",), ())


def rulings(*lines: str, questions: tuple[Question, ...] = (JOIN, CLAIM), **given: str) -> list[Decision]:
    made: list[Decision] = []
    assert interview(questions, said(*lines), lambda decision: made.append(decision) is None, **given) == len(made)
    return made


def test_each_answer_makes_its_decision() -> None:
    made = rulings("j", "Tester", "one type", "x", "r", "wrong")
    assert [(d.kind, d.subjects, d.verdict, d.by, d.reason) for d in made] == [
        ("identity", ("KC-9A/Chile", "KC-9/Chile"), "same", "Tester", "one type"),
        ("statement", ("f" * 32,), "reject", "Tester", "wrong"),
    ]
    assert [d.verdict for d in rulings("p", "a", by="Tester", reason="so")] == ["different", "accept"]


def test_next_quit_and_the_end_of_input_rule_nothing() -> None:
    assert rulings("n", "q") == rulings() == rulings("j") == rulings("q") == []


def test_a_join_of_one_name_asks_for_the_place_and_may_be_left() -> None:
    asked = Question("join", "recipient", ("KC-9",), ("it may be any of two",), ())
    assert [d.subjects for d in rulings("j", "KC-9/Chile", "ok", questions=(asked,), by="Tester")] == [("KC-9/Chile",)]
    assert rulings("j", "", questions=(asked,), by="Tester") == []


def test_in_a_terminal_it_asks(ledger: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TERM": "xterm", "COLUMNS": "100"}
    running = subprocess.Popen(
        [sys.executable, "-c", "from slipcast.faces.cli import entry; entry()", "review", *AS_OF, "--ledger", str(ledger)],
        env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    for prompt, answer in (
        (b"[q]uit: ", b"n\n"),
        (b"[q]uit: ", b"r\n"),
        (b"ruling: ", b"Tester\n"),
        (b"Why? ", b"hearsay\n"),
    ):
        while prompt not in seen:
            seen += os.read(ours, 4096)
        seen = b""
        os.write(ours, answer)
    while b"[q]uit: " not in seen and b"ruling" not in seen.replace(b"recorded: ", b""):
        seen += os.read(ours, 4096)
    os.write(ours, b"q\n")
    assert running.wait(timeout=60) == 0
    os.close(ours)
    with Ledger(str(ledger), create=False) as book:
        (decision,) = book.decisions()
    assert (decision.verdict, decision.by, decision.reason) == ("reject", "Tester", "hearsay")


@pytest.mark.parametrize("width", ["80", "120"])
def test_it_fits_the_terminal(width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert main(["review", *AS_OF]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= int(width)
