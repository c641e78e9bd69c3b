"""The programmes as the ledger stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from slipcast import settings
from slipcast.domain import Milestone, Programme
from slipcast.errors import NameUnclear
from slipcast.ledger.store import Ledger
from slipcast.pipeline.standing import current
from slipcast.pipeline.whole import Told, Whole
from slipcast.programme.assemble import assemble
from slipcast.programme.identity import find
from slipcast.programme.scope import scope_of
from slipcast.programme.watchlist import Watched, read_watchlist


@dataclass(frozen=True, slots=True)
class View:
    """One programme, and the part of it that was asked for.

    tranche: None for the whole; whole: what every programme of the ledger tells together.
    """

    programme: Programme
    tranche: str | None = None
    whole: Told | Whole = field(default_factory=Told, compare=False, repr=False)

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones asked for."""
        if self.tranche is None:
            return self.programme.milestones
        return tuple(m for m in self.programme.milestones if m.tranche == self.tranche)


Watchlist = Sequence[Watched]


def watched(given: str | None = None) -> Watchlist:
    """The watchlist of a file: the one given, else the one set, else none. Raises InputError where the file is none."""
    path = settings.value("watchlist", given)
    return read_watchlist(Path(path)) if path else ()


def programmes_at(
    ledger: Ledger, as_of: date, known_by: str | None = None, watchlist: Watchlist = ()
) -> list[Programme]:
    """Every programme, from what had been said by `as_of` and recorded by `known_by`."""
    return assemble(current(ledger.as_of(as_of, known_by)), as_of, ledger.decisions(known_by), watchlist)


def views(
    ledger: Ledger, name: str | None, as_of: date, known_by: str | None = None, watchlist: Watchlist = ()
) -> Sequence[View]:
    """The programmes that `name` (SYSTEM[/RECIPIENT[/TRANCHE]]) asks for, all without a name. Raises NameUnclear."""
    whole = Whole(lambda: programmes_at(ledger, as_of, known_by, watchlist))
    if name is None:
        return [View(programme, None, whole) for programme in whole.programmes]
    found = _found(ledger, name, as_of, known_by, watchlist) or find(whole.programmes, name)
    return [View(programme, tranche, whole) for programme, tranche in found]


def _found(
    ledger: Ledger, name: str, as_of: date, known_by: str | None, watchlist: Watchlist
) -> list[tuple[Programme, str | None]]:
    """What `name` asks for, from those documents alone that can be about it; empty where all must be looked at."""
    decisions = ledger.decisions(known_by)
    scope = scope_of(name, ledger.programme_names(), decisions, watchlist)
    names = [*scope.names, *(entry.statement.programme for entry in ledger.held(scope.statements))]
    entries = ledger.as_of(as_of, known_by, programmes=names, whole_documents=True)
    try:
        found = find(assemble(current(entries), as_of, decisions, watchlist), name)
    except NameUnclear:
        return []
    return found if all(programme.system in scope.systems for programme, _ in found) else []
