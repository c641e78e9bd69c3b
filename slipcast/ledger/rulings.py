"""Which decisions stand, and what they do: pure, over decisions in the order in which they were recorded.

A ruling on statements or documents holds for each of them; one on identity or repeats for its names together; a forecast
for its milestone, person and day. The latest counts; `withdraw` leaves its subjects without a ruling. Corrections of one
document stand key by key: a corrected outlet leaves a corrected date as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from slipcast.dates import parse
from slipcast.domain import Decision, DecisionKind
from slipcast.errors import DateError, LedgerError

CORRECTABLE = ("published", "outlet", "url", "title")
_SINGLE = ("statement", "document")
_VERDICTS = {
    "statement": ("accept", "reject", "withdraw"),
    "document": ("accept", "reject", "correct", "withdraw"),
    "identity": ("accept", "reject", "same", "different", "withdraw"),
    "repeat": ("accept", "reject", "same", "different", "withdraw"),
    "forecast": ("judge", "withdraw"),
}
#: kind, subjects, and "ruling" or the key that is corrected.
_Matter = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What stands. rejected: ids of statements and documents; corrections: document id -> key -> value."""

    rejected: frozenset[str] = frozenset()
    corrections: dict[str, dict[str, str | None]] = field(default_factory=dict)


def check_decision(decision: Decision) -> None:
    """Raises LedgerError where a decision is not one that can be ruled: words, subjects, correction; DateError too."""
    where = f"decision by {decision.by or 'nobody'}"
    if decision.kind not in get_args(DecisionKind):
        raise LedgerError(f"kind {decision.kind!r} is not known", where=where, todo=f"use {', '.join(_VERDICTS)}")
    verdicts = _VERDICTS[decision.kind]
    if decision.verdict not in verdicts:
        raise LedgerError(
            f"a {decision.kind} is not ruled {decision.verdict!r}", where=where, todo=f"use {', '.join(verdicts)}"
        )
    if not decision.subjects or not all(decision.subjects):
        raise LedgerError("is about nothing", where=where, todo="name its subjects")
    if not decision.by.strip():
        raise LedgerError("has no author", where=where, todo="say who rules (by)")
    if decision.verdict == "correct":
        _correction(decision, where)
    if decision.verdict == "judge":
        _judgement(decision, where)


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that still hold something, in the order given."""
    given = list(decisions)
    holders = {at for at, _ in _held(given).values()}
    return [decision for at, decision in enumerate(given) if at in holders]


def changes_nothing(decision: Decision, before: Iterable[Decision]) -> bool:
    """Whether the same ruling stands already in all that it rules; for a withdrawal, whether nothing stands."""
    given = list(before)
    held = _held(given)
    if decision.verdict == "withdraw":
        return not any(_same_subject(matter, about) for matter in held for about in _about(decision))
    return all(matter in held and given[held[matter][0]].id == decision.id for matter, _ in _rules(decision))


def rulings_of(decisions: Iterable[Decision]) -> Rulings:
    """What the decisions that stand do to statements and documents."""
    rejected: set[str] = set()
    corrections: dict[str, dict[str, str | None]] = {}
    for (kind, subjects, slot), (_, value) in _held(list(decisions)).items():
        if kind in _SINGLE and slot == "ruling" and value == "reject":
            rejected.update(subjects)
        elif kind == "document" and slot != "ruling":
            corrections.setdefault(subjects[0], {})[slot] = value
    return Rulings(frozenset(rejected), corrections)


def _held(decisions: list[Decision]) -> dict[_Matter, tuple[int, str | None]]:
    """Matter -> (which decision holds it, what it says)."""
    held: dict[_Matter, tuple[int, str | None]] = {}
    for at, decision in enumerate(decisions):
        if decision.verdict == "withdraw":
            for about in _about(decision):
                for matter in [matter for matter in held if _same_subject(matter, about)]:
                    del held[matter]
            continue
        for matter, value in _rules(decision):
            held[matter] = (at, value)
    return held


def _about(decision: Decision) -> list[tuple[str, tuple[str, ...]]]:
    if decision.kind in _SINGLE:
        return [(decision.kind, (subject,)) for subject in decision.subjects]
    return [(decision.kind, tuple(sorted(set(decision.subjects))))]


def _same_subject(matter: _Matter, about: tuple[str, tuple[str, ...]]) -> bool:
    return matter[:2] == about


def _rules(decision: Decision) -> Iterator[tuple[_Matter, str | None]]:
    for kind, subjects in _about(decision):
        if decision.verdict == "correct":
            for key, value in json.loads(decision.value or "{}").items():
                yield (kind, subjects, key), value
        else:
            yield (kind, subjects, "ruling"), decision.verdict


def _correction(decision: Decision, where: str) -> None:
    todo = f'give value as JSON of {", ".join(CORRECTABLE)}: {{"published": "2019-11-12"}}'
    try:
        values: Any = json.loads(decision.value or "")
    except ValueError:
        raise LedgerError("the correction is no JSON", where=where, todo=todo) from None
    if not isinstance(values, dict) or not values or not set(values) <= set(CORRECTABLE):
        raise LedgerError("the correction corrects nothing that can be corrected", where=where, todo=todo)
    if not all(value is None or isinstance(value, str) for value in values.values()):
        raise LedgerError("the correction sets what is no text", where=where, todo=todo)
    if "published" in values:
        if not values["published"]:
            raise DateError("a document needs a date", where=where, todo=todo)
        parse(values["published"])


def _judgement(decision: Decision, where: str) -> None:
    todo = 'give value as JSON: {"never": 0.1, "quantiles": {"0.5": "2021-06-01", "0.8": "2022-03-01"}}'
    try:
        value: Any = json.loads(decision.value or "")
    except ValueError:
        raise LedgerError("the forecast is no JSON", where=where, todo=todo) from None
    if not isinstance(value, dict) or set(value) != {"never", "quantiles"} or not isinstance(value["quantiles"], dict):
        raise LedgerError("the forecast has not the keys never and quantiles", where=where, todo=todo)
