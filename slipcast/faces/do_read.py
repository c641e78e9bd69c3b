"""slipcast read."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from slipcast.domain import Statement
from slipcast.faces.options import AsJson, Files, ModelName, ModelUrl
from slipcast.faces.tables import about, heading, print_json, say, words
from slipcast.pipeline.read import read_files
from slipcast.pipeline.readers import reader_for


def told(claim: Statement) -> str:
    """One claim in a line: what of which programme, when, how sure, why, said by whom."""
    doubt = "" if claim.modality == "certain" else f", {claim.modality}"
    what = f"{claim.part} made by {claim.participant}" if claim.is_share else words(claim.milestone)
    parts = [
        " ".join(filter(None, (claim.programme or "(no programme)", claim.tranche))),
        f"{what}: {words(claim.status)}{doubt}",
        about(claim.date),
        f"was {about(claim.previous_date)}" if claim.previous_date else "",
        f"because {claim.cause}" if claim.cause else "",
        f"if {claim.condition}" if claim.condition else "",
        f"said by {', via '.join((claim.speaker, *claim.via))}" if claim.speaker else "",
    ]
    return "; ".join(part for part in parts if part)


def run(
    files: Files,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was published, where the text does not say.")
    ] = None,
    model: ModelName = None,
    model_url: ModelUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print the statements in documents, without a ledger."""
    reader = reader_for(model, model_url)
    if as_json:
        print_json(
            {**statement.to_json(), "doc": document.name or document.id, "id": statement.id}
            for document, statements in read_files(files, published=published, reader=reader)
            for statement in statements
        )
        return
    total = documents = 0
    for document, statements in read_files(files, published=published, reader=reader):
        documents, total = documents + 1, total + len(statements)
        if not statements:
            continue
        heading(
            document.title or document.name or document.id, f"{document.outlet or ''} {document.published or 'no date'}"
        )
        for quote, claims in groupby(statements, key=lambda statement: statement.quote):
            say(f"\n{quote}")
            for claim in claims:
                say(f"  - {told(claim)}", hang=2)
    say()
    say(f"{total} statements in {documents} documents.")
    for line in reader.summary_lines():
        say(f"  {line}")
