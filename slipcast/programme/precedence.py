"""Which of several statements is current. The rules apply in their order until one decides, and the choice names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from slipcast.dates import parse
from slipcast.domain import Choice
from slipcast.programme.placed import Placed
from slipcast.programme.sides import is_unnamed


def exactness(edtf: str | None) -> int:
    """Width of a date's window in days: smaller is more exact; an open window and no date at all come last."""
    if not edtf:
        return 1_000_000
    return parse(edtf).days or 100_000


def _latest(field: Sequence[Placed]) -> list[Placed]:
    """Those that no other was certainly said after."""
    newest = max(one.said.earliest or date.min for one in field)
    return [one for one in field if (one.said.latest or date.max) >= newest]


def _least(measure: Callable[[Placed], int]) -> Callable[[Sequence[Placed]], list[Placed]]:
    def kept(field: Sequence[Placed]) -> list[Placed]:
        best = min(measure(one) for one in field)
        return [one for one in field if measure(one) == best]

    return kept


RULES: tuple[tuple[str, Callable[[Sequence[Placed]], list[Placed]]], ...] = (
    ("later over earlier", _latest),
    ("exact over vague", _least(lambda one: exactness(one.statement.date))),
    ("official over anonymous", _least(lambda one: int(is_unnamed(one.statement)))),
    ("own over reported", _least(lambda one: len(one.statement.via))),
    ("achieved over planned", _least(lambda one: int(one.statement.status != "achieved"))),
)
LAST = "last in the text"


def choose(field: Sequence[Placed]) -> tuple[Placed, Choice]:
    """The winner of one or more statements, and the choice with its rule and its losers."""
    left, rule = list(field), "the only statement"
    for name, narrow in RULES:
        if len(left) == 1:
            break
        kept = narrow(left)
        if len(kept) < len(left):
            left, rule = kept, name
    if len(left) > 1:
        left, rule = [max(left, key=lambda one: (one.entry.document.id, one.statement.span, one.id))], LAST
    winner = left[0]
    losers = tuple(one.id for one in field if one.id != winner.id)
    return winner, Choice(winner.id, rule, losers)
