"""Which readers read: the rules, or the rules and a language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from slipcast import settings
from slipcast.domain import Document, Statement
from slipcast.reading.endpoint import Endpoint
from slipcast.reading.model import ModelReader
from slipcast.reading.read import Reader


class Reads(Protocol):
    """What reads documents: by rules, by a model, or both."""

    name: str

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, in order."""
        ...

    def summary_lines(self) -> list[str]:
        """What reading came to, one count a line."""
        ...


class Rules:
    """The reader of rules alone: nothing leaves the machine."""

    def __init__(self) -> None:
        self._reader = Reader()
        self.name = self._reader.name

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, in order."""
        return self._reader.read_many(documents)

    def summary_lines(self) -> list[str]:
        """What reading came to, one count a line."""
        return self._reader.summary.lines()


class RulesAndModel:
    """Both readers, each statement under its reader's name. The text goes to the endpoint that was named, and only there."""

    def __init__(self, model: ModelReader) -> None:
        self._rules, self._model = Reader(), model
        self.name = model.name

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with the statements of both, in order."""
        for document, found in self._rules.read_many(documents):
            yield document, found + self._model.read(document)

    def summary_lines(self) -> list[str]:
        """What reading came to, one count a line."""
        return [*self._rules.summary.lines(), *self._model.summary.lines()]


def reader_for(model: str | None, url: str | None = None) -> Reads:
    """The rules; with a model's name, the rules and that model at its endpoint. Raises MissingPart without the llm extra."""
    if not model:
        return Rules()
    endpoint = Endpoint(settings.value("model_url", url), model, settings.value("model_key") or None)
    return RulesAndModel(ModelReader(endpoint, Path(settings.value("model_cache"))))
