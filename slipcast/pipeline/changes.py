"""What became known since a day: new, moved, contradicted, retracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slipcast.domain import Entry, Programme
from slipcast.errors import DateError
from slipcast.ledger.asof import moment
from slipcast.ledger.rulings import rulings_of
from slipcast.ledger.store import Ledger
from slipcast.pipeline.standing import current
from slipcast.pipeline.view import Watchlist, programmes_at
from slipcast.programme.assemble import assemble
from slipcast.programme.changes import Change, changes
from slipcast.programme.identity import find


@dataclass(frozen=True, slots=True)
class Known:
    """One change with the entries that brought it, latest said first."""

    change: Change
    entries: tuple[Entry, ...]


def changes_since(
    ledger: Ledger,
    since: date,
    name: str | None = None,
    *,
    as_of: date,
    known_by: str | None = None,
    learnt: bool = False,
    watchlist: Watchlist = (),
) -> list[Known]:
    """The changes from one look at the programmes to a later one.

    From what had been said by the end of `since`, under the rulings of that day, to what had been said by `as_of`, under
    those of now (or of `known_by`). learnt: from what the ledger had recorded by the end of `since` instead, whenever it was
    said. name: SYSTEM[/RECIPIENT[/TRANCHE]], None for all. Raises NameUnclear, and DateError where `since` is after `as_of`.
    """
    if since > as_of:
        raise DateError(f"{since} is after {as_of}", where="--since", todo="give an earlier day, or a later --as-of")
    after = programmes_at(ledger, as_of, known_by, watchlist)
    before = _learnt(ledger, since, as_of, watchlist) if learnt else _said(ledger, since, known_by, watchlist)
    found = changes(before, after)
    if name is not None:
        gone = [programme for programme in before if programme.id not in {p.id for p in after}]
        [(programme, tranche)] = find([*after, *gone], name)
        found = [one for one in found if one.programme == programme.id and (tranche is None or one.tranche == tranche)]
    return [Known(change, _entries(change, before, after)) for change in found]


def _said(ledger: Ledger, since: date, known_by: str | None, watchlist: Watchlist) -> list[Programme]:
    """What had been said by a day, read under the rulings that stood at its end: those of today would hide what they retract."""
    known = moment(known_by)
    rulings = ledger.decisions(min(filter(None, (moment(since.isoformat()), known))))
    rejected = rulings_of(rulings).rejected
    entries = [
        replace(entry, retracted=bool({entry.statement.id, entry.document.id} & rejected))
        for entry in ledger.as_of(since, known_by, retracted=True)
    ]
    return assemble(current([entry for entry in entries if not entry.retracted]), since, rulings, watchlist)


def _learnt(ledger: Ledger, since: date, as_of: date, watchlist: Watchlist) -> list[Programme]:
    return programmes_at(ledger, as_of, since.isoformat(), watchlist)


def _entries(change: Change, before: Sequence[Programme], after: Sequence[Programme]) -> tuple[Entry, ...]:
    held = {i: e for p in (*before, *after) if p.id == change.programme for i, e in p.entries.items()}
    entries = [held[i] for i in dict.fromkeys(change.evidence) if i in held]
    return tuple(sorted(entries, key=lambda e: (e.said_on or "", e.statement.span), reverse=True))
