"""slipcast ingest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.errors import InputError
from slipcast.faces.options import AsJson, Files, LedgerUrl, ModelName, ModelUrl, ledger_url
from slipcast.faces.tables import counting, plain, print_json, say
from slipcast.pipeline.ingest import Ingested, ingest
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.readers import reader_for


def told(done: Ingested) -> str:
    """What an ingest did, in a line."""
    what = "row" if done.rows and done.rows == done.documents else "document"
    what += "s" * (done.documents != 1)
    if done.documents and not done.new:
        return f"{done.documents} {what} read, all known already; the ledger is as it was."
    nothing = f", {done.silent} of them state nothing" if done.silent else ""
    return f"{done.documents} {what} read, {done.new} new{nothing}; {done.statements} statement{'s' * (done.statements != 1)} added."


def unread_of(done: Ingested) -> int:
    """How many rows of registers were left out."""
    return sum(remark.kind == "unread" for remark in done.remarks)


def tell_remarks(done: Ingested) -> None:
    """Rows left out, and what to mind of others, a line each on standard error. Raises InputError where nothing was read."""
    for remark in done.remarks:
        left = "left out, " if remark.kind == "unread" else ""
        typer.echo(str(plain(f"{remark.path}, line {remark.line}: {left}{remark.reason[:300]}")), err=True)
    if not done.documents and unread_of(done):
        where = ", ".join(dict.fromkeys(str(remark.path) for remark in done.remarks))
        raise InputError("no row can be read", where=where, todo="see the reasons above, or give a --mapping")


def run(
    files: Files,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was published, where the text does not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it stands.")] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE.toml", help="What the columns and words of a register (CSV) mean."),
    ] = None,
    ledger: LedgerUrl = None,
    model: ModelName = None,
    model_url: ModelUrl = None,
    as_json: AsJson = False,
) -> None:
    """Read documents or registers and append what they state. The same document or row twice changes nothing."""
    reader = reader_for(model, model_url)
    with open_ledger(ledger_url(ledger), create=True) as book, counting() as progress:
        done = ingest(
            files, book, reader, published=published, outlet=outlet, url=url, mapping=mapping, progress=progress
        )
    tell_remarks(done)
    if as_json:
        counts = {"documents": done.documents, "new": done.new, "statements": done.statements, "silent": done.silent}
        print_json([counts | {"rows": done.rows, "unread": unread_of(done)}])
        return
    say(told(done))
    for note in done.notes if done.new else ():
        say(f"  {note}")
