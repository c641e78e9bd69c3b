"""slipcast forecast."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer

from slipcast.dates import parse
from slipcast.domain import Forecast
from slipcast.faces.do_judge import as_row as judgement_row
from slipcast.faces.do_judge import sentence as judgement
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
from slipcast.pipeline.judge import Judgement, judgements, place_of
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


def show(lines: list[Forecast], by: list[str], judged: list[Judgement]) -> None:
    """Forecasts as tables, a programme at a time, then each with its sentence, class and drivers, and people's beside it."""
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
        if line.would_change:
            news = "; ".join(f"{one.name} ({one.months:+.1f} months)" for one in line.would_change)
            say(f"  what would move it most if learnt: {news}", hang=2)
        if line.never_range:
            low, high = map(percent, line.never_range)
            say(
                f"  never is {low} to {high} under the lowest and highest yearly share of being dropped that is defended",
                hang=2,
            )
        for one in beside(line, judged):
            say(f"  {judgement(one)}", hang=2)
    if lines:
        say("\nQuantiles are for the case that it arrives at all; `in time` and `--by` count the chance of never.")


def beside(line: Forecast, judged: list[Judgement]) -> list[Judgement]:
    """People's forecasts of the same milestone."""
    return [one for one in judged if (one.place, one.milestone) == (place_of(line), line.milestone)]


FAR = 40  #: years ahead beyond which a day would feign precision


def when(line: Forecast, level: float, form: str = "%Y-%m") -> str:
    """A quantile's month; far ahead, only that it lies beyond."""
    day = line.day_at(level)
    limit = line.as_of.year + FAR
    return f">{limit}" if day.year > limit else f"{day:{form}}"


def due(line: Forecast, level: float) -> str:
    """A quantile as the end of a sentence: "by June 2022", "only after 2066"."""
    told = when(line, level, "%B %Y")
    return f"only after {told[1:]}" if told.startswith(">") else f"by {told}"


def as_cells(line: Forecast) -> list[str]:
    """A forecast as a row of the table."""
    quantiles = [when(line, level) for level in (0.1, 0.5, 0.8, 0.9)]
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
        f"{first}even odds {due(line, 0.5)} and four in five {due(line, 0.8)} if it comes at all; "
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
        judged = judgements(book, day, known_by)
    if as_json:
        chances = [{"by": {d.isoformat(): round(line.chance_by(d), 6) for d in days}} if days else {} for line in lines]
        people = [[judgement_row(one) for one in beside(line, judged)] for line in lines]
        print_json(
            {**as_row(line), **extra, **({"judgements": theirs} if theirs else {})}
            for line, extra, theirs in zip(lines, chances, people, strict=True)
        )
    elif lines:
        show(lines, [d.isoformat() for d in days], judged)
    else:
        say("No milestone to come has a promised date or a contract to count from; see `slipcast status`.")
