"""Train the weights of slipcast.reading.weigh from annotated documents, and cross-validate them by document.

usage: python benchmarks/train_weigh.py CORPUS... [--write]

A corpus is a folder with split.json (only its `tune` part is read: ../shared/data/reading), or the beginning of the names
of two files, X_documents.jsonl and X_gold.jsonl (tests/reading/corpus/a). The scorer is the shared one, so a shared folder
must be among them, first. Prints F1 without weights, and with weights learnt on the other documents (5 folds by document),
over all and for each corpus. --write stores the weights learnt on all of them.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from slipcast.domain import Document, Statement
from slipcast.reading import weigh
from slipcast.reading.rules import RuleReader

FOLDS = 5
RIDGE = 5.0
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
    return 1 / (1 + math.exp(-(table[""] + sum(table.get(name, 0.0) for name in row))))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotated documents. gold: one record a statement, its `doc` a document's id."""

    documents: list[Document]
    gold: list[dict[str, Any]]


def read_corpus(path: Path) -> Corpus:
    """A corpus from a folder (its `tune` part) or from the beginning of the names of its two files."""
    folder = path.is_dir()
    texts = path / "documents.jsonl" if folder else path.with_name(path.name + "_documents.jsonl")
    truth = path / "gold.jsonl" if folder else path.with_name(path.name + "_gold.jsonl")
    records = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
    wanted = set(json.loads((path / "split.json").read_text())["tune"]) if folder else {r["doc"] for r in records}
    keys = ("text", "url", "outlet", "title", "published")
    documents = [Document(id=r["doc"], **{k: r.get(k) for k in keys}) for r in records if r["doc"] in wanted]
    gold = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    return Corpus(documents, [g for g in gold if g["doc"] in wanted])


def main() -> None:
    paths = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    score = scorer(paths[0])
    corpora = {path.name: read_corpus(path) for path in paths}
    gold = [g for corpus in corpora.values() for g in corpus.gold]
    documents = [d for corpus in corpora.values() for d in corpus.documents]
    weigh.weights.cache_clear()
    candidates: list[tuple[Statement, list[str]]] = []
    found: list[Statement] = [s for _, out in RuleReader(candidates).read_many(documents) for s in out]
    ids = {id(s) for s, _ in candidates}
    fixed = [s.to_json() for s in found if id(s) not in ids]
    rows = [row for _, row in candidates]
    records_of: list[dict[str, Any]] = [s.to_json() for s, _ in candidates]
    _, pairs, _ = score.score(gold, fixed + records_of)
    matched = {j - len(fixed) for _, j in pairs}
    labels = np.array([float(k in matched) for k in range(len(rows))])
    fold_of = {d.id: k % FOLDS for k, d in enumerate(sorted(documents, key=lambda d: d.id))}
    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        inside = [k for k, r in enumerate(records_of) if fold_of[r["doc"]] != fold]
        table = fit([rows[k] for k in inside], labels[inside])
        for k, r in enumerate(records_of):
            if fold_of[r["doc"]] == fold:
                held[k] = probability(table, rows[k])
    print(f"candidates {len(rows)}, matched {int(labels.sum())}")
    for floor in (0.0, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        kept = fixed + [r for r, p in zip(records_of, held, strict=True) if p >= floor]
        figures = []
        for name, corpus in [("all", Corpus(documents, gold)), *corpora.items()]:
            inside_of = {d.id for d in corpus.documents}
            out, _, _ = score.score(corpus.gold, [r for r in kept if r["doc"] in inside_of])
            figures.append(f"{name}: detect {out['detect']['f1']:.3f} core {out['core']['f1']:.3f}")
        print(f"floor {floor:.2f}, {len(kept)} kept; " + "; ".join(figures))
    if "--write" in sys.argv:
        table = fit(rows, labels)
        lines = [f"{name}\t{value:.4f}" for name, value in table.items() if abs(value) >= 0.01]
        command = "python benchmarks/train_weigh.py ../shared/data/reading tests/reading/corpus/a --write"
        head = f"# Weights of slipcast.reading.weigh: feature, weight. Made by: {command}\n"
        WEIGHTS.write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
