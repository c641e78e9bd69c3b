"""slipcast judge."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from slipcast.backtest.judged import Judged, judged
from slipcast.errors import UsageError
from slipcast.faces.options import AsJson, LedgerUrl, Name, WatchlistFile, day_of, ledger_url
from slipcast.faces.tables import percent, print_json, print_table, say, words
from slipcast.pipeline.judge import Judgement, judge
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.view import watched

Day = str | None


def as_row(one: Judgement) -> dict[str, Any]:
    """The JSON form of a judgement."""
    return {
        "id": one.id,
        "place": one.place,
        "milestone": one.milestone,
        "by": one.by,
        "reason": one.reason,
        "made_on": one.made_on.isoformat(),
        "quantiles": {f"{level:g}": day.isoformat() for level, day in sorted(one.quantiles.items())},
        "p_never": one.p_never,
        "recorded_at": one.recorded_at,
    }


def sentence(one: Judgement) -> str:
    """A judgement in a line."""
    days = ", ".join(f"P{level * 100:.0f} {day}" for level, day in sorted(one.quantiles.items()))
    return f"judged by {one.by} on {one.made_on}: {days}; never {percent(one.p_never)}; {one.reason}"


def score_row(row: Judged) -> dict[str, Any]:
    """The JSON form of a judgement with its score."""
    scores = {"crps": row.crps, "model": row.model, "official": row.official}
    told = {name: None if value is None else round(value, 3) for name, value in scores.items()}
    return {**as_row(row.judgement), "arrived": row.met.isoformat() if row.met else None, **told}


def run(
    programme: Name = None,
    milestone: Annotated[str | None, typer.Argument(metavar="[MILESTONE]", help="Such as delivery.")] = None,
    p10: Annotated[
        Day, typer.Option("--p10", metavar="DAY", help="One in ten by this day, if it comes at all.")
    ] = None,
    p50: Annotated[Day, typer.Option("--p50", metavar="DAY", help="Even odds by this day.")] = None,
    p80: Annotated[Day, typer.Option("--p80", metavar="DAY", help="Four in five by this day.")] = None,
    p90: Annotated[Day, typer.Option("--p90", metavar="DAY", help="Nine in ten by this day.")] = None,
    never: Annotated[float, typer.Option("--never", metavar="CHANCE", help="The chance that it never comes.")] = 0.0,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record your own forecast of a milestone, to stand beside the model's; without a programme, show how judgements did."""
    listed, today = watched(watchlist), date.today()
    with open_ledger(ledger_url(ledger)) as book:
        if programme is None:
            show(judged(book, today, listed), as_json=as_json)
            return
        if milestone is None:
            raise UsageError("a judgement is of one milestone", where="MILESTONE", todo="name it, such as delivery")
        given = {0.1: p10, 0.5: p50, 0.8: p80, 0.9: p90}
        days = {level: day_of(text, f"--p{level * 100:.0f}") for level, text in given.items() if text}
        made, new = judge(
            book, programme, milestone, days, p_never=never, by=by, reason=reason, today=today, watchlist=listed
        )
    if as_json:
        print_json([{**as_row(made), "new": new}])
        return
    say(f"{made.place}, {words(made.milestone)}: {sentence(made)}", hang=2)
    say(
        "Recorded; it stands beside the model's forecast and moves nothing." if new else "Stood already; nothing added."
    )


def show(rows: list[Judged], *, as_json: bool) -> None:
    """Judgements with their scores."""
    if as_json:
        print_json(score_row(row) for row in rows)
        return
    if not rows:
        say("Nobody has judged yet: slipcast judge PROGRAMME MILESTONE --p50 DAY --p80 DAY --by NAME --reason TEXT")
        return
    cells = [
        (
            f"{row.judgement.place}, {words(row.judgement.milestone)}",
            row.judgement.by,
            row.judgement.made_on,
            row.met or "open",
            *("" if score is None else f"{score:.1f}" for score in (row.crps, row.model, row.official)),
        )
        for row in rows
    ]
    print_table(
        ("milestone", "by", "made on", "came", "CRPS", "model", "official"),
        cells,
        right=(4, 5, 6),
        fixed=range(2, 7),
    )
    say("\nCRPS is in months, lower is better; model and official are those of the day on which it was judged.")
