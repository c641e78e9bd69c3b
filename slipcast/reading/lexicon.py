"""The lexicons of the reader, files of words by their use, each parsed once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

Table = dict[str, Any]


@lru_cache(maxsize=8)
def load(name: str) -> Table:
    """One lexicon, parsed. name: of a file in lexicons/, without its ending .toml."""
    return tomllib.loads(files("slipcast.reading.lexicons").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
