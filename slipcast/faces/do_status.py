"""slipcast status."""

from __future__ import annotations

from typing import Annotated

import typer

from slipcast.domain import Entry, Milestone, Programme
from slipcast.faces.options import AsJson, AsOf, KnownBy, LedgerUrl, Name, WatchlistFile, day_of, ledger_url
from slipcast.faces.tables import about, console, heading, print_json, print_table, say, words
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.status import earlier_words, other_readings, status_rows
from slipcast.pipeline.view import View, views, watched


def who(entry: Entry) -> str:
    """Who said it, in which role, through which channel; the outlet where the text itself says it."""
    s = entry.statement
    name = s.speaker or entry.document.outlet or "the text"
    role = f", {s.speaker_role}" if s.speaker_role and s.speaker else ""
    via = f", via {', '.join(s.via)}" if s.via else ""
    return f"{name}{role}{via}"


def shown_status(milestone: Milestone) -> str:
    """The status word with what limits it."""
    word = words(milestone.word)
    if milestone.modality == "denied" and milestone.status == "planned":
        word = "not yet"
    return f"{word}, disputed" if milestone.disputed else word


def told(entry: Entry) -> str:
    """A statement's word and date: "planned 2020"."""
    s = entry.statement
    return " ".join(filter(None, (words(s.status), about(s.date))))


def quantity(milestone: Milestone, entries: dict[str, Entry]) -> str:
    """How many the milestone is about, from its current statement."""
    winner = entries.get(milestone.current.winner) if milestone.current else None
    found = winner.statement.quantity if winner else None
    if not found:
        return ""
    sign = {"=": "", ">": "more than ", "<": "up to ", "~": "about "}[found.comparator]
    return f"{sign}{found.value:g} {found.unit or ''}".strip()


def details(milestone: Milestone, entries: dict[str, Entry]) -> list[str]:
    """Lines under a milestone: causes, conditions, quantities, other readings, disputes."""
    current = entries.get(milestone.current.winner) if milestone.current else None
    lines = [f"said by {who(current)} ({current.said_on}): {current.statement.quote}"] if current else []
    many = quantity(milestone, entries)
    lines += [f"how many: {many}"] if many else []
    lines += [f"because: {cause}" for cause in milestone.causes]
    lines += [f"waits for: {condition}" for condition in milestone.conditions]
    lines += [f"beside it, {who(e)}: {e.statement.quote}" for e in other_readings(milestone, entries)]
    lines += [
        f"also, {who(e)} ({e.said_on}), {told(e)}: {e.statement.quote}" for e in earlier_words(milestone, entries)
    ]
    lines += [f"disputed: {conflict.why}" for conflict in milestone.conflicts]
    return lines


def show(view: View, *, brief: bool) -> None:
    """One programme as a table, its details and its workshare below."""
    programme = view.programme
    heading(title(programme), f"as of {programme.as_of}")
    wide = console().width >= 100
    columns = ["tranche", "milestone", "status", "promised", *(["was"] if wide else []), "achieved", "sources"]
    rows = []
    for m in view.milestones:
        when = about(m.achieved) if m.achieved and m.achieved != "yes" else ""
        row = [m.tranche or "(whole)", words(m.kind), shown_status(m), about(m.promised)]
        rows.append([*row, *([about(m.previous)] if wide else []), when, m.independent_sources])
    dates = range(3, len(columns) - 1)
    if rows:
        print_table(columns, rows, right=(len(columns) - 1,), fixed=(1, *dates))
    elif brief:
        count = len(programme.workshare)
        say(f"no milestone told; {count} {'part' if count == 1 else 'parts'} shared out")
    if brief:
        return
    for m in view.milestones:
        lines = details(m, programme.entries)
        if lines:
            say(f"\n{m.tranche or 'whole programme'}: {words(m.kind)}")
            for line in lines:
                say(f"  {line}", hang=2)
    if programme.workshare:
        say("\nworkshare: who makes which part")
        print_table(
            ("who", "part", "source", "status", "until"),
            (
                (s.participant, s.part, s.sourcing or "", s.ended or words(s.status), s.until or "")
                for s in programme.workshare
            ),
        )


def title(programme: Programme) -> str:
    """System, recipient and supplier in a line."""
    recipient = f" for {', '.join(programme.recipient)}" if programme.recipient else ""
    supplier = f", from {', '.join(programme.supplier)}" if programme.supplier else ""
    return f"{programme.system}{recipient}{supplier}"


def run(
    programme: Name = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    brief: Annotated[bool, typer.Option("--brief", help="The tables alone.")] = False,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show each programme's milestones as they were known on a day: promised, achieved, disputed, and who said so."""
    day, listed = day_of(as_of), watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        found = views(book, programme, day, known_by, listed)
    if as_json:
        print_json(row for view in found for row in status_rows(view))
        return
    for view in found:
        show(view, brief=brief)
    if not found:
        say(f"Nothing had been said by {day} that this ledger holds. Add documents with `slipcast ingest FILE`.")
