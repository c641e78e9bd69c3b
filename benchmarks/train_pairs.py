"""Train the second look of slipcast.reading.pairs on documents that the encoder was not trained on.

usage: python benchmarks/train_pairs.py CORPUS... [--write]

Run after benchmarks/train_reader.py, on other corpora (tests/reading/corpus/m to q). Four small networks: what a date phrase
is to a claim, whether a name is what it is about, whether a number counts it, and its status and modality. Each fifth
document is kept aside and scored; --write stores the networks, trained on all, beside the heads of the encoder.
Needs torch, which the reader itself does not.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_data import Annotated, read_corpus
from torch import Tensor, nn
from torch.nn import functional

from slipcast.domain import MODALITIES, STATUSES
from slipcast.reading import pairs
from slipcast.reading.encoder import Encoded, Tag, encode, heads, tags_at
from slipcast.reading.labels import SHARE
from slipcast.reading.names import Mentions
from slipcast.reading.naming import Naming
from slipcast.reading.numerals import value_of
from slipcast.reading.phrases import DatePhrase, bounded, find_dates
from slipcast.reading.windows import windows

LEARNED = Path(pairs.__file__).parent / "learned"
HIDDEN, PASSES, SEED = 96, 30, 0
Rows = dict[str, list[tuple[int, np.ndarray, np.ndarray]]]


def words(name: str) -> set[str]:
    """Name tokens as the shared scorer compares them, numbers apart."""
    import re

    found = set()
    for word in re.findall(r"[a-z]+-?\d+[a-z]*|[a-z0-9]+", name.lower()):
        bare = word.replace("-", "")
        found |= {bare, re.sub(r"(?<=\d)[a-z]+$", "", bare)}
    return {w for w in found if w not in {"the", "a", "an", "of", "for", "and", "programme", "program", "project", "system", "aircraft"} and (len(w) > 1 or w.isdigit())}  # fmt: skip


def same_name(one: str, two: str) -> bool:
    """Whether two names share a word; where both carry numbers, a number."""
    a, b = words(one), words(two)
    na, nb = ({w for w in x if any(c.isdigit() for c in w)} for x in (a, b))
    return bool(na & nb) if na and nb else bool(a & b)


def rows_of(document: Annotated, number: int, rows: Rows) -> None:
    """Add a document's examples: (its number, features, target) for each network."""
    dates = [p for p in find_dates(document.text, document.published) if p.kind != "naming"]
    naming = Naming(document.text, document.title, Mentions(document.text, document.title))
    packed = windows(document.text, document.sentences, document.wanted, document.title, document.published)
    chance = random.Random(number)
    for read in encode(packed):
        for claim, gold in zip(document.claims, document.gold, strict=True):
            if claim.anchor is None:
                continue
            at = np.flatnonzero(pairs.inside(read.window, claim.anchor) & read.window.own)
            if not len(at):
                continue
            tag = tags_at(read, [int(at[0])], [claim.milestone])[0]
            _dates(document, number, read, tag, gold, dates, rows)
            _names(document, number, read, tag, gold, naming, rows)
            _numbers(document, number, read, tag, gold, rows)
            shown = [gold.get(k) if chance.random() > 0.25 else None for k in ("date", "previous_date")]
            features = pairs.status_features(read, tag, shown[0], shown[1], document.published)
            target = np.array([STATUSES.index(gold["status"]), MODALITIES.index(gold.get("modality") or "certain")])
            rows["status"].append((number, features[0], target))


def _dates(
    document: Annotated, number: int, read: Encoded, tag: Tag, gold: dict[str, Any], dates: list[DatePhrase], rows: Rows
) -> None:
    found = pairs.date_candidates(read, tag, dates)
    if not found:
        return
    values = [bounded(d) for d in found]
    roles = [gold.get("date"), gold.get("previous_date"), gold.get("stated_on")]
    near = {role: _nearest(found, values, value, document, gold) for role, value in enumerate(roles, 1) if value}
    features = pairs.date_features(read, tag, found, document.text, document.published)
    for k in range(len(found)):
        role = next((r for r, place in near.items() if place == k), 0)
        rows["date"].append((number, features[k], np.array([role])))


def _nearest(
    found: list[DatePhrase], values: list[str | None], value: str, document: Annotated, gold: dict[str, Any]
) -> int | None:
    """The phrase of a value in the claim's own sentence, else the last one before it."""
    low = document.text.index(gold["sentence"])
    own = [k for k, v in enumerate(values) if v == value and low <= found[k].span[0] < low + len(gold["sentence"])]
    before = [k for k, v in enumerate(values) if v == value and found[k].span[0] < low]
    return own[0] if own else before[-1] if before else None


def _names(
    document: Annotated, number: int, read: Encoded, tag: Tag, gold: dict[str, Any], naming: Naming, rows: Rows
) -> None:
    found = pairs.name_candidates(read, tag, naming, document.text)
    if not found or not gold["programme"]:
        return
    features = pairs.name_features(read, tag, found)
    for k, candidate in enumerate(found):
        rows["name"].append((number, features[k], np.array([float(same_name(candidate.name, gold["programme"]))])))


def _numbers(document: Annotated, number: int, read: Encoded, tag: Tag, gold: dict[str, Any], rows: Rows) -> None:
    if tag.anchor == SHARE:
        return
    sentence = document.sentences[int(read.window.sentence[tag.at])]
    found = [
        s
        for s in pairs.number_candidates(document.text, (sentence.start, sentence.end))
        if pairs.inside(read.window, s).any()
    ]
    if not found:
        return
    value = (gold.get("quantity") or {}).get("value")
    features = pairs.number_features(read, tag, found, document.text)
    counted = [value_of(document.text[slice(*s)]) for s in found]
    exact = [
        v == value and document.text[slice(*s)].lower() not in ("a", "an") for v, s in zip(counted, found, strict=True)
    ]
    for k in range(len(found)):
        counts = value is not None and (exact[k] or (value == 1 and not any(exact) and counted[k] in (None, 1)))
        rows["number"].append((number, features[k], np.array([float(counts)])))


class Network(nn.Module):
    """One hidden layer."""

    def __init__(self, features: int, outputs: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(features, HIDDEN), nn.Linear(HIDDEN, outputs)
        self.lose, self.drop = nn.Dropout(0.15), nn.Dropout(0.3)

    def forward(self, features: Tensor) -> Tensor:
        """(rows, features) -> (rows, outputs)."""
        out: Tensor = self.second(self.drop(functional.relu(self.first(self.lose(features)))))
        return out


def _status_loss(out: Tensor, target: Tensor) -> Tensor:
    count = len(STATUSES)
    return functional.cross_entropy(out[:, :count], target[:, 0]) + functional.cross_entropy(
        out[:, count:], target[:, 1]
    )


LOSSES: dict[str, tuple[int, Callable[[Tensor, Tensor], Tensor]]] = {
    "date": (len(pairs.DATE_ROLES), lambda out, target: functional.cross_entropy(out, target[:, 0])),
    "name": (1, lambda out, target: functional.binary_cross_entropy_with_logits(out, target)),
    "number": (1, lambda out, target: functional.binary_cross_entropy_with_logits(out, target)),
    "status": (len(STATUSES) + len(MODALITIES), _status_loss),
}


def fit(name: str, x: np.ndarray, y: np.ndarray) -> Network:
    """A network trained on features x (rows, features) and targets y."""
    torch.manual_seed(SEED)
    outputs, loss_of = LOSSES[name]
    net = Network(x.shape[1], outputs)
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    features = torch.from_numpy(x)
    targets = torch.from_numpy(y if name in ("date", "status") else y.astype(np.float32))
    passes = PASSES if len(x) < 20000 else PASSES // 5
    for _ in range(passes):
        net.train()
        for part in torch.randperm(len(features)).split(64):
            optimiser.zero_grad()
            loss_of(net(features[part]), targets[part]).backward()
            optimiser.step()
    return net.eval()


def judged(name: str, net: Network, x: np.ndarray, y: np.ndarray) -> str:
    """How a network does on rows it was not trained on."""
    with torch.no_grad():
        out = net(torch.from_numpy(x)).numpy()
    if name == "status":
        count = len(STATUSES)
        right = (out[:, :count].argmax(1) == y[:, 0]).mean(), (out[:, count:].argmax(1) == y[:, 1]).mean()
        return f"status right {right[0]:.3f}, modality right {right[1]:.3f}"
    if name == "date":
        pred = out.argmax(1)
        told = []
        for role in (1, 2, 3):
            hit = ((pred == role) & (y[:, 0] == role)).sum()
            told.append(
                f"{pairs.DATE_ROLES[role]} {2 * hit / max(1, (pred == role).sum() + (y[:, 0] == role).sum()):.3f}"
            )
        return "F1 " + ", ".join(told)
    pred, true = out[:, 0] > 0, y[:, 0] > 0.5
    return f"F1 {2 * (pred & true).sum() / max(1, pred.sum() + true.sum()):.3f}"


def main() -> None:
    torch.set_num_threads(1)
    documents = [d for w in sys.argv[1:] if not w.startswith("--") for d in read_corpus(Path(w))]
    rows: Rows = {name: [] for name in LOSSES}
    for number, document in enumerate(documents):
        rows_of(document, number, rows)
    stored: dict[str, np.ndarray] = dict(heads())
    for name, found in rows.items():
        x, y = np.stack([r[1] for r in found]), np.stack([r[2] for r in found])
        aside = np.array([r[0] % 5 == 0 for r in found])
        print(f"{name}: {len(x)} rows, {judged(name, fit(name, x[~aside], y[~aside]), x[aside], y[aside])}", flush=True)
        if "--write" in sys.argv:
            net = fit(name, x, y)
            stored[f"{name}_first"] = net.first.weight.detach().numpy().T
            stored[f"{name}_first_bias"] = net.first.bias.detach().numpy()
            stored[f"{name}_second"] = net.second.weight.detach().numpy().T
            stored[f"{name}_second_bias"] = net.second.bias.detach().numpy()
    if "--write" in sys.argv:
        np.savez(LEARNED / "heads.npz", **{k: v.astype(np.float16) for k, v in stored.items()})
        said = json.loads((LEARNED / "provenance.json").read_text())
        said["second look"] = "python benchmarks/train_pairs.py " + " ".join(Path(w).name for w in sys.argv[1:])
        (LEARNED / "provenance.json").write_text(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main()
