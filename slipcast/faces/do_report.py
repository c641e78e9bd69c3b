"""slipcast report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.faces.options import AsOf, KnownBy, LedgerUrl, Name, Seed, WatchlistFile, day_of, ledger_url, seed_of
from slipcast.faces.pages import report_page
from slipcast.faces.report import write
from slipcast.faces.tables import say
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.report import material
from slipcast.pipeline.view import watched


def run(
    programme: Name = None,
    as_of: AsOf = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="DAY", help="Also forecast as of this earlier day; repeatable.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page is written.")] = Path("report.html"),
    title: Annotated[str, typer.Option(help="Its title.")] = "Promised and due",
    known_by: KnownBy = None,
    seed: Seed = None,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
) -> None:
    """Write one self-contained HTML page with status, forecasts and evidence; it opens without a network."""
    day, chance, earlier = day_of(as_of), seed_of(seed), [day_of(text, "--at") for text in at or []]
    listed = watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        shown = material(book, programme, day, earlier, known_by, seed=chance, watchlist=listed)
    write(report_page(shown.programmes, shown.forecasts, title, shown.as_of), out)
    say(f"Report written to {out} ({out.stat().st_size / 1000:.0f} kB).")
