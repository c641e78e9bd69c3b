"""What a claim may be about: every name of a document that could be a programme's, with what is known of it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from slipcast import names
from slipcast.reading.designations import words
from slipcast.reading.names import Mentions
from slipcast.reading.persons import Roster

_WORD = r"(?:[A-Z][\w’'&/.-]*\w|[A-Z]|\d[\w.-]*\w|\d)"
_RUN = re.compile(rf"(?<![\w-])[A-Z](?:[\w’'&/.-]*\w)?(?: (?:of the |of |and |for the |for |the )?{_WORD})*")
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Q1 Q2 Q3 Q4".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name where it stands. span: in the text, or in the title if titled; known: five or more figures between 0 and 1."""

    span: tuple[int, int]
    titled: bool
    name: str
    known: tuple[float, ...]

    @property
    def is_system(self) -> bool:
        """Whether it is a system's by its form or by the gazetteer."""
        return self.known[0] > 0


class Naming:
    """The names of one document. title: counts as a text of its own."""

    def __init__(self, text: str, title: str | None, mentions: Mentions) -> None:
        self._text, self.title, self._mentions = text, title or "", mentions
        self.roster = Roster(text)
        self._counts = Counter(names.fold(r) for _, r in (*_runs(text), *_runs(self.title)))
        self._lower = set(re.findall(r"\b[a-z][a-z-]+", text))
        self.candidates = [*self._of(text, False), *self._of(self.title, True)]

    def _of(self, text: str, titled: bool) -> Iterator[Candidate]:
        listed = self._mentions.in_title() if titled else self._mentions.programmes()
        taken = [m.span for m in listed]
        for mention in listed:
            yield Candidate(mention.span, titled, mention.name, self.known(mention.name, 1.0))
        for span, run in _runs(text):
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            first = run.split()[0]
            if " " not in run and (first.lower() in self._lower or first in _CALENDAR):
                continue
            yield Candidate(span, titled, run, self.known(run, 0.0))

    def single(self, name: str) -> str:
        """A name as of one, where the document writes it so too: "Ospreys" of a text that has "the Osprey". A plain noun stays as it is."""
        if name[:1].islower():
            return name
        one = name.removesuffix("s")
        said = re.compile(rf"(?<![\w-]){re.escape(one)}(?![\w-])")
        return one if one != name and (said.search(self._text) or said.search(self.title)) else name

    def fuller(self, name: str) -> str:
        """A name that tells no kind ("system") as the document writes it elsewhere: "payroll system"; else as it is."""
        noun = name.lower().removesuffix("s")
        if noun not in words()["words"]["anything"]:
            return name
        said = re.compile(rf"(?<![\w-])((?:[A-Za-z][\w-]* ){{1,3}})({re.escape(noun)}s?)(?![\w-])", re.IGNORECASE)
        for found in (*said.finditer(self.title), *said.finditer(self._text)):
            kind = list(takewhile(_tells_kind, reversed(found.group(1).split())))
            if kind:
                return " ".join((*reversed(kind), found.group(2)))
        return name

    def picked(self, where: tuple[int, int]) -> str:
        """The system that a stretch of the text is about by its nouns and what stands before; "" where none is named."""
        return self._mentions.programme_for(where)

    def known(self, name: str, system: float, pointed: float = 0.0) -> tuple[float, ...]:
        """Figures on a name: a system's; how the encoder pointed at it; the main one; a body; a country; a person; how often; how long."""
        main = self._mentions.main
        return (
            system,
            pointed,
            float(bool(main) and name == main),
            float(names.organisation(name) is not None),
            float(names.country(name) is not None),
            float(self.roster.find(name) is not None),
            math.log1p(self._counts[names.fold(name)]) / 3,
            float(any(c.isdigit() for c in name)),
            min(len(name.split()), 6) / 6,
            float(bool(main)),
        )


def _tells_kind(word: str) -> bool:
    return word.lower() not in words()["words"]["no_kind"] and (
        "-" in word or not word.lower().endswith(("ed", "ing", "ly"))
    )


def _runs(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The runs of capitals and numbers of a text, without a possessive."""
    for found in _RUN.finditer(text):
        run = _POSSESSIVE.sub("", found.group())
        yield (found.start(), found.start() + len(run)), run
