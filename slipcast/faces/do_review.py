"""slipcast review."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from slipcast.domain import Decision
from slipcast.errors import UsageError
from slipcast.faces.interview import interview, show, told
from slipcast.faces.options import AsJson, AsOf, KnownBy, LedgerUrl, Name, WatchlistFile, day_of, ledger_url
from slipcast.faces.tables import print_json, say
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.review import Question, questions
from slipcast.pipeline.rulings import on_correction, on_identity, on_record, record, withdrawal
from slipcast.pipeline.view import watched

Ids = list[str] | None
Pair = tuple[str, str] | None


def as_row(question: Question) -> dict[str, Any]:
    """The JSON form of a question."""
    return {
        "kind": question.kind,
        "about": question.about,
        "subjects": list(question.subjects),
        "why": list(question.why),
        "evidence": [entry.statement.id for entry in question.entries],
        "quotes": [entry.statement.quote for entry in question.entries],
    }


def decided_row(decision: Decision) -> dict[str, Any]:
    """The JSON form of a ruling that stands."""
    return {
        "id": decision.id,
        "kind": decision.kind,
        "verdict": decision.verdict,
        "subjects": list(decision.subjects),
        "value": decision.value,
        "by": decision.by,
        "reason": decision.reason,
        "recorded_at": decision.recorded_at,
    }


def run(
    programme: Name = None,
    accept: Annotated[
        Ids, typer.Option("--accept", metavar="ID", help="This statement or document holds; repeatable.")
    ] = None,
    reject: Annotated[Ids, typer.Option("--reject", metavar="ID", help="It does not count; repeatable.")] = None,
    same: Annotated[
        Pair,
        typer.Option(
            "--same",
            metavar="A B",
            help="Names of one thing, A the one to use; or a statement and its place. Once a command.",
        ),
    ] = None,
    different: Annotated[
        Pair, typer.Option("--different", metavar="A B", help="They stay apart. Once a command.")
    ] = None,
    correct: Annotated[
        Pair,
        typer.Option(
            "--correct",
            metavar="ID KEY=VALUE",
            help="A document's published, outlet, url or title is another; ID of it or of a statement in it. Once a command.",
        ),
    ] = None,
    withdraw: Annotated[
        Ids,
        typer.Option("--withdraw", metavar="ID", help="Undo the ruling of this id, or on this subject; repeatable."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who rules.")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    decided: Annotated[bool, typer.Option("--decided", help="The rulings that stand, instead.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="List only, ask nothing, also in a terminal.")] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List uncertain joins and doubtful statements with their sentences; accept, reject, join, split, correct. Nothing is ever edited."""
    day, listed = day_of(as_of), watched(watchlist)
    rules = bool(accept or reject or same or different or correct or withdraw)
    author = (by or "").strip()
    if rules and not author:
        raise UsageError("a ruling needs its author", where="--by", todo="say who rules: --by NAME")
    with open_ledger(ledger_url(ledger)) as book:
        if rules:
            made = [on_record(book, "accept", text, author, reason) for text in accept or []]
            made += [on_record(book, "reject", text, author, reason) for text in reject or []]
            made += [on_identity(book, "same", same, author, reason)] if same else []
            made += [on_identity(book, "different", different, author, reason)] if different else []
            made += [on_correction(book, *correct, author, reason)] if correct else []
            made += [withdrawal(book, text, author, reason) for text in withdraw or []]
            recorded = record(book, made)
            if as_json:
                print_json({**decided_row(decision), "new": new} for decision, new in recorded)
                return
            for decision, new in recorded:
                say(f"{told(decision)}: {'recorded' if new else 'stood already, nothing was added'}", hang=2)
            return
        if decided:
            _show_decided(book.decisions(known_by), as_json=as_json)
            return
        found = questions(book, programme, day, known_by, listed)
        if as_json:
            print_json(as_row(question) for question in found)
        elif not found:
            say("Nothing waits for a ruling.")
        elif sys.stdin.isatty() and sys.stdout.isatty() and not listing:
            interview(found, input, lambda decision: book.decide(decision), by=author, reason=reason)
        else:
            for number, question in enumerate(found, 1):
                show(question, f"{number} of {len(found)}")


def _show_decided(rulings: list[Decision], *, as_json: bool) -> None:
    if as_json:
        print_json(decided_row(decision) for decision in rulings)
        return
    for decision in rulings:
        say(f"{decision.id[:12]}  {told(decision)}", hang=2)
        because = f": {decision.reason}" if decision.reason else ""
        say(f"  {decision.recorded_at}, {decision.by}{because}", hang=2)
    if not rulings:
        say("No ruling stands.")
