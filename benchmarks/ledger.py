"""Speed and growth of the ledger: appending, a programme's page as of a day, bytes; beside a plain table without as-of.

The ledgers are generated: invented documents of eight statements on two programmes (in ../shared/data/reading, tune, a
document has nine statements under two names), a hundred statements a programme, so that a page is as long in a small ledger
as in a large one. The plain table holds the same statements and texts in SQLite with the same
durability and one index on the programme, and no ids, hashes, clocks, chain or triggers. Both take the same batches in
turn. Making the documents is not timed; making ids, rows and hashes is.

usage: python benchmarks/ledger.py 10000 100000 1000000
       python benchmarks/ledger.py 100000 --url postgresql://slipcast@/empty_database      (no plain table beside it)
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

from slipcast.domain import Decision, Document, Statement
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger

A_DOCUMENT, A_PROGRAMME, A_BATCH, PAGES = 8, 100, 4000, 400
PROGRAMMES_OF_A_DOCUMENT = 2
START = date(2005, 1, 1)
FIELDS = tuple(f.name for f in fields(Statement))
Pair = tuple[Document, list[Statement]]
Page = Callable[[str, date], object]


def batches(statements: int, seed: int = 1) -> Iterator[list[Pair]]:
    """Invented documents, A_BATCH at a time; the same ones for the same size and seed."""
    rng = random.Random(seed)
    programmes = max(1, statements // A_PROGRAMME)
    batch: list[Pair] = []
    for number in range(statements // A_DOCUMENT):
        about = [f"System {rng.randrange(programmes)}" for _ in range(PROGRAMMES_OF_A_DOCUMENT)]
        quotes = [
            f"Delivery of batch {rng.randrange(99)} of this system, first promised for {2005 + rng.randrange(30)}, slips "
            f"because the gear boxes are late, the head of the yard's office {number} said."
            for _ in range(A_DOCUMENT)
        ]
        text, published = "\n".join(quotes), (START + timedelta(days=rng.randrange(7000))).isoformat()
        document = Document(document_id(text, "Gazette", None, published), text, outlet="Gazette", published=published)
        said, at = [], 0
        for quote in quotes:
            said.append(
                Statement(
                    document.id,
                    (at, at + len(quote)),
                    quote,
                    "delivery",
                    "delayed",
                    rng.choice(about),
                    supplier=("Borealis",),
                    recipient=("Harbour",),
                    tranche="second",
                    date=str(2005 + rng.randrange(30)),
                    previous_date=str(2005 + rng.randrange(30)),
                    speaker="Ada Example",
                    speaker_role="head of the yard's office",
                    cause="the gear boxes are late",
                    stated_on=published,
                    reader="encoder 0.1",
                )
            )
            at += len(quote) + 1
        batch.append((document, said))
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class Plain:
    """What one would write without a ledger: two tables, an index, commits of the same size."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE documents (id TEXT PRIMARY KEY, outlet TEXT, published TEXT, text TEXT);"
            f"CREATE TABLE statements ({', '.join(FIELDS)});"
            "CREATE INDEX by_programme ON statements (programme)"
        )

    def record_many(self, pairs: list[Pair]) -> None:
        run = self._connection.executemany
        self._connection.execute("BEGIN IMMEDIATE")
        run("INSERT INTO documents VALUES (?, ?, ?, ?)", [(d.id, d.outlet, d.published, d.text) for d, _ in pairs])
        rows = [[_plain(getattr(statement, key)) for key in FIELDS] for _, said in pairs for statement in said]
        run(f"INSERT INTO statements VALUES ({', '.join('?' * len(FIELDS))})", rows)
        self._connection.execute("COMMIT")

    def page(self, programme: str, _: date) -> list[Statement]:
        query = "SELECT s.*, d.* FROM statements s JOIN documents d ON d.id = s.doc WHERE programme = ?"
        found = []
        for row in self._connection.execute(query, (programme,)):
            values = dict(zip(FIELDS, row, strict=False))
            values.update({key: tuple(json.loads(values[key])) for key in ("span", "supplier", "recipient", "via")})
            found.append(Statement(**values))
        return found

    def close(self) -> None:
        self._connection.close()


def _plain(value: object) -> object:
    return json.dumps(value) if isinstance(value, tuple) else value


class Clock:
    """Time spent in calls: by the wall, and by this process alone, for a machine that others use at the same time."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def call(self, run: Callable[..., object], *given: object) -> float:
        """Call it. Returns its seconds by the wall."""
        wall, cpu = time.perf_counter(), time.process_time()
        run(*given)
        spent = time.perf_counter() - wall
        self.wall += spent
        self.cpu += time.process_time() - cpu
        return spent


def append(stores: list[Callable[[list[Pair]], object]], statements: int) -> list[Clock]:
    """Time of recording the same batches in each store, in turn."""
    clocks = [Clock() for _ in stores]
    for batch in batches(statements):
        for clock, record in zip(clocks, stores, strict=True):
            clock.call(record, batch)
    return clocks


def pages(stores: list[Page], statements: int) -> list[tuple[float, float]]:
    """Milliseconds of a programme's page: median and 99th percentile of PAGES programmes and days drawn by chance."""
    rng = random.Random(2)
    spent: list[list[float]] = [[] for _ in stores]
    for _ in range(PAGES):
        programme = f"System {rng.randrange(max(1, statements // A_PROGRAMME))}"
        day = START + timedelta(days=rng.randrange(3500, 7000))
        for times, page in zip(spent, stores, strict=True):
            times.append(Clock().call(page, programme, day) * 1000)
    return [(sorted(times)[PAGES // 2], sorted(times)[int(PAGES * 0.99)]) for times in spent]


def rule(ledger: Ledger, statements: int) -> None:
    """A thousand rulings, or one in a hundred statements: rejections and corrected dates."""
    rng = random.Random(3)
    first = next(batches(statements))
    for document, said in first[: min(500, statements // 200)]:
        ledger.decide(Decision("statement", (rng.choice(said).id,), "reject", "Ada", "misread"))
        ledger.decide(Decision("document", (document.id,), "correct", "Ada", "redated", '{"published": "2006-01-01"}'))


def check(ledger: Ledger) -> None:
    """Raises AssertionError where something does not hold."""
    assert ledger.verify() == []


def measure(statements: int, url: str | None, verify: bool, folder: Path) -> Iterator[str]:
    """Rows of the table: the ledger, and where that is SQLite the plain table, and their ratios."""
    plain = None if url else Plain(folder / "plain.db")
    with Ledger(url or str(folder / "ledger.db")) as ledger:
        records = [ledger.record_many, *([plain.record_many] if plain else [])]
        clocks = append(records, statements)
        rule(ledger, statements)
        looks = [lambda name, day: ledger.as_of(day, programmes=[name]), *([plain.page] if plain else [])]
        times = pages(looks, statements)
        checked = f"{Clock().call(check, ledger):.0f}" if verify else "-"
    sizes = [0.0]
    if plain:
        plain.close()
        sizes = [(folder / name).stat().st_size / statements for name in ("ledger.db", "plain.db")]
    rows = [
        (statements / clock.wall, statements / clock.cpu, *page, size)
        for clock, page, size in zip(clocks, times, sizes, strict=True)
    ]
    for name, row, seconds in zip(("ledger", "plain table"), rows, (checked, "-"), strict=False):
        wall, cpu, median, slow, size = row
        shown = "PostgreSQL" if url else name
        yield f"| {statements:,} | {shown} | {wall:,.0f} | {cpu:,.0f} | {median:.1f} | {slow:.1f} | {size:.0f} | {seconds} |"
    if plain:
        ratios = " | ".join(f"{one / other:.2f}" for one, other in zip(*rows, strict=True))
        yield f"| {statements:,} | ledger / plain | {ratios} | - |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000], help="statements in a ledger")
    parser.add_argument("--url", help="an empty PostgreSQL database to measure instead of SQLite")
    parser.add_argument("--no-verify", action="store_true", help="leave out the check of the whole ledger")
    given = parser.parse_args()
    gc.freeze()
    print(
        "| statements | store | appended a second | by its processor time | page p50, ms | page p99, ms "
        "| bytes a statement | verify, s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for row in measure(size, given.url, not given.no_verify, Path(folder)):
                print(row, flush=True)
    print(f"load of the machine in the last 15 minutes: {os.getloadavg()[2]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
