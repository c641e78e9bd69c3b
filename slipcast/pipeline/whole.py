"""What every programme of a ledger tells together: made when it is first asked for, since most pages show one alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from slipcast.domain import Programme
from slipcast.pipeline.orders import Placed, placed
from slipcast.pipeline.records import Records
from slipcast.pipeline.records import records as records_of


@dataclass(frozen=True, slots=True)
class Told:
    """records: how past promises held; orders: lead times."""

    records: Records = field(default_factory=Records)
    orders: tuple[Placed, ...] = ()


class Whole:
    """The same, of programmes that are assembled only where one of them is asked for."""

    def __init__(self, assemble: Callable[[], Sequence[Programme]]) -> None:
        self._assemble = assemble

    @cached_property
    def programmes(self) -> Sequence[Programme]:
        """Every programme."""
        return self._assemble()

    @cached_property
    def records(self) -> Records:
        """How past promises held."""
        return records_of(self.programmes)

    @cached_property
    def orders(self) -> tuple[Placed, ...]:
        """Lead times."""
        return placed(self.programmes)
