"""The small networks of the second look that benchmarks/train_pairs.py trains: their shape, their losses, and how well they do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from slipcast.domain import MODALITIES, STATUSES
from slipcast.reading import pairs, parties
from slipcast.reading.labels import ANCHORS

HIDDEN, PASSES, MEMBERS = 96, 30, 3
CHOICE = 0.3  #: how much the choice among the candidates of a claim counts, beside each for itself
NEVER = -1e4  #: a score that is not chosen
CHOSEN = ("name", "number", "speaker")  #: networks that choose one candidate or none
ROWS = 600_000  #: read in all passes together, where there are that many
BATCH = 64  #: rows, about


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


def _choice_loss(out: Tensor, target: Tensor, sizes: list[int]) -> Tensor:
    """Cross entropy of the one that is right among those of each block, or none: of several that are right any will do."""
    told = nn.utils.rnn.pad_sequence(list(out[:, 0].split(sizes)), batch_first=True, padding_value=NEVER)
    right = nn.utils.rnn.pad_sequence(list(target[:, 0].split(sizes)), batch_first=True)
    told = torch.cat([told, torch.zeros(len(told), 1)], 1)
    right = torch.cat([right, (right.sum(1, keepdim=True) == 0).float()], 1)
    return (torch.logsumexp(told, 1) - torch.logsumexp(told.masked_fill(right == 0, NEVER), 1)).mean()


def _classes(out: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(out, target[:, 0])


#: Outputs of each network, and its loss.
LOSSES: dict[str, tuple[int, Callable[[Tensor, Tensor], Tensor]]] = {
    "claim": (len(ANCHORS), _classes),
    "date": (len(pairs.DATE_ROLES), _classes),
    "name": (1, functional.binary_cross_entropy_with_logits),
    "number": (1, functional.binary_cross_entropy_with_logits),
    "party": (len(parties.PARTIES), functional.binary_cross_entropy_with_logits),
    "speaker": (1, functional.binary_cross_entropy_with_logits),
    "status": (len(STATUSES) + len(MODALITIES), _status_loss),
}


def fit(name: str, blocks: list[tuple[np.ndarray, np.ndarray]]) -> Network:
    """The mean of MEMBERS networks trained on blocks of features (rows, features) and targets, as one network."""
    members = [_fit(name, blocks, seed) for seed in range(MEMBERS)]
    whole = Network(blocks[0][0].shape[1], LOSSES[name][0], HIDDEN * MEMBERS)
    with torch.no_grad():
        whole.first.weight.copy_(torch.cat([one.first.weight for one in members]))
        whole.first.bias.copy_(torch.cat([one.first.bias for one in members]))
        whole.second.weight.copy_(torch.cat([one.second.weight for one in members], 1) / MEMBERS)
        whole.second.bias.copy_(torch.stack([one.second.bias for one in members]).mean(0))
    return whole.eval()


def _fit(name: str, blocks: list[tuple[np.ndarray, np.ndarray]], seed: int) -> Network:
    torch.manual_seed(seed)
    outputs, loss_of = LOSSES[name]
    net = Network(blocks[0][0].shape[1], outputs, HIDDEN)
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    features = [torch.from_numpy(x) for x, _ in blocks]
    targets = [torch.from_numpy(y if y.dtype.kind == "i" else y.astype(np.float32)) for _, y in blocks]
    rows = sum(len(x) for x in features)
    for _ in range(max(PASSES // 5, min(PASSES, ROWS // rows))):
        net.train()
        for part in torch.randperm(len(blocks)).split(max(1, round(BATCH * len(blocks) / rows))):
            x, y = (torch.cat([from_[k] for k in part.tolist()]) for from_ in (features, targets))
            optimiser.zero_grad()
            out = net(x)
            loss = loss_of(out, y)
            if name in CHOSEN:
                loss = loss + CHOICE * _choice_loss(out, y, [len(features[k]) for k in part.tolist()])
            loss.backward()
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
    if name == "claim":
        pred, first = out.argmax(1), x[:, -(2 * len(ANCHORS) + 6) :][:, : len(ANCHORS)]
        before = np.where(1 - first[:, 0] >= 0.4, first[:, 1:].argmax(1) + 1, 0)
        return "F1 " + ", before ".join(
            f"{2 * ((p == y[:, 0]) & (p > 0)).sum() / max(1, (p > 0).sum() + (y[:, 0] > 0).sum()):.3f}"
            for p in (pred, before)
        )
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
