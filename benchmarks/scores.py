"""Scores on the shared data, by the shared scorers: reader, date grammar, forecaster.

usage: python benchmarks/scores.py [reading|dates|forecast ...]      needs ../shared beside the checkout
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import measure


def table(figures: dict[str, float]) -> str:
    """Figures named PART.NAME as a table: a row a name, a column a part."""
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    for figure, value in figures.items():
        part, _, name = figure.rpartition(".") if figure.count(".") > 1 else figure.partition(".")
        rows[name][part] = abs(value)
    parts = list(dict.fromkeys(part for row in rows.values() for part in row))
    lines = [f"| | {' | '.join(parts)} |", "|---" * (len(parts) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(str(row.get(part, '')) for part in parts)} |" for name, row in rows.items()]
    return "\n".join(lines)


def main() -> int:
    if not measure.SHARED.is_dir():
        print("needs ../shared beside the checkout")
        return 2
    for section in sys.argv[1:] or list(measure.SECTIONS):
        print(f"\n### {section}\n\n{table(measure.measure(section))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
