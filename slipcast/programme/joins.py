"""What a person ruled of identities and repeats: it wins over every rule.

identity, same: the first subject is the name to use for the others (systems, recipients, tranches), or the programme
(SYSTEM/RECIPIENT) that the others belong to, or where one of the subjects is a statement's id, the place of that statement
(SYSTEM[/RECIPIENT[/TRANCHE]]). identity, different: these names, or this statement and that programme, stay apart.
repeat, same or different: these statements are one utterance, or are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from slipcast.domain import Decision
from slipcast.programme.naming import plain
from slipcast.programme.placed import Placed

_ID = re.compile(r"[0-9a-f]{32}")


def programme_id(system: str, recipient: str) -> str:
    """SYSTEM/RECIPIENT, or SYSTEM where no recipient is known. A slash inside a name becomes a dash."""
    return "/".join(part.replace("/", "-") for part in (system, recipient) if part)


class Joins:
    """The rulings that stand, ready to be asked. Later ones count over earlier ones."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.names: dict[str, str] = {}  #: folded name -> the name to use
        self._apart: set[frozenset[str]] = set()
        self._places: dict[str, str] = {}
        self._moved: dict[str, str] = {}
        self.repeats: dict[frozenset[str], bool] = {}  #: pair of statement ids -> whether they are one utterance
        for decision in decisions:
            if decision.kind == "repeat" and decision.verdict in ("same", "different"):
                pairs = (frozenset(pair) for pair in combinations(decision.subjects, 2))
                self.repeats.update(dict.fromkeys(pairs, decision.verdict == "same"))
            elif decision.kind == "identity" and decision.verdict == "same":
                self._join(decision.subjects)
            elif decision.kind == "identity" and decision.verdict == "different":
                self._split(decision.subjects)

    def _join(self, subjects: Sequence[str]) -> None:
        statements = [name for name in subjects if _ID.fullmatch(name)]
        names = [name for name in subjects if not _ID.fullmatch(name)]
        if statements and names:
            self._places.update(dict.fromkeys(statements, names[0]))
        elif names and "/" in names[0]:
            self._moved.update({plain(name): names[0] for name in names[1:]})
        elif names:
            self.names.update({plain(name): names[0] for name in names[1:]})

    def _split(self, subjects: Sequence[str]) -> None:
        for pair in combinations(subjects, 2):
            keys = [name if _ID.fullmatch(name) else plain(name) for name in pair]
            self._apart.add(frozenset(keys))
            for one, other in (keys, keys[::-1]):
                if plain(self.names.get(one, "")) == other:
                    del self.names[one]

    def apart(self, one: str, other: str) -> bool:
        """Whether two names, or a statement's id and a name, were ruled different."""
        return frozenset(name if _ID.fullmatch(name) else plain(name) for name in (one, other)) in self._apart

    def settle(self, placed: Placed) -> Placed:
        """A statement where a person put it, or out of the programme that a person kept it from."""
        where = programme_id(placed.system, placed.recipient)
        target = self._places.get(placed.id) or self._moved.get(plain(where))
        if target:
            system, _, rest = target.partition("/")
            recipient, _, tranche = rest.partition("/")
            notes = (*placed.notes, f"a person placed it at {target}")
            moved = replace(
                placed, system=system or placed.system, recipient=recipient or placed.recipient, notes=notes
            )
            return replace(moved, tranche=tranche) if tranche else moved
        if self.apart(placed.id, where) or (placed.tranche and self.apart(placed.id, f"{where}/{placed.tranche}")):
            kept_out = replace(placed, notes=(*placed.notes, f"a person kept it out of {where}"))
            return replace(kept_out, recipient="") if self.apart(placed.id, where) else replace(kept_out, tranche=None)
        return placed
