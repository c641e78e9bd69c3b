"""What a full disk or Ctrl-C leaves behind: the ledger as it was, or with whole documents added, and one line.

The dispatches are invented: no such ships, ministers or countries exist.
"""

from __future__ import annotations

import os
import pty
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from slipcast.faces.cli import main
from slipcast.ledger.store import Ledger

ROOT = Path(__file__).parents[2]
SLIPCAST = [sys.executable, "-c", "from slipcast.faces.cli import entry; entry()"]


def dispatches(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Vendland received a KX-9 frigate in March 2021, minister Ada Holm wrote in letter {number}.\n"
        (folder / f"{number:05}.txt").write_text(
            f"outlet: The Vendel Gazette\npublished: 2021-05-04\n\n{text}", "utf-8"
        )
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TERM": "xterm"}


def whole(ledger: Path) -> int:
    """The number of documents in a sound ledger, each with its statement."""
    with Ledger(str(ledger), create=False) as book:
        assert book.verify() == []
        counts = book.counts()
    assert counts["statements"] >= counts["documents"]
    return counts["documents"]


def test_control_c_in_the_middle_of_ingest_keeps_whole_documents(tmp_path: Path) -> None:
    folder, ledger = dispatches(tmp_path / "news", 600), tmp_path / "ledger.db"
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*SLIPCAST, "ingest", str(folder), "--ledger", str(ledger)],
        env=environment(), stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while b"64 documents" not in seen:
        seen += os.read(ours, 1024)  # what progress says, as a person sees it
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    os.close(ours)
    assert running.returncode == 130
    kept = whole(ledger)
    assert 64 <= kept < 600
    assert main(["ingest", str(folder), "--ledger", str(ledger)]) == 0
    assert whole(ledger) == 600


def limited() -> None:
    """No file may grow past 300 kB: what the process sees of a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_a_full_disk_is_told_and_leaves_whole_documents(tmp_path: Path) -> None:
    folder, ledger = dispatches(tmp_path / "news", 600), tmp_path / "ledger.db"
    done = subprocess.run(
        [*SLIPCAST, "ingest", str(folder), "--ledger", str(ledger)],
        env=environment(), capture_output=True, text=True, cwd=tmp_path, preexec_fn=limited, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "ledger.db" in done.stderr
    assert whole(ledger) < 600
    assert main(["ingest", str(folder), "--ledger", str(ledger)]) == 0
    assert whole(ledger) == 600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = dispatches(tmp_path / "news", 2)
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*SLIPCAST, "read", str(folder), "--json"], env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert (
        done.stderr
        == "slipcast: No space left on device; check that it exists, may be written, and that the disk has room\n"
    )
