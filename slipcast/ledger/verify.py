"""Re-checking a ledger: the database's own structure, and every entry's hash, quote, links and place in the chain."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from slipcast.domain import Document
from slipcast.errors import LedgerError, SlipcastError
from slipcast.fingerprints import document_id
from slipcast.ledger.chain import START, link, link_at, tip
from slipcast.ledger.engine import ledger_url, open_engine, reading
from slipcast.ledger.rows import (
    Fields,
    decision_fields,
    decision_of,
    document_content,
    document_of,
    statement_fields,
    statement_of,
)
from slipcast.ledger.tables import FIELDS, METADATA, PARTS, documents, names, shelf_of, subjects
from slipcast.ledger.upgrade import upgrade

#: Entries that are checked at a time.
_WINDOW = 4096
#: What reading an altered row can end in.
_ALTERED = (SlipcastError, ValueError, TypeError, LookupError, AttributeError, OverflowError, zlib.error)
_ENABLED_TRIGGERS = (
    "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
)


def findings(connection: Connection, head: str | None) -> Iterator[str]:
    """A line for everything that does not hold; entries in their order. head: "SEQ:LINK" as noted down earlier."""
    yield from _structure(connection)
    yield from _Check(connection).entries()
    if head is not None and not _contains(connection, head):
        yield f"the ledger does not contain {head}: entries were removed, or the chain was made anew"


def head_of(connection: Connection) -> str:
    """SEQ:LINK of the last entry: whoever notes it down can tell later that nothing before it was changed or removed."""
    seq, value, _ = tip(connection)
    return f"{seq}:{value}"


def _contains(connection: Connection, head: str) -> bool:
    seq, _, expected = head.partition(":")
    if not re.fullmatch(r"\d{1,18}", seq, re.ASCII):
        raise LedgerError(f"{head!r} is no head of a ledger", todo="give the SEQ:LINK that was noted down")
    return expected == (START if int(seq) == 0 else link_at(connection, int(seq)))


def _structure(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        yield from _server_structure(connection)
        return
    found, expected = _schema(connection), _new_schema()
    for name in sorted(expected):
        if found.get(name) != expected[name]:
            yield f"database: {name} is {'altered' if name in found else 'gone'}, rows could be changed"
    for name in sorted(set(found) - set(expected)):
        if name.startswith("trigger "):
            yield f"database: {name} is none of the ledger's, rows could be changed or lost"
    for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if line != "ok":
            yield f"database: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"database: row {row[1]} of {row[0]} points at no row of {row[2]}"


def _server_structure(connection: Connection) -> Iterator[str]:
    found = {(table, name): body for table, name, body in connection.execute(sa.text(_ENABLED_TRIGGERS))}
    for table in METADATA.tables:
        for name in (f"{table}_refuse_change", f"{table}_refuse_truncate"):
            body = found.pop((table, name), None)
            if body is None:
                yield f"database: the trigger {name} is gone, rows could be changed"
            elif f"RAISE EXCEPTION '{table}: append only, % refused', TG_OP" not in body:
                yield f"database: what the trigger {name} does is altered, rows could be changed"
    for table, name in sorted(found):
        if table in METADATA.tables:
            yield f"database: the trigger {name} is none of the ledger's, rows could be changed or lost"


def _schema(connection: Connection) -> dict[str, str]:
    """ "trigger NAME" -> its SQL, for all that makes an SQLite ledger."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return {f"{row[0]} {row[1]}": row[2] for row in connection.exec_driver_sql(query)}


@lru_cache(maxsize=1)
def _new_schema() -> dict[str, str]:
    engine = open_engine(ledger_url("sqlite://"), create=True, wait=0)
    upgrade(engine, create=True)
    with reading(engine) as connection:
        return _schema(connection)


class _Check:
    """A walk along the chain."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._link, self._recorded_at = START, ""
        self._documents: dict[int, Document] = {}
        self._names: set[str] = set()

    def entries(self) -> Iterator[str]:
        """A line for each entry, in order, that does not hold."""
        last = max(self._connection.scalar(sa.select(sa.func.max(t.c.seq))) or 0 for t in PARTS.values())
        for low in range(1, last + 1, _WINDOW):
            yield from self._window(low, min(low + _WINDOW - 1, last))
        there = set(self._connection.execute(sa.select(names.c.name)).scalars())
        for name in sorted(there ^ self._names, key=repr):
            yield f"database: the index of names was altered: {name!r} is {'foreign' if name in there else 'gone'}"

    def _window(self, low: int, high: int) -> Iterator[str]:
        try:
            parts = {kind: self._rows(table, low, high) for kind, table in PARTS.items()}
            self._keep_documents(parts["document"], {row.document for row in parts["statement"].values()})
            about = self._subjects(low, high)
        except (sa.exc.DBAPIError, *_ALTERED) as error:
            if low < high:  # come closer to the row that cannot be read
                middle = (low + high) // 2
                yield from self._window(low, middle)
                yield from self._window(middle + 1, high)
            else:
                said = str(getattr(error, "orig", error)).splitlines()[0]
                yield f"entry {low}: cannot be read ({said})"
                self._link = ""
            return
        for seq in range(low, high + 1):
            found = [(kind, rows[seq]) for kind, rows in parts.items() if seq in rows]
            yield from self._entry(seq, found, about.get(seq, set()))

    def _rows(self, table: sa.Table, low: int, high: int) -> dict[int, sa.Row[Any]]:
        query = sa.select(table).where(table.c.seq.between(low, high))
        return {row.seq: row for row in self._connection.execute(query)}

    def _subjects(self, low: int, high: int) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for row in self._connection.execute(sa.select(subjects).where(subjects.c.decision.between(low, high))):
            found.setdefault(row.decision, set()).add(row.subject)
        return found

    def _keep_documents(self, rows: dict[int, sa.Row[Any]], needed: set[int]) -> None:
        """Hold the documents that this window's statements stand in."""
        kept = {seq: document for seq, document in self._documents.items() if seq in needed}
        for seq in sorted(needed - set(kept)):
            row = rows.get(seq)
            if row is None:
                row = self._connection.execute(sa.select(documents).where(documents.c.seq == seq)).first()
            if row is not None:
                kept[seq] = document_of(row.id, row[-len(FIELDS["document"]) : -1])
        self._documents = kept

    def _entry(self, seq: int, found: list[tuple[str, sa.Row[Any]]], about: set[str]) -> Iterator[str]:
        if not found:
            yield f"entry {seq}: is missing"
            self._link = ""
            return
        kind, row = found[0]
        name = f"entry {seq} ({kind} {row.id})"
        if self._link and self._link_of(kind, row) != row.link:
            yield f"{name}: the chain is broken here"
        if row.recorded_at is None:
            yield f"{name}: its moment is gone"
        elif row.recorded_at < self._recorded_at:
            yield f"{name}: recorded before the entry that it follows"
        self._link, self._recorded_at = row.link, row.recorded_at or self._recorded_at
        try:
            fault = self._fault(kind, row, about) if len(found) == 1 else "more than one record stands under it"
        except _ALTERED as error:
            fault = f"was altered ({error})"
        if fault:
            yield f"{name}: {fault}"

    def _link_of(self, kind: str, row: sa.Row[Any]) -> str:
        content = row.content if kind == "document" else row.id
        try:
            return link(self._link, row.seq, kind, row.id, content, row.recorded_at)
        except _ALTERED:
            return ""

    def _fault(self, kind: str, row: sa.Row[Any], about: set[str]) -> str | None:
        fields = tuple(row[-len(FIELDS[kind]) :])
        if kind == "document":
            return _document_fault(row, fields)
        if kind == "statement":
            self._names.add(row.programme)
            document = self._documents.get(row.document)
            return _statement_fault(row, fields, document) if document else "its document is missing"
        decision = decision_of(fields, row.recorded_at)
        if decision.id != row.id or decision_fields(decision) != fields:
            return "the decision was altered"
        return None if set(decision.subjects) == about else "the index of its subjects was altered"


def _document_fault(row: sa.Row[Any], fields: Fields) -> str | None:
    document = document_of(row.id, fields)
    content = document.text if document.source is None else document.source
    if document_id(content, document.outlet, document.url, document.published) != row.id:
        return "the document's content, outlet, url or date was altered"
    return None if document_content(row.id, fields) == row.content else "the document was altered"


def _statement_fault(row: sa.Row[Any], fields: Fields, document: Document) -> str | None:
    statement = statement_of(fields, document)
    if statement.id != row.id:
        return "what it says, or the quote at its span, was altered"
    if statement_fields(statement, document) != fields or row.shelf != shelf_of(row.seq):
        return "the statement's index was altered"
    return None
