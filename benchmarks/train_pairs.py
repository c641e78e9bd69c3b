"""Train the second look of slipcast.reading.pairs on documents that the encoder was not trained on.

usage: python benchmarks/train_pairs.py CORPUS... [--write]

Run after benchmarks/train_reader.py, on other corpora (tests/reading/corpus/ba to bt). Seven small networks: what a word
carries, what a date phrase is to a claim, whether a name is what it is about, whether a number counts it, whether somebody supplies or receives, whether
it is somebody's words, and its status and modality. Each fifth
document is kept aside and scored; --write stores the networks, trained on all, beside the heads of the encoder, instead.
Each is the mean of three that began differently, stored as one three times as wide.
Needs torch, which the reader itself does not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from pairs_net import LOSSES, fit, judged
from pairs_rows import Rows, rows_of
from reader_data import read_corpus

from slipcast.reading import pairs
from slipcast.reading.encoder import heads

LEARNED = Path(pairs.__file__).parent / "learned"


def main() -> None:
    documents = [d for w in sys.argv[1:] if not w.startswith("--") for d in read_corpus(Path(w))]
    rows: Rows = {name: [] for name in LOSSES}
    for number, document in enumerate(documents):
        rows_of(document, number, rows)
    stored: dict[str, np.ndarray] = dict(heads())
    for name, found in rows.items():
        if "--write" in sys.argv:
            net = fit(name, [block for _, *block in found])
            stored[f"{name}_first"] = net.first.weight.detach().numpy().T
            stored[f"{name}_first_bias"] = net.first.bias.detach().numpy()
            stored[f"{name}_second"] = net.second.weight.detach().numpy().T
            stored[f"{name}_second_bias"] = net.second.bias.detach().numpy()
            print(f"{name}: {sum(len(x) for _, x, _ in found)} rows", flush=True)
        else:
            net = fit(name, [block for number, *block in found if number % 5])
            aside = [block for number, *block in found if not number % 5]
            told = judged(name, net, *(np.concatenate(side) for side in zip(*aside, strict=True)))
            print(f"{name}: {sum(len(x) for _, x, _ in found)} rows, {told}", flush=True)
    if "--write" in sys.argv:
        np.savez(LEARNED / "heads.npz", **{k: v.astype(np.float16) for k, v in stored.items()})
        said = json.loads((LEARNED / "provenance.json").read_text())
        said["second look"] = "python benchmarks/train_pairs.py " + " ".join(Path(w).name for w in sys.argv[1:])
        (LEARNED / "provenance.json").write_text(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main()
