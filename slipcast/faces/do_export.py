"""slipcast export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from slipcast.faces.options import AsOf, KnownBy, LedgerUrl, Name, Seed, WatchlistFile, day_of, ledger_url, seed_of
from slipcast.faces.tables import say
from slipcast.pipeline.export import FORMATS, export
from slipcast.pipeline.files import write_whole
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.view import watched


def run(
    form: Annotated[str, typer.Option("--as", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    programme: Name = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it is written. Default: standard output.")
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    seed: Seed = None,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
) -> None:
    """Write what the ledger says in a format of others: statements, register, ftm, ical or mspdi."""
    day, chance, listed = day_of(as_of), seed_of(seed), watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        text = export(book, form, programme, day, known_by, seed=chance, watchlist=listed)
    if out is None:
        sys.stdout.write(text)
        return
    write_whole(text, out)
    say(f"{FORMATS[form]}: written to {out} ({out.stat().st_size / 1000:.1f} kB).")
