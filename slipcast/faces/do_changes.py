"""slipcast changes."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer

from slipcast.faces.do_status import who
from slipcast.faces.options import AsJson, AsOf, KnownBy, LedgerUrl, Name, WatchlistFile, day_of, ledger_url
from slipcast.faces.tables import about, heading, print_json, say, words
from slipcast.pipeline.changes import Known, changes_since
from slipcast.pipeline.open import open_ledger
from slipcast.pipeline.view import watched

SHOWN = 3  #: sentences under a change


def as_row(known: Known) -> dict[str, Any]:
    """The JSON form of a change."""
    change = known.change
    return {
        "kind": change.kind,
        "programme": change.programme,
        "tranche": change.tranche,
        "milestone": change.milestone,
        "what": change.what,
        "before": change.before,
        "after": change.after,
        "evidence": list(change.evidence),
    }


def told(known: Known) -> str:
    """A change in a line: what kind, of which milestone, from what to what."""
    change = known.change
    name = " ".join(filter(None, (change.tranche, words(change.milestone))))
    was, now = (about(words(value)) if value else None for value in (change.before, change.after))
    if change.kind == "contradicted":
        return f"{change.kind}: {name}: {change.what}"
    if change.what == "statements":
        more = "statement gone" if change.kind == "retracted" else "statement more that changes no date"
        count = len(change.evidence)
        return f"{change.kind}: {name}: {count} {more.replace('statement', 'statements') if count > 1 else more}"
    what = "" if change.what == "milestone" else f" {change.what}"
    if was and now:
        return f"{change.kind}: {name}{what}: {now}, was {was}"
    return f"{change.kind}: {name}{what}: {now}" if now else f"{change.kind}: {name}{what}: no longer {was or 'known'}"


def show(found: list[Known], *, brief: bool) -> None:
    """Changes a programme at a time, each with the sentences that brought it."""
    for programme, group in groupby(found, key=lambda known: known.change.programme):
        heading(programme)
        for known in group:
            say(f"  {told(known)}", hang=2)
            for entry in () if brief else known.entries[:SHOWN]:
                said = entry.said_on or "no day"
                say(f"      {said}, {who(entry)}: {entry.statement.quote}", hang=2)
            if len(known.entries) > SHOWN and not brief:
                say(f"      and {len(known.entries) - SHOWN} more: see `slipcast explain`")


def run(
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Changes from the end of this day on.")],
    programme: Name = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    learnt: Annotated[
        bool, typer.Option("--learnt", help="By when the ledger learnt it, not by when it was said.")
    ] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Without the sentences.")] = False,
    watchlist: WatchlistFile = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what became known since a day: new, moved, contradicted, retracted, with the sentences that brought it."""
    start, day, listed = day_of(since, "--since"), day_of(as_of), watched(watchlist)
    with open_ledger(ledger_url(ledger)) as book:
        found = changes_since(book, start, programme, as_of=day, known_by=known_by, learnt=learnt, watchlist=listed)
    if as_json:
        print_json(as_row(known) for known in found)
        return
    show(found, brief=brief)
    if not found:
        say(f"Nothing became known between {start} and {day} that this ledger holds.")
