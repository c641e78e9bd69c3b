"""Each format read back by a real reader of it. The programmes, makers, people and sentences here are invented."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import icalendar
import pytest
from followthemoney import model
from followthemoney.statement import StatementEntity
from hypothesis import given
from hypothesis import strategies as st

from slipcast.dates import parse
from slipcast.domain import Choice, Conflict, Document, Entry, Forecast, Milestone, Programme, Quantity, Slip, Statement
from slipcast.fingerprints import document_id
from slipcast.ledger.exports import statements_jsonl
from slipcast.ledger.exports_ftm import bounds, ftm_jsonl
from slipcast.ledger.exports_ical import escaped, folded, shown_days
from slipcast.ledger.exports_ical import icalendar as calendar
from slipcast.ledger.exports_mspdi import NAMESPACE, constraint, mspdi
from slipcast.ledger.exports_register import COLUMNS, inert, orders, trade_register_csv

HOSTILE = '=HYPERLINK("http://example.org");, \\n\r\nBEGIN:VEVENT\x00 <Task>&amp; ąść 船'


def said(sentence: str, stated_on: str, outlet: str = "The Invented Gazette", **keys: object) -> Entry:
    made = Document(
        id=document_id(sentence, outlet, "https://example.org/a", stated_on),
        text=sentence,
        outlet=outlet,
        url="https://example.org/a",
        published=stated_on,
    )
    keys = {"milestone": "delivery", "status": "planned", "programme": "Marlin-9", **keys}
    statement = Statement(
        doc=made.id, span=(0, len(sentence)), quote=sentence, stated_on=stated_on, reader="rules 0", **keys
    )  # type: ignore[arg-type]
    return Entry(statement, made, "2026-01-01T00:00:00.000000Z", stated_on=stated_on)


CONTRACT = said(
    "Vendland ordered six invented Marlin-9 frigates on 3 March 2019.", "2019-03-04", milestone="contract", status="achieved",
    date="2019-03-03", quantity=Quantity(6, "=", "frigates"), supplier=("Nordwerft",), recipient=("Vendland",),
)  # fmt: skip
FIRST = said("The first invented frigate came in June 2021.", "2021-06-30", status="achieved", date="2021-06", quantity=Quantity(1, "=", "frigate"))  # fmt: skip
EARLY = said(
    "The second one is due in 2022, the invented minister said.", "2021-01-10", date="2022", speaker="Ada Holm"
)
LATE = said(
    HOSTILE.replace("\x00", ""), "2021-07-01", outlet=HOSTILE.replace("\x00", "").replace("\n", " "), date="2023-33",
    status="delayed", speaker="=Ada; Holm", condition="the invented yard is paid",
)  # fmt: skip
FORECAST_DAYS = {0.1: date(2023, 2, 1), 0.5: date(2023, 9, 1), 0.8: date(2024, 6, 1), 0.9: date(2025, 1, 1)}


def programme(**keys: object) -> Programme:
    entries = {e.statement.id: e for e in (CONTRACT, FIRST, EARLY, LATE)}
    i = {name: e.statement.id for name, e in zip(("contract", "first", "early", "late"), entries.values(), strict=True)}
    milestones = (
        Milestone("contract", None, "achieved", achieved="2019-03-03", current=Choice(i["contract"], "only"), evidence=(i["contract"],)),
        Milestone("delivery", "first", "achieved", achieved="2021-06", current=Choice(i["first"], "only"), evidence=(i["first"],)),
        Milestone(
            "delivery", "second", "delayed", promised="2023-33", previous="2022", current=Choice(i["late"], "later", (i["early"],)),
            promises=(Slip(i["early"], "2021-01-10", "2022"), Slip(i["late"], "2021-07-01", "2023-33", "2022", 90)),
            conditions=("the invented yard is paid",), evidence=(i["early"], i["late"]), independent_sources=2,
            conflicts=(Conflict("dates", "=two dates", (i["early"], i["late"])),),
        ),
    )  # fmt: skip
    made = Programme(
        "Marlin-9/Vendland", date(2021, 8, 1), "Marlin-9", "frigate", ("Nordwerft",), ("Vendland",), ("first", "second"),
        milestones, entries=entries,
    )  # fmt: skip
    return replace(made, **keys)  # type: ignore[arg-type]


def forecast() -> Forecast:
    return Forecast("Marlin-9/Vendland", "second", "delivery", date(2021, 8, 1), None, 0, "2023-33", FORECAST_DAYS, 0.07, "invented class")  # fmt: skip


def register(*programmes: Programme) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(trade_register_csv(programmes), newline="")))


def test_statements_come_back_as_they_were() -> None:
    lines = statements_jsonl([CONTRACT, LATE]).splitlines()
    back = [Statement.from_json(json.loads(line)) for line in lines]
    assert back == [CONTRACT.statement, LATE.statement]
    assert [json.loads(line)["id"] for line in lines] == [s.id for s in back]


def test_a_register_row_is_an_order() -> None:
    (row,) = register(programme())
    assert tuple(row) == COLUMNS
    assert {key: row[key] for key in COLUMNS[:8]} == {
        "supplier": "Nordwerft", "recipient": "Vendland", "ordered": "6", "designation": "Marlin-9", "year of order": "2019",
        "years of delivery": "2021", "delivered": "1", "status": "being delivered",
    }  # fmt: skip
    assert "second delivery promised for 2023-33, delayed" in row["comments"]
    assert set(row["evidence"].split()) == set(programme().entries)


@pytest.mark.parametrize(
    ("change", "year"),
    [
        ({"achieved": "2019-03-03"}, "2019"),
        ({"achieved": "2019~"}, "[2019]"),
        ({"achieved": "2019", "claimed": True}, "[2019]"),
        ({"achieved": "2019", "disputed": True}, "[2019]"),
        ({"achieved": "2018-12/2019-01"}, "[2018-2019]"),
        ({"achieved": "../2019"}, "[2019]"),
        ({"achieved": "yes"}, ""),
    ],
)
def test_what_is_not_established_stands_in_brackets(change: dict[str, object], year: str) -> None:
    one = programme()
    (row,) = register(replace(one, milestones=(replace(one.milestones[0], **change), *one.milestones[1:])))  # type: ignore[arg-type]
    assert row["year of order"] == year


def test_a_number_that_is_only_about_right_stands_in_brackets() -> None:
    about = replace(CONTRACT, statement=replace(CONTRACT.statement, quantity=Quantity(6, "~", "frigates")))
    one = programme()
    contract = replace(one.milestones[0], current=Choice(about.statement.id, "only"), evidence=(about.statement.id,))
    (row,) = register(replace(one, milestones=(contract,), entries={about.statement.id: about}))
    assert row["ordered"] == "[6]"
    assert "ordered: about 6 frigates" in row["comments"]


def test_a_tranche_with_its_own_contract_is_an_order_and_no_milestone_is_in_two() -> None:
    one = programme()
    own = replace(one.milestones[0], tranche="second", achieved=None, status="planned", promised="2024")
    part = replace(one.milestones[1], tranche="second, first battery")
    more = replace(one, milestones=(*one.milestones, own, part))
    found = orders(more)
    assert [tranche for tranche, _ in found] == [None, "second"]
    assert sorted(map(id, (m for _, held in found for m in held))) == sorted(map(id, more.milestones))
    assert part in dict(found)["second"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"contract": "cancelled"}, "cancelled"),
        ({"contract": "suspended"}, "suspended"),
        ({"second": "cancelled"}, "being delivered"),
        ({"first": "cancelled", "second": "cancelled"}, "cancelled"),
        ({"first": "planned", "second": "cancelled"}, "ordered"),
    ],
)
def test_an_order_is_cancelled_where_all_of_it_is(words: dict[str, str], status: str) -> None:
    one = programme()
    changed = [
        replace(m, status=words[name], achieved=None) if (name := m.tranche or m.kind) in words else m
        for m in one.milestones
    ]
    (row,) = register(replace(one, milestones=tuple(changed)))
    assert row["status"] == status


@given(st.text())
def test_no_cell_of_a_register_begins_a_formula(text: str) -> None:
    assert inert(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert "\n" not in inert(text)
    assert "\r" not in inert(text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "a;=1", "; -1", "＝1"])
def test_formulas_are_made_inert(text: str) -> None:
    for piece in inert(text).split(";"):
        assert piece.strip()[:1] not in tuple("=+-@＝＋－＠")


def test_plain_cells_stay_as_they_are() -> None:
    assert [inert(text) for text in ("S-400", "Nordwerft; Sudwerft", "2019-2020", "[5]")] == [
        "S-400", "Nordwerft; Sudwerft", "2019-2020", "[5]",
    ]  # fmt: skip


def test_hostile_names_stay_one_cell_each() -> None:
    (row,) = register(programme(supplier=(HOSTILE, "@b"), recipient=("-2+3",), system="=cmd|' /C calc'!A0"))
    assert row["recipient"] == "'-2+3"
    assert row["designation"].startswith("'=cmd")
    assert row["supplier"].startswith("'=HYPERLINK")
    assert row["supplier"].endswith("; '@b")


def entities() -> list[dict[str, object]]:
    return [json.loads(line) for line in ftm_jsonl([programme()]).splitlines()]


def test_entities_are_read_by_followthemoney_and_nothing_is_cleaned_away() -> None:
    made = entities()
    for data in made:
        kept = {
            name: sorted(values)
            for name, values in model.get_proxy(data, cleaned=False).to_dict()["properties"].items()
        }
        assert kept == {name: sorted(values) for name, values in data["properties"].items()}
    schemata = [data["schema"] for data in made]
    assert schemata.count("Project") == 1
    assert schemata.count("Event") == 3
    assert schemata.count("ProjectParticipant") == schemata.count("LegalEntity") == 2
    known = {data["id"] for data in made}
    ties = [data["properties"] for data in made if data["schema"] == "ProjectParticipant"]
    assert all({*tie["project"], *tie["participant"]} <= known for tie in ties)
    assert len(known) == len(made)


def test_every_value_has_the_statements_behind_it() -> None:
    ids = set(programme().entries)
    for data in entities():
        entity = StatementEntity.from_dict({k: v for k, v in data.items() if k != "properties"})
        assert {s.origin for p in entity.iterprops() for s in entity.get_statements(p)} <= ids
        assert {p: set(v) for p, v in entity.properties.items()} == {p: set(v) for p, v in data["properties"].items()}
    (late,) = [d for d in entities() if "second" in d["caption"] and d["schema"] == "Event"]
    start = [s for s in late["statements"] if s["prop"] == "startDate"]
    assert [(s["value"], s["original_value"], s["origin"]) for s in start] == [
        ("2023-01-01", "2023-33", LATE.statement.id)
    ]
    assert start[0]["first_seen"] == LATE.recorded_at


def test_a_window_is_never_cut_to_its_first_day() -> None:
    assert bounds("2020") == ("2020", "2020")
    assert bounds("2020-12~") == ("2020-12", "2020-12")
    assert bounds("2020-33") == ("2020-01-01", "2020-03-31")
    assert bounds("2020/..") == ("2020-01-01", None)
    assert bounds("../2020") == (None, "2020-12-31")


def events() -> list[icalendar.Event]:
    text = calendar([programme()], [forecast()])
    assert all(len(part.encode()) <= 75 for part in text.split("\r\n"))
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_the_calendar_holds_what_is_promised_with_its_window() -> None:
    (event,) = events()
    assert event.errors == []
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2023, 1, 1), date(2023, 4, 1))
    assert event["STATUS"] == "TENTATIVE"
    assert "Marlin-9/Vendland, second: delivery" in event["SUMMARY"]
    assert "P50 2023-09-01, P80 2024-06-01, never 7%" in event["DESCRIPTION"]
    assert "Sentence: =HYPERLINK" in event["DESCRIPTION"]
    assert event["URL"] == "https://example.org/a"


def test_a_hostile_sentence_adds_no_entry_and_no_line() -> None:
    text = calendar([programme()])
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("../2020", (date(2020, 12, 31), date(2020, 12, 31))),
        ("2020/..", (date(2020, 1, 1), date(2020, 1, 1))),
        ("../..", None),
        ("2020-02-29", (date(2020, 2, 29), date(2020, 2, 29))),
    ],
)
def test_an_open_window_is_shown_on_its_only_bound(edtf: str, days: object) -> None:
    assert shown_days(edtf) == days


@given(st.text())
def test_folding_and_escaping_lose_nothing(text: str) -> None:
    line = "X:" + escaped(text)
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= 75 for piece in folded(line).split("\r\n"))


#: the order of a task's elements in the schema of Project 2010 (mspdi_pj14.xsd, TaskType), as far as they are written
TASK_ORDER = (
    "UID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration ManualStart"
    " ManualFinish ManualDuration DurationFormat EffortDriven Estimated Milestone Summary PercentComplete ActualStart"
    " ActualFinish ActualDuration ConstraintType CalendarUID ConstraintDate Deadline Notes ExtendedAttribute Baseline"
).split()


def project(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def test_the_project_file_keeps_to_the_schema() -> None:
    root = project(mspdi([programme()], [forecast()]))
    assert root.tag == f"{{{NAMESPACE}}}Project"
    tasks = root.findall(f"{{{NAMESPACE}}}Tasks/{{{NAMESPACE}}}Task")
    for task in tasks:
        places = [TASK_ORDER.index(child.tag.split("}")[1]) for child in task]
        assert places == sorted(places)
    assert [task.findtext(f"{{{NAMESPACE}}}OutlineNumber") for task in tasks] == ["1", "1.1", "1.2", "1.3"]


def test_the_project_file_is_read_by_mpxj() -> None:
    jpype = pytest.importorskip("jpype", reason="needs mpxj with jpype1 and Java")
    pytest.importorskip("mpxj", reason="needs mpxj with jpype1 and Java")
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM(convertStrings=True)
        except jpype.JVMNotFoundException:
            pytest.skip("needs Java for mpxj")
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    text = mspdi([programme()], [forecast()]).encode()
    tasks = list(reader.read(jpype.JClass("java.io.ByteArrayInputStream")(text)).getTasks())
    assert [(t.getName(), bool(t.getMilestone()), bool(t.getSummary())) for t in tasks] == [
        ("Marlin-9/Vendland", False, True),
        ("Marlin-9/Vendland: contract", True, False),
        ("Marlin-9/Vendland, first: delivery", True, False),
        ("Marlin-9/Vendland, second: delivery", True, False),
    ]
    late = tasks[-1]
    assert str(late.getFinish()) == str(late.getDeadline()) == str(late.getConstraintDate()) == "2023-03-31T17:00"
    assert str(late.getConstraintType()) == "FINISH_NO_LATER_THAN"
    assert [str(late.getBaselineFinish()), str(late.getBaselineFinish(1))] == ["2022-12-31T17:00", "2023-03-31T17:00"]
    assert [str(late.getDate(1)), str(late.getDate(2))] == ["2023-09-01T17:00", "2024-06-01T17:00"]
    assert float(late.getNumber(1)) == pytest.approx(0.07)
    assert str(tasks[1].getActualFinish()) == "2019-03-03T17:00"


def test_a_constraint_says_no_more_than_was_promised() -> None:
    from_parse = [constraint(parse(edtf)) for edtf in ("2020-02-29", "2020", "../2020", "2020/..", "../..")]
    assert from_parse == [
        (3, date(2020, 2, 29)),
        (7, date(2020, 12, 31)),
        (7, date(2020, 12, 31)),
        (4, date(2020, 1, 1)),
        None,
    ]


def test_nothing_gives_files_that_are_still_of_their_format() -> None:
    assert register() == []
    assert icalendar.Calendar.from_ical(calendar([])).walk("VEVENT") == []
    assert project(mspdi([])).find(f"{{{NAMESPACE}}}Tasks") is not None
    assert ftm_jsonl([]) == statements_jsonl([]) == ""


def test_the_same_nouns_give_the_same_bytes() -> None:
    for made in (trade_register_csv, ftm_jsonl, calendar, mspdi):
        assert made([programme()]) == made([programme()])
