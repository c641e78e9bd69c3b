"""Appending to the ledger, inside one writing transaction: chained, stamped, and only what is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from slipcast.domain import Decision, Document, Statement
from slipcast.errors import LedgerError
from slipcast.ledger.asof import chunks, decision_rows, shelves
from slipcast.ledger.chain import link, tip
from slipcast.ledger.columns import microseconds, stamp
from slipcast.ledger.rows import Fields, decision_fields, document_content, document_fields, statement_fields
from slipcast.ledger.rulings import changes_nothing, check_decision
from slipcast.ledger.tables import PARTS, documents, names, shelf_of, statements, subjects

#: Rows that are worth handing over while they are still in the processor's cache.
_SEND = 1000
_MICROSECOND = timedelta(microseconds=1)


class Appender:
    """Rows to be appended after the ledger's last entry; nothing is sent before `send`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """now: the clock's time; a clock that jumped back is overruled by the last entry."""
        self._connection = connection
        self._seq, self._link, last = tip(connection)
        self._last = datetime.fromisoformat(last) if last else datetime.min.replace(tzinfo=UTC)
        self._now = now.astimezone(UTC)
        self._recorded_at, self._microseconds = "", 0
        self._rows: dict[str, list[Fields]] = {kind: [] for kind in PARTS}
        self._waiting = 0

    def moment(self) -> None:
        """Begin what is recorded at one moment: later than all before it."""
        self._last = max(self._now, self._last + _MICROSECOND)
        self._recorded_at = stamp(self._last)
        self._microseconds = microseconds(self._recorded_at)

    def document(self, document: Document) -> int:
        """Append a document. Returns its seq."""
        fields = document_fields(document)
        content = document_content(document.id, fields)
        head = self._head("document", document.id, content)
        self._rows["document"].append((*head, bytes.fromhex(content), *fields))
        return self._seq

    def statement(self, key: str, fields: Fields, document: int) -> int:
        """Append a statement, with its id and its document's seq. Returns its seq."""
        head = self._head("statement", key, key)
        self._rows["statement"].append((*head, document, shelf_of(self._seq), *fields))
        return self._seq

    def decision(self, decision: Decision) -> int:
        """Append a decision. Returns its seq."""
        head = self._head("decision", decision.id, decision.id)
        self._rows["decision"].append((*head, *decision_fields(decision)))
        return self._seq

    def send(self, *, least: int = 1) -> None:
        """Hand the rows to the database, where at least so many wait."""
        if self._waiting < least:
            return
        for kind, table in PARTS.items():
            insert(self._connection, table, self._rows[kind])
            self._rows[kind].clear()
        self._waiting = 0

    def _head(self, kind: str, key: str, content: str) -> tuple[int, bytes, bytes, int]:
        """The next entry's place in the chain: seq, id, link, recorded_at."""
        self._seq += 1
        self._waiting += 1
        self._link = link(self._link, self._seq, kind, key, content, self._recorded_at)
        return self._seq, bytes.fromhex(key), bytes.fromhex(self._link), self._microseconds


def insert(connection: Connection, table: sa.Table, rows: list[Fields]) -> None:
    """Insert rows as the database keeps them, columns in the table's order: by the driver's own executemany."""
    if rows:
        connection.exec_driver_sql(_insert_sql(table, connection.dialect), rows)


@lru_cache(maxsize=64)
def _insert_sql(table: sa.Table, dialect: Dialect) -> str:
    names = ", ".join(dialect.identifier_preparer.format_column(column) for column in table.c)
    place = "?" if dialect.name == "sqlite" else "%s"
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([place] * len(table.c))})"


def append_documents(
    connection: Connection, pairs: Sequence[tuple[Document, Sequence[Statement]]], now: datetime
) -> list[tuple[bool, int]]:
    """Append documents and their statements. For each pair: whether the document is new, how many statements are.

    Raises LedgerError or DateError, with nothing appended, where a document or statement is not what it should be.
    """
    numbers, texts = _stored(connection, {document.id for document, _ in pairs})
    there = _statements_of(connection, numbers.values())
    appender = Appender(connection, now)
    results: list[tuple[bool, int]] = []
    for document, said in pairs:
        _check_text(document, texts)
        fresh = document.id not in numbers
        identified = {statement.id: statement for statement in said}
        added = [
            (key, statement_fields(statement, document)) for key, statement in identified.items() if key not in there
        ]
        if fresh or added:
            appender.moment()
        if fresh:
            numbers[document.id] = appender.document(document)
            texts[document.id] = document.text
        for key, fields in added:
            there.add(key)
            appender.statement(key, fields, numbers[document.id])
        results.append((fresh, len(added)))
        appender.send(least=_SEND)
    appender.send()
    _add_names(connection, {statement.programme for _, said in pairs for statement in said})
    return results


def append_decision(connection: Connection, decision: Decision, now: datetime) -> bool:
    """Append a ruling; False where it would change nothing. Raises LedgerError where it cannot be ruled."""
    check_decision(decision)
    for subject in _unknown(connection, decision):
        raise LedgerError(f"no {decision.kind} {subject} is in the ledger", todo="check its id")
    before = [d for _, d in decision_rows(connection, None, decision.subjects) if d.kind == decision.kind]
    if changes_nothing(decision, before):
        return False
    appender = Appender(connection, now)
    appender.moment()
    seq = appender.decision(decision)
    appender.send()
    insert(connection, subjects, [(seq, subject) for subject in dict.fromkeys(decision.subjects)])
    return True


def _unknown(connection: Connection, decision: Decision) -> list[str]:
    """The statements or documents that a decision rules on and that are not there."""
    if decision.kind == "statement":
        query = sa.select(statements.c.id).where(statements.c.shelf.in_(shelves(connection)))
        query = query.where(statements.c.id.in_(decision.subjects))
    elif decision.kind == "document":
        query = sa.select(documents.c.id).where(documents.c.id.in_(decision.subjects))
    else:
        return []
    known = set(connection.execute(query).scalars())
    return [subject for subject in decision.subjects if subject not in known]


def _stored(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, int], dict[str, Any]]:
    """The seqs and the texts of those documents that are there."""
    numbers: dict[str, int] = {}
    texts: dict[str, Any] = {}
    for chunk in chunks(sorted(ids)):
        query = sa.select(documents.c.seq, documents.c.id, documents.c.text).where(documents.c.id.in_(chunk))
        for seq, key, text in connection.execute(query):
            numbers[key], texts[key] = seq, text
    return numbers, texts


def _statements_of(connection: Connection, numbers: Iterable[int]) -> set[str]:
    """The ids of all that these documents are recorded to say."""
    found: set[str] = set()
    for chunk in chunks(numbers):
        query = sa.select(statements.c.id).where(statements.c.document.in_(chunk))
        found.update(connection.execute(query).scalars())
    return found


def _add_names(connection: Connection, used: set[str]) -> None:
    """Add the names that are not there yet."""
    there: set[str] = set()
    for chunk in chunks(sorted(used)):
        there.update(connection.execute(sa.select(names.c.name).where(names.c.name.in_(chunk))).scalars())
    insert(connection, names, [(name,) for name in sorted(used - there)])


def _check_text(document: Document, texts: dict[str, Any]) -> None:
    if texts.get(document.id, document.text) != document.text:
        raise LedgerError(
            "is in the ledger with another text (its page was read by another version)",
            where=document.name or document.id,
            todo="read the document as the ledger holds it",
        )
