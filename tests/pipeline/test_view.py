"""A programme asked for by name is the one that assembling everything gives, though only its documents are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from slipcast.domain import Decision, Document, Programme, Statement
from slipcast.errors import NameUnclear
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger
from slipcast.pipeline.ingest import ingest
from slipcast.pipeline.view import programmes_at, views
from slipcast.pipeline.whole import Whole
from slipcast.programme.identity import find, full_names
from slipcast.programme.watchlist import Watched

DAY = date(2030, 1, 1)
FACTS = Path(__file__).parents[3] / "shared" / "facts"


def invented(text: str, *said: tuple[str, str | None], recipient: str = "Chile") -> tuple[Document, list[Statement]]:
    """A document of sentences; said: (programme, tranche) of a delivery promise in each sentence."""
    document = Document(
        document_id(text, "Courier", None, "2024-05-01"), text, outlet="Courier", published="2024-05-01"
    )
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "|")]
    statements = []
    for start, (programme, tranche) in zip(starts, said, strict=True):
        quote = text[start:].partition("|")[0]
        who = (recipient,) if recipient else ()
        statements.append(
            Statement(
                document.id, (start, start + len(quote)), quote, "delivery", "planned", programme, ("Poland",), who,
                tranche=tranche, date=str(2030 + len(statements)), reader="test",
            )
        )  # fmt: skip
    return document, statements


@pytest.fixture
def ledger(tmp_path):
    with Ledger(str(tmp_path / "a.db")) as book:
        book.record_many(
            [
                invented("The invented HX-9 comes|and the jet, too", ("HX-9 Kestrel", "first"), ("the jet", None)),
                invented("The HX-9 for Peru", ("the HX-9", "next batch"), recipient="Peru"),
                invented("The Falke comes|the deal holds", ("Falke", "batch 2"), ("the deal", None)),
                invented("The Falke and the HX-9|are both late", ("Falke II", None), ("HX-9B", None), recipient=""),
                invented("The S-400 Triumf comes to Ankara", ("s400", "second"), recipient="Ankara"),
                invented("The Tejas Mk1A|the Tejas is late", ("Tejas Mk1A", None), ("Tejas", None), recipient="India"),
                invented("The Tejas elsewhere", ("Tejas", "first"), recipient="India"),
                invented("The SAMP/T comes", ("SAMP/T", "first battery"), recipient="Turkey"),
            ]
        )
        yield book


def answer(ask: Callable[[], list[tuple[Programme, str | None]]]) -> object:
    """What is found, with the statements in their order, or the error's line."""
    try:
        return [(programme, tranche, list(programme.entries)) for programme, tranche in ask()]
    except NameUnclear as error:
        return str(error)


def same_as_whole(ledger: Ledger, names: list[str], watchlist: tuple[Watched, ...] = ()) -> None:
    every = programmes_at(ledger, DAY, None, watchlist)
    for name in names:
        shown = answer(lambda name=name: [(v.programme, v.tranche) for v in views(ledger, name, DAY, None, watchlist)])
        assert shown == answer(lambda name=name: find(every, name)), name


WORDS = ["HX-9", "hx-9/peru", "the HX-9", "the jet", "the deal", "Falke", "Falke II/Chile", "S-400/turkey/batch 2", "s400",
         "Tejas", "Tejas Mk 1A", "SAMP/T", "samp/t/Turkey", "nothing such", "", "/", "HX-9//second", "Kestrel"]  # fmt: skip


def test_a_name_gives_what_assembling_everything_gives(ledger):
    same_as_whole(ledger, [*full_names(programmes_at(ledger, DAY)), *WORDS])


def test_so_it_does_after_a_person_has_joined_split_and_moved(ledger):
    entries = {entry.statement.programme: entry.statement.id for entry in ledger.as_of(DAY)}
    rulings = [
        ("same", "Kestrel", "Falke"),
        ("same", "HX-9/Chile", "Falke II"),
        ("same", entries["the HX-9"], "S-400/Turkey/third"),
        ("same", "Tejas Mk 1A/India", "Tejas/India"),
        ("different", entries["SAMP/T"], "SAMP-T/Turkey"),
        ("same", "f" * 32, "HX-9/Chile"),
    ]
    for verdict, *subjects in rulings:
        assert ledger.decide(Decision("identity", tuple(subjects), verdict, "Ada", "because the test says so"))
        same_as_whole(ledger, [*full_names(programmes_at(ledger, DAY)), *WORDS])


def test_so_it_does_with_a_watchlist(ledger):
    watchlist = (
        Watched("Andean Kestrel", "Chile", aliases=("HX-9", "Falke II")),
        Watched("S-400", tranches={"b": ("second",)}),
    )
    same_as_whole(ledger, [*full_names(programmes_at(ledger, DAY, None, watchlist)), *WORDS], watchlist)


def test_so_it_does_for_the_shared_registers(tmp_path):
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    with Ledger(str(tmp_path / "a.db")) as book:
        ingest([one for one in sorted(FACTS.glob("*.csv")) if one.stem not in ("outcomes", "lead_times")], book)
        same_as_whole(book, full_names(programmes_at(book, DAY)))


def test_what_all_programmes_tell_is_made_once_and_only_where_it_is_asked_for():
    made = []

    def assemble():
        made.append(1)
        return []

    whole = Whole(assemble)
    assert made == []
    assert (whole.orders, whole.records.speakers, whole.programmes) == ((), {}, [])
    assert made == [1]
