"""Train the weights of slipcast.reading.weigh from annotated documents, and cross-validate them by document.

usage: python benchmarks/train_weigh.py ../shared/data/reading [--write]

Only the `tune` part is read. Prints core F1 without weights, and with weights learnt on the other documents (5 folds by
document). --write stores the weights learnt on all of `tune`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from slipcast.domain import Document, Statement
from slipcast.reading import weigh
from slipcast.reading.read import Reader

FOLDS = 5
RIDGE = 2.0
WEIGHTS = Path(weigh.__file__).parent / "lexicons" / "weights.tsv"


def scorer(data: Path) -> ModuleType:
    path = data.parent.parent / "tools" / "score_statements.py"
    spec = importlib.util.spec_from_file_location("score_statements", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fit(rows: list[list[str]], labels: np.ndarray, ridge: float = RIDGE) -> dict[str, float]:
    """Logistic regression with an L2 penalty, by Newton's method; features seen fewer than three times are left out."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    names = ["", *sorted(name for name, count in counts.items() if count >= 3)]
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for i, row in enumerate(rows):
        for name in row:
            if name in at:
                x[i, at[name]] = 1
    w = np.zeros(len(names))
    penalty = np.full(len(names), ridge)
    penalty[0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - labels) + penalty * w
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    return dict(zip(names, w.tolist(), strict=True))


def probability(table: dict[str, float], row: list[str]) -> float:
    return 1 / (1 + np.exp(-(table[""] + sum(table.get(name, 0.0) for name in row))))


def main() -> None:
    data = Path(sys.argv[1])
    score = scorer(data)
    tune = json.loads((data / "split.json").read_text())["tune"]
    records = [json.loads(line) for line in (data / "documents.jsonl").read_text().splitlines()]
    gold = [g for g in map(json.loads, (data / "gold.jsonl").read_text().splitlines()) if g["doc"] in set(tune)]
    keys = ("text", "url", "outlet", "title", "published")
    documents = [Document(id=r["doc"], **{k: r.get(k) for k in keys}) for r in records if r["doc"] in set(tune)]
    weigh.weights.cache_clear()
    candidates: list[tuple[Statement, list[str]]] = []
    found: list[Statement] = [s for _, out in Reader(candidates).read_many(documents) for s in out]
    ids = {id(s) for s, _ in candidates}
    fixed = [s.to_json() for s in found if id(s) not in ids]
    rows = [row for _, row in candidates]
    records_of: list[dict[str, Any]] = [s.to_json() for s, _ in candidates]
    _, pairs, _ = score.score(gold, fixed + records_of)
    matched = {j - len(fixed) for _, j in pairs}
    labels = np.array([float(k in matched) for k in range(len(rows))])
    fold_of = {doc: k % FOLDS for k, doc in enumerate(sorted(tune))}
    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        inside = [k for k, r in enumerate(records_of) if fold_of[r["doc"]] != fold]
        table = fit([rows[k] for k in inside], labels[inside])
        for k, r in enumerate(records_of):
            if fold_of[r["doc"]] == fold:
                held[k] = probability(table, rows[k])
    print(f"candidates {len(rows)}, matched {int(labels.sum())}")
    for floor in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = [r for r, p in zip(records_of, held, strict=True) if p >= floor]
        out, _, _ = score.score(gold, fixed + kept)
        print(f"floor {floor:.2f}: detect {out['detect']['f1']:.3f} core {out['core']['f1']:.3f} ({len(kept)} kept)")
    if "--write" in sys.argv:
        table = fit(rows, labels)
        lines = [f"{name}\t{value:.4f}" for name, value in table.items() if abs(value) >= 0.01]
        WEIGHTS.write_text(
            "# Weights of slipcast.reading.weigh: feature, weight. Made by: python benchmarks/train_weigh.py ../shared/data/reading --write\n"
            + "\n".join(lines)
            + "\n"
        )


if __name__ == "__main__":
    main()
