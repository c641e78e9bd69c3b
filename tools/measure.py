"""Measure the reader, the date grammar and the forecaster on the shared data with the shared scorers.

Used by benchmarks/scores.py, which prints, and tools/floors.py, which holds floors. Needs ../shared beside the checkout.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PANELS = ("sar", "adb", "worldbank")
SLIPCAST = [sys.executable, "-c", "from slipcast.faces.cli import entry; entry()"]

#: what each section is measured on; a change of these files needs new floors
CORPUS = {
    "reading": ["data/reading/documents.jsonl", "data/reading/gold.jsonl", "data/reading/split.json", "tools/score_statements.py"],
    "dates": ["data/dates/meantime.jsonl", "tools/score_dates.py"],
    "forecast": [*(f"data/promises/{name}_half.csv" for name in PANELS), "tools/score_predictions.py"],
}  # fmt: skip


def fingerprint(section: str) -> str:
    """SHA-256 over the section's files, 16 digits."""
    total = hashlib.sha256()
    for name in CORPUS[section]:
        total.update(hashlib.sha256((SHARED / name).read_bytes()).digest())
    return total.hexdigest()[:16]


def slipcast(*arguments: object, out: Path) -> Path:
    """Run a command with its output in a file; returns the file."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with out.open("w", encoding="utf-8") as sink:
        subprocess.run([*SLIPCAST, *map(str, arguments)], check=True, cwd=ROOT, stdout=sink, env=environment)
    return out


def scored(tool: str, *arguments: object) -> dict[str, Any]:
    """What a shared scorer says."""
    command = [sys.executable, str(SHARED / "tools" / tool), *map(str, arguments), "--json"]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def records(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def reading(folder: Path) -> Iterator[tuple[str, float]]:
    """F1 of every slot on both parts, the statements on silent documents (negative: fewer is better), the seed article."""
    data = SHARED / "data/reading"
    documents, gold = data / "documents.jsonl", data / "gold.jsonl"
    found = slipcast("read", documents, "--json", out=folder / "read.jsonl")
    for part in ("tune", "score"):
        told = scored("score_statements.py", gold, found, "--documents", documents, "--part", part)
        yield from ((f"{part}.{name}", value["f1"]) for name, value in told.items())
    spoken = {line["doc"] for line in records(gold)}
    yield "silent.statements", -sum(line["doc"] not in spoken for line in records(found))
    lines = [_write(folder / path.name, [s for s in records(path) if s["doc"] == "seed"]) for path in (gold, found)]
    told = scored("score_statements.py", *lines, "--documents", documents)
    yield from ((f"seed.{name}", told[name]["f1"]) for name in ("detect", "core"))


def dates(folder: Path) -> Iterator[tuple[str, float]]:
    """F1 of finding and of value, on the documents tuned on and on those only scored."""
    everything = records(SHARED / "data/dates/meantime.jsonl")
    for part, starts in (("tune", ("mt-apple", "mt-gm")), ("score", ("mt-stock",))):
        gold = _write(folder / f"{part}.jsonl", [line for line in everything if line["doc"].startswith(starts)])
        told = scored("score_dates.py", gold, slipcast("dates", gold, "--json", out=folder / "dates.jsonl"))
        yield from ((f"{part}.{name}", told[name]["f1"]) for name in ("found", "value"))


def forecast(folder: Path) -> Iterator[tuple[str, float]]:
    """Skill and calibration by panel: shipped fit, ten folds by item, the class left out.

    off80: how far the coverage of the central 80 % is off, negative; _p: the scorer's tests, calibrated from 0.05 on.
    """
    data = SHARED / "data/promises"
    panels = {name: data / f"{name}_half.csv" for name in PANELS}
    for name, panel in panels.items():
        fit = folder / f"without-{name}"
        slipcast("calibrate", *panels.values(), "--without", name, "--out", fit, out=folder / "calibrate.txt")
        for how, arguments in (("shipped", ()), ("folds", ("--folds", "10")), ("across", ("--fitted", fit))):
            told = scored(
                "score_predictions.py", panel, slipcast("predict", panel, "--json", *arguments, out=folder / "p.jsonl")
            )
            ours = told["slipcast"]
            yield f"{name}.{how}.crps_months", -ours["crps_months"]
            yield f"{name}.{how}.off80", -abs(ours["coverage80"] - 0.8)
            for figure in ("skill", "coverage_p", "d_calibration_p"):
                yield f"{name}.{how}.{figure}", ours[figure]


SECTIONS = {"reading": reading, "dates": dates, "forecast": forecast}


def measure(section: str) -> dict[str, float]:
    """Every figure of a section; larger is better in all of them."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: round(float(value), 4) for name, value in SECTIONS[section](Path(folder))}
