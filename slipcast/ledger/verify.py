"""Re-checking a ledger: the database's own structure, and every entry's hash, quote, links and place in the chain."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from slipcast.domain import Document
from slipcast.errors import LedgerError, SlipcastError
from slipcast.fingerprints import document_id
from slipcast.ledger.chain import START, link
from slipcast.ledger.engine import ledger_url, open_engine, reading
from slipcast.ledger.rows import (
    decision_of,
    decision_row,
    document_content,
    document_of,
    statement_of,
    statement_row,
)
from slipcast.ledger.tables import METADATA, PARTS, documents, entries, subjects
from slipcast.ledger.upgrade import upgrade

#: Entries that are checked at a time.
_WINDOW = 4096
#: What reading an altered row can end in.
_ALTERED = (SlipcastError, ValueError, TypeError, LookupError, AttributeError, OverflowError, zlib.error)
_ENABLED_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"


def findings(connection: Connection, head: str | None) -> Iterator[str]:
    """A line for everything that does not hold; entries in their order. head: "SEQ:LINK" as noted down earlier."""
    yield from _structure(connection)
    yield from _Check(connection).entries()
    if head is not None and not _contains(connection, head):
        yield f"the ledger does not contain {head}: entries were removed, or the chain was made anew"


def head_of(connection: Connection) -> str:
    """SEQ:LINK of the last entry: whoever notes it down can tell later that nothing before it was changed or removed."""
    query = sa.select(entries.c.seq, entries.c.link).order_by(entries.c.seq.desc()).limit(1)
    last = connection.execute(query).first()
    return f"{last.seq}:{last.link}" if last else f"0:{START}"


def _contains(connection: Connection, head: str) -> bool:
    seq, _, expected = head.partition(":")
    if not re.fullmatch(r"\d{1,18}", seq, re.ASCII):
        raise LedgerError(f"{head!r} is no head of a ledger", todo="give the SEQ:LINK that was noted down")
    if int(seq) == 0:
        return expected == START
    found = connection.scalar(sa.select(entries.c.link).where(entries.c.seq == int(seq)))
    return bool(found == expected)


def _structure(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        there = set(connection.execute(sa.text(_ENABLED_TRIGGERS)).scalars())
        for trigger in (f"{table}_refuse_{what}" for table in METADATA.tables for what in ("change", "truncate")):
            if trigger not in there:
                yield f"database: the trigger {trigger} is gone, rows could be changed"
    else:
        found, expected = _schema(connection), _new_schema()
        for name in sorted(expected):
            if found.get(name) != expected[name]:
                yield f"database: {name} is {'altered' if name in found else 'gone'}, rows could be changed"
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield f"database: {line}"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"database: row {row[1]} of {row[0]} points at no row of {row[2]}"


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

    def entries(self) -> Iterator[str]:
        """A line for each entry, in order, that does not hold."""
        last = max(self._connection.scalar(sa.select(sa.func.max(t.c.seq))) or 0 for t in PARTS.values())
        for low in range(1, last + 1, _WINDOW):
            yield from self._window(low, min(low + _WINDOW - 1, last))

    def _window(self, low: int, high: int) -> Iterator[str]:
        try:
            parts = {kind: self._rows(table, low, high) for kind, table in PARTS.items()}
            self._fetch_documents(parts)
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
            yield from self._entry(seq, {kind: rows.get(seq) for kind, rows in parts.items()}, about.get(seq, set()))

    def _rows(self, table: sa.Table, low: int, high: int) -> dict[int, RowMapping]:
        query = sa.select(table).where(table.c.seq.between(low, high))
        return {row["seq"]: row for row in self._connection.execute(query).mappings()}

    def _subjects(self, low: int, high: int) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for row in self._connection.execute(sa.select(subjects).where(subjects.c.decision.between(low, high))):
            found.setdefault(row.decision, set()).add(row.subject)
        return found

    def _fetch_documents(self, parts: dict[str, dict[int, RowMapping]]) -> None:
        needed = {row["document"] for row in parts["statement"].values()}
        kept = {seq: document for seq, document in self._documents.items() if seq in needed}
        for seq in sorted(needed - set(kept)):
            found = self._connection.execute(sa.select(documents).where(documents.c.seq == seq)).mappings().first()
            if found is not None:
                kept[seq] = document_of({**found, "source": None})
        self._documents = kept

    def _entry(self, seq: int, rows: dict[str, RowMapping | None], about: set[str]) -> Iterator[str]:
        entry = rows.pop("entry")
        if entry is None:
            yield f"entry {seq}: is missing"
            self._link = ""
            return
        name = f"entry {seq} ({entry['kind']} {entry['id']})"
        row = rows.pop(entry["kind"], None)
        if self._link and self._link_of(entry) != entry["link"]:
            yield f"{name}: the chain is broken here"
        if entry["recorded_at"] < self._recorded_at:
            yield f"{name}: recorded before the entry that it follows"
        self._link, self._recorded_at = entry["link"], entry["recorded_at"]
        if row is None:
            yield f"{name}: what it recorded is missing"
        elif any(other is not None for other in rows.values()):
            yield f"{name}: more than one record stands under it"
        else:
            try:
                fault = self._fault(entry, row, about)
            except _ALTERED as error:
                fault = f"was altered ({error})"
            if fault:
                yield f"{name}: {fault}"

    def _link_of(self, entry: RowMapping) -> str:
        try:
            seq, kind, key = entry["seq"], entry["kind"], entry["id"]
            return link(self._link, seq, kind, key, entry["content"], entry["recorded_at"])
        except _ALTERED:
            return ""

    def _fault(self, entry: RowMapping, row: RowMapping, about: set[str]) -> str | None:
        if row["id"] != entry["id"]:
            return f"its record has another id ({row['id']})"
        if entry["kind"] == "document":
            return _document_fault(entry, row)
        if entry["content"] != entry["id"]:
            return "its content's hash is not its id"
        if entry["kind"] == "statement":
            document = self._documents.get(row["document"])
            return _statement_fault(row, document) if document else "its document is missing"
        decision = decision_of(row, entry["recorded_at"])
        if decision.id != row["id"] or decision_row(decision) != _without(row, "seq"):
            return "the decision was altered"
        return None if set(decision.subjects) == about else "the index of its subjects was altered"


def _document_fault(entry: RowMapping, row: RowMapping) -> str | None:
    document = document_of(row)
    content = document.text if document.source is None else document.source
    if document_id(content, document.outlet, document.url, document.published) != row["id"]:
        return "the document's content, outlet, url or date was altered"
    return None if document_content(row) == entry["content"] else "the document was altered"


def _statement_fault(row: RowMapping, document: Document) -> str | None:
    statement = statement_of(row, document.id)
    if statement.id != row["id"]:
        return "the statement was altered"
    if statement_row(statement, document, row["id"]) != _without(row, "seq", "document"):
        return "the statement's index was altered"
    return None


def _without(row: RowMapping, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}
