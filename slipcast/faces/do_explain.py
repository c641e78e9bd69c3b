"""slipcast explain."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from slipcast.faces.do_status import who
from slipcast.faces.options import AsJson, AsOf, KnownBy, LedgerUrl, Name, WatchlistFile, day_of, ledger_url
from slipcast.faces.tables import heading, print_json, say
from slipcast.pipeline.explain import Evidence, explain
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.view import views, watched


def as_row(piece: Evidence) -> dict[str, Any]:
    """The fixed JSON form of a piece of evidence."""
    statement, document = piece.entry.statement, piece.entry.document
    return {
        "statement": statement.id,
        "doc": document.id,
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published,
        "span": list(statement.span),
        "quote": statement.quote,
        "role": piece.role,
    }


def run(
    programme: Name = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show the sentences that each number rests on, with document and character span."""
    day, listed = day_of(as_of), watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        pieces = list(explain(list(views(book, programme, day, known_by, listed))))
    if as_json:
        print_json(as_row(piece) for piece in pieces)
        return
    for (programme_id, number), group in groupby(pieces, key=lambda piece: (piece.programme, piece.number)):
        heading(f"{programme_id}: {number}")
        for piece in group:
            document, statement = piece.entry.document, piece.entry.statement
            start, end = statement.span
            say(f"  [{piece.role}] {piece.entry.said_on}, {who(piece.entry)}")
            say(f"    {statement.quote}")
            say(
                f"    {document.outlet or 'no outlet'}, {document.published}: document {document.id[:12]}, characters {start}-{end}"
            )
            if document.after or document.url:
                say(f"    {'after ' + document.after if document.after else document.url}")
    if not pieces:
        say("Nothing to explain: no statement had been made by then that this ledger holds.")
