"""The kind of milestone a name stands for, by the word table kinds.tsv."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

#: the kinds; the first is what no word tells
KINDS = ("other", "closing", "review", "test", "fielding", "decision", "delivery", "start", "complete")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    text = (files("slipcast.forecasting") / "kinds.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t", 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple((KINDS.index(kind), re.compile(pattern, re.ASCII)) for kind, pattern in lines)


@lru_cache(maxsize=65536)
def kind_of(milestone: str) -> int:
    """Index into KINDS of a milestone's name; 0 where no word tells."""
    name = milestone.lower()
    return next((kind for kind, pattern in _patterns() if pattern.search(name)), 0)
