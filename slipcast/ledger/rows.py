"""Nouns to rows and back, without loss: a row that differs from its noun's own row has been altered."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy.engine import RowMapping

from slipcast.dates import counts_from
from slipcast.domain import SHARE_KEYS, Decision, Document, Quantity, Statement
from slipcast.errors import DateError, LedgerError
from slipcast.fingerprints import canonical, digest, document_id

Row = dict[str, Any]
Fields = RowMapping | Mapping[str, Any]

_LISTS = ("supplier", "recipient", "via")
_PLAIN = (
    "quote", "milestone", "status", "programme", "tranche", "date", "previous_date", "speaker", "speaker_role",
    "modality", "cause", "condition", *SHARE_KEYS, "stated_on", "reader",
)  # fmt: skip
_DOCUMENT = ("url", "outlet", "title", "published", "retrieved", "media_type", "after", "name", "text", "source")


_plain_values = attrgetter(*_PLAIN)


@lru_cache(maxsize=65536)
def programme_key(name: str) -> str:
    """A programme's name folded for finding: no case, accents, spaces or marks ("S-400" and "s400" are one)."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "", "".join(letter for letter in plain if not unicodedata.combining(letter)))


_names = lru_cache(maxsize=65536)(canonical)


@lru_cache(maxsize=65536)
def _counts_from(said: str) -> str:
    return counts_from(said).isoformat()


def document_row(document: Document) -> Row:
    """The row of a document. Raises LedgerError where its id is not the hash of what it should be."""
    row: Row = {"id": document.id, **{key: getattr(document, key) for key in _DOCUMENT}}
    if document.source is not None:
        row["source"] = zlib.compress(document.source)
    content = document.text if document.source is None else document.source
    if document_id(content, document.outlet, document.url, document.published) != document.id:
        raise LedgerError(
            "the document's id is not the hash of its content, outlet, url and date",
            where=document.name or document.id,
            todo="make it with slipcast.sources.load, or with document_id",
        )
    return row


def document_of(row: Fields, correction: Mapping[str, str | None] | None = None) -> Document:
    """The document of a row (its source bytes only where the row has them), as corrected."""
    source = row.get("source")
    values = {key: row[key] for key in ("id", *_DOCUMENT[:-1])}
    values.update(correction or {})
    return Document(**values, source=zlib.decompress(source) if source is not None else None)


def document_content(row: Fields) -> str:
    """The hash of all that a document's row says, for the chain; 64 digits."""
    return digest([row["id"], *(row[key] for key in _DOCUMENT)])


def statement_row(statement: Statement, document: Document, statement_id: str) -> Row:
    """The row of a statement, but for its document's seq.

    Raises LedgerError where its quote is not at its span, or neither it nor its document tells a day.
    """
    start, end = statement.span
    if statement.doc != document.id:
        raise _refused(f"a statement of document {statement.doc}", statement, document, "record it with that document")
    if not 0 <= start <= end or document.text[start:end] != statement.quote:
        raise _refused("the quote is not at its span", statement, document, "read the document again")
    said = statement.stated_on or document.published
    if said is None:
        raise _refused("no day on which it was said", statement, document, "give the document's date: --published DAY")
    try:
        day = _counts_from(said)
    except DateError as error:
        raise _refused(error.what, statement, document, error.todo) from None
    row: Row = dict(zip(_PLAIN, _plain_values(statement), strict=True))
    if not statement.is_share:
        row.update(dict.fromkeys(SHARE_KEYS))
    for key in _LISTS:
        value = getattr(statement, key)
        row[key] = _names(value) if value else None
    quantity = statement.quantity
    row["id"] = statement_id
    row["programme_key"] = programme_key(statement.programme)
    row["counts_from"] = day
    row["span_start"], row["span_end"] = start, end
    row["quantity"] = canonical([quantity.value, quantity.comparator, quantity.unit]) if quantity else None
    row["anonymous"] = int(statement.anonymous)
    return row


def _refused(what: str, statement: Statement, document: Document, todo: str) -> LedgerError:
    return LedgerError(what, where=f"{document.name or document.id} {list(statement.span)}", todo=todo)


def statement_of(row: Fields, doc: str) -> Statement:
    """The statement of a row; doc: its document's id."""
    values = {key: row[key] for key in _PLAIN}
    for key in _LISTS:
        values[key] = tuple(json.loads(row[key])) if row[key] else ()
    values["quantity"] = Quantity(*json.loads(row["quantity"])) if row["quantity"] else None
    return Statement(doc=doc, span=(row["span_start"], row["span_end"]), anonymous=bool(row["anonymous"]), **values)


def decision_row(decision: Decision) -> Row:
    """The row of a decision."""
    keys = ("id", "kind", "verdict", "by", "reason", "value")
    return {"subjects": canonical(decision.subjects)} | {k: getattr(decision, k) for k in keys}


def decision_of(row: Fields, recorded_at: str) -> Decision:
    """The decision of a row."""
    keys = ("kind", "verdict", "by", "reason", "value")
    subjects = tuple(json.loads(row["subjects"]))
    return Decision(subjects=subjects, recorded_at=recorded_at, **{key: row[key] for key in keys})
