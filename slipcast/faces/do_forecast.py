"""slipcast forecast."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer

from slipcast.dates import parse
from slipcast.domain import Forecast
from slipcast.faces.options import (
    AsJson,
    AsOf,
    KnownBy,
    LedgerUrl,
    Name,
    Seed,
    WatchlistFile,
    day_of,
    ledger_url,
    seed_of,
)
from slipcast.faces.tables import about, heading, percent, print_json, print_table, say, words
from slipcast.pipeline.forecast import forecast
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.view import watched


def as_row(line: Forecast) -> dict[str, Any]:
    """The fixed JSON form of a forecast."""
    return {
        "programme": line.programme,
        "tranche": line.tranche,
        "milestone": line.milestone,
        "as_of": line.as_of.isoformat(),
        "known_by": line.known_by,
        "promised": line.promised,
        "quantiles": {f"{level:g}": day.isoformat() for level, day in sorted(line.quantiles.items())},
        **{f"p{level * 100:.0f}": line.day_at(level).isoformat() for level in (0.1, 0.5, 0.8, 0.9)},
        "p_never": round(line.p_never, 6),
        "reference_class": line.reference_class,
        "drivers": [{"name": d.name, "months": round(d.months, 3)} for d in line.drivers],
        "evidence": list(line.evidence),
    }


def show(lines: list[Forecast], by: list[str]) -> None:
    """Forecasts as tables, a programme at a time, then each with its sentence, class and drivers."""
    for programme, group in groupby(lines, key=lambda line: line.programme):
        heading(programme)
        print_table(
            ("tranche", "milestone", "promised", "P10", "P50", "P80", "P90", "in time", "never"),
            [as_cells(line) for line in group],
            right=(7, 8),
            fixed=range(3, 9),
        )
    for line in lines:
        name = " ".join(filter(None, (line.programme, line.tranche)))
        say(f"\n{name}, {words(line.milestone)}: as known on {line.as_of}")
        say(f"  {sentence(line)}", hang=2)
        for day in by:
            say(f"  chance that it is there by {day}: {percent(line.chance_by(day_of(day, '--by')))}")
        say(f"  reference class: {line.reference_class}", hang=2)
        for driver in line.drivers:
            say(f"  {driver.months:+7.1f} months  {driver.name}")
    if lines:
        say("\nQuantiles are for the case that it arrives at all; `in time` and `--by` count the chance of never.")


def as_cells(line: Forecast) -> list[str]:
    """A forecast as a row of the table."""
    quantiles = [f"{line.day_at(level):%Y-%m}" for level in (0.1, 0.5, 0.8, 0.9)]
    first = [line.tranche or "(whole)", words(line.milestone), about(line.promised)]
    return [*first, *quantiles, percent(in_time(line)), percent(line.p_never)]


def in_time(line: Forecast) -> float:
    """The chance that it is there by the promised window's last day."""
    deadline = parse(line.promised).deadline if line.promised else None
    return line.chance_by(deadline) if deadline else 0.0


def sentence(line: Forecast) -> str:
    """The forecast in a sentence, said the way that a reader would repeat it."""
    first = f"promised for {about(line.promised)}; " if line.promised else "no date is promised; "
    return (
        f"{first}even odds by {line.day_at(0.5):%B %Y} and four in five by {line.day_at(0.8):%B %Y} if it comes at all; "
        f"{percent(line.p_never)} that it never does"
    )


def run(
    programme: Name = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="DAY", help="Also the chance of arrival by this day; repeatable."),
    ] = None,
    seed: Seed = None,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show when each milestone to come will really arrive: odds, and the chance that it never does."""
    days = [day_of(text, "--by") for text in by or []]
    day, chance, listed = day_of(as_of), seed_of(seed), watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        lines = list(forecast(book, programme, day, known_by, seed=chance, watchlist=listed))
    if as_json:
        chances = [{"by": {d.isoformat(): round(line.chance_by(d), 6) for d in days}} if days else {} for line in lines]
        print_json({**as_row(line), **extra} for line, extra in zip(lines, chances, strict=True))
    elif lines:
        show(lines, [d.isoformat() for d in days])
    else:
        say("No milestone to come has a promised date or a contract to count from; see `slipcast status`.")
