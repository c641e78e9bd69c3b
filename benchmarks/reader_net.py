"""The network that benchmarks/train_reader.py trains: the body of a language model with a head for each thing that is learnt."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from slipcast.domain import MODALITIES, STATUSES
from slipcast.reading.labels import ANCHORS, SLOTS
from slipcast.reading.windows import PIECE_BUCKETS, SENTENCE_BUCKETS, vocabulary

DIMENSION = 64  #: of the bilinear form of a slot


def _body(model: Path, layers: int) -> tuple[nn.Module, int]:
    """The first layers of a stored language model, its pieces in the order of BERT's vocabulary, and its first position."""
    kind = json.loads((model / "config.json").read_text())["model_type"]
    settings, network = {"bert": (BertConfig, BertModel), "mpnet": (MPNetConfig, MPNetModel)}[kind]
    config = settings.from_json_file(model / "config.json")
    config.num_hidden_layers = layers
    config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = "eager"
    body = network(config, add_pooling_layer=False)
    stored = load_file(model / "model.safetensors")
    if kind == "mpnet":
        stored = {k.removeprefix("mpnet."): v for k, v in stored.items()}
    body.load_state_dict(stored, strict=False)
    if kind == "bert":
        return body, 0
    own = {word: k for k, word in enumerate((model / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    own |= {"[CLS]": own["<s>"], "[SEP]": own["</s>"], "[PAD]": own["<pad>"], "[MASK]": own["<mask>"]}
    order = torch.tensor([own.get(word, own["[UNK]"]) for word in vocabulary()])
    with torch.no_grad():
        body.embeddings.word_embeddings = nn.Embedding.from_pretrained(body.embeddings.word_embeddings.weight[order])
    return body, config.pad_token_id + 1


class Dropout(nn.Module):
    """Dropout with masks cut from a pool at a random place: drawing a mask for each layer takes a tenth of a step on a processor.

    share: of the values that are dropped; the pool is drawn with torch's seed.
    """

    POOL = 1 << 23

    def __init__(self, share: float) -> None:
        super().__init__()
        self.pool = (torch.rand(self.POOL) >= share).to(torch.bfloat16) / (1 - share)

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return values
        at = int(torch.randint(0, self.POOL - values.numel(), ()))
        return values * self.pool[at : at + values.numel()].view_as(values)


class Encoder(nn.Module):
    """The first layers of a language model (BERT or MPNet), and a head for each thing that is learnt."""

    def __init__(self, model: Path, layers: int) -> None:
        super().__init__()
        self.body, self.first = _body(model, layers)
        self.body.embeddings.requires_grad_(False)
        for module in list(self.body.modules()):
            for name, part in module.named_children():
                if isinstance(part, nn.Dropout) and part.p:
                    setattr(module, name, Dropout(part.p))
        size = self.body.config.hidden_size
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

    def freeze(self, layers: int) -> None:
        """Leave the first layers as they are; what all layers share of positions too, else errors go back through them."""
        if layers:
            self.body.encoder.relative_attention_bias.requires_grad_(False)
            self.body.encoder.layer[:layers].requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(batch, n) pieces -> (batch, n, size)."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden: Tensor = self.hidden(ids, mask)
        return self.drop(hidden.float())

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(batch, n) pieces -> (batch, n, size), as the body gives it."""
        return self.read(self.body.embeddings.word_embeddings(ids), mask)

    def read(self, words: Tensor, mask: Tensor) -> Tensor:
        """(batch, n, size) vectors of single pieces -> (batch, n, size), as the body gives it."""
        places = torch.arange(self.first, self.first + words.shape[1])[None].expand(words.shape[0], -1)
        hidden: Tensor = self.body(inputs_embeds=words, attention_mask=mask, position_ids=places).last_hidden_state
        return hidden

    def slots(self, hidden: Tensor, at: list[int], sentence: Tensor, piece: Tensor) -> Tensor:
        """(n, size) and the claims' words -> (claims, slots, n), before the sigmoid."""
        asks = self.asks(hidden[at]).view(len(at), len(SLOTS), DIMENSION)
        answers = self.answers(hidden).view(-1, len(SLOTS), DIMENSION)
        scores = torch.einsum("asd,nsd->asn", asks, answers) / math.sqrt(DIMENSION) + self.prior(hidden).T[None]
        return scores + self.by_sentence[:, sentence].permute(1, 0, 2) + self.by_piece[:, piece].permute(1, 0, 2)


def every_second_layer(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The state of a network half as deep: layers 1, 3, 5 ... of the body, all else as it is."""
    found = {}
    for name, weights in state.items():
        before, cut, after = name.partition(".layer.")
        number, _, rest = after.partition(".")
        if not cut:
            found[name] = weights
        elif int(number) % 2:
            found[f"{before}{cut}{int(number) // 2}.{rest}"] = weights
    return found
