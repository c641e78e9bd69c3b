"""Promise panels: CSV in, Promises out. A row a promise; docs/method/forecast.md lists the columns."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from slipcast.dates import parse_day
from slipcast.domain import Promise
from slipcast.errors import DateError, PanelError

PROMISE_COLUMNS = ("source", "item", "name", "sector", "milestone", "stated_on", "promised_for", "started_on", "rating")
OUTCOME_COLUMNS = ("outcome", "outcome_on", "followed_until")
OUTCOMES = ("", "delivered", "open")


def read_panel(path: Path | str, *, outcomes: bool = False) -> list[Promise]:
    """The panel's rows in order, each with the earlier promises of its item and milestone as history.

    outcomes: whether what became of the promises is read too; without it outcome, outcome_on and followed_until
    are left unread, present or not, so that nothing downstream can see them.
    Raises PanelError, naming file and line, for missing columns, blank keys, days that are none, unknown outcomes.
    """
    path = Path(path)
    needed = PROMISE_COLUMNS + (OUTCOME_COLUMNS if outcomes else ())
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise PanelError(
                    f"no column {', '.join(missing)}", where=str(path), todo="add it to the header; it may be blank"
                )
            rows = [_promise(row, f"{path}:{reader.line_num}", outcomes) for row in reader]
    except OSError as error:
        raise PanelError(f"cannot be read ({error.strerror})", where=str(path), todo="check the path") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise PanelError(f"is no CSV in UTF-8 ({error})", where=str(path), todo="export it as CSV, UTF-8") from None
    if not rows:
        raise PanelError("has a header and no rows", where=str(path), todo="a panel has a row a promise")
    return with_history(rows)


def with_history(promises: Sequence[Promise]) -> list[Promise]:
    """Each promise with the strictly earlier ones of its source, item and milestone as history, oldest first.

    A promise that already has a history keeps it.
    """
    lines: dict[tuple[str, str, str], dict[date, date]] = defaultdict(dict)
    crowded: set[tuple[str, str, str, date]] = set()
    for promise in promises:
        key = (promise.source, promise.item, promise.milestone)
        if promise.promised_for is None:
            continue
        if promise.stated_on in lines[key]:
            crowded.add((*key, promise.stated_on))  # two on one day: which one moved cannot be told
        lines[key][promise.stated_on] = promise.promised_for
    return [p if p.history else replace(p, history=_earlier(p, lines, crowded)) for p in promises]


def _earlier(
    promise: Promise,
    lines: dict[tuple[str, str, str], dict[date, date]],
    crowded: set[tuple[str, str, str, date]],
) -> tuple[tuple[date, date], ...]:
    key = (promise.source, promise.item, promise.milestone)
    past = sorted(lines[key].items())
    return tuple((on, due) for on, due in past if on < promise.stated_on and (*key, on) not in crowded)


def _promise(row: dict[str, str], where: str, outcomes: bool) -> Promise:
    if None in row or None in row.values():
        raise PanelError("has more or fewer cells than the header", where=where, todo="quote cells that hold commas")
    for key in ("source", "item", "stated_on"):
        if not row[key].strip():
            raise PanelError(f"{key} is blank", where=where, todo="give every promise its source, item and day")
    stated_on = _day(row, "stated_on", where)
    outcome = row["outcome"].strip() if outcomes else ""
    if outcome not in OUTCOMES:
        raise PanelError(f"outcome {outcome!r} is not known", where=where, todo="use delivered, open or leave it blank")
    outcome_on = _day(row, "outcome_on", where) if outcomes and outcome == "delivered" else None
    followed = _day(row, "followed_until", where) if outcomes else None
    if outcome == "delivered" and outcome_on is None:
        raise PanelError("delivered without outcome_on", where=where, todo="give the day, or mark it open")
    if outcome == "open" and followed is None:
        raise PanelError("open without followed_until", where=where, todo="give the last day its state is known")
    assert stated_on is not None
    return Promise(
        source=row["source"],
        item=row["item"],
        milestone=row["milestone"],
        stated_on=stated_on,
        promised_for=_day(row, "promised_for", where),
        name=row["name"],
        sector=row["sector"],
        started_on=_day(row, "started_on", where),
        rating=row["rating"].strip().lower(),
        outcome=outcome,
        outcome_on=outcome_on,
        followed_until=followed,
    )


def _day(row: dict[str, str], key: str, where: str) -> date | None:
    text = row[key].strip()
    if not text:
        return None
    try:
        return parse_day(text, where=f"{where}, {key}")
    except DateError as error:
        raise PanelError(error.what, where=error.where, todo="write it as 2019-11-12") from None
