"""Mapping files: a TOML file that says what the columns and words of another register mean.

[columns]
"Date of statement" = "stated_on"
[values.status]
"On track" = "reaffirmed"
[defaults]
supplier = "Boeing"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slipcast.errors import InputError

#: the columns that a register's rows are made of
COLUMNS = (
    "stated_on", "speaker", "speaker_role", "outlet", "url", "system", "buyer", "supplier", "tranche", "milestone", "status",
    "promised_date", "previous_date", "occurred_date", "quantity", "cause", "condition", "note", "derived_from", "anonymous",
    "modality",
)  # fmt: skip
#: columns whose words are the ledger's own, however they are written
_WORDS = ("milestone", "status", "modality")
_BLOCKS = {"columns", "values", "defaults"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """columns: their name -> ours; values: our column -> their word -> ours; defaults: our column -> value where empty."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Our column for one of theirs; their own name where it is none of ours. Case, spaces and hyphens do not matter."""
        plain = re.sub(r"[\s-]+", "_", name.strip().lower())
        return self.columns.get(name) or (plain if plain in COLUMNS else name)

    def apply(self, row: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """(our columns, other columns) of a row; empty cells fall to the defaults."""
        ours, others = dict.fromkeys(COLUMNS, ""), {}
        for name, cell in row.items():
            column = self.column(name)
            if column in ours:
                ours[column] = self.values.get(column, {}).get(cell) or _word(column, cell)
            else:
                others[name] = cell
        for column, value in self.defaults.items():
            ours[column] = ours[column] or value
        return ours, others


def _word(column: str, cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.lower()) if column in _WORDS else cell


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises InputError where it is none, or maps to a column that registers do not have."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"no mapping ({error})", where=str(path), todo="write it as TOML, see docs") from None
    blocks = {name: content.get(name, {}) for name in _BLOCKS}
    wrong = sorted(set(content) - _BLOCKS) or sorted(
        name for name, block in blocks.items() if not isinstance(block, dict)
    )
    if wrong:
        raise InputError(
            f"block {', '.join(wrong)} is not known", where=str(path), todo=f"use {', '.join(sorted(_BLOCKS))}"
        )
    named = {*map(str, blocks["columns"].values()), *blocks["values"], *blocks["defaults"]}
    if named - set(COLUMNS):
        unknown = ", ".join(sorted(named - set(COLUMNS)))
        raise InputError(f"{unknown} is no column of a register", where=str(path), todo=f"use {', '.join(COLUMNS)}")
    texts = [*blocks["columns"].values(), *blocks["defaults"].values()]
    texts += [
        text for words in blocks["values"].values() for text in (words.values() if isinstance(words, dict) else [0])
    ]
    if not all(isinstance(text, str) for text in texts):
        raise InputError("a value is no text", where=str(path), todo="put every value into quotes")
    return Mapping(blocks["columns"], blocks["values"], blocks["defaults"])
