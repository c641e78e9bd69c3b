"""Registers in and out through the command line. Programmes, makers, people and sentences are invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from followthemoney import model

from slipcast.faces.cli import main

FACTS = Path(__file__).parents[3] / "shared" / "facts"

HEAD = "stated_on,speaker,speaker_role,outlet,system,buyer,supplier,tranche,milestone,status,promised_date,occurred_date,quantity,note,weather\n"
ROWS = (
    "2019-03-04,,,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,,contract,achieved,,2019-03-03,6 aircraft,Six invented Kestrels were ordered.,fair\n"
    "2021-01-10,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,planned,2022,,,The second invented lot is due in 2022.,\n"
    "2021-07-01,Ada Holm,minister,Invented Courier,HX-9 Kestrel,Chile,Nordwerk,second lot,delivery,delayed,2023,,,The second invented lot slips to 2023.,\n"
)


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLIPCAST_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "ledger.db"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "news" / "kestrel.csv"
    path.parent.mkdir()
    path.write_text(HEAD + ROWS, "utf-8")
    return path


def test_a_register_is_ingested_once(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(register)]) == 0
    told = capsys.readouterr()
    assert "3 rows read, 3 new; 3 statements added" in told.out
    assert "weather" in told.err  # a column that is kept and not understood
    assert main(["ingest", str(register), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "documents": 3, "new": 0, "statements": 0, "silent": 0, "rows": 3, "unread": 0,
    }  # fmt: skip
    assert main(["verify"]) == 0


def test_a_register_in_a_folder_is_read_beside_the_texts(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (register.parent / "news.txt").write_text(
        "published: 2021-07-02\n\nNothing of note happened in invented Vendel.\n", "utf-8"
    )
    assert main(["ingest", str(register.parent), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 4


def test_rows_that_cannot_be_read_are_listed_with_line_and_reason(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ROWS.splitlines()[1].replace(",2022,", ",2022-13-40,")
    register.write_text(
        HEAD + ROWS + bad + "\n" + bad.replace("2022-13-40", "2022").replace("delivery", "bloom") + "\n", "utf-8"
    )
    assert main(["ingest", str(register)]) == 0
    told = capsys.readouterr()
    assert "3 new" in told.out
    lines = told.err.splitlines()
    assert any("line 5: left out, promised_date" in line and "2022-13-40" in line for line in lines)
    assert any("line 6: left out, milestone 'bloom'" in line for line in lines)


def test_a_register_without_one_readable_row_is_code_2(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register.write_text(HEAD + ROWS.splitlines()[0].replace("2019-03-03", "yesterday") + "\n", "utf-8")
    assert main(["ingest", str(register)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "line 2: left out" in told.err
    assert told.err.splitlines()[-1].startswith("slipcast: ")
    assert main(["status", "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_hostile_registers_get_one_line(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = {
        b"a,a,stated_on\n1,2,3\n": "twice",
        b"," * 1_000_000 + b"\n1\n": "columns",
        b"\x00\x01stated_on,system\n": "binary",
        b"alpha,beta\n1,2\n": "no column",
        b"": "empty",
    }
    for content, words in hostile.items():
        register.write_bytes(content)
        assert main(["ingest", str(register)]) == 2
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert words in told.err


def test_lines_of_another_encoding_are_read_and_said(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mixed = HEAD.encode() + ROWS.splitlines()[1].replace("Ada Holm", "Bjørn Åsen").encode("cp1252") + b"\n" + ROWS.splitlines()[2].replace("Ada Holm", "Bjørn Åsen").encode() + b"\n"  # fmt: skip
    register.write_bytes(mixed)
    assert main(["ingest", str(register)]) == 0
    assert "line 2: no UTF-8" in capsys.readouterr().err
    assert main(["export", "--as", "statements"]) == 0
    speakers = [json.loads(line)["speaker"] for line in capsys.readouterr().out.splitlines()]
    assert speakers == ["Bjørn Åsen", "Bjørn Åsen"]


def test_a_mapping_names_other_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, rules = tmp_path / "other.tsv", tmp_path / "map.toml"
    other.write_text("When said\tWhat\tState\tDue\n2021-01-10\tHX-9 Kestrel\tOn track\t2022\n", "utf-8")
    rules.write_text(
        '[columns]\n"When said" = "stated_on"\n"What" = "system"\n"State" = "status"\n"Due" = "promised_date"\n'
        '[values.status]\n"On track" = "reaffirmed"\n[defaults]\nmilestone = "delivery"\n',
        "utf-8",
    )
    assert main(["ingest", str(other)]) == 2
    capsys.readouterr()
    assert main(["ingest", str(other), "--mapping", str(rules)]) == 0
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["promised"] == "2022"


def test_formulas_of_a_register_are_inert_when_they_go_out(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register.write_text(HEAD + ROWS.replace("Nordwerk", '"=HYPERLINK(""http://example.org"")"'), "utf-8")
    assert main(["ingest", str(register)]) == 0
    capsys.readouterr()
    assert main(["export", "--as", "register"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["supplier"].startswith("'=HYPERLINK")
    assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


@pytest.mark.parametrize("form", ["statements", "register", "ftm", "ical", "mspdi"])
def test_every_format_is_written_whole_and_twice_the_same(form: str, register: Path, tmp_path: Path) -> None:
    main(["ingest", str(register)])
    out = tmp_path / f"out.{form}"
    assert main(["export", "--as", form, "--out", str(out), "--as-of", "2021-08-01"]) == 0
    first = out.read_bytes()
    assert main(["export", "--as", form, "HX-9 Kestrel", "--out", str(out), "--as-of", "2021-08-01"]) == 0
    assert first
    if form != "ical":  # whose name says what was asked for
        assert form == "mspdi" or out.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_export_is_as_of_its_day_and_of_what_was_asked_for(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(register)])
    capsys.readouterr()
    starts = []
    for day in ("2021-02-01", "2021-08-01"):
        assert main(["export", "HX-9/Chile/second", "--as", "ical", "--as-of", day]) == 0
        (event,) = icalendar.Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")
        starts.append(event.decoded("DTSTART").year)
    assert starts == [2022, 2023]
    assert main(["export", "HX-9/Chile/second", "--as", "statements", "--as-of", "2021-02-01"]) == 0
    assert [json.loads(line)["date"] for line in capsys.readouterr().out.splitlines()] == ["2022"]


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["export"], "--as", 2),
        (["export", "--as", "docx"], "docx", 2),
        (["export", "--as", "ical", "Nothing-1"], "Nothing-1", 2),
        (["export", "--as", "ical", "--watchlist", "none.toml"], "none.toml", 2),
        (["export", "--as", "ical", "--out", "nowhere/at/all.ics"], "nowhere", 1),
    ],
)
def test_a_wrong_request_gets_one_line(
    arguments: list[str], words: str, code: int, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    main(["ingest", str(register)])
    capsys.readouterr()
    assert main(arguments) == code
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert words in told.err


@pytest.mark.parametrize("command", ["status", "forecast", "explain"])
def test_a_watchlist_joins_names(
    command: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    renamed = ROWS.splitlines()[2].replace("HX-9 Kestrel", "the whistling bird")
    register.write_text(HEAD + "\n".join([*ROWS.splitlines()[:2], renamed]) + "\n", "utf-8")
    main(["ingest", str(register)])
    listed = tmp_path / "watch.toml"
    listed.write_text(
        '[[programme]]\nsystem = "HX-9"\nrecipient = "Chile"\naliases = ["the whistling bird"]\n', "utf-8"
    )
    capsys.readouterr()
    sizes = []
    ask = [command, "HX-9/Chile/second", "--as-of", "2021-08-01", "--json"]
    for more in ([], ["--watchlist", str(listed)]):
        assert main([*ask, *more]) == 0
        sizes.append(sorted(json.loads(line)["promised"] if command != "explain" else json.loads(line)["statement"] for line in capsys.readouterr().out.splitlines()))  # fmt: skip
    assert sizes[0] != sizes[1]
    monkeypatch.setenv("SLIPCAST_WATCHLIST", str(listed))
    assert main(ask) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(line["promised" if command != "explain" else "statement"] for line in told) == sizes[1]
    page = tmp_path / "page.html"
    assert main(["report", "--watchlist", str(listed), "--as-of", "2021-08-01", "--out", str(page)]) == 0
    assert "whistling bird for" not in page.read_text("utf-8")


def test_real_registers_go_through_every_format(tmp_path: Path) -> None:
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    known = [path for path in sorted(FACTS.glob("*.csv")) if path.stem not in ("outcomes", "lead_times")]
    assert main(["ingest", *map(str, known)]) == 0
    made = {}
    for form in ("statements", "register", "ftm", "ical", "mspdi"):
        assert main(["export", "--as", form, "--as-of", "2026-11-01", "--out", str(tmp_path / form)]) == 0
        made[form] = (tmp_path / form).read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(made["register"], newline="")))
    assert len({row["designation"] for row in rows}) == 6  # seven registers, two of them of one system
    for line in made["ftm"].splitlines():
        data = json.loads(line)
        kept = model.get_proxy(data, cleaned=False).to_dict()["properties"]
        assert {name: set(values) for name, values in kept.items()} == {
            n: set(v) for n, v in data["properties"].items()
        }
    promised = icalendar.Calendar.from_ical(made["ical"]).walk("VEVENT")
    assert promised
    assert all(event.errors == [] and event.decoded("DTSTART") < event.decoded("DTEND") for event in promised)
    assert len(ElementTree.fromstring(made["mspdi"]).findall(".//{*}Task")) > len(promised)
    assert len(made["statements"].splitlines()) == 200
