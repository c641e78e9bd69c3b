"""Tampering is told: rows altered behind the triggers' back, bytes flipped in the file, a chain cut or made anew."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from slipcast.domain import Decision, Document
from slipcast.errors import LedgerError
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger
from slipcast.ledger.tables import METADATA

TABLES = ("documents", "statements", "decisions", "subjects", "names")


@pytest.fixture
def filled(url, pair) -> str:
    """A ledger of four documents (one with its source bytes), nine statements and two decisions."""
    source = b"outlet: Gazette\n\nThe Heron is late."
    kept = Document(document_id(source, "Gazette", None, "2019"), "The Heron is late.", outlet="Gazette", published="2019", source=source)  # fmt: skip
    with Ledger(url) as ledger:
        ledger.record_many([pair(1), pair(2), (kept, []), pair(3, via=("Radio Harbour",), cause="gear boxes")])
        ledger.decide(Decision("statement", (pair(1)[1][0].id,), "reject", "Ada", "misread"))
        ledger.decide(Decision("document", (pair(2)[0].id,), "correct", "Bo", "redated", '{"published": "2018"}'))
        assert ledger.verify() == []
    return url


def without_triggers(url: str, *commands: str) -> None:
    """Run commands as one who owns the database could: triggers dropped, and put back as they were."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        if url.startswith("sqlite"):
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = connection.execute(sa.text(query)).all()
            drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
            restore = [sql for _, sql in triggers]
        else:
            drop = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES]
            restore = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES]
        for command in (*drop, *commands, *restore):
            connection.exec_driver_sql(command)
    engine.dispose()


def columns() -> list[tuple[str, str, str]]:
    """(table, column, how to alter it) for every column that holds content."""
    from_text = "'x' || substr(coalesce({0}, ''), 2)"
    numbers = {"seq", "document", "shelf", "span_start", "span_end", "anonymous", "decision", "recorded_at"}
    digits = {"id", "link", "content"}
    chained = "id link recorded_at"
    listed = {
        "documents": f"{chained} content url outlet title published retrieved media_type after name text",
        "statements": f"{chained} document shelf programme_key counts_from span_start span_end milestone status programme "
        "supplier recipient tranche quantity date previous_date speaker speaker_role anonymous via modality cause "
        "condition relation participant part sourcing stated_on reader",
        "decisions": f"{chained} kind subjects verdict by reason value",
        "subjects": "subject",
        "names": "name",
    }
    assert all(
        set(names.split()) | {"seq", "decision", "source"} >= set(METADATA.tables[table].c.keys())
        for table, names in listed.items()
    )
    changes = {**dict.fromkeys(numbers, "{0} + 1"), **dict.fromkeys(digits, "zeroblob(length({0}))")}
    return [
        (table, name, changes.get(name, from_text).format(f'"{name}"'))
        for table, names in listed.items()
        for name in names.split()
    ]


@pytest.mark.parametrize(("table", "column", "change"), columns())
def test_any_altered_column_is_told(tmp_path, pair, table, column, change):
    url = f"sqlite:///{tmp_path}/a.db"
    with Ledger(url) as ledger:
        ledger.record_many([pair(1), pair(2)])
        ledger.decide(Decision("statement", (pair(1)[1][0].id,), "reject", "Ada", "misread"))
    key = {"subjects": "decision", "names": "name"}.get(table, "seq")
    without_triggers(url, f'UPDATE {table} SET "{column}" = {change} WHERE {key} = (SELECT min({key}) FROM {table})')
    with Ledger(url) as ledger:
        assert ledger.verify() != []


def needed() -> list[tuple[str, str]]:
    """(table, column) that no row may leave empty."""
    return [(t, c.name) for t in TABLES for c in METADATA.tables[t].c if not c.nullable and not c.primary_key]


@pytest.mark.parametrize(("table", "column"), needed())
def test_what_no_row_may_leave_empty_is_told_where_it_is(tmp_path, pair, table, column):
    path = tmp_path / "a.db"
    with Ledger(str(path)) as ledger:
        ledger.record_many([pair(1), pair(2)])
        ledger.decide(Decision("statement", (pair(1)[1][0].id,), "reject", "Ada", "misread"))
    # One altered byte of a row's header makes a value NULL, whatever the table's definition says.
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        rewrite = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
        connection.execute(rewrite, (made.replace("NOT NULL", ""), table))
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
    with sqlite3.connect(path) as connection:
        connection.execute(f'UPDATE {table} SET "{column}" = NULL WHERE seq = (SELECT max(seq) FROM {table})')
        for _, sql in kept:
            connection.execute(sql)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(rewrite, (made, table))
    with Ledger(str(path)) as ledger:
        assert any(line.startswith("entry ") for line in ledger.verify())


def test_first_bad_entry_is_named_first(filled):
    without_triggers(filled, "UPDATE statements SET cause = 'weather' WHERE seq IN (3, 7)")
    with Ledger(filled) as ledger:
        found = ledger.verify()
        assert len(found) == 2
        assert found[0].startswith("entry 3 (statement ")
        assert "was altered" in found[0]
        assert ledger.verify(limit=1) == found[:1]


def test_source_bytes_are_checked(filled):
    value = "x'789c4bcaca4f02000478019c'" if "sqlite" in filled else "'\\x789c4bcaca4f02000478019c'"
    without_triggers(filled, f"UPDATE documents SET source = {value} WHERE source IS NOT NULL")
    with Ledger(filled) as ledger:
        [found] = ledger.verify()
    assert "entry 9 (document" in found


def test_removed_and_foreign_rows_are_told(filled):
    without_triggers(filled, "DELETE FROM statements WHERE seq = 4")
    with Ledger(filled) as ledger:
        assert any(line.startswith("entry 4: is missing") for line in ledger.verify())


def test_chain_that_was_cut_short_is_told_by_a_head_noted_down(filled):
    with Ledger(filled) as ledger:
        head = ledger.head()
    without_triggers(
        filled,
        "DELETE FROM subjects WHERE decision = 15",
        "DELETE FROM decisions WHERE seq = 15",
    )
    with Ledger(filled) as ledger:
        assert ledger.verify() == []  # what is left is whole
        assert ledger.verify(head) == [
            f"the ledger does not contain {head}: entries were removed, or the chain was made anew"
        ]
        assert ledger.verify(ledger.head()) == []
        assert any("no head of a ledger" in line for line in ledger.verify("yesterday"))


def test_dropped_trigger_is_told(filled):
    engine = sa.create_engine(filled)
    name = "statements_refuse_update" if "sqlite" in filled else "statements_refuse_change ON statements"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    engine.dispose()
    with Ledger(filled) as ledger:
        [found] = ledger.verify()
    assert name.partition(" ")[0] in found


def test_foreign_trigger_is_told(filled):
    engine = sa.create_engine(filled)
    with engine.begin() as connection:
        if "sqlite" in filled:
            connection.exec_driver_sql(
                "CREATE TRIGGER swallow BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER swallow BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION swallow()"
            )
    engine.dispose()
    with Ledger(filled) as ledger:
        [found] = ledger.verify()
    assert "trigger swallow is none of the ledger's" in found


@pytest.mark.postgres
def test_trigger_that_does_nothing_any_more_is_told(new_database):
    url = new_database()
    Ledger(url).close()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    engine.dispose()
    with Ledger(url) as ledger:
        assert [line.split(" is ")[0] for line in ledger.verify()] == [
            "database: what the trigger documents_refuse_change does",
            "database: what the trigger documents_refuse_truncate does",
        ]


def dump(path: Path) -> list[tuple[object, ...]]:
    """All that an SQLite ledger holds, table by table."""
    connection = sqlite3.connect(path)
    connection.text_factory = bytes
    try:
        return [row for table in TABLES for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
    finally:
        connection.close()


def told(path: Path) -> bool:
    """Whether slipcast says, in lines, that something is wrong with this file."""
    try:
        with Ledger(str(path)) as ledger:
            lines = ledger.verify()
    except LedgerError as error:
        lines = [str(error)]
    assert not any("\n" in line for line in lines)
    return lines != []


@pytest.fixture(scope="module")
def file_of_a_ledger(tmp_path_factory, pair) -> bytes:
    path = tmp_path_factory.mktemp("flip") / "a.db"
    with Ledger(str(path)) as ledger:
        ledger.record_many(pair(number) for number in range(8))
        ledger.decide(Decision("statement", (pair(1)[1][0].id,), "reject", "Ada", "misread"))
    return path.read_bytes()


def flipped(tmp_path: Path, content: bytes, at: int, bit: int) -> Path:
    path = tmp_path / "flipped.db"
    for leftover in tmp_path.glob("flipped.db*"):
        leftover.unlink()
    path.write_bytes(content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :])
    return path


@pytest.mark.parametrize("seed", range(4))
def test_any_flipped_bit_is_told_or_touches_no_content(tmp_path, file_of_a_ledger, seed):
    rng = random.Random(seed)
    original = tmp_path / "original.db"
    original.write_bytes(file_of_a_ledger)
    held = dump(original)
    for _ in range(60):
        path = flipped(tmp_path, file_of_a_ledger, rng.randrange(len(file_of_a_ledger)), rng.randrange(8))
        assert told(path) or dump(path) == held


def test_every_byte_of_a_text_quote_hash_and_name_is_held(tmp_path, file_of_a_ledger, pair):
    document, said = pair(5)
    texts = [document.text, document.outlet, said[1].quote, said[1].programme, "misread", "Ada"]
    kept = [str(text).encode() for text in texts] + [bytes.fromhex(document.id), bytes.fromhex(said[1].id)]
    rng = random.Random(1)
    for raw in kept:
        places = [n for n in range(len(file_of_a_ledger)) if file_of_a_ledger.startswith(raw, n)]
        assert places, raw
        at = rng.choice(places) + rng.randrange(len(raw))
        path = flipped(tmp_path, file_of_a_ledger, at, rng.randrange(7))
        assert told(path), (raw, at)
