"""slipcast demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from slipcast.errors import InputError
from slipcast.faces import do_forecast, do_ingest, do_report, do_status
from slipcast.faces.tables import heading, say

#: the days whose forecasts the S-curves of the worked case compare with today's
EARLIER = ("2019-11-12", "2020-12-31")
PROGRAMME = "S-400/Turkey/second"


def run(
    folder: Annotated[Path, typer.Argument(help="The worked case.")] = Path("examples/s400"),
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where ledger and report go.")] = Path("out"),
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The day it is told as of. Default: today.")
    ] = None,
) -> None:
    """Run the worked case: ingest its dispatches, print status and forecast, write the report."""
    if not folder.is_dir():
        raise InputError(
            "there is no such folder",
            where=str(folder),
            todo="run this from a checkout of slipcast, or name the folder",
        )
    out.mkdir(parents=True, exist_ok=True)
    ledger, page = str(out / "s400.db"), out / "s400.html"
    today = as_of or date.today().isoformat()
    heading("1. Reading the dispatches", str(folder))
    do_ingest.run([folder], ledger=ledger)
    heading("2. Status", f"slipcast status --as-of {today} --ledger {ledger}")
    do_status.run(as_of=today, brief=True, ledger=ledger)
    heading("3. When will the second system arrive?", f'slipcast forecast "{PROGRAMME}" --as-of DAY --ledger {ledger}')
    for day in dict.fromkeys((*EARLIER, today)):
        say()
        do_forecast.run(PROGRAMME, as_of=day, by=["2020-12-31"] if day < "2020-12-31" else None, ledger=ledger)
    heading("4. The report")
    do_report.run(as_of=today, at=list(EARLIER), out=page, title="Turkey, the S-400 and the F-35", ledger=ledger)
    say(f"Open it in a browser: {page}")
