"""A language model as a second reader. Off unless asked for: only here, and only then, does text leave the machine.

The article is sent as data; of the answer only entries of the right form are taken whose quote is exactly in the text.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from slipcast.domain import Document, Statement
from slipcast.errors import InputError, MissingPart
from slipcast.fingerprints import canonical, digest
from slipcast.reading.answer import believed, schema
from slipcast.reading.endpoint import Endpoint, pieces
from slipcast.reading.gate import passes_document
from slipcast.reading.sentences import split

_LONGEST = 12_000  #: characters of one question
_GIVE_UP = 3  #: documents in a row without an answer


@lru_cache(maxsize=1)
def prompt() -> str:
    """What the model is told: lexicons/prompt.txt without its notes."""
    text = files("slipcast.reading.lexicons").joinpath("prompt.txt").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def _wrong_frame(content: Any) -> str:
    """Only the frame of an answer is checked here: its entries are judged, and refused, one by one."""
    right = isinstance(content, dict) and list(content) == ["statements"] and isinstance(content["statements"], list)
    return "" if right else "not of the form"


@dataclass
class ModelSummary:
    """What asking came to. counts: documents, requests, answers from the cache, tokens; refused: entries, by reason;
    unanswered: questions, by reason."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """The counts, one a line."""
        shown = [f"{name}: {count}" for name, count in self.counts.items()]
        shown += [f"refused, {why}: {count}" for why, count in self.refused.most_common()]
        return shown + [f"unanswered, {why}: {count}" for why, count in self.unanswered.most_common()]


class ModelReader:
    """Reads as `Reader` does, by asking a model. cache: a folder for answers, made when the first one is kept; None keeps none."""

    def __init__(self, endpoint: Endpoint, cache: Path | None = None) -> None:
        self._endpoint, self._cache = endpoint, cache
        self.name = f"model {endpoint.model} {digest([prompt(), canonical(schema())])[:8]}"
        self.summary = ModelSummary()
        self._silent = 0

    def read(self, document: Document) -> list[Statement]:
        """The statements that the model finds and that stand up to the text, in its order; [] where it gave no answer (counted).

        Raises MissingPart where the endpoint does not answer, or has answered nothing useful for three documents in a row.
        """
        self.summary.counts["documents"] += 1
        if not passes_document(document.text):
            self.summary.counts["documents turned away by the gate"] += 1
            return []
        sentences, entries, answered = split(document.text), [], True
        for start, end in pieces(document.text, [s.end for s in sentences], _LONGEST):
            found = self._entries(document, document.text[start:end])
            answered = answered and found is not None
            entries += found or []
        self._silent = 0 if answered else self._silent + 1
        if self._silent >= _GIVE_UP:
            why = ", ".join(self.summary.unanswered)
            raise MissingPart(
                f"no useful answer for {_GIVE_UP} documents in a row ({why})",
                where=self._endpoint.url,
                todo="try another model",
            )
        return believed(document, sentences, entries, self.name, self.summary.refused)

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, in order."""
        for document in documents:
            yield document, self.read(document)

    def _entries(self, document: Document, text: str) -> list[Any] | None:
        """The entries answered about one piece of text, from the cache or the endpoint; None where there is no answer."""
        message = canonical({"published": document.published, "text": text})
        key = digest([self._endpoint.model, prompt(), canonical(schema()), message])
        kept = self._kept(key)
        if kept is not None:
            self.summary.counts["answers from the cache"] += 1
            return kept
        answer = self._endpoint.ask(prompt(), message, schema(), _wrong_frame)
        for name, count in (
            ("requests", answer.requests),
            ("tokens in", answer.tokens_in),
            ("tokens out", answer.tokens_out),
        ):
            self.summary.counts[name] += count
        if answer.content is None:
            self.summary.unanswered[answer.why] += 1
            return None
        entries = list(answer.content["statements"])
        self._keep(key, entries)
        return entries

    def _path(self, key: str) -> Path | None:
        return self._cache / key[:2] / f"{key}.json" if self._cache else None

    def _kept(self, key: str) -> list[Any] | None:
        path = self._path(key)
        if path is None or not path.is_file():
            return None
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"the kept answer cannot be read ({error})", where=str(path), todo="delete it") from None
        if not isinstance(entries, list):
            raise InputError("the kept answer is none", where=str(path), todo="delete it")
        return entries

    def _keep(self, key: str, entries: list[Any]) -> None:
        path = self._path(key)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{os.getpid()}")
            half.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
            half.replace(path)
        except OSError as error:
            raise InputError(
                f"the answer cannot be kept ({error})", where=str(path), todo="give another cache folder"
            ) from None
