"""Appending to the ledger, inside one writing transaction: chained, stamped, and only what is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from slipcast.domain import Decision, Document, Statement
from slipcast.errors import LedgerError
from slipcast.ledger.asof import chunks, decision_rows, stamp
from slipcast.ledger.chain import START, link
from slipcast.ledger.rows import Row, decision_row, document_content, document_row, statement_row
from slipcast.ledger.rulings import changes_nothing, check_decision
from slipcast.ledger.tables import PARTS, documents, entries, statements, subjects

#: Rows that are worth handing over while they are still in the processor's cache.
_SEND = 1000
_MICROSECOND = timedelta(microseconds=1)


class Appender:
    """Rows to be appended after the ledger's last entry; nothing is sent before `send`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """now: the clock's time; a clock that jumped back is overruled by the last entry."""
        self._connection = connection
        last = connection.execute(
            sa.select(entries.c.seq, entries.c.link, entries.c.recorded_at).order_by(entries.c.seq.desc()).limit(1)
        ).first()
        self._seq: int = last.seq if last else 0
        self._link: str = last.link if last else START
        self._last = datetime.fromisoformat(last.recorded_at) if last else datetime.min.replace(tzinfo=UTC)
        self._now = now.astimezone(UTC)
        self._recorded_at = ""
        self._rows: dict[str, list[Row]] = {kind: [] for kind in PARTS}

    def moment(self) -> None:
        """Begin what is recorded at one moment: later than all before it."""
        self._last = max(self._now, self._last + _MICROSECOND)
        self._recorded_at = stamp(self._last)

    def add(self, kind: str, row: Row, content: str) -> int:
        """Append an entry. Returns its seq."""
        self._seq += 1
        self._link = link(self._link, self._seq, kind, row["id"], content, self._recorded_at)
        self._rows["entry"].append(
            {
                "seq": self._seq,
                "kind": kind,
                "id": row["id"],
                "content": content,
                "link": self._link,
                "recorded_at": self._recorded_at,
            }
        )
        row["seq"] = self._seq
        self._rows[kind].append(row)
        return self._seq

    def send(self, *, least: int = 1) -> None:
        """Hand the rows to the database, where at least so many wait."""
        if len(self._rows["entry"]) < least:
            return
        for kind, table in PARTS.items():
            insert(self._connection, table, self._rows[kind])
            self._rows[kind].clear()


def insert(connection: Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert rows that name every column, by the driver's own executemany: half of an append's time otherwise."""
    if not rows:
        return
    sql, positions = _insert_sql(table, connection.dialect)
    if positions:
        values = itemgetter(*positions)
        connection.exec_driver_sql(sql, [values(row) for row in rows])
    else:
        connection.exec_driver_sql(sql, rows)


@lru_cache(maxsize=64)
def _insert_sql(table: sa.Table, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The statement, and the columns in the order of its places where they have no names."""
    compiled = sa.insert(table).compile(dialect=dialect, column_keys=list(table.c.keys()))
    return str(compiled), tuple(compiled.positiontup or ()) if compiled.positional else ()


def append_documents(
    connection: Connection, pairs: Sequence[tuple[Document, Sequence[Statement]]], now: datetime
) -> list[tuple[bool, int]]:
    """Append documents and their statements. For each pair: whether the document is new, how many statements are.

    Raises LedgerError or DateError, with nothing appended, where a document or statement is not what it should be.
    """
    numbers = _numbers(connection, documents, {document.id for document, _ in pairs})
    texts = _stored_texts(connection, numbers)
    known = {statement.id for document, said in pairs if document.id in numbers for statement in said}
    there = set(_numbers(connection, statements, known))
    appender = Appender(connection, now)
    results: list[tuple[bool, int]] = []
    for document, said in pairs:
        _check_text(document, texts)
        fresh = document.id not in numbers
        identified = {statement.id: statement for statement in said}
        rows = [statement_row(statement, document, key) for key, statement in identified.items() if key not in there]
        if fresh or rows:
            appender.moment()
        if fresh:
            row = document_row(document)
            numbers[document.id] = appender.add("document", row, document_content(row))
            texts[document.id] = document.text
        for row in rows:
            row["document"] = numbers[document.id]
            there.add(row["id"])
            appender.add("statement", row, row["id"])
        results.append((fresh, len(rows)))
        appender.send(least=_SEND)
    appender.send()
    return results


def append_decision(connection: Connection, decision: Decision, now: datetime) -> bool:
    """Append a ruling; False where it would change nothing. Raises LedgerError where it cannot be ruled."""
    check_decision(decision)
    table = {"statement": statements, "document": documents}.get(decision.kind)
    if table is not None:
        known = _numbers(connection, table, decision.subjects)
        for subject in decision.subjects:
            if subject not in known:
                raise LedgerError(f"no {decision.kind} {subject} is in the ledger", todo="check its id")
    before = [d for _, d in decision_rows(connection, None, decision.subjects) if d.kind == decision.kind]
    if changes_nothing(decision, before):
        return False
    appender = Appender(connection, now)
    appender.moment()
    row = decision_row(decision)
    seq = appender.add("decision", row, row["id"])
    appender.send()
    about = [{"decision": seq, "subject": subject} for subject in dict.fromkeys(decision.subjects)]
    insert(connection, subjects, about)
    return True


def _numbers(connection: Connection, table: sa.Table, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(sorted(ids)):
        rows = connection.execute(sa.select(table.c.id, table.c.seq).where(table.c.id.in_(chunk)))
        found |= {row.id: row.seq for row in rows}
    return found


def _stored_texts(connection: Connection, numbers: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for chunk in chunks(numbers.values()):
        rows = connection.execute(sa.select(documents.c.id, documents.c.text).where(documents.c.seq.in_(chunk)))
        found |= {row.id: row.text for row in rows}
    return found


def _check_text(document: Document, texts: dict[str, Any]) -> None:
    if texts.get(document.id, document.text) != document.text:
        raise LedgerError(
            "is in the ledger with another text (its page was read by another version)",
            where=document.name or document.id,
            todo="read the document as the ledger holds it",
        )
