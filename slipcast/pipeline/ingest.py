"""Read documents and registers and append what they state, whole documents at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from slipcast.domain import Document
from slipcast.errors import SlipcastError
from slipcast.ledger.store import Ledger
from slipcast.pipeline.readers import Reads, Rules
from slipcast.pipeline.registers import Unread, ingest_register, is_table
from slipcast.sources.load import files_of, load

BATCH = 64  #: documents in one parse, and in one transaction


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did. documents: read; new: appended now; statements: in the new ones; silent: those just read that state nothing."""

    documents: int
    new: int
    statements: int
    silent: int
    notes: tuple[str, ...] = ()
    rows: int = 0  #: of registers, read
    remarks: tuple[Unread, ...] = ()  #: rows of registers that were left out, and what to mind of others


def batches(documents: Iterable[Document], size: int = BATCH) -> Iterator[list[Document]]:
    """Documents in lists of at most `size`, in their order. Where one cannot be read, those before it come first."""
    chunk: list[Document] = []
    try:
        for document in documents:
            chunk.append(document)
            if len(chunk) == size:
                full, chunk = chunk, []
                yield full
    except SlipcastError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


def ingest(
    paths: Iterable[Path],
    ledger: Ledger,
    reader: Reads | None = None,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    mapping: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Ingested:
    """Append every document under `paths` with its statements; a document that is there already is passed over.

    A table (.csv, .tsv) is read as a promise register, a document a row; mapping: a file that names its columns.
    Raises InputError or DateError for input that cannot be read; what was appended before it stays, whole documents only.
    """
    reader = reader or Rules()
    read = new = stated = silent = rows = 0
    remarks: list[Unread] = []
    for path in paths:
        files = files_of(path)
        tables = [file for file in files if is_table(file) or (mapping and file == path)]
        texts = sorted(set(files) - set(tables))
        for chunk in batches(_documents(texts, published, outlet, url)):
            fresh = [ledger.document(d.id) or d for d in chunk if not ledger.holds(d.id, reader.name)]
            pairs = list(reader.read_many(fresh))
            tally = ledger.record_many(pairs)
            read, new, stated = read + len(chunk), new + tally.documents, stated + tally.statements
            silent += sum(not statements for _, statements in pairs)
            progress(read)
        for table in tables:
            register = ingest_register(table, ledger, mapping)
            read, new, stated = read + register.rows, new + register.new, stated + register.statements
            rows, remarks = rows + register.rows, [*remarks, *register.remarks]
            progress(read)
    return Ingested(read, new, stated, silent, tuple(reader.summary_lines()), rows, tuple(remarks))


def _documents(files: Iterable[Path], published: str | None, outlet: str | None, url: str | None) -> Iterator[Document]:
    for file in files:
        yield from load(file, published=published, outlet=outlet, url=url)
