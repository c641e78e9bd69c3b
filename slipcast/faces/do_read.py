"""slipcast read."""

from __future__ import annotations

from typing import Annotated

import typer

from slipcast.faces.options import AsJson, Files
from slipcast.faces.tables import about, heading, print_json, print_table, say, words
from slipcast.pipeline.read import read_files


def run(
    files: Files,
    published: Annotated[str | None, typer.Option(metavar="DAY", help="When it was published, where the text does not say.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the statements in documents, without a ledger."""
    if as_json:
        print_json(
            {**statement.to_json(), "doc": document.name or document.id, "id": statement.id}
            for document, statements in read_files(files, published=published)
            for statement in statements
        )
        return
    total = documents = 0
    for document, statements in read_files(files, published=published):
        documents, total = documents + 1, total + len(statements)
        if not statements:
            continue
        heading(document.title or document.name or document.id, f"{document.outlet or ''} {document.published or 'no date'}")
        print_table(
            ("says", "of", "what", "when", "sentence"),
            (
                (
                    s.speaker or "(the text)",
                    " ".join(filter(None, (s.programme, s.tranche, s.part))),
                    f"{words(s.milestone)}: {words(s.status)}" + ("" if s.modality == "certain" else f" ({s.modality})"),
                    about(s.date) or (f"was {s.previous_date}" if s.previous_date else ""),
                    s.quote,
                )
                for s in statements
            ),
        )
    say(f"{total} statements in {documents} documents.")
