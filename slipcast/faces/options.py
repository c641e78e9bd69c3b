"""The options that commands share, and the words they are read with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from slipcast import settings
from slipcast.dates import parse_day

LedgerUrl = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="URL",
        help="The ledger: a URL or an SQLite file. Default: SLIPCAST_LEDGER, else slipcast.db.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="What had been said by this day (YYYY-MM-DD). Default: today."),
]
KnownBy = Annotated[
    str | None,
    typer.Option("--known-by", metavar="TIME", help="What the ledger had recorded by then. Default: all of it."),
]
WatchlistFile = Annotated[
    str | None,
    typer.Option(
        "--watchlist",
        metavar="FILE.toml",
        help="Names programmes, aliases, parties and tranches. Default: SLIPCAST_WATCHLIST, else none.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Name = Annotated[
    str | None,
    typer.Argument(metavar="[PROGRAMME]", help='SYSTEM[/RECIPIENT[/TRANCHE]], such as "S-400/Turkey/second".'),
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of everything that draws chance.")]
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Text, HTML or JSONL files, folders of them, or registers (CSV)."),
]


def day_of(text: str | None, option: str = "--as-of") -> date:
    """The day an option names; today where it was not given."""
    return parse_day(text, where=option) if text else date.today()


def ledger_url(given: str | None) -> str:
    """The ledger's URL; a plain path means an SQLite file."""
    url = settings.value("ledger", given)
    return url if "://" in url else f"sqlite:///{url}"


def seed_of(given: int | None) -> int:
    """The seed: as given, else as set."""
    return given if given is not None else settings.number("seed")


ModelName = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Also ask this language model. The text is then sent to --model-url. Off by default.",
    ),
]
ModelUrl = Annotated[
    str | None,
    typer.Option(
        "--model-url", metavar="URL", help="An OpenAI chat endpoint. Default: SLIPCAST_MODEL_URL, else this machine."
    ),
]
