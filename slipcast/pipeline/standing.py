"""Whose statements stand where several readers have read one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from slipcast.domain import Entry, Statement
from slipcast.reading.reconcile import reconcile, standing


def _kind(reader: str) -> str:
    return reader.partition(" ")[0]


def agreed(statements: Sequence[Statement]) -> list[Statement]:
    """One statement a claim, where rules and a model have read one document; all of them otherwise."""
    models = [s for s in statements if _kind(s.reader) == "model"]
    if not models or len(models) == len(statements):
        return list(statements)
    return standing(reconcile([s for s in statements if _kind(s.reader) != "model"], models))


def current(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that count: of each document the newest reading of each kind, readers reconciled; in their order."""
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_document[entry.document.id].append(entry)
    kept: set[tuple[str, str]] = set()
    for document, group in by_document.items():
        newest: dict[str, tuple[str, str]] = {}
        for entry in group:
            reader = entry.statement.reader
            newest[_kind(reader)] = max(newest.get(_kind(reader), ("", "")), (entry.recorded_at, reader))
        names = {reader for _, reader in newest.values()}
        read = [entry.statement for entry in group if entry.statement.reader in names]
        kept |= {(document, statement.id) for statement in agreed(read)}
    return [entry for entry in entries if (entry.document.id, entry.statement.id) in kept]
