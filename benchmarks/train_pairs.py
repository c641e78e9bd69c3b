"""Train the second look of slipcast.reading.pairs on documents that the encoder was not trained on.

usage: python benchmarks/train_pairs.py CORPUS... [--write]

Run after benchmarks/train_reader.py, on other corpora (tests/reading/corpus/ba to bk). Six small networks: what a date phrase
is to a claim, whether a name is what it is about, whether a number counts it, whether somebody supplies or receives, whether
it is somebody's words, and its status and modality. Each fifth
document is kept aside and scored; --write stores the networks, trained on all, beside the heads of the encoder, instead.
Each is the mean of three that began differently, stored as one three times as wide.
Needs torch, which the reader itself does not.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_data import Annotated, Claim, Spans, bare, meant, read_corpus
from torch import Tensor, nn
from torch.nn import functional

from slipcast.domain import MODALITIES, STATUSES
from slipcast.names import Found
from slipcast.reading import pairs, parties
from slipcast.reading.answers import Answers
from slipcast.reading.encoder import Encoded, Tag, encode, heads, tags_at
from slipcast.reading.labels import SHARE
from slipcast.reading.names import Mentions
from slipcast.reading.naming import Naming
from slipcast.reading.numerals import value_of
from slipcast.reading.persons import Roster
from slipcast.reading.phrases import DatePhrase, find_dates
from slipcast.reading.sentences import Sentence
from slipcast.reading.windows import windows

LEARNED = Path(pairs.__file__).parent / "learned"
HIDDEN, PASSES, MEMBERS = 96, 30, 3
ROWS = 600_000  #: read in all passes together, where there are that many
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as it is read. number: of its document; sentence: its own; gold: the record that it was annotated from."""

    document: Annotated
    number: int
    read: Encoded
    tag: Tag
    claim: Claim
    gold: dict[str, Any]

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def sentence(self) -> Sentence:
        return self.document.sentences[int(self.read.window.sentence[self.tag.at])]

    @property
    def answers(self) -> Answers:
        return Answers(self.text, self.read.window, self.tag)


def rows_of(document: Annotated, number: int, rows: Rows) -> None:
    """Add a document's examples: (its number, features, target) for each network."""
    dates = [p for p in find_dates(document.text, document.published) if p.kind != "naming"]
    mentions = Mentions(document.text, document.title)
    naming = Naming(document.text, document.title, mentions)
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
            seen = Seen(document, number, read, tag, claim, gold)
            _dates(seen, dates, rows)
            _names(seen, naming, rows)
            _parties(seen, mentions.listed, rows)
            _speakers(seen, naming.roster, rows)
            _numbers(seen, rows)
            shown = [gold.get(k) if chance.random() > 0.25 else None for k in ("date", "previous_date")]
            features = pairs.status_features(read, tag, shown[0], shown[1], document.published)
            target = np.array([STATUSES.index(gold["status"]), MODALITIES.index(gold.get("modality") or "certain")])
            rows["status"].append((number, features[0], target))


def _dates(seen: Seen, dates: list[DatePhrase], rows: Rows) -> None:
    found = pairs.date_candidates(seen.read, seen.tag, dates)
    if not found:
        return
    roles = [bare(seen.gold.get(key)) for key in ("date", "previous_date", "stated_on")]
    near = {role: _nearest(seen, found, value) for role, value in enumerate(roles, 1) if value}
    features = pairs.date_features(seen.read, seen.tag, found, seen.text, seen.document.published)
    for k in range(len(found)):
        role = next((r for r, place in near.items() if place == k), 0)
        rows["date"].append((seen.number, features[k], np.array([role])))


def _nearest(seen: Seen, found: list[DatePhrase], value: str) -> int | None:
    """The phrase of a value in the claim's own sentence, else the last one before it."""
    low, high = seen.claim.span
    fits = [k for k, phrase in enumerate(found) if value in meant(phrase)]
    own = [k for k in fits if low <= found[k].span[0] < high]
    before = [k for k in fits if found[k].span[0] < low]
    return own[0] if own else before[-1] if before else None


def _names(seen: Seen, naming: Naming, rows: Rows) -> None:
    found = pairs.name_candidates(seen.read, seen.tag, naming, seen.text)
    if not found or not seen.gold["programme"]:
        return
    own = seen.sentence
    features = pairs.name_features(seen.read, seen.tag, found, naming, (own.start, own.end))
    for k, candidate in enumerate(found):
        same = same_name(candidate.name, seen.gold["programme"])
        rows["name"].append((seen.number, features[k], np.array([float(same)])))


def _parties(seen: Seen, listed: list[Found], rows: Rows) -> None:
    found = parties.party_candidates(seen.read.window, seen.answers, seen.sentence, listed)
    truth = [seen.claim.slots[slot] for slot in parties.PARTIES]
    if not found or any(spans is None for spans in truth):
        return
    pointed = parties.pointed_at(found, seen.answers)
    features = parties.party_features(seen.read, seen.tag, found, seen.text, pointed, seen.sentence)
    for k, one in enumerate(found):
        is_one = [_overlaps(one, spans or []) for spans in truth]
        rows["party"].append((seen.number, features[k], np.array(is_one, dtype=float)))


def _speakers(seen: Seen, roster: Roster, rows: Rows) -> None:
    found, truth = parties.speaker_candidates(seen.answers, seen.text), seen.claim.slots["speaker"]
    if not found or truth is None:
        return
    features = parties.speaker_features(seen.read, seen.tag, found, seen.text, seen.answers, seen.sentence, roster)
    for k, one in enumerate(found):
        rows["speaker"].append((seen.number, features[k], np.array([float(_overlaps(one, truth))])))


def _overlaps(one: parties.Somebody, spans: Spans) -> bool:
    return any(a < one.span[1] and one.span[0] < b for a, b in spans)


def _numbers(seen: Seen, rows: Rows) -> None:
    if seen.tag.anchor == SHARE:
        return
    found = [
        s
        for s in pairs.number_candidates(seen.text, (seen.sentence.start, seen.sentence.end))
        if pairs.inside(seen.read.window, s).any()
    ]
    if not found:
        return
    value = (seen.gold.get("quantity") or {}).get("value")
    features = pairs.number_features(seen.read, seen.tag, found, seen.text)
    told = [seen.text[slice(*s)] for s in found]
    counted = [value_of(words) for words in told]
    exact = [v == value and words.lower() not in ("a", "an") for v, words in zip(counted, told, strict=True)]
    for k in range(len(found)):
        counts = value is not None and (exact[k] or (value == 1 and not any(exact) and counted[k] in (None, 1)))
        rows["number"].append((seen.number, features[k], np.array([float(counts)])))


class Network(nn.Module):
    """One hidden layer."""

    def __init__(self, features: int, outputs: int, hidden: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(features, hidden), nn.Linear(hidden, outputs)
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
    "party": (len(parties.PARTIES), lambda out, target: functional.binary_cross_entropy_with_logits(out, target)),
    "speaker": (1, lambda out, target: functional.binary_cross_entropy_with_logits(out, target)),
    "status": (len(STATUSES) + len(MODALITIES), _status_loss),
}


def fit(name: str, x: np.ndarray, y: np.ndarray) -> Network:
    """The mean of MEMBERS networks trained on features x (rows, features) and targets y, as one network."""
    members = [_fit(name, x, y, seed) for seed in range(MEMBERS)]
    whole = Network(x.shape[1], LOSSES[name][0], HIDDEN * MEMBERS)
    with torch.no_grad():
        whole.first.weight.copy_(torch.cat([one.first.weight for one in members]))
        whole.first.bias.copy_(torch.cat([one.first.bias for one in members]))
        whole.second.weight.copy_(torch.cat([one.second.weight for one in members], 1) / MEMBERS)
        whole.second.bias.copy_(torch.stack([one.second.bias for one in members]).mean(0))
    return whole.eval()


def _fit(name: str, x: np.ndarray, y: np.ndarray, seed: int) -> Network:
    torch.manual_seed(seed)
    outputs, loss_of = LOSSES[name]
    net = Network(x.shape[1], outputs, HIDDEN)
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    features = torch.from_numpy(x)
    targets = torch.from_numpy(y if name in ("date", "status") else y.astype(np.float32))
    passes = max(PASSES // 5, min(PASSES, ROWS // len(x)))
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
    pred, true = out > 0, y > 0.5
    return "F1 " + ", ".join(
        f"{2 * (p & t).sum() / max(1, p.sum() + t.sum()):.3f}" for p, t in zip(pred.T, true.T, strict=True)
    )


def main() -> None:
    documents = [d for w in sys.argv[1:] if not w.startswith("--") for d in read_corpus(Path(w))]
    rows: Rows = {name: [] for name in LOSSES}
    for number, document in enumerate(documents):
        rows_of(document, number, rows)
    stored: dict[str, np.ndarray] = dict(heads())
    for name, found in rows.items():
        x, y = np.stack([r[1] for r in found]), np.stack([r[2] for r in found])
        if "--write" in sys.argv:
            net = fit(name, x, y)
            stored[f"{name}_first"] = net.first.weight.detach().numpy().T
            stored[f"{name}_first_bias"] = net.first.bias.detach().numpy()
            stored[f"{name}_second"] = net.second.weight.detach().numpy().T
            stored[f"{name}_second_bias"] = net.second.bias.detach().numpy()
            print(f"{name}: {len(x)} rows", flush=True)
        else:
            aside = np.array([r[0] % 5 == 0 for r in found])
            told = judged(name, fit(name, x[~aside], y[~aside]), x[aside], y[aside])
            print(f"{name}: {len(x)} rows, {told}", flush=True)
    if "--write" in sys.argv:
        np.savez(LEARNED / "heads.npz", **{k: v.astype(np.float16) for k, v in stored.items()})
        said = json.loads((LEARNED / "provenance.json").read_text())
        said["second look"] = "python benchmarks/train_pairs.py " + " ".join(Path(w).name for w in sys.argv[1:])
        (LEARNED / "provenance.json").write_text(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main()
