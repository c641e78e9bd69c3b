"""slipcast calibrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.faces.options import AsJson
from slipcast.faces.tables import print_json, print_table, say
from slipcast.pipeline.panels import calibrate


def run(
    panels: Annotated[list[Path], typer.Argument(metavar="PANEL.csv...", help="Promise panels with their outcomes.")],
    without: Annotated[str | None, typer.Option(metavar="SOURCE", help="Leave this class out.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the fit is written.")] = Path("fitted"),
    as_json: AsJson = False,
) -> None:
    """Fit the reference classes anew; the same panels give the same bytes."""
    classes = calibrate(panels, without=without, out=out)
    if as_json:
        print_json(
            {"class": c.name, "source": c.source, "promises": c.n, "items": c.items, "parameters": c.parameters}
            for c in classes
        )
        return
    print_table(("class", "promises", "items"), ((c.name, c.n, c.items) for c in classes), right=(1, 2))
    say(f"Fit written to {out}. Use it with `slipcast predict PANEL.csv --fitted {out}`.")
