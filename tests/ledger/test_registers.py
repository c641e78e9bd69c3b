"""Promise registers in. The programmes and people of the rows written here are invented."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slipcast.domain import Quantity
from slipcast.errors import InputError
from slipcast.ledger.registers import channels, is_register, parties, quantity, read_register
from slipcast.ledger.store import Ledger

FACTS = Path(__file__).parents[3] / "shared" / "facts"
HEAD = (
    "stated_on,speaker,speaker_role,outlet,url,system,buyer,supplier,tranche,milestone,status,"
    "promised_date,previous_date,occurred_date,quantity,cause,condition,note,derived_from,anonymous,weather\n"
)
ROW = (
    "2024-05-01,Anna Nowak,supplier,Invented Courier,https://example.org/1,HX-9 Kestrel,Chile,Nordwerk / Sudwerk,first lot,"
    "delivery,delayed,2026,2025-06,,at least 6 aircraft,engines,talks,The invented lot slips by a year.,AFP citing NTV,no,fair\n"
)


@pytest.fixture
def register(tmp_path):
    def made(content: str | bytes, mapping: str | None = None):
        path = tmp_path / "kestrel.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if mapping is None:
            return read_register(path)
        rules = tmp_path / "map.toml"
        rules.write_text(mapping, "utf-8")
        return read_register(path, rules)

    return made


def test_a_row_is_a_document_and_a_statement(register):
    found = register(HEAD + ROW)
    ((document, (statement,)),) = found.pairs
    assert (document.outlet, document.url, document.published) == (
        "Invented Courier",
        "https://example.org/1",
        "2024-05-01",
    )
    assert (document.name, document.media_type) == ("kestrel:2", "text/csv")
    assert document.text[slice(*statement.span)] == statement.quote == "The invented lot slips by a year."
    assert (statement.milestone, statement.status, statement.date, statement.previous_date) == (
        "delivery",
        "delayed",
        "2026",
        "2025-06",
    )
    assert (statement.programme, statement.recipient, statement.supplier) == (
        "HX-9 Kestrel",
        ("Chile",),
        ("Nordwerk", "Sudwerk"),
    )
    assert (statement.speaker, statement.speaker_role, statement.anonymous) == ("Anna Nowak", "supplier", False)
    assert (statement.cause, statement.condition, statement.via) == ("engines", "talks", ("NTV", "AFP"))
    assert statement.quantity == Quantity(6, ">", "aircraft")
    assert (statement.stated_on, statement.tranche) == ("2024-05-01", "first lot")


def test_unknown_columns_are_kept_as_notes(register):
    found = register(HEAD + ROW)
    assert found.notes == ("weather",)
    assert "weather: fair" in found.pairs[0][0].text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2024-05-01", "2024-02-30", "stated_on: '2024-02-30' does not exist (day is out of range for month)"),
        ("2024-05-01", "1 May", "stated_on: '1 May' is no date"),
        ("2024-05-01", "31/12/2024", "stated_on: '31/12/2024': '31' is no date"),
        ("2025-06,", "June,", "previous_date: 'June' is no date"),
        ("delivery", "handover", "milestone 'handover' is not known"),
        ("delayed", "late", "status 'late' is not known"),
        ("HX-9 Kestrel", "", "no system"),
        ("fair", "fair,extra", "22 cells under 21 columns"),
    ],
)
def test_an_unreadable_row_is_listed_with_its_line_and_reason(register, old, new, reason):
    found = register(HEAD + ROW + ROW.replace(old, new, 1) + ROW.replace("/1", "/2"))
    assert len(found.pairs) == 2
    assert [(remark.line, remark.reason) for remark in found.unread] == [(3, reason)]


def test_lines_are_counted_over_quoted_line_ends(register):
    broken = ROW.replace("The invented lot slips by a year.", '"Two\nlines."')
    found = register(HEAD + broken + ROW.replace("delayed", "late"))
    assert [remark.line for remark in found.unread] == [4]


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(register):
    unclosed = ROW.replace("The invented lot", '"The invented lot')
    found = register(HEAD + ROW + unclosed + ROW.replace("/1", "/2") + ROW.replace("/1", "/3"))
    assert [document.name for document, _ in found.pairs] == ["kestrel:2", "kestrel:4", "kestrel:5"]
    assert [(remark.line, remark.reason) for remark in found.unread] == [(3, "a quote is opened and never closed")]


def test_a_stray_quote_costs_its_own_row_alone(register):
    stray = ROW.replace("Anna Nowak", '"Anna "the boss" Nowak"')
    doubled = ROW.replace("Anna Nowak", '"Anna ""the boss"" Nowak"')
    found = register(HEAD + stray + doubled + ROW)
    assert [statements[0].speaker for _, statements in found.pairs] == ['Anna "the boss" Nowak', "Anna Nowak"]
    assert [(remark.line, remark.reason) for remark in found.unread] == [(2, "a quote stands within a quoted cell")]


def test_unclosed_quotes_all_over_are_listed_each(register):
    found = register(HEAD + "".join(ROW.replace("Anna", f'"Anna{n}') for n in range(40)))
    assert len(found.pairs) + len(found.unread) == 40
    assert [remark.line for remark in found.unread] == sorted({remark.line for remark in found.unread})


def test_empty_lines_before_the_header_are_passed_over_and_counted(register):
    found = register("\n ,,\n" + HEAD + ROW + ROW.replace("delayed", "late"))
    assert (found.pairs[0][0].name, [remark.line for remark in found.unread]) == ("kestrel:4", [5])


def test_a_header_without_rows_is_said(register):
    found = register(HEAD)
    assert [(remark.line, remark.kind, remark.reason) for remark in found.remarks] == [(1, "note", "no row follows")]


def test_case_and_spaces_of_the_columns_and_words_do_not_matter(register):
    head = HEAD.replace("stated_on", "Stated On").replace("promised_date", "PROMISED-DATE")
    found = register(head + ROW.replace("delivery,delayed", "Entry into service,Delayed"))
    ((_, (statement,)),) = found.pairs
    assert (statement.milestone, statement.status, statement.date) == ("entry_into_service", "delayed", "2026")
    assert found.notes == ("weather",)


def test_two_columns_that_mean_one_are_refused(register):
    with pytest.raises(InputError, match=r"note and weather both mean note; rename or map one of them"):
        register(HEAD + ROW, '[columns]\nweather = "note"')
    with pytest.raises(InputError, match=r"Note and note both mean note"):
        register(HEAD.replace("weather", "Note") + ROW)


def test_a_row_told_twice_is_one_and_said_so(register):
    found = register(HEAD + ROW + ROW)
    assert len(found.pairs) == 1
    assert [(remark.line, remark.kind, remark.reason) for remark in found.remarks] == [
        (3, "note", "the same as line 2")
    ]


def test_the_header_once_more_is_no_row(register):
    assert [remark.reason for remark in register(HEAD + ROW + HEAD).unread] == ["the header once more"]


def test_short_rows_and_empty_lines_are_read(register):
    short = "2024-05-01,,,,,HX-9,,,,contract,achieved\n\n"
    ((document, (statement,)),) = register(HEAD + short).pairs
    assert (statement.speaker, statement.date, statement.quote) == (None, None, document.text)


def test_another_encoding_in_a_line_is_read_and_said(register):
    content = (HEAD + ROW).encode() + ROW.replace("Nowak", "Müller").encode("cp1252")
    found = register(content)
    assert [statements[0].speaker for _, statements in found.pairs] == ["Anna Nowak", "Anna Müller"]
    assert [(remark.line, remark.reason) for remark in found.remarks] == [(3, "no UTF-8: read as Windows-1252")]
    assert len(register((HEAD + ROW).encode("utf-16")).pairs) == 1
    assert len(register(b"\xef\xbb\xbf" + (HEAD + ROW).encode()).pairs) == 1
    assert len(register((HEAD + ROW).replace("\n", "\r")).pairs) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        (" ,,\n\n,\n", "no header"),
        ("\n, ,\n".encode("utf-16"), "no header"),
        ("stated_on,status\n2024,planned\n", "no column system, milestone"),
        (HEAD.replace("weather", "note") + ROW, "names note twice"),
        (",".join(f"c{n}" for n in range(1_000_001)) + "\n1\n", "1000001 columns"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (HEAD + '2024,"unclosed\n', "unreadable"),
    ],
)
def test_no_register_gets_one_clear_line(register, content, says):
    if says == "unreadable":
        assert register(content).unread[0].line == 2
        return
    with pytest.raises(InputError, match=says) as caught:
        register(content)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        read_register(tmp_path / "none.csv")


def test_a_mapping_file_names_other_columns_and_words(register):
    mapping = """
[columns]
Date = "stated_on"
Project = "system"
Event = "milestone"
State = "status"
Due = "promised_date"
[values.status]
"On track" = "reaffirmed"
[values.milestone]
Handover = "delivery"
[defaults]
supplier = "Nordwerk"
"""
    content = "Date;Project;Event;State;Due;Colour\n2024-05-01;HX-9;Handover;On track;2026;red\n"
    found = register(content, mapping)
    ((document, (statement,)),) = found.pairs
    assert (statement.milestone, statement.status, statement.date, statement.supplier) == (
        "delivery",
        "reaffirmed",
        "2026",
        ("Nordwerk",),
    )
    assert found.notes == ("Colour",)
    assert "Colour: red" in document.text


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("[columns", "no mapping"),
        ('[colums]\na = "system"', "colums"),
        ('[columns]\nA = "colour"', "colour"),
        ("[columns]\nA = 3", "3"),
        ('[values]\nstatus = "planned"', "no text"),
        ('columns = "system"', "columns"),
    ],
)
def test_bad_mappings_get_one_clear_line(register, mapping, says):
    with pytest.raises(InputError, match=says) as caught:
        register(HEAD + ROW, mapping)
    assert "\n" not in str(caught.value)


def test_registers_are_told_from_other_files(tmp_path):
    good, other, text = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.txt"
    good.write_text(HEAD + ROW, "utf-8")
    other.write_text("source,item\n1,2\n", "utf-8")
    text.write_text(HEAD, "utf-8")
    assert [is_register(path) for path in (good, other, text, tmp_path / "none.csv")] == [True, False, False, False]


def test_cells():
    assert channels("Reuters citing NTV (Turkey)") == ("NTV (Turkey)", "Reuters")
    assert channels("NTV (Russia) via AFP") == ("NTV (Russia)", "AFP")
    assert channels("TASS; Kommersant") == ("TASS", "Kommersant")
    assert channels("") == ()
    assert parties("Nordwerk / Sudwerk (office)") == ("Nordwerk", "Sudwerk (office)")
    assert quantity("4 batteries") == Quantity(4, "=", "batteries")
    assert quantity("about 36 (three a month)") == Quantity(36, "~", None)
    assert quantity("1,005 parts") == Quantity(1005, "=", "parts")
    assert quantity("fewer than 8 of 16 this year") is None
    assert quantity("one squadron") is None


def test_the_ledger_takes_a_register_and_verifies(register, tmp_path):
    found = register(HEAD + ROW + ROW.replace("/1", "/2"))
    with Ledger(str(tmp_path / "ledger.db"), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as ledger:
        ledger.record_many(found.pairs)
        ledger.record_many(read_register(tmp_path / "kestrel.csv").pairs)
        assert len(list(ledger.documents())) == 2
        assert ledger.verify() == []


def test_the_shared_registers_are_read_whole():
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    read = {}
    for path in sorted(FACTS.glob("*.csv")):
        if is_register(path):
            with path.open(encoding="utf-8", newline="") as source:
                rows = list(csv.DictReader(source))
            found = read_register(path)
            assert found.remarks == ()
            assert len(found.pairs) == len(rows)
            read[path.stem] = len(rows)
    assert read == {
        **{"a400m": 27, "ajax_uk": 18, "f35_turkey_participation": 20, "kc46": 23},
        **{"s400_india": 34, "s400_turkey": 51, "tejas_mk1a": 27},
    }
