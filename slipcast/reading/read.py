"""The reader: a document in, its statements out.

Gate, encoder, tags; then for each word that carries a claim what it is about, when, how sure, why and on what condition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from slipcast.domain import Document, Statement
from slipcast.reading.compose import Composer
from slipcast.reading.encoder import Encoded, encode
from slipcast.reading.gate import passes_document, passing
from slipcast.reading.legible import plain, why_unreadable
from slipcast.reading.names import Mentions
from slipcast.reading.phrases import find_dates
from slipcast.reading.sentences import LONGEST, Sentence, split
from slipcast.reading.windows import Window, windows

#: Sentences read in one document; what is beyond is counted, not read.
MOST = 1000
#: A document in which no word is this likely to carry a claim says nothing of a programme.
SURE = 0.8
_BATCH = 32


def _reader_name() -> str:
    try:
        return "encoder " + version("slipcast")
    except PackageNotFoundError:
        return "encoder 0"


@dataclass
class Summary:
    """What reading came to: counts of documents and sentences read, turned away, and not understood, with the reason."""

    counts: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """The counts, one a line, largest first."""
        return [f"{name}: {count}" for name, count in self.counts.most_common() if count]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be read of one document."""

    document: Document
    text: str  #: the document's text, invisible characters blanked, of the same length
    sentences: list[Sentence]
    windows: list[Window]


class Reader:
    """Reads documents with the encoder. One Reader may read any number of documents; `summary` counts what it met."""

    def __init__(self) -> None:
        self.name = _reader_name()
        self.summary = Summary()

    def read(self, document: Document) -> list[Statement]:
        """The statements of one document, in the order of the text. Raises MissingPart without the runtime."""
        return next(statements for _, statements in self.read_many([document]))

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Each document with its statements, in order; reads in batches across documents."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) >= _BATCH:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        plans = [self._plan(document) for document in batch]
        encoded = encode(w for plan in plans if plan is not None for w in plan.windows)
        for document, plan in zip(batch, plans, strict=True):
            yield document, [] if plan is None else self._statements(plan, [next(encoded) for _ in plan.windows])

    def _plan(self, document: Document) -> _Plan | None:
        """What of a document is to be read; None where the gate or its language turns it away."""
        self.summary.counts["documents"] += 1
        text = plain(document.text)
        reason = why_unreadable(text) if passes_document(text) else "turned away by the gate"
        if reason is not None:
            self.summary.counts[f"documents not read: {reason}"] += 1
            return None
        if document.published is None:
            self.summary.counts["documents without a date: relative dates stay open"] += 1
        sentences = split(text)
        short = [s.end - s.start <= LONGEST for s in sentences]
        wanted = self._wanted(text, sentences, short)
        self.summary.counts["sentences"] += len(sentences)
        self.summary.counts["sentences not read: too long"] += short.count(False)
        return _Plan(document, text, sentences, windows(text, sentences, wanted, document.title, document.published))

    def _wanted(self, text: str, sentences: list[Sentence], short: list[bool]) -> list[bool]:
        """Which sentences are read: those that pass the gate, once each, up to a bound for one document."""
        seen: set[str] = set()
        wanted = []
        for sentence, passes, fits in zip(sentences, passing(text, sentences), short, strict=True):
            quote = text[sentence.start : sentence.end]
            want = passes and fits and quote not in seen
            if want and len(seen) >= MOST:
                self.summary.counts["sentences not read: document too long"] += 1
                want = False
            if want:
                seen.add(quote)
            wanted.append(want)
        return wanted

    def _statements(self, plan: _Plan, encoded: list[Encoded]) -> list[Statement]:
        document = plan.document
        surest = max((float(1 - e.anchors[e.window.own, 0].min()) for e in encoded), default=0.0)
        if surest < SURE:
            self.summary.counts["documents without one clear claim"] += 1
            return []
        dates = [p for p in find_dates(plan.text, document.published) if p.kind != "naming"]
        self.summary.counts["date phrases not resolved"] += sum(d.edtf is None and d.kind != "duration" for d in dates)
        composer = Composer(document, Mentions(plan.text, document.title), plan.sentences, dates, self.name)
        read = composer.statements(encoded)
        kept = [s for s in read if document.text[s.span[0] : s.span[1]] == s.quote]
        self.summary.counts["statements refused: quote not at its span"] += len(read) - len(kept)
        self.summary.counts["statements"] += len(kept)
        return kept


@lru_cache(maxsize=1)
def _shared() -> Reader:
    return Reader()


def read(document: Document) -> list[Statement]:
    """The statements of a document, with a shared reader."""
    return _shared().read(document)
