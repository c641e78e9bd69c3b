"""The reader of rules: a document in, its statements out.

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
from slipcast.reading.legible import plain, why_unreadable
from slipcast.reading.names import Mentions
from slipcast.reading.parse import parse
from slipcast.reading.phrases import bounded, find_dates
from slipcast.reading.sentences import LONGEST, Sentence, split
from slipcast.reading.weigh import FEW, HALFWAY, SURE
from slipcast.reading.when import Dated

#: "Fleet Solid Support (MOD): ...": a title that is a programme's name.
_ABBREVIATED = re.compile(r"^[^:]+\([A-Za-z]{2,6}\):")
#: Sentences parsed in one document; what is beyond is counted, not read.
MOST = 1000
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
        return [f"{name}: {count}" for name, count in self.counts.most_common() if count]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be parsed of one document."""

    document: Document
    text: str  #: the document's text, invisible characters blanked, of the same length
    mentions: Mentions
    sentences: list[Sentence]
    wanted: list[bool]


class RuleReader:
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
                yield from self.read_batch(batch)
                batch = []
        yield from self.read_batch(batch)

    def read_batch(
        self, batch: Sequence[Document], likely: Sequence[set[tuple[int, int]] | None] | None = None
    ) -> Iterator[tuple[Document, list[Statement]]]:
        """Each of a few documents with its statements. likely: for each, the only sentences (start, end) worth a parse; None for all."""
        plans = [
            self._plan(document, spans) for document, spans in zip(batch, likely or [None] * len(batch), strict=True)
        ]
        parsed = parse((p.text, p.sentences, p.wanted) for p in plans if p is not None)
        for document, plan in zip(batch, plans, strict=True):
            yield document, [] if plan is None else self._statements(plan, next(parsed))

    def _plan(self, document: Document, likely: set[tuple[int, int]] | None) -> _Plan | None:
        """What of a document is to be parsed; None where the gate, its language or its want of a programme turns it away."""
        self.summary.counts["documents"] += 1
        text = plain(document.text)
        reason = why_unreadable(text) if passes_document(text) else "turned away by the gate"
        mentions = Mentions(text, document.title) if reason is None else None
        if mentions is None:
            self.summary.counts[f"documents not read: {reason}"] += 1
            return None
        if not mentions.main or not (mentions.programmes() or _ABBREVIATED.search(document.title or "")):
            self.summary.counts["documents not read: no programme named"] += 1
            return None
        if document.published is None:
            self.summary.counts["documents without a date: relative dates stay open"] += 1
        sentences = split(text)
        short = [s.end - s.start <= LONGEST for s in sentences]
        wanted = self._wanted(text, sentences, short)
        if likely is not None:
            wanted = [w and (s.start, s.end) in likely for w, s in zip(wanted, sentences, strict=True)]
        self.summary.counts["sentences"] += len(sentences)
        self.summary.counts["sentences not read: too long"] += short.count(False)
        if wanted.count(True) >= MOST:
            last = max(k for k, want in enumerate(wanted) if want) + 1
            text, sentences, wanted = text[: sentences[last - 1].end], sentences[:last], wanted[:last]
        return _Plan(document, text, mentions, sentences, wanted)

    def _wanted(self, text: str, sentences: list[Sentence], short: list[bool]) -> list[bool]:
        """Which sentences are parsed: those that pass the gate, once each, up to a bound for one document."""
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

    def _statements(self, plan: _Plan, parsed: Doc) -> list[Statement]:
        document = plan.document
        phrases = find_dates(plan.text, document.published)
        dates = [Dated(*p.span, bounded(p), p.kind, p.relation) for p in phrases if p.kind != "naming"]
        self.summary.counts["date phrases not resolved"] += sum(d.edtf is None and d.kind != "duration" for d in dates)
        claims = Claims(document, parsed, plan.mentions, dates, self.name, self._candidates)
        read = [
            s for sentence, w in zip(plan.sentences, plan.wanted, strict=True) if w for s in claims.statements(sentence)
        ]
        total = len(plan.sentences)
        if (claims.surest < SURE and len(read) * 2 < total) or (claims.surest < HALFWAY and total > FEW):
            self.summary.counts["documents without one clear claim"] += 1
            return []
        kept = [s for s in read if document.text[s.span[0] : s.span[1]] == s.quote]
        self.summary.counts["statements refused: quote not at its span"] += len(read) - len(kept)
        self.summary.counts["statements"] += len(kept)
        return kept
