"""slipcast ingest."""

from __future__ import annotations

from typing import Annotated

import typer

from slipcast.faces.options import AsJson, Files, LedgerUrl, ModelName, ModelUrl, ledger_url
from slipcast.faces.tables import counting, print_json, say
from slipcast.pipeline.ingest import Ingested, ingest
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.readers import reader_for


def told(done: Ingested) -> str:
    """What an ingest did, in a line."""
    if not done.new:
        return f"{done.documents} documents read, all known already; the ledger is as it was."
    nothing = f", {done.silent} of them state nothing" if done.silent else ""
    return f"{done.documents} documents read, {done.new} new{nothing}; {done.statements} statements added."


def run(
    files: Files,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was published, where the text does not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it stands.")] = None,
    ledger: LedgerUrl = None,
    model: ModelName = None,
    model_url: ModelUrl = None,
    as_json: AsJson = False,
) -> None:
    """Read documents and append what they state to the ledger. The same document twice changes nothing."""
    reader = reader_for(model, model_url)
    with open_ledger(ledger_url(ledger), create=True) as book, counting() as progress:
        done = ingest(files, book, reader, published=published, outlet=outlet, url=url, progress=progress)
    if as_json:
        print_json(
            [{"documents": done.documents, "new": done.new, "statements": done.statements, "silent": done.silent}]
        )
        return
    say(told(done))
    for note in done.notes if done.new else ():
        say(f"  {note}")
