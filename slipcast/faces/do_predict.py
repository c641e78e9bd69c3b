"""slipcast predict."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from slipcast.faces.options import AsJson
from slipcast.faces.tables import percent, print_lines, print_table, say
from slipcast.pipeline.panels import predict_panel, prediction_lines, unused


def run(
    panel: Annotated[Path, typer.Argument(metavar="PANEL.csv", help="A promise panel: a row a promise.")],
    fitted: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use this fit. Default: the one that is shipped.")
    ] = None,
    folds: Annotated[
        int | None, typer.Option(min=2, help="Predict each item from a fit on the panel's other items.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Predict arrival for a panel of promises; a row's outcome is never looked at."""
    found = predict_panel(panel, fitted=fitted, folds=folds)
    for source, why in unused(found).items() if folds else ():
        typer.echo(f"{source}: rows that no fit could learn from: {why}.", err=True)
    if as_json:
        print_lines(prediction_lines(found))
        return
    print_table(
        ("item", "milestone", "stated", "promised", "P10", "P50", "P80", "never"),
        (
            (
                made.promise.item,
                made.promise.milestone,
                made.promise.stated_on,
                made.promise.promised_for or "",
                *(made.quantile(level).isoformat()[:7] for level in (0.1, 0.5, 0.8)),
                percent(made.p_never),
            )
            for made in found
        ),
        right=(7,),
        fixed=(2, 3, 4, 5, 6),
    )
    say(f"{len(found)} {'promise' if len(found) == 1 else 'promises'}.")
    undated = sum(made.promise.promised_for is None for made in found)
    overdue = sum((made.promise.promised_for or date.max) <= made.promise.stated_on for made in found)
    if undated:
        say(f"{undated} without a promised day: forecast from the usual time ahead of the class.")
    if overdue:
        say(f"{overdue} overdue when stated: forecast as promised earlier, given that nothing has come.")
