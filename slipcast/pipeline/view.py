"""The programmes as the ledger stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from slipcast import settings
from slipcast.domain import Milestone, Programme
from slipcast.ledger.store import Ledger
from slipcast.pipeline.orders import Placed, placed
from slipcast.pipeline.records import Records, records
from slipcast.pipeline.standing import current
from slipcast.programme.assemble import assemble
from slipcast.programme.identity import find
from slipcast.programme.watchlist import Watched, read_watchlist


@dataclass(frozen=True, slots=True)
class View:
    """One programme, and the part of it that was asked for.

    tranche: None for the whole. Of every programme of the ledger: records: how past promises held; orders: lead times.
    """

    programme: Programme
    tranche: str | None = None
    records: Records = field(default_factory=Records, compare=False, repr=False)
    orders: tuple[Placed, ...] = field(default=(), compare=False, repr=False)

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
    programmes = programmes_at(ledger, as_of, known_by, watchlist)
    told, orders = records(programmes), placed(programmes)
    if name is None:
        return [View(programme, None, told, orders) for programme in programmes]
    return [View(programme, tranche, told, orders) for programme, tranche in find(programmes, name)]
