"""By what a fit knows again the projects it was made from, without keeping them: hashes of their names and of their dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from slipcast.domain import Promise
from slipcast.fingerprints import digest

#: share of promises whose days agree by chance, at most: banks approve and close many projects on the same days
BY_CHANCE = 0.2
_LENGTH = 12


def marks(promises: Sequence[Promise]) -> frozenset[str]:
    """A mark for each project's name and for each pair of the day of a promise and the promised day."""
    return _names(promises) | _dates(promises)


def have_met(known: Collection[str], promises: Sequence[Promise]) -> bool:
    """Whether a fit with those marks may have been made from some of these promises.

    It may where it holds one of the names, or more of the dates than agree by chance: so the same projects are known again
    under other names.
    """
    dates = _dates(promises)
    return any(mark in known for mark in _names(promises)) or sum(mark in known for mark in dates) > BY_CHANCE * len(
        dates
    )


def _names(promises: Sequence[Promise]) -> frozenset[str]:
    projects = {(promise.source, promise.item) for promise in promises}
    return frozenset(digest(["name", *project])[:_LENGTH] for project in projects)


def _dates(promises: Sequence[Promise]) -> frozenset[str]:
    pairs = {(p.stated_on.isoformat(), p.promised_for.isoformat()) for p in promises if p.promised_for}
    return frozenset(digest(["dates", *pair])[:_LENGTH] for pair in pairs)
