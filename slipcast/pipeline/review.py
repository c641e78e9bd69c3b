"""What a person should look at: uncertain joins, and statements of low certainty that something rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.domain import Decision, Entry, Milestone, Programme
from slipcast.ledger.store import Ledger
from slipcast.pipeline.explain import number_of
from slipcast.pipeline.standing import current
from slipcast.pipeline.view import View, Watchlist, views
from slipcast.programme.assemble import doubts
from slipcast.programme.naming import plain
from slipcast.programme.placed import Doubt


@dataclass(frozen=True, slots=True)
class Question:
    """Something for a person to rule on.

    kind: "join" or "statement". about: the programme and what rests on it. subjects: names or ids that a ruling names.
    why: reasons, each a sentence. entries: the statements in view, latest said first.
    """

    kind: str
    about: str
    subjects: tuple[str, ...]
    why: tuple[str, ...]
    entries: tuple[Entry, ...]


def questions(
    ledger: Ledger, name: str | None, as_of: date, known_by: str | None = None, watchlist: Watchlist = ()
) -> list[Question]:
    """What has not been ruled on yet: joins first, then statements, the ones with most reasons first.

    name: SYSTEM[/RECIPIENT[/TRANCHE]], None for all. Raises NameUnclear.
    """
    shown = views(ledger, name, as_of, known_by, watchlist)
    rulings = ledger.decisions(known_by)
    entries = current(ledger.as_of(as_of, known_by))
    by_id = {entry.statement.id: entry for entry in entries}
    joins = [
        Question(
            "join", doubt.kind, doubt.subjects, (doubt.why,), _latest(by_id[i] for i in doubt.evidence if i in by_id)
        )
        for doubt in doubts(entries, as_of, rulings, watchlist)
        if not _settled(doubt, rulings) and (name is None or _within(doubt, shown))
    ]
    ruled = {subject for decision in rulings if decision.kind == "statement" for subject in decision.subjects}
    statements = [question for question in _statements(shown) if question.subjects[0] not in ruled]
    return [*joins, *sorted(statements, key=lambda question: -len(question.why))]


def _within(doubt: Doubt, shown: Sequence[View]) -> bool:
    """Whether a doubt is about one of the programmes: by a statement of it, or by its name."""
    cited = {i for view in shown for i in view.programme.entries}
    called = {plain(text) for view in shown for text in (view.programme.id, view.programme.system)}
    return bool(cited & set(doubt.evidence)) or bool(called & {plain(text) for text in doubt.subjects})


def _settled(doubt: Doubt, rulings: Iterable[Decision]) -> bool:
    """Whether a person has ruled on the names of a doubt together, or on each of its statements."""
    identities = [decision for decision in rulings if decision.kind == "identity"]
    names = {plain(text) for text in doubt.subjects}
    if any(names <= {plain(text) for text in decision.subjects} for decision in identities):
        return True
    placed = {subject for decision in identities for subject in decision.subjects}
    return bool(doubt.evidence) and set(doubt.evidence) <= placed


def _statements(shown: Sequence[View]) -> Iterator[Question]:
    """Each doubtful statement once, with every reason."""
    found: dict[str, tuple[list[str], dict[str, None]]] = {}
    held: dict[str, Entry] = {}
    for view in shown:
        held |= view.programme.entries
        for milestone in view.milestones:
            number = f"{view.programme.id}: {number_of(milestone)}"
            for identity, reason in _reasons(view.programme, milestone):
                numbers, reasons = found.setdefault(identity, ([], {}))
                reasons[reason] = None
                if number not in numbers:
                    numbers.append(number)
    for identity, (numbers, reasons) in found.items():
        yield Question("statement", "; ".join(numbers), (identity,), tuple(reasons), (held[identity],))


def _reasons(programme: Programme, milestone: Milestone) -> Iterator[tuple[str, str]]:
    """(statement id, why a person should look at it) for one milestone."""
    for conflict in milestone.conflicts:
        for identity in conflict.evidence:
            if identity in programme.entries:
                yield identity, f"contradicted: {conflict.why}"
    deciding = [milestone.promises[-1].statement] if milestone.promises else []
    deciding += [milestone.current.winner] if milestone.current else []
    for identity in dict.fromkeys(i for i in deciding if i in programme.entries):
        statement = programme.entries[identity].statement
        if statement.anonymous:
            yield identity, "what stands rests on an unnamed source"
        if statement.modality in ("possible", "conditional"):
            yield identity, f"what stands rests on words that make it only {statement.modality}"
        if not statement.programme:
            yield identity, "the sentence names no programme; it was placed by its document"
        if milestone.claimed:
            yield identity, "the arrival is claimed, and nobody without an interest says so"


def _latest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.said_on or "", e.statement.span), reverse=True))
