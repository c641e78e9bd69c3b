"""Which of a ledger's names may mean the system that a person asks for, so that the rest need not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slipcast.domain import Decision
from slipcast.programme.naming import designation_of, plain, system_of
from slipcast.programme.placing import Placer
from slipcast.programme.watchlist import Watched

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What has to be read: every document in which a statement gives one of these names, or in which one of these stands.

    names: as statements write them; statements: ids that a person placed; systems: those that are whole then.
    """

    names: tuple[str, ...]
    statements: tuple[str, ...]
    systems: frozenset[str]


def scope_of(
    asked: str, names: Iterable[str], decisions: Sequence[Decision] = (), watchlist: Sequence[Watched] | None = None
) -> Scope:
    """The scope of SYSTEM[/RECIPIENT[/TRANCHE]]. names: all that the ledger's statements give.

    A statement that names no system takes its document's only one, so whole documents hold all that a programme is made of.
    """
    placer = Placer(decisions, watchlist)
    pieces = [piece.strip() for piece in asked.split("/")]
    words = {pieces[0], "/".join(pieces[:2])}
    flat = {plain(word) for word in words}
    meant = {name: found[0] for name in names if (found := placer.system(name))}
    systems = {system for name, system in meant.items() if plain(name) in flat}
    systems |= {system for word in words for system in _systems(word, placer)}
    placed: dict[str, None] = {}
    grown = -1
    while grown < len(systems):  # what a person joined may have been joined again
        grown = len(systems)
        for decision in decisions:
            joined = _joined(decision, placer)
            if joined & systems:
                systems |= joined
                placed |= dict.fromkeys(subject for subject in decision.subjects if _ID.fullmatch(subject))
    kept = tuple(name for name in names if meant.get(name) in systems or plain(name) in flat)
    return Scope(kept, tuple(placed), frozenset(systems))


def _joined(decision: Decision, placer: Placer) -> set[str]:
    """The systems that a person's ruling on identities is about."""
    if decision.kind != "identity":
        return set()
    heads = {text.partition("/")[0] for text in decision.subjects if not _ID.fullmatch(text)}
    return {system for head in heads for system in _systems(head, placer)}


def _systems(word: str, placer: Placer) -> set[str]:
    """Every system that a word may be taken for."""
    placed, known = placer.system(word), system_of(word)
    return {word} | {
        found for found in (placed and placed[0], known and known[0], designation_of(word.upper())) if found
    }
