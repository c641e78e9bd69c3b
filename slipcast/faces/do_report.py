"""slipcast report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.backtest.own import own_board
from slipcast.faces.options import AsOf, KnownBy, LedgerUrl, Name, Seed, WatchlistFile, day_of, ledger_url, seed_of
from slipcast.faces.pages import report_page
from slipcast.faces.report import write
from slipcast.faces.scores_page import scoreboard_page
from slipcast.faces.tables import counting, say
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.report import material
from slipcast.pipeline.view import watched

#: statements read over and over, times the months in which they are, that a report takes without being asked to
READ, FEWEST = 15_000, 12


def replayed(statements: int) -> int:
    """How many months a report replays without being asked to; 0 where they would be too few to tell anything."""
    most = READ // max(statements, 1)
    return most if most >= FEWEST else 0


def why_unscored(scores: bool | None, most: int | None) -> str:
    """Why a report shows no scores; nothing where they were not wanted."""
    if scores is False:
        return ""
    if most == 0:
        return "Not replayed: the ledger is large. Ask for it with --scores."
    return "No forecast of these programmes can be scored yet: nothing that was promised is known to have come, or to have been open later."


def run(
    programme: Name = None,
    as_of: AsOf = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="DAY", help="Also forecast as of this earlier day; repeatable.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page is written.")] = Path("report.html"),
    title: Annotated[str, typer.Option(help="Its title.")] = "Promised and due",
    scores: Annotated[
        bool | None,
        typer.Option(
            "--scores/--no-scores",
            help="Replay these programmes on the first of every month, to show how the forecasts did. "
            "Default: as many months as a small ledger is read in.",
        ),
    ] = None,
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
        most = None if scores else replayed(book.counts()["statements"])
        board = None
        if scores is not False and most != 0:
            with counting("months") as progress:
                board = own_board(
                    book,
                    shown.programmes,
                    day,
                    known_by,
                    watchlist=listed,
                    most=most,
                    seed=chance,
                    progress=progress,
                )
    page = report_page(
        shown.programmes,
        shown.forecasts,
        title,
        shown.as_of,
        scoreboard_page(board) if board else None,
        why_unscored(scores, most),
    )
    write(page, out)
    say(f"Report written to {out} ({out.stat().st_size / 1000:.0f} kB).")
