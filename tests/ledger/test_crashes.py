"""Killed, interrupted, out of space, read-only, many writers: whole documents or none, nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from slipcast.domain import Decision
from slipcast.errors import LedgerError
from slipcast.ledger.store import Ledger, Tally

INGEST = Path(__file__).with_name("ingest.py")
LATE = date(2100, 1, 1)


def start(url: str, documents: int, *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", *sys.path])}
    command = [sys.executable, str(INGEST), url, str(documents), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def ingest(url: str, documents: int, *more: str) -> tuple[int, str]:
    process = start(url, documents, *more)
    _, errors = process.communicate(timeout=600)
    return process.returncode, errors


def stop_after(url: str, documents: int, lines: int, sign: signal.Signals) -> int:
    """Start an ingest and send it a signal once it has said `lines` lines."""
    process = start(url, documents)
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    process.send_signal(sign)
    process.communicate(timeout=600)
    return process.returncode


def content(url: str) -> tuple[set[str], set[str], list[str]]:
    """Ids of documents and statements, and decisions; every document whole, everything verified."""
    with Ledger(url) as ledger:
        assert ledger.verify() == []
        entries = ledger.as_of(LATE)
        documents = ledger.documents()
        assert Counter(e.document.id for e in entries) == {d.id: len(d.text.split("\n")) for d in documents}
        return {d.id for d in documents}, {e.statement.id for e in entries}, [d.id for d in ledger.decisions()]


def kill_again_and_again(url: str, undisturbed: str, documents: int, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    sizes = [0]
    for _ in range(kills):
        # Past what is there already, ever further: some kills hit an empty ledger, some a full one.
        reach = min(documents, max(sizes) + documents // max(2, kills // 3))
        stop_after(url, documents, rng.randrange(1, reach), signal.SIGKILL)
        sizes.append(len(content(url)[0]))
    assert sizes == sorted(sizes), "a document was lost"
    assert ingest(url, documents) == (0, "")
    assert ingest(undisturbed, documents) == (0, "")
    assert content(url) == content(undisturbed)
    assert len(content(url)[0]) == documents


def test_killed_at_random_moments(new_url):
    url = new_url()
    kills = 8 if url.startswith("sqlite") else 4  # a server outlives its clients, an embedded database must not mind
    kill_again_and_again(url, new_url(), documents=1200, kills=kills, seed=20191112)


@pytest.mark.slow
def test_killed_fifty_times_in_ten_thousand_documents(tmp_path):
    first, second = (f"sqlite:///{tmp_path}/{name}.db" for name in "ab")
    kill_again_and_again(first, second, documents=10_000, kills=50, seed=20191112)


@pytest.mark.parametrize("lines", [1, 2300, 4640])
def test_interrupt_keeps_what_came_before_it(tmp_path, lines):
    url = f"sqlite:///{tmp_path}/a.db"
    assert stop_after(url, 100_000, lines, signal.SIGINT) == 130
    documents, _, _ = content(url)
    assert len(documents) >= lines - 2000  # at most the batch that was being written is undone


@pytest.mark.parametrize("limit", [60_000, 400_000])
def test_full_disk_leaves_whole_documents(tmp_path, limit):
    url = f"sqlite:///{tmp_path}/a.db"
    Ledger(url).close()
    status, errors = ingest(url, 5000, "--limit", str(limit))
    assert status == 2, errors
    assert errors.count("\n") == 1
    assert "disk" in errors
    before, _, _ = content(url)
    documents = len(before) + 200
    assert ingest(url, documents) == (0, "")
    after, _, _ = content(url)
    assert before < after
    assert len(after) == documents


def test_read_only_ledger_is_read_but_not_written(tmp_path, pair):
    path = tmp_path / "a.db"
    with Ledger(str(path)) as ledger:
        ledger.record(*pair(1))
    with Ledger(f"sqlite:///file:{path}?mode=ro&uri=true") as ledger:
        assert len(ledger.as_of(LATE)) == 3
        assert ledger.verify() == []
        with pytest.raises(LedgerError, match="is read-only"):
            ledger.record(*pair(2))
        with pytest.raises(LedgerError, match="is read-only"):
            ledger.decide(Decision("identity", ("a", "b"), "same", "Ada", "one system"))


def _read_and_try_to_write(path: Path, make: object, results: multiprocessing.Queue[tuple[int, str]]) -> None:
    if os.geteuid() == 0:
        os.setuid(pwd.getpwnam("nobody").pw_uid)  # root may write everything
    with Ledger(str(path)) as ledger:
        found = len(ledger.as_of(LATE))
        try:
            ledger.record(*make(2))  # type: ignore[operator]
        except LedgerError as error:
            results.put((found, error.what))


def test_file_without_the_right_to_write_is_opened_for_reading(pair):
    folder = Path(tempfile.mkdtemp(prefix="slipcast-"))
    path = folder / "a.db"
    try:
        with Ledger(str(path)) as ledger:
            ledger.record(*pair(1))
        path.chmod(0o444)
        folder.chmod(0o555)
        context = multiprocessing.get_context("fork")
        results: multiprocessing.Queue[tuple[int, str]] = context.Queue()
        reader = context.Process(target=_read_and_try_to_write, args=(path, pair, results))
        reader.start()
        reader.join(timeout=60)
        assert reader.exitcode == 0
        assert results.get(timeout=1) == (3, "is read-only")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _try_to_open(path: Path, results: multiprocessing.Queue[str]) -> None:
    if os.geteuid() == 0:
        os.setuid(pwd.getpwnam("nobody").pw_uid)  # root may write everything
    try:
        Ledger(str(path), create=False)
    except LedgerError as error:
        results.put(str(error))


def test_log_beside_a_file_that_cannot_be_written_is_not_passed_over(pair):
    folder = Path(tempfile.mkdtemp(prefix="slipcast-"))
    copy = folder / "copy"
    try:
        copy.mkdir()
        with Ledger(str(folder / "a.db")) as ledger:
            ledger.record(*pair(1))
            for name in ("a.db", "a.db-wal"):  # as a backup takes them while somebody writes
                shutil.copy(folder / name, copy / name)
                (copy / name).chmod(0o444)
        folder.chmod(0o755)
        copy.chmod(0o555)
        context = multiprocessing.get_context("fork")
        results: multiprocessing.Queue[str] = context.Queue()
        reader = context.Process(target=_try_to_open, args=(copy / "a.db", results))
        reader.start()
        reader.join(timeout=60)
        told = results.get(timeout=1)
        assert told.startswith(f"{copy}/a.db: its last entries are in a.db-wal")
        assert "copy it with a.db-wal" in told
    finally:
        copy.chmod(0o755)
        shutil.rmtree(folder)


def _write(url: str, numbers: list[int], results: multiprocessing.Queue[Tally], make: object) -> None:
    with Ledger(url) as ledger:
        tally = Tally(0, 0, 0)
        for number in numbers:
            one = ledger.record_many([make(number)])  # type: ignore[operator]
            tally = Tally(*(a + b for a, b in zip(tally, one, strict=True)))
        results.put(tally)


def test_several_writers_lose_nothing_and_write_nothing_twice(url, pair):
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[Tally] = context.Queue()
    rng = random.Random(7)
    shares = [rng.sample(range(60), 40) for _ in range(4)]  # they overlap, and all make the ledger at once
    writers = [context.Process(target=_write, args=(url, share, results, pair)) for share in shares]
    for writer in writers:
        writer.start()
    tallies = [results.get(timeout=120) for _ in writers]
    for writer in writers:
        writer.join(timeout=120)
        assert writer.exitcode == 0
    distinct = set().union(*shares)
    assert sum(tally.documents for tally in tallies) == len(distinct)
    assert sum(tally.statements for tally in tallies) == 3 * len(distinct)
    with Ledger(url) as ledger:
        assert ledger.verify() == []
        assert {d.id for d in ledger.documents()} == {pair(number)[0].id for number in distinct}
        recorded = [entry.recorded_at for entry in ledger.as_of(LATE)]
        assert len(set(recorded)) == len(distinct)  # every document has a moment of its own


def test_reader_sees_one_state_while_another_writes(tmp_path, pair):
    path = tmp_path / "a.db"
    with Ledger(str(path)) as ledger:
        ledger.record(*pair(1))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM statements").fetchone() == (3,)
        ledger.record(*pair(2))
        assert other.execute("SELECT count(*) FROM statements").fetchone() == (3,)
        other.close()
