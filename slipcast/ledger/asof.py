"""What stood: the statements said by a day, with what the ledger knew by a moment.

Two clocks. `day` is when the world was told: a statement counts from the last day of its `stated_on` (a month counts from
its end). `known_by` is when the ledger had learnt it: entries recorded later, decisions included, are not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from slipcast.dates import counts_from
from slipcast.domain import Decision, Document, Entry
from slipcast.errors import DateError
from slipcast.ledger.rows import decision_of, document_of, programme_key, statement_of
from slipcast.ledger.rulings import Rulings, rulings_of
from slipcast.ledger.tables import decisions, documents, entries, statements, subjects

#: Bound variables in one query: far below every database's limit.
_CHUNK = 500
_DOCUMENT_COLUMNS = [column for column in documents.c if column.name != "source"]


def moment(known_by: str | None) -> str | None:
    """A moment as the ledger writes it: a day means its end, a time without zone is UTC. Raises DateError."""
    if known_by is None:
        return None
    try:
        if len(known_by.strip()) <= len("2019-11-12"):
            at = datetime.combine(date.fromisoformat(known_by.strip()), time.max)
        else:
            at = datetime.fromisoformat(known_by.strip())
    except ValueError as error:
        raise DateError(
            f"{known_by!r} is no moment ({error})", todo="write 2019-11-12 or 2019-11-12T10:00:00Z"
        ) from None
    return stamp(at.replace(tzinfo=UTC) if at.tzinfo is None else at)


def stamp(at: datetime) -> str:
    """UTC with microseconds, always 27 characters, so that the text sorts as the time does."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def entries_as_of(
    connection: Connection, day: date, known_by: str | None, names: Sequence[str] | None, retracted: bool
) -> list[Entry]:
    """The entries that stood, by the day they count from, document, place in it and id. names: only these programmes."""
    known = moment(known_by)
    found = _statement_rows(connection, day, known, names)
    numbers = sorted({row["document"] for row in found})
    originals = _documents(connection, numbers if names is not None else None)
    about = None
    if names is not None:
        about = [row["id"] for row in found] + [originals[number].id for number in numbers]
    rulings = rulings_of(decision for _, decision in decision_rows(connection, known, about))
    corrected = {number: _corrected(document, rulings) for number, document in originals.items()}
    listed: list[tuple[tuple[Any, ...], Entry]] = []
    for row in found:
        original, document = originals[row["document"]], corrected[row["document"]]
        said = document.published if row["stated_on"] in (None, original.published) else row["stated_on"]
        counts = counts_from(said or "")
        gone = row["id"] in rulings.rejected or original.id in rulings.rejected
        if counts > day or (gone and not retracted):
            continue
        entry = Entry(statement_of(row, original.id), document, row["recorded_at"], gone, said)
        listed.append(((counts, original.id, row["span_start"], row["span_end"], row["id"]), entry))
    listed.sort(key=lambda pair: pair[0])
    return [entry for _, entry in listed]


def documents_known(connection: Connection, known_by: str | None) -> list[Document]:
    """Every document known by then, as corrected, in the order of recording."""
    known = moment(known_by)
    query = sa.select(*_DOCUMENT_COLUMNS, entries.c.recorded_at).join(entries, entries.c.seq == documents.c.seq)
    if known is not None:
        query = query.where(entries.c.recorded_at <= known)
    rulings = rulings_of(decision for _, decision in decision_rows(connection, known, None))
    rows = connection.execute(query.order_by(documents.c.seq)).mappings()
    return [document_of(row, rulings.corrections.get(row["id"])) for row in rows]


def decision_rows(
    connection: Connection, known: str | None, about: Iterable[str] | None
) -> Iterator[tuple[int, Decision]]:
    """(seq, decision) in the order of recording; about: only those with one of these subjects."""
    base = sa.select(decisions, entries.c.recorded_at).join(entries, entries.c.seq == decisions.c.seq)
    if known is not None:
        base = base.where(entries.c.recorded_at <= known)
    if about is None:
        found = {row["seq"]: row for row in connection.execute(base).mappings()}
    else:
        found = {}
        for chunk in chunks(about):
            within = sa.select(subjects.c.decision).where(subjects.c.subject.in_(chunk))
            found |= {r["seq"]: r for r in connection.execute(base.where(decisions.c.seq.in_(within))).mappings()}
    for seq in sorted(found):
        yield seq, decision_of(found[seq], found[seq]["recorded_at"])


def chunks(values: Iterable[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _statement_rows(
    connection: Connection, day: date, known: str | None, names: Sequence[str] | None
) -> list[RowMapping]:
    """Rows that may stand: said by the day, or in a document that was ever ruled on (its date may be corrected)."""
    query = sa.select(statements, entries.c.recorded_at).join(entries, entries.c.seq == statements.c.seq)
    ruled_on = (
        sa.select(sa.literal(1))
        .select_from(documents.join(subjects, subjects.c.subject == documents.c.id))
        .where(documents.c.seq == statements.c.document)
        .exists()
    )
    query = query.where((statements.c.counts_from <= day.isoformat()) | ruled_on)
    if known is not None:
        query = query.where(entries.c.recorded_at <= known)
    if names is None:
        return list(connection.execute(query).mappings())
    keys = sorted({programme_key(name) for name in names})
    found: list[RowMapping] = []
    for chunk in chunks(keys):
        found += connection.execute(query.where(statements.c.programme_key.in_(chunk))).mappings()
    return found


def _documents(connection: Connection, numbers: list[int] | None) -> dict[int, Document]:
    query = sa.select(*_DOCUMENT_COLUMNS)
    if numbers is None:
        return {row["seq"]: document_of(row) for row in connection.execute(query).mappings()}
    found: dict[int, Document] = {}
    for chunk in chunks(numbers):
        rows = connection.execute(query.where(documents.c.seq.in_(chunk))).mappings()
        found |= {row["seq"]: document_of(row) for row in rows}
    return found


def _corrected(document: Document, rulings: Rulings) -> Document:
    values = rulings.corrections.get(document.id)
    if not values:
        return document
    return Document(**{**{key: getattr(document, key) for key in Document.__slots__}, **values})
