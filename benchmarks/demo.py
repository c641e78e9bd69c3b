"""Seconds and peak memory of the worked case, run twice: the first fills the ledger, the second finds all of it known.

usage: python benchmarks/demo.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(out: str) -> tuple[float, float]:
    """Seconds, and the largest resident memory of any run so far in MB."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from slipcast.faces.cli import entry; entry()", "demo", "examples/s400", "--out", out],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as out:
        for name in ("first run", "second run"):
            seconds, memory = run(out)
            print(f"{name:12} {seconds:6.1f} s   {memory:6.0f} MB at most")


if __name__ == "__main__":
    main()
