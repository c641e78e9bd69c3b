"""How a trained network is stored for the reader: the word pieces as a table of 8-bit rows, what reads them as ONNX with 8-bit
weights and activations, the heads as half floats.

Activations are scaled over a whole matrix, and a few columns of a language model's are a hundred times as wide as the rest. So
each matrix is given its input with the columns evened out, and takes the difference into its weights (G. Xiao et al., SmoothQuant, 2023,
arXiv:2211.10438); how far is chosen matrix by matrix, by the least error on texts of the corpus.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from reader_net import Encoder
from torch import Tensor, nn
from torch.nn import functional

#: How much of the unevenness a matrix may take over from its input: 0 nothing, 1 all.
SHARES = (0.4, 0.55, 0.65, 0.75, 0.85, 0.95)


class Evened(nn.Module):
    """A linear layer whose input is divided by `scale`, and whose weights are multiplied by it. scale: (inputs,)."""

    def __init__(self, layer: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / scale)
        self.layer = nn.Linear(layer.in_features, layer.out_features)
        self.layer.weight.data = layer.weight.detach() * scale
        self.layer.bias.data = layer.bias.detach()

    def forward(self, given: Tensor) -> Tensor:
        """(..., inputs) -> (..., outputs)."""
        out: Tensor = self.layer(given * self.inverse)
        return out


def _rounded(values: Tensor, low: Tensor, high: Tensor, steps: int) -> Tensor:
    step = (high - low).clamp(min=1e-9) / steps
    return torch.round(values / step) * step


def _error(layer: nn.Linear, scale: Tensor, given: Tensor) -> float:
    """How far 8 bits are from the layer's output: activations over the matrix, weights row by row."""
    evened, weight = given / scale, layer.weight * scale
    widest = weight.abs().amax(1, keepdim=True)
    out = functional.linear(
        _rounded(evened, evened.amin(), evened.amax(), 255), _rounded(weight, -widest, widest, 254), layer.bias
    )
    return float((out - layer(given)).pow(2).mean())


def even_out(net: Encoder, windows: list[Tensor]) -> None:
    """Replace the linear layers of a network's body. windows: (n,) word pieces each, read to see how wide the inputs are."""
    layers = {name: m for name, m in net.body.named_modules() if isinstance(m, nn.Linear)}
    given: dict[str, list[Tensor]] = {name: [] for name in layers}
    hooks = [
        layer.register_forward_pre_hook(lambda _, told, name=name: given[name].append(told[0].flatten(0, -2)))
        for name, layer in layers.items()
    ]
    with torch.no_grad():
        for ids in windows:
            net.hidden(ids[None], torch.ones_like(ids[None]))
        for hook in hooks:
            hook.remove()
        for name, layer in layers.items():
            rows = torch.cat(given[name])
            wide = rows.abs().amax(0).clamp(min=1e-5)
            heavy = layer.weight.abs().amax(0).clamp(min=1e-5)
            scales = [wide**share / heavy ** (1 - share) for share in SHARES]
            best = min((s / s.mean() for s in scales), key=lambda s: _error(layer, s, rows))
            parent, _, last = name.rpartition(".")
            setattr(net.body.get_submodule(parent), last, Evened(layer, best))


def stored_state(net: Encoder, folder: Path) -> dict[str, Tensor]:
    """The state of a network as `write` stored it, 8 bits back to numbers: to go on training from. net: one of the same shape.

    Raises ValueError where the folder holds another network.
    """
    import onnx
    from onnx.numpy_helper import to_array

    graph = onnx.load(str(folder / "encoder.onnx")).graph
    held = {one.name: to_array(one) for one in graph.initializer}
    state = dict(net.state_dict())
    found = {k.removeprefix("net."): v for k, v in held.items() if k.startswith("net.body.encoder.")}
    for name in [k.removesuffix("_quantized") for k in found if k.endswith("_quantized")]:  # tables, not matrices
        rows, zero, scale = (found.pop(f"{name}_{kind}") for kind in ("quantized", "zero_point", "scale"))
        found[name] = (rows.astype(np.float32) - zero) * scale
    for node in graph.node:
        if node.op_type != "MatMulInteger" or not node.name.startswith("/body/"):
            continue
        name = node.name.split("/layer/MatMul")[0].strip("/").replace("/", ".")
        weight = node.input[1].removesuffix("_quantized")
        rows = held[f"{weight}_quantized"].astype(np.float32) * held[f"{weight}_scale"]
        found[f"{name}.weight"] = (rows * found.pop(f"{name}.inverse")[:, None]).T
        found[f"{name}.bias"] = found.pop(f"{name}.layer.bias")
    with np.load(folder / "heads.npz") as heads:
        found |= {k: heads[k.replace(".", "_")] for k in state if not k.startswith("body")}
    missing = {k for k in state if k not in found and not k.startswith("body.embeddings")}
    if missing or found.keys() - state.keys():
        raise ValueError(f"{folder} holds another network: {sorted(missing | (found.keys() - state.keys()))[:5]}")
    return state | {k: torch.from_numpy(np.array(v, dtype=np.float32)) for k, v in found.items()}


class _Body(nn.Module):
    def __init__(self, net: Encoder) -> None:
        super().__init__()
        self.net = net

    def forward(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.net.read(words, mask)
        return hidden, torch.softmax(self.net.anchor(hidden), -1)


def write(net: Encoder, folder: Path, windows: list[Tensor], said: dict[str, str]) -> None:
    """Store the network, and where it comes from. windows: a few texts as word pieces, to fit the 8 bits to."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    heads = {k: v.numpy() for k, v in net.state_dict().items() if not k.startswith("body")}
    np.savez(folder / "heads.npz", **{k.replace(".", "_"): v.astype(np.float16) for k, v in heads.items()})
    table = net.body.embeddings.word_embeddings.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1), 1e-9) / 127
    np.savez(folder / "pieces.npz", rows=np.round(table / scale[:, None]).astype(np.int8), scale=scale)
    even_out(net.eval(), windows)
    words, mask = torch.ones(2, 16, table.shape[1]), torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "pieces"} for name in ("words", "mask", "hidden", "anchors")}
    whole = folder / "whole.onnx"
    torch.onnx.export(
        _Body(net), (words, mask), str(whole), input_names=["words", "mask"], output_names=["hidden", "anchors"],
        dynamic_axes=axes, dynamo=False,
    )  # fmt: skip
    #: not the tables of positions, whose few large numbers would leave the rest no steps, and not the last small matrix
    quantize_dynamic(
        str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul"], nodes_to_exclude=["/anchor/MatMul"],
    )  # fmt: skip
    whole.unlink()
    (folder / "provenance.json").write_text(json.dumps(said, indent=2) + "\n")
