"""The reader: a document in, its statements out.

Gate, parse, events; then for each event whose claim it is, what it is about, when, how sure, why and on what condition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from spacy.tokens import Doc

from slipcast.domain import Document, Statement
from slipcast.reading.claims import Claims
from slipcast.reading.gate import passes_document, passing
from slipcast.reading.names import Mentions
from slipcast.reading.parse import parse
from slipcast.reading.phrases import bounded, find_dates
from slipcast.reading.sentences import LONGEST, Sentence, split
from slipcast.reading.when import Dated

#: "Fleet Solid Support (MOD): ...": a title that is a programme's name.
_ABBREVIATED = re.compile(r"^[^:]+\([A-Za-z]{2,6}\):")
_BATCH = 32


def _reader_name() -> str:
    try:
        return "rules " + version("slipcast")
    except PackageNotFoundError:
        return "rules 0"


@dataclass
class Summary:
    """What reading came to: counts of documents and sentences read, turned away, and not understood, with the reason."""

    counts: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """The counts, one a line, largest first."""
        return [f"{name}: {count}" for name, count in self.counts.most_common()]


class Reader:
    """Reads documents by rules. One Reader may read any number of documents; `summary` counts what it met."""

    def __init__(self, candidates: list[tuple[Statement, list[str]]] | None = None) -> None:
        """candidates: where given, every candidate claim with its features is put there, kept or not (for training)."""
        self._candidates = candidates
        self.name = _reader_name()
        self.summary = Summary()

    def read(self, document: Document) -> list[Statement]:
        """The statements of one document, in the order of the text. Raises MissingPart without the language model."""
        return next(statements for _, statements in self.read_many([document]))

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, in order; parses in batches across documents."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) >= _BATCH:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        plans: list[tuple[Document, list[Sentence], list[bool]] | None] = []
        for document in batch:
            if not passes_document(document.text):
                plans.append(None)
                continue
            sentences = split(document.text)
            wanted = passing(document.text, sentences)
            wanted = [w and s.end - s.start <= LONGEST for w, s in zip(wanted, sentences, strict=True)]
            plans.append((document, sentences, wanted))
        parsed = parse((d.text, s, w) for d, s, w in (p for p in plans if p is not None))
        for document, plan in zip(batch, plans, strict=True):
            self.summary.counts["documents"] += 1
            if plan is None:
                self.summary.counts["documents turned away by the gate"] += 1
                yield document, []
                continue
            yield document, self._statements(document, next(parsed), plan[1], plan[2])

    def _statements(
        self, document: Document, parsed: Doc, sentences: list[Sentence], wanted: list[bool]
    ) -> list[Statement]:
        mentions = Mentions(document.text, document.title)
        if not mentions.main or not (mentions.programmes() or _ABBREVIATED.search(document.title or "")):
            self.summary.counts["documents that name no programme"] += 1
            return []
        phrases = find_dates(document.text, document.published)
        dates = [Dated(*p.span, bounded(p), p.kind, p.relation) for p in phrases if p.kind != "naming"]
        claims = Claims(document, parsed, mentions, dates, self.name, self._candidates)
        return [
            s for sentence, want in zip(sentences, wanted, strict=True) if want for s in claims.statements(sentence)
        ]


def read(document: Document) -> list[Statement]:
    """The statements of a document, with a shared reader."""
    return Reader().read(document)
