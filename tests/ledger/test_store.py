"""The ledger's front: recording, reading back, refusing; on SQLite and on PostgreSQL. All texts are invented."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from slipcast.domain import Decision, Document, Quantity, Statement
from slipcast.errors import DateError, LedgerError, MissingPart
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger, Tally
from slipcast.ledger.tables import METADATA

LATE = date(2100, 1, 1)


def test_what_is_recorded_comes_back_as_it_was(url, pair):
    document, said = pair(1, sentences=1)
    full = replace(
        said[0],
        supplier=("Borealis", "Zéphyr"),
        recipient=(),
        tranche="second",
        quantity=Quantity(12.5, "~", "aircraft"),
        date="2030-33~",
        previous_date="2029",
        speaker="Ada Example",
        speaker_role="head of the yard",
        anonymous=True,
        via=("Radio Harbour",),
        modality="possible",
        cause="the gear boxes",
        condition="if the yard reopens",
        relation="workshare",
        participant="Zéphyr",
        part="gear boxes",
        sourcing="sole",
    )
    with Ledger(url) as ledger:
        assert ledger.record(document, [full])
        [entry] = ledger.as_of(LATE)
    assert entry.statement == full
    assert entry.statement.id == full.id
    assert entry.document == document
    assert not entry.retracted


def test_recording_twice_changes_nothing(url, pair):
    with Ledger(url) as ledger:
        assert ledger.record(*pair(1))
        head = ledger.head()
        assert not ledger.record(*pair(1))
        assert ledger.record_many([pair(1), pair(1)]) == Tally(0, 0, 2)
        assert ledger.head() == head


def test_statements_of_another_reader_are_appended_once(url, pair):
    with Ledger(url) as ledger:
        assert ledger.record(*pair(1))
        assert ledger.record(*pair(1, reader="rules 0.2"))
        assert not ledger.record(*pair(1, reader="rules 0.2"))
        assert ledger.counts() == {"documents": 1, "statements": 6, "decisions": 0}
        assert ledger.holds(pair(1)[0].id)
        assert ledger.holds(pair(1)[0].id, "rules 0.2")
        assert not ledger.holds(pair(1)[0].id, "rules 0.3")
        assert not ledger.holds(pair(2)[0].id)


def test_same_document_and_statement_twice_in_one_batch(url, pair):
    document, said = pair(1)
    with Ledger(url) as ledger:
        assert ledger.record_many([(document, said + said), (document, said)]) == Tally(1, 3, 1)
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"quote": "Batch 0 of something else."}, "quote is not at its span"),
        ({"span": (1, 5)}, "quote is not at its span"),
        ({"span": (-5, -1)}, "quote is not at its span"),
        ({"doc": "0" * 32}, "a statement of document 000"),
        ({"stated_on": "2019-02-30"}, "does not exist"),
    ],
)
def test_statement_that_is_not_in_its_document_is_refused_with_all(url, pair, change, what):
    document, said = pair(1)
    with Ledger(url) as ledger:
        with pytest.raises(LedgerError, match=what):
            ledger.record(document, [said[0], replace(said[1], **change)])
        assert ledger.counts()["documents"] == 0
        assert ledger.verify() == []


def test_document_whose_id_is_no_hash_is_refused(url, pair):
    document, _ = pair(1)
    with Ledger(url) as ledger, pytest.raises(LedgerError, match="not the hash of its content"):
        ledger.record(replace(document, id="f" * 32), [])


def test_document_without_any_day_is_refused(url):
    text = "The Heron is late."
    document = Document(document_id(text, None, None, None), text)
    statement = Statement(document.id, (0, len(text)), text, "delivery", "delayed")
    with Ledger(url) as ledger, pytest.raises(LedgerError, match="no day on which it was said"):
        ledger.record(document, [statement])


def test_source_bytes_are_what_the_id_is_checked_against(url):
    text = "The Heron is late."
    source = b"outlet: Invented Gazette\r\n\r\n" + text.encode()
    document = Document(
        document_id(source, "Invented Gazette", None, "2019"),
        text,
        outlet="Invented Gazette",
        published="2019",
        source=source,
    )
    with Ledger(url) as ledger:
        ledger.record(document, [])
        assert ledger.verify() == []
        assert ledger.documents() == [document]
        found = ledger.document(document.id)
        assert found is not None
        assert (found, found.source) == (document, source)
        assert ledger.document("0" * 32) is None


def test_month_counts_from_its_last_day(url, pair):
    with Ledger(url) as ledger:
        ledger.record(*pair(1, published="2019-11"))
        assert ledger.as_of(date(2019, 11, 29)) == []
        assert len(ledger.as_of(date(2019, 11, 30))) == 3


def test_only_the_programmes_asked_for(url, pair):
    with Ledger(url) as ledger:
        ledger.record_many(pair(number) for number in range(5))
        found = ledger.as_of(LATE, programmes=["HERON-3", "héron 4", "no such"])
        assert {entry.statement.programme for entry in found} == {"Heron 3", "Heron 4"}
        assert ledger.as_of(LATE, programmes=[]) == []


def test_whole_documents_that_name_a_programme(url, pair):
    document, said = pair(1)
    mixed = document, [said[0], replace(said[1], programme="Kestrel"), replace(said[2], programme="the ship")]
    with Ledger(url) as ledger:
        ledger.record_many([mixed, pair(2)])
        found = ledger.as_of(LATE, programmes=["kestrel"], whole_documents=True)
        assert {entry.statement.programme for entry in found} == {"Heron 1", "Kestrel", "the ship"}
        assert ledger.programme_names() == ["Heron 1", "Heron 2", "Kestrel", "the ship"]
        ledger.record_many([pair(3), pair(2)])
        assert ledger.programme_names() == ["Heron 1", "Heron 2", "Heron 3", "Kestrel", "the ship"]


def test_order_is_that_of_days_not_of_recording(url, new_url, pair):
    pairs = [pair(number, published=f"2019-0{1 + number % 3}-11") for number in range(6)]
    with Ledger(url) as ledger, Ledger(new_url()) as other:
        ledger.record_many(pairs)
        other.record_many(reversed(pairs))
        ids = [entry.statement.id for entry in ledger.as_of(LATE)]
        assert ids == [entry.statement.id for entry in other.as_of(LATE)]
        days = [entry.stated_on for entry in ledger.as_of(LATE)]
        assert days == sorted(days)


def test_clock_that_jumps_back_is_overruled(url, pair):
    start = datetime(2020, 1, 2, tzinfo=UTC)
    times = iter([start, start - timedelta(days=400), start - timedelta(days=400), start + timedelta(seconds=1)])
    with Ledger(url, clock=lambda: next(times)) as ledger:
        for number in range(4):
            ledger.record(*pair(number, sentences=1))
        recorded = {entry.statement.programme: entry.recorded_at for entry in ledger.as_of(LATE)}
    assert recorded == {
        "Heron 0": "2020-01-02T00:00:00.000000Z",
        "Heron 1": "2020-01-02T00:00:00.000001Z",
        "Heron 2": "2020-01-02T00:00:00.000002Z",
        "Heron 3": "2020-01-02T00:00:01.000000Z",
    }


def test_known_by_a_day_means_its_end_and_a_zone_counts(url, pair):
    times = iter([datetime(2020, 1, day, 23, tzinfo=UTC) for day in (1, 2)])
    with Ledger(url, clock=lambda: next(times)) as ledger:
        ledger.record(*pair(1, sentences=1))
        ledger.record(*pair(2, sentences=1))
        for known_by, size in [
            ("2019-12-31", 0),
            ("2020-01-01", 1),
            ("2020-01-01T22:59:59Z", 0),
            ("2020-01-02T01:00:00+02:00", 1),
            ("2020-01-02 23:00", 2),
            (None, 2),
        ]:
            assert len(ledger.as_of(LATE, known_by)) == size, known_by
            assert len(ledger.documents(known_by)) == size
        with pytest.raises(DateError, match="is no moment"):
            ledger.as_of(LATE, "yesterday")


def test_statement_by_its_id_or_its_beginning(url, pair):
    document, said = pair(1)
    with Ledger(url) as ledger:
        ledger.record(document, said)
        assert ledger.statement(said[1].id).statement == said[1]
        assert ledger.statement(said[1].id[:12]).statement == said[1]
        for wrong in ("zz", "%", "f" * 32):
            with pytest.raises(LedgerError, match="no such statement"):
                ledger.statement(wrong)
        with pytest.raises(LedgerError, match="several"):
            ledger.statement("")


def test_pairs_that_end_in_an_error_are_recorded_up_to_it(url, pair):
    def pairs():
        yield pair(1)
        yield pair(2)
        raise KeyboardInterrupt

    with Ledger(url) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.record_many(pairs())
        assert ledger.counts() == {"documents": 2, "statements": 6, "decisions": 0}
        assert ledger.verify() == []


def test_database_itself_refuses_change_and_removal(url, pair):
    document, said = pair(1)
    with Ledger(url) as ledger:
        ledger.record(document, said)
        ledger.decide(Decision("statement", (said[0].id,), "reject", "Ada", "misread"))
    engine = sa.create_engine(url)
    for table in METADATA.tables.values():
        column = next(iter(table.c))
        for change in (sa.update(table).values({column: 77}), sa.delete(table)):
            with pytest.raises(sa.exc.DBAPIError, match="append only"), engine.begin() as connection:
                connection.execute(change)
        for raw in (
            (f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",)
            if "sqlite" in url
            else (f"TRUNCATE {table} CASCADE",)
        ):
            with pytest.raises(sa.exc.DBAPIError, match="append only"), engine.begin() as connection:
                connection.execute(sa.text(raw))
    engine.dispose()
    with Ledger(url) as ledger:
        assert ledger.verify() == []


def test_plain_path_and_url_are_one_ledger(tmp_path, pair):
    with Ledger(str(tmp_path / "a.db")) as ledger:
        ledger.record(*pair(1))
    with Ledger(f"sqlite:///{tmp_path}/a.db", create=False) as ledger:
        assert ledger.counts()["documents"] == 1


def test_what_is_no_ledger_is_told_in_one_line_and_left_alone(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_bytes(b"These are notes, no database at all." * 50)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = text.read_bytes(), other.read_bytes()
    for url, what in [
        (str(text), "no SQLite database"),
        (str(other), "database of something else"),
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "none" / "a.db"), "folder does not exist"),
        ("mysql://server/ledger", "mysql is no store"),
        ("sqlite//:x://", "is no URL|no store"),
    ]:
        with pytest.raises(LedgerError, match=what) as caught:
            Ledger(url)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 2
    assert (text.read_bytes(), other.read_bytes()) == before


def test_missing_ledger_is_not_made_where_it_should_be_there(tmp_path):
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(str(tmp_path / "none.db"), create=False)
    assert list(tmp_path.iterdir()) == []


def test_ledger_of_a_newer_slipcast(url, pair):
    with Ledger(url) as ledger:
        ledger.record(*pair(1))
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE slipcast_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerError, match=r"newer slipcast .*upgrade slipcast"):
        Ledger(url)


def test_locked_ledger_says_so(tmp_path, pair):
    path = tmp_path / "a.db"
    Ledger(str(path)).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger(str(path), wait=0) as ledger:
        with pytest.raises(LedgerError, match="locked by another writer"):
            ledger.record(*pair(1))
        assert ledger.as_of(LATE) == []  # readers do not wait
        other.execute("ROLLBACK")
        assert ledger.record(*pair(1))
    other.close()


@pytest.mark.postgres
def test_locked_ledger_on_a_server_says_so(new_database, pair):
    url = new_database()
    Ledger(url).close()
    engine = sa.create_engine(url)
    with engine.begin() as connection, Ledger(url, wait=0.01) as ledger:
        connection.execute(sa.text("LOCK TABLE documents IN EXCLUSIVE MODE"))
        with pytest.raises(LedgerError, match="locked by another writer"):
            ledger.record(*pair(1))
    engine.dispose()


@pytest.mark.postgres
def test_server_that_is_not_there_is_told_in_one_line(new_database):
    for url in (new_database() + "x/nowhere", "postgresql://ada:secret@127.0.0.1:1/ledger"):
        with pytest.raises((LedgerError, MissingPart)) as caught:
            Ledger(url)
        assert "\n" not in str(caught.value)
        assert "secret" not in str(caught.value)


def test_page_read_otherwise_than_the_ledger_holds_it_is_refused(url):
    source = b"<html><p>The Heron is late.</p></html>"
    key = document_id(source, None, None, "2019")
    first = Document(key, "The Heron is late.", published="2019", source=source)
    with Ledger(url) as ledger:
        ledger.record(first, [])
        with pytest.raises(LedgerError, match="in the ledger with another text"):
            ledger.record(replace(first, text="The Heron is late"), [])


def test_half_a_character_in_a_statement_is_told_in_one_line(url, pair):
    document, said = pair(1)
    with Ledger(url) as ledger:
        with pytest.raises(LedgerError, match="half a character"):
            ledger.record(document, [replace(said[0], cause="\ud800")])
        assert ledger.counts()["documents"] == 0


def test_every_shelf_of_the_indexes_is_asked(tmp_path, pair):
    """A later shelf begins at entry 524,288: a document put there by hand makes the next entries stand on it."""
    path = tmp_path / "a.db"
    first, later = pair(1), pair(2, programme="Heron 1")
    with Ledger(str(path)) as ledger:
        ledger.record(*first)
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO documents SELECT 1200000, x'00', link, recorded_at, content, url, outlet, title, published, retrieved, "
        "media_type, after, name, text, source FROM documents"
    )
    connection.commit()
    assert connection.execute("SELECT max(shelf) FROM statements").fetchone() == (0,)
    with Ledger(str(path)) as ledger:
        ledger.record(*later)
        assert connection.execute("SELECT max(shelf) FROM statements").fetchone() == (1_200_000 >> 19,)
        assert len(ledger.as_of(LATE, programmes=["Heron 1"])) == 6
        for document, said in (first, later):
            assert not ledger.record(document, said)
            assert ledger.statement(said[2].id[:20]).statement == said[2]
            assert ledger.decide(Decision("statement", (said[1].id,), "reject", "Ada", "misread"))
        with pytest.raises(LedgerError, match="no statement 00 is in the ledger"):
            ledger.decide(Decision("statement", ("00",), "reject", "Ada", "misread"))
        assert len(ledger.as_of(LATE)) == 4
    connection.close()


def test_what_the_database_would_put_in_a_place_that_is_taken_is_refused(tmp_path, pair):
    path = tmp_path / "a.db"
    with Ledger(str(path)) as ledger:
        ledger.record(*pair(1))
    connection = sqlite3.connect(path)
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(statements)")]
    for key, seq in (("x'01'", "2"), ("x'01'", "1"), ("id", "99")):  # its place, a place before the last, its id
        values = ", ".join({"seq": seq, "id": key}.get(name, f'"{name}"') for name in columns)
        with pytest.raises(sqlite3.IntegrityError, match="append only, REPLACE refused"):
            connection.execute(f"INSERT OR REPLACE INTO statements SELECT {values} FROM statements WHERE seq = 2")
    connection.close()
