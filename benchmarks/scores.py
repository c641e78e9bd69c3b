"""The reader's, the date grammar's and the forecaster's scores on the shared data, by the shared scorers.

usage: python benchmarks/scores.py [reading|dates|promises ...]      needs ../shared beside the checkout
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SLIPCAST = [sys.executable, "-c", "from slipcast.faces.cli import entry; entry()"]


def slipcast(*arguments: object, out: Path) -> Path:
    """Run a command with its output in a file; returns the file."""
    with out.open("w", encoding="utf-8") as sink:
        subprocess.run([*SLIPCAST, *map(str, arguments)], check=True, cwd=ROOT, stdout=sink)
    return out


def scored(tool: str, *arguments: object) -> dict[str, Any]:
    """What a shared scorer says, as JSON."""
    command = [sys.executable, str(SHARED / "tools" / tool), *map(str, arguments), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def reading(folder: Path) -> None:
    data = SHARED / "data/reading"
    found = slipcast("read", data / "documents.jsonl", "--json", out=folder / "read.jsonl")
    table = {part: scored("score_statements.py", data / "gold.jsonl", found, "--documents", data / "documents.jsonl", "--part", part) for part in ("tune", "score")}  # fmt: skip
    print("\n| reading, F1 | tune | score |\n|---|---|---|")
    for name in table["tune"]:
        print(f"| {name} | {table['tune'][name]['f1']:.3f} | {table['score'][name]['f1']:.3f} |")
    lines = [json.loads(line) for line in (data / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    spoken = {line["doc"] for line in lines}
    silent = [s for s in map(json.loads, found.read_text(encoding="utf-8").splitlines()) if s["doc"] not in spoken]
    print(f"\nstatements on all documents without any: {len(silent)}")
    (folder / "gold.jsonl").write_text("\n".join(json.dumps(s) for s in lines if s["doc"] == "seed"), encoding="utf-8")
    seed = [s for s in map(json.loads, found.read_text(encoding="utf-8").splitlines()) if s["doc"] == "seed"]
    (folder / "seed.jsonl").write_text("\n".join(map(json.dumps, seed)), encoding="utf-8")
    told = scored("score_statements.py", folder / "gold.jsonl", folder / "seed.jsonl", "--documents", data / "documents.jsonl")
    print(f"seed article: detect {told['detect']['f1']:.3f}, core {told['core']['f1']:.3f}")


def dates(folder: Path) -> None:
    lines = (SHARED / "data/dates/meantime.jsonl").read_text(encoding="utf-8").splitlines()
    print("\n| dates, F1 | found | value |\n|---|---|---|")
    for name, starts in (("mt-apple, mt-gm (tuned on)", ("mt-apple", "mt-gm")), ("mt-stock (only scored)", ("mt-stock",))):
        part = folder / f"{starts[0]}.jsonl"
        part.write_text("\n".join(line for line in lines if json.loads(line)["doc"].startswith(starts)), encoding="utf-8")
        told = scored("score_dates.py", part, slipcast("dates", part, "--json", out=folder / "dates.jsonl"))
        print(f"| {name} | {told['found']['f1']:.3f} | {told['value']['f1']:.3f} |")


def promises(folder: Path) -> None:
    data = SHARED / "data/promises"
    names = ("sar", "adb", "worldbank")
    print("\n| promises | CRPS, months | official | skill | coverage of 80 % | coverage_p | d_calibration_p |\n|---|---|---|---|---|---|---|")
    for name in names:
        panel = data / f"{name}_half.csv"
        fit = folder / f"without-{name}"
        others = [data / f"{other}_half.csv" for other in names if other != name]
        slipcast("calibrate", *others, "--without", name, "--out", fit, out=folder / "calibrate.txt")
        for how, arguments in (("shipped fit", ()), ("10 folds", ("--folds", "10")), ("class left out", ("--fitted", fit))):
            told = scored("score_predictions.py", panel, slipcast("predict", panel, "--json", *arguments, out=folder / "p.jsonl"))
            ours, official = told["slipcast"], told["official"]
            print(f"| {name}, {how} | {ours['crps_months']} | {official['crps_months']} | {ours['skill']} | {ours.get('coverage80')} | {ours.get('coverage_p')} | {ours.get('d_calibration_p')} |")  # fmt: skip


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared beside the checkout")
        return 2
    wanted = sys.argv[1:] or ["reading", "dates", "promises"]
    with tempfile.TemporaryDirectory() as folder:
        for name, work in (("reading", reading), ("dates", dates), ("promises", promises)):
            if name in wanted:
                work(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
