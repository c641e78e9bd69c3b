"""What the ledger says, in the formats of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slipcast.domain import Entry, Forecast, Programme
from slipcast.errors import UsageError
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.ledger.exports import statements_jsonl
from slipcast.ledger.exports_ftm import ftm_jsonl
from slipcast.ledger.exports_ical import icalendar
from slipcast.ledger.exports_mspdi import mspdi
from slipcast.ledger.exports_register import trade_register_csv
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecasts_of
from slipcast.pipeline.standing import current
from slipcast.pipeline.view import View, Watchlist, views

#: format -> what it is
FORMATS = {
    "statements": "JSON lines, the fixed form of statements",
    "register": "CSV, a trade register: a row an order",
    "ftm": "JSON lines, FollowTheMoney entities with the statements behind each value",
    "ical": "iCalendar, promised dates with their windows",
    "mspdi": "XML, a Microsoft Project file",
}


def export(
    ledger: Ledger,
    form: str,
    name: str | None,
    as_of: date,
    known_by: str | None = None,
    *,
    seed: int = 0,
    watchlist: Watchlist = (),
) -> str:
    """The programmes that `name` asks for, all without a name, in one of FORMATS. Raises UsageError, NameUnclear.

    statements without a name gives every statement that stands, also those that belong to no programme.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", where="--as", todo=f"use {', '.join(FORMATS)}")
    if form == "statements" and name is None:
        return statements_jsonl(current(ledger.as_of(as_of, known_by)))
    shown = views(ledger, name, as_of, known_by, watchlist)
    programmes = [narrowed(view) for view in shown]
    if form == "statements":
        return statements_jsonl(_entries(programmes))
    if form == "register":
        return trade_register_csv(programmes)
    if form == "ftm":
        return ftm_jsonl(programmes)
    forecasts = _forecasts(shown, as_of, known_by, seed)
    title = f"Promised dates{f' of {name}' if name else ''}, as of {as_of}"
    return icalendar(programmes, forecasts, title) if form == "ical" else mspdi(programmes, forecasts, title)


def narrowed(view: View) -> Programme:
    """The part of a programme that a view asks for."""
    if view.tranche is None:
        return view.programme
    return replace(view.programme, milestones=view.milestones, tranches=(view.tranche,), workshare=())


def _entries(programmes: Sequence[Programme]) -> list[Entry]:
    """Every statement behind the programmes once, in the order of saying."""
    cited = {i: p.entries[i] for p in programmes for m in p.milestones for i in m.evidence if i in p.entries}
    cited |= {i: p.entries[i] for p in programmes for s in p.workshare for i in s.evidence if i in p.entries}
    return [entry for _, entry in sorted(cited.items(), key=lambda pair: (pair[1].said_on or "", pair[0]))]


def _forecasts(shown: Sequence[View], as_of: date, known_by: str | None, seed: int) -> list[Forecast]:
    fitted = Fitted.load()
    return [line for view in shown for line in forecasts_of(view, as_of, known_by, fitted, seed)]
