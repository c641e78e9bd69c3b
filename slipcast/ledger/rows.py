"""Nouns to rows and back, without loss: a row that differs from its noun's own row has been altered.

The fields of a row are its columns after those that place it in the chain, in the order of the tables.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from slipcast.dates import counts_from
from slipcast.domain import Decision, Document, Quantity, Statement
from slipcast.errors import DateError, LedgerError
from slipcast.fingerprints import canonical, digest, document_id

Fields = tuple[Any, ...]

_DOCUMENT = ("url", "outlet", "title", "published", "retrieved", "media_type", "after", "name", "text")
_NO_SHARE = (None, None, None, None)


@lru_cache(maxsize=65536)
def programme_key(name: str) -> str:
    """A programme's name folded for finding: no case, accents, spaces or marks ("S-400" and "s400" are one)."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def document_fields(document: Document) -> Fields:
    """The fields of a document: what _DOCUMENT names, and the source. Raises LedgerError where its id is no hash of it."""
    content = document.text if document.source is None else document.source
    if document_id(content, document.outlet, document.url, document.published) != document.id:
        raise LedgerError(
            "the document's id is not the hash of its content, outlet, url and date",
            where=document.name or document.id,
            todo="make it with slipcast.sources.load, or with document_id",
        )
    source = zlib.compress(document.source) if document.source is not None else None
    return (*(getattr(document, key) for key in _DOCUMENT), source)


def document_of(key: str, fields: Sequence[Any], correction: Mapping[str, str | None] | None = None) -> Document:
    """The document with this id, as corrected; fields: without the source where that is not wanted."""
    values = dict(zip(_DOCUMENT, fields, strict=False))
    values.update(correction or {})
    source = fields[len(_DOCUMENT)] if len(fields) > len(_DOCUMENT) else None
    return Document(id=key, **values, source=zlib.decompress(source) if source is not None else None)


def document_content(key: str, fields: Fields) -> str:
    """The hash of all that a document's row says, for the chain; 64 digits."""
    return digest([key, *fields])


def statement_fields(statement: Statement, document: Document) -> Fields:
    """The fields of a statement.

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
    share = _NO_SHARE
    if statement.is_share:
        share = (statement.relation, statement.participant, statement.part, statement.sourcing)  # type: ignore[assignment]
    return (
        programme_key(statement.programme),
        day,
        start,
        end,
        statement.milestone,
        statement.status,
        statement.programme,
        _list(statement.supplier),
        _list(statement.recipient),
        statement.tranche,
        _amount(statement.quantity),
        statement.date,
        statement.previous_date,
        statement.speaker,
        statement.speaker_role,
        int(statement.anonymous),
        _list(statement.via),
        statement.modality,
        statement.cause,
        statement.condition,
        *share,
        statement.stated_on,
        statement.reader,
    )


def statement_of(fields: Sequence[Any], document: Document) -> Statement:
    """The statement of a row of this document; its quote is read from the document's text."""
    _, _, start, end, milestone, status, programme, supplier, recipient, tranche, quantity, *rest = fields
    date, previous_date, speaker, speaker_role, anonymous, via, *last = rest
    return Statement(
        document.id,
        (start, end),
        document.text[start:end],
        milestone,
        status,
        programme,
        _listed(supplier),
        _listed(recipient),
        tranche,
        Quantity(*json.loads(quantity)) if quantity else None,
        date,
        previous_date,
        speaker,
        speaker_role,
        bool(anonymous),
        _listed(via),
        *last,
    )


def decision_fields(decision: Decision) -> Fields:
    """The fields of a decision."""
    subjects = canonical(decision.subjects)
    return decision.kind, subjects, decision.verdict, decision.by, decision.reason, decision.value


def decision_of(fields: Sequence[Any], recorded_at: str) -> Decision:
    """The decision of a row."""
    kind, subjects, verdict, by, reason, value = fields
    return Decision(kind, tuple(json.loads(subjects)), verdict, by, reason, value, recorded_at)


@lru_cache(maxsize=65536)
def _counts_from(said: str) -> str:
    return counts_from(said).isoformat()


@lru_cache(maxsize=65536)
def _list(names: tuple[str, ...]) -> str | None:
    return canonical(names) if names else None


@lru_cache(maxsize=65536)
def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


@lru_cache(maxsize=4096)
def _amount(quantity: Quantity | None) -> str | None:
    return canonical([quantity.value, quantity.comparator, quantity.unit]) if quantity else None


def _refused(what: str, statement: Statement, document: Document, todo: str) -> LedgerError:
    return LedgerError(what, where=f"{document.name or document.id} {list(statement.span)}", todo=todo)
