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
from sqlalchemy.engine import Connection

from slipcast.dates import counts_from
from slipcast.domain import Decision, Document, Entry
from slipcast.errors import DateError
from slipcast.fingerprints import ID_DIGITS
from slipcast.ledger.columns import Digits, stamp
from slipcast.ledger.rows import decision_of, document_of, programme_key, statement_of
from slipcast.ledger.rulings import Rulings, rulings_of
from slipcast.ledger.tables import FIELDS, decisions, documents, shelf_of, statements, subjects

#: Bound variables in one query: far below every database's limit.
_CHUNK = 500
_WITHOUT_SOURCE = FIELDS["document"][:-1]


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


def entries_as_of(
    connection: Connection,
    day: date,
    known_by: str | None,
    which: Sequence[sa.ColumnElement[bool]] | None,
    retracted: bool,
) -> list[Entry]:
    """The entries that stood, by the day they count from, document, place in it and id. which: only these statements."""
    known = moment(known_by)
    found = _statement_rows(connection, day, known, which)
    originals = _documents(connection, None if which is None else {row.document for row in found})
    about = None
    if which is not None:
        about = [row.id for row in found] + [document.id for document in originals.values()]
    rulings = rulings_of(decision for _, decision in decision_rows(connection, known, about))
    corrected = {number: _corrected(document, rulings) for number, document in originals.items()}
    listed: list[tuple[tuple[Any, ...], Entry]] = []
    for key, recorded_at, number, *fields in found:
        original, document = originals[number], corrected[number]
        statement = statement_of(fields, original)
        said = document.published if statement.stated_on in (None, original.published) else statement.stated_on
        counts = counts_from(said or "")
        gone = key in rulings.rejected or original.id in rulings.rejected
        if counts > day or (gone and not retracted):
            continue
        entry = Entry(statement, document, recorded_at, gone, said)
        listed.append(((counts, original.id, *statement.span, key), entry))
    listed.sort(key=lambda pair: pair[0])
    return [entry for _, entry in listed]


def naming(connection: Connection, names: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """The statements that name one of these programmes."""
    keys = sorted({programme_key(name) for name in names})
    within = statements.c.shelf.in_(shelves(connection))
    return [within & statements.c.programme_key.in_(chunk) for chunk in chunks(keys)]


def beside(connection: Connection, names: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """All statements of the documents in which some statement names one of these programmes."""
    found: set[int] = set()
    for one in naming(connection, names):
        found.update(connection.execute(sa.select(statements.c.document).where(one).distinct()).scalars())
    return [statements.c.document.in_(chunk) for chunk in chunks(sorted(found))]


def beginning(connection: Connection, digits: str) -> sa.ColumnElement[bool]:
    """The statements whose id begins with these hexadecimal digits."""
    low, high = digits.ljust(ID_DIGITS, "0"), digits.ljust(ID_DIGITS, "f")
    return statements.c.shelf.in_(shelves(connection)) & statements.c.id.between(low, high)


def shelves(connection: Connection) -> list[int]:
    """Every shelf on which statements are indexed."""
    last = connection.scalar(sa.select(statements.c.seq).order_by(statements.c.seq.desc()).limit(1))
    return list(range(shelf_of(last or 0) + 1))


def documents_known(connection: Connection, known_by: str | None) -> list[Document]:
    """Every document known by then, as corrected, in the order of recording."""
    known = moment(known_by)
    query = sa.select(documents.c.id, *_WITHOUT_SOURCE)
    if known is not None:
        query = query.where(documents.c.recorded_at <= known)
    rulings = rulings_of(decision for _, decision in decision_rows(connection, known, None))
    rows = connection.execute(query.order_by(documents.c.seq))
    return [document_of(key, fields, rulings.corrections.get(key)) for key, *fields in rows]


def decision_rows(
    connection: Connection, known: str | None, about: Iterable[str] | None
) -> Iterator[tuple[int, Decision]]:
    """(seq, decision) in the order of recording; about: only those with one of these subjects."""
    base = sa.select(decisions.c.seq, decisions.c.recorded_at, *FIELDS["decision"])
    if known is not None:
        base = base.where(decisions.c.recorded_at <= known)
    found: dict[int, Decision] = {}
    for chunk in chunks(about) if about is not None else [None]:
        query = base
        if chunk is not None:
            query = base.where(decisions.c.seq.in_(sa.select(subjects.c.decision).where(subjects.c.subject.in_(chunk))))
        for seq, recorded_at, *fields in connection.execute(query):
            found[seq] = decision_of(fields, recorded_at)
    yield from sorted(found.items())


def chunks(values: Iterable[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _statement_rows(
    connection: Connection, day: date, known: str | None, which: Sequence[sa.ColumnElement[bool]] | None
) -> list[Any]:
    """(id, recorded_at, document, fields) of what may stand: said by the day, or in a document that was ever ruled on."""
    query = sa.select(statements.c.id, statements.c.recorded_at, statements.c.document, *FIELDS["statement"])
    ruled_on = (
        sa.select(sa.literal(1))
        .select_from(documents.join(subjects, subjects.c.subject == Digits(documents.c.id)))
        .where(documents.c.seq == statements.c.document)
        .exists()
    )
    query = query.where((statements.c.counts_from <= day.isoformat()) | ruled_on)
    if known is not None:
        query = query.where(statements.c.recorded_at <= known)
    queries = [query] if which is None else [query.where(one) for one in which]
    return [row for one in queries for row in connection.execute(one)]


def _documents(connection: Connection, numbers: set[int] | None) -> dict[int, Document]:
    query = sa.select(documents.c.seq, documents.c.id, *_WITHOUT_SOURCE)
    chosen = [query]
    if numbers is not None:
        chosen = [query.where(documents.c.seq.in_(chunk)) for chunk in chunks(sorted(numbers))]
    return {seq: document_of(key, fields) for one in chosen for seq, key, *fields in connection.execute(one)}


def _corrected(document: Document, rulings: Rulings) -> Document:
    values = rulings.corrections.get(document.id)
    if not values:
        return document
    return Document(**{**{key: getattr(document, key) for key in Document.__slots__}, **values})
