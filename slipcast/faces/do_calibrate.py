"""slipcast calibrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.backtest.counted import histories
from slipcast.faces.options import AsJson
from slipcast.faces.tables import print_json, print_table, say
from slipcast.pipeline.panels import calibrate


def run(
    panels: Annotated[list[Path], typer.Argument(metavar="PANEL.csv...", help="Promise panels with their outcomes.")],
    without: Annotated[str | None, typer.Option(metavar="SOURCE", help="Leave this class out.")] = None,
    cases: Annotated[
        Path | None,
        typer.Option(
            metavar="CASES", help="Also count what these case histories tell of suspension, return and never."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the fit is written.")] = Path("fitted"),
    as_json: AsJson = False,
) -> None:
    """Fit the reference classes anew; the same panels give the same bytes."""
    counted = histories(cases) if cases else None
    classes, left = calibrate(panels, without=without, out=out, histories=counted)
    if as_json:
        print_json(
            {"class": c.name, "source": c.source, "promises": c.n, "items": c.items, "parameters": c.parameters}
            for c in classes
        )
        return
    print_table(("class", "promises", "items"), ((c.name, c.n, c.items) for c in classes), right=(1, 2))
    for source, reasons in left.items():
        say(f"{source}: rows left out, no fit can use them: {reasons}.", hang=2)
    if counted:
        told = counted.total
        say(
            f"{len(counted.programmes)} case histories counted: {told.years:.1f} years to come, {told.dropped:.1f} dropped; "
            f"{told.stopped_years:.1f} years of suspension, {told.returned:.0f} returned, {told.abandoned:.0f} cancelled."
        )
    say(f"Fit written to {out}. Use it with `slipcast predict PANEL.csv --fitted {out}`.")
