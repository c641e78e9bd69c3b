"""Read files without a ledger: their statements, their date phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from slipcast.domain import Document, Statement
from slipcast.pipeline.ingest import batches
from slipcast.pipeline.readers import Reads, Rules
from slipcast.pipeline.standing import agreed
from slipcast.reading.phrases import DatePhrase, dated, find_dates
from slipcast.sources.load import load

__all__ = ["DateLine", "date_lines", "dated", "read_files"]


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date phrases of one document. doc: its name."""

    doc: str
    published: str | None
    dates: tuple[DatePhrase, ...]


def read_files(
    paths: Iterable[Path], *, published: str | None = None, reader: Reads | None = None
) -> Iterator[tuple[Document, list[Statement]]]:
    """Every document under `paths` with its statements, one a claim, in order."""
    reader = reader or Rules()
    for path in paths:
        for chunk in batches(load(path, published=published, undated=True)):
            yield from ((document, agreed(found)) for document, found in reader.read_many(chunk))


def date_lines(paths: Iterable[Path]) -> Iterator[DateLine]:
    """Every document under `paths` with its date phrases, in order."""
    for path in paths:
        for document in load(path, undated=True):
            dates = tuple(find_dates(document.text, document.published))
            yield DateLine(document.name or document.id, document.published, dates)
