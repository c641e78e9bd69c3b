"""The ledger: append only, readable as it stood on any past day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

import sqlalchemy as sa

from slipcast.domain import Decision, Document, Entry, Statement
from slipcast.errors import LedgerError
from slipcast.ledger.append import append_decision, append_documents
from slipcast.ledger.asof import (
    beginning,
    beside,
    chunks,
    decision_rows,
    documents_known,
    entries_as_of,
    moment,
    naming,
    shelves,
)
from slipcast.ledger.engine import ledger_url, open_engine, reading, shown, writing
from slipcast.ledger.rows import document_of
from slipcast.ledger.rulings import standing
from slipcast.ledger.tables import FIELDS, PARTS, documents, names, statements
from slipcast.ledger.upgrade import upgrade
from slipcast.ledger.verify import findings, head_of

Clock = Callable[[], datetime]

#: Documents or statements that one transaction takes: what a crash can cost, and how long writers wait for each other.
_BATCH_DOCUMENTS, _BATCH_STATEMENTS = 2000, 20_000
_DIGITS = re.compile(r"[0-9a-f]{0,32}", re.ASCII)


class Tally(NamedTuple):
    """What recording did. documents, statements: appended; known: documents that were there with all they say."""

    documents: int
    statements: int
    known: int


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


class Ledger:
    """An evidence ledger. Use it in a `with`, or close it.

    Every method raises LedgerError, in one line, where the database fails: locked, full, read-only, damaged; what was
    being written is then there as whole documents or not at all.
    """

    def __init__(self, url: str, *, clock: Clock = utc_now, create: bool = True, wait: float = 60.0) -> None:
        """Open it: a path or sqlite:/// URL, or a postgresql:// URL; made where it is missing if `create`.

        clock: gives recorded_at; wait: seconds to wait for another writer.
        """
        self._url = ledger_url(url)
        self._clock = clock
        self._engine = open_engine(self._url, create=create, wait=wait)
        try:
            upgrade(self._engine, create=create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({shown(self._url)!r})"

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def record(self, document: Document, statements: Iterable[Statement] = ()) -> bool:
        """Append a document and its statements, whole or not at all. False where all of it was there.

        Raises LedgerError where an id is no hash of its content or a quote is not at its span.
        """
        with writing(self._engine) as connection:
            [(fresh, added)] = append_documents(connection, [(document, list(statements))], self._clock())
        return fresh or added > 0

    def record_many(self, pairs: Iterable[tuple[Document, Iterable[Statement]]]) -> Tally:
        """Append many documents, in transactions of whole documents; the pairs may come from a slow reader.

        Where the pairs end in an error (Ctrl-C included), those that came before it are recorded.
        """
        tally = Tally(0, 0, 0)
        batch: list[tuple[Document, list[Statement]]] = []
        size = 0
        try:
            for document, said in pairs:
                batch.append((document, list(said)))
                size += len(batch[-1][1])
                if len(batch) >= _BATCH_DOCUMENTS or size >= _BATCH_STATEMENTS:
                    full, batch, size = batch, [], 0
                    tally = self._record_batch(full, tally)
        finally:
            tally = self._record_batch(batch, tally)
        return tally

    def _record_batch(self, batch: list[tuple[Document, list[Statement]]], tally: Tally) -> Tally:
        if not batch:
            return tally
        with writing(self._engine) as connection:
            results = append_documents(connection, batch, self._clock())
        return Tally(
            tally.documents + sum(fresh for fresh, _ in results),
            tally.statements + sum(added for _, added in results),
            tally.known + sum(not fresh and not added for fresh, added in results),
        )

    def decide(self, decision: Decision) -> bool:
        """Append a ruling. False where the same ruling stands already, or a withdrawal finds none.

        Raises LedgerError where it rules on what is not there, or in words that do not fit its kind.
        """
        with writing(self._engine) as connection:
            return append_decision(connection, decision, self._clock())

    def as_of(
        self,
        day: date,
        known_by: str | None = None,
        *,
        programmes: Sequence[str] | None = None,
        whole_documents: bool = False,
        retracted: bool = False,
    ) -> list[Entry]:
        """What stood on `day`, as known by a moment (a day means its end; None: now), by day, document and place.

        programmes: only statements that name one of these (case, accents, spaces and marks aside); whole_documents: with
        all else that stands in their documents. retracted: give rejected statements too, marked.
        """
        with reading(self._engine) as connection:
            choose = beside if whole_documents else naming
            which = None if programmes is None else choose(connection, programmes)
            return entries_as_of(connection, day, known_by, which, retracted)

    def programme_names(self) -> list[str]:
        """Every name that some statement gives its programme, as it is written, in order."""
        with reading(self._engine) as connection:
            return sorted(connection.execute(sa.select(names.c.name)).scalars())

    def decisions(self, known_by: str | None = None) -> list[Decision]:
        """The rulings that stand, as known by a moment, in the order of recording."""
        with reading(self._engine) as connection:
            return standing(decision for _, decision in decision_rows(connection, moment(known_by), None))

    def history(self, subject: str) -> list[Decision]:
        """Every ruling on an id or name, replaced and withdrawn ones too, in the order of recording."""
        with reading(self._engine) as connection:
            return [decision for _, decision in decision_rows(connection, None, [subject])]

    def documents(self, known_by: str | None = None) -> list[Document]:
        """Every document, as corrected, in the order of recording."""
        with reading(self._engine) as connection:
            return documents_known(connection, known_by)

    def document(self, document: str) -> Document | None:
        """A document by its id, as it was recorded and with its source; None where it is not there.

        Who reads a document anew reads this text: spans count in it, whatever a later version would make of the page.
        """
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(*FIELDS["document"]).where(documents.c.id == document)).first()
        return document_of(document, row) if row is not None else None

    def holds(self, document: str, reader: str | None = None) -> bool:
        """Whether a document (its id) is there; with `reader`, whether a statement of that reader is."""
        query = sa.select(documents.c.seq).where(documents.c.id == document)
        if reader is not None:
            query = query.join(statements, statements.c.document == documents.c.seq)
            query = query.where(statements.c.reader == reader)
        with reading(self._engine) as connection:
            return connection.execute(query.limit(1)).first() is not None

    def statement(self, statement: str) -> Entry:
        """A statement by its id or the beginning of it. Raises LedgerError where none or several fit."""
        with reading(self._engine) as connection:
            found: list[str] = []
            if _DIGITS.fullmatch(statement):
                query = sa.select(statements.c.id).where(beginning(connection, statement)).limit(2)
                found = list(connection.execute(query).scalars())
            if len(found) != 1:
                what = "several statements begin so" if found else "no such statement"
                raise LedgerError(f"{what}: {statement}", where=shown(self._url), todo="give its whole id")
            [entry] = entries_as_of(connection, date.max, None, [beginning(connection, found[0])], True)
        return entry

    def held(self, ids: Iterable[str]) -> list[Entry]:
        """Those of these statements that are there, retracted ones too, by day, document and place."""
        with reading(self._engine) as connection:
            which = [statements.c.shelf.in_(shelves(connection)) & statements.c.id.in_(chunk) for chunk in chunks(ids)]
            return entries_as_of(connection, date.max, None, which, True)

    def head(self) -> str:
        """SEQ:LINK of the last entry. Kept elsewhere, it lets `verify` tell a chain that was cut short or made anew."""
        with reading(self._engine) as connection:
            return head_of(connection)

    def verify(self, head: str | None = None, *, limit: int = 100) -> list[str]:
        """What does not hold, at most `limit` lines, the first bad entry first; empty where all of it holds.

        Re-checks every document's hash, every quote against its span, every link and the chain; head: one that `head`
        gave earlier, which must still be in the chain.
        """
        found: list[str] = []
        try:
            with reading(self._engine) as connection:
                for line in islice(findings(connection, head), limit):
                    found.append(" ".join(line.split()))
        except LedgerError as error:
            found.append(f"database: {error.what}")
        return found

    def counts(self) -> dict[str, int]:
        """How many documents, statements and decisions the ledger holds."""
        with reading(self._engine) as connection:
            return {
                kind + "s": connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for kind, table in PARTS.items()
            }
