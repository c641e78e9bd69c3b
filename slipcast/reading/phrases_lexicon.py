"""The words of time expressions, loaded once from lexicons/dates.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

#: section of the table -> category of its words in the grammar; a later section wins
CATEGORIES = (
    "word", "which", "shift", "about", "fiscal", "day_part", "near_day", "holiday", "edge_noun", "edge_adjective", "half",
    "quarter", "unit", "ordinal", "vague_count", "cardinal", "season", "weekday_short", "weekday", "month_short", "month",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A country's fiscal year. start: its first month; named: after the year of its "start", its "end", or "either".

    cues: words that name the country; services: capitalised words that do so unless another country stands before them.
    """

    country: str
    start: int
    named: str
    cues: tuple[str, ...]
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """words: lower-case word -> (category, value); tense, context: sets of cues by what they do; events: noun -> beginnings
    of the verbs that tell it; the rest are sets of words."""

    words: dict[str, tuple[str, Any]]
    counted: frozenset[str]
    counting: frozenset[str]
    yearly_plurals: frozenset[str]
    named_before: frozenset[str]
    tense: dict[str, frozenset[str]]
    context: dict[str, frozenset[str]]
    events: dict[str, tuple[str, ...]]
    fiscal_years: tuple[FiscalYear, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The table of lexicons/dates.toml."""
    table = tomllib.loads(files("slipcast.reading.lexicons").joinpath("dates.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, Any]] = {}
    for category in CATEGORIES:
        for word, value in table[category].items():
            words[word] = (value if category == "word" else category, value)
    return Lexicon(
        words=words,
        counted=frozenset(table["counted"]["nouns"]),
        counting=frozenset(table["counted"]["counting"]),
        yearly_plurals=frozenset(table["counted"]["yearly_plurals"]),
        named_before=frozenset(table["counted"]["named_before"]),
        context={group: frozenset(members) for group, members in table["context"].items()},
        events={noun: tuple(stems) for noun, stems in table["event"].items()},
        tense={group: frozenset(members) for group, members in table["tense"].items()},
        fiscal_years=tuple(
            FiscalYear(country, row["start"], row["named"], tuple(row["cues"]), tuple(row.get("services", ())))
            for country, row in table["fiscal_year"].items()
        ),
    )
