"""The watchlist: a TOML file that names programmes, their aliases, recipients, suppliers and tranches. Nothing needs one.

[[programme]]
system = "S-400"
recipient = "Turkey"
supplier = "Russia"
aliases = ["the Russian system"]
[programme.tranches]
second = ["option regiment", "the additional regiment"]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slipcast.errors import InputError
from slipcast.programme.naming import plain

_KEYS = {"system", "recipient", "supplier", "aliases", "tranches", "equipment"}


@dataclass(frozen=True, slots=True)
class Watched:
    """One programme of a watchlist. tranches: canonical name -> other names."""

    system: str
    recipient: str | None = None
    supplier: str | None = None
    equipment: str | None = None
    aliases: tuple[str, ...] = ()
    tranches: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, text: str) -> bool:
        """Whether a folded name is this programme's system or one of its aliases."""
        return plain(text) in {plain(name) for name in (self.system, *self.aliases)}

    def tranche(self, text: str) -> str | None:
        """The canonical tranche that a name stands for here."""
        flat = plain(text)
        return next((k for k, others in self.tranches.items() if flat in {plain(o) for o in (k, *others)}), None)


def read_watchlist(path: Path) -> tuple[Watched, ...]:
    """Read a watchlist file. Raises InputError with the file's name where it is none."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"no watchlist ({error})", where=str(path), todo="write it as TOML, see docs") from None
    blocks = content.get("programme", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise InputError("programme is no list of tables", where=str(path), todo="begin each with [[programme]]")
    return tuple(_watched(block, f"{path}, programme {n}") for n, block in enumerate(blocks, 1))


def _watched(block: dict[str, Any], where: str) -> Watched:
    unknown = sorted(set(block) - _KEYS)
    if unknown or not isinstance(block.get("system"), str):
        fault = f"unknown keys {', '.join(unknown)}" if unknown else "no system"
        raise InputError(fault, where=where, todo=f"use {', '.join(sorted(_KEYS))}")
    tranches = block.get("tranches", {})
    if not isinstance(tranches, dict) or not all(isinstance(names, list) for names in tranches.values()):
        raise InputError("tranches is no table of lists", where=where, todo='write second = ["option regiment"]')
    aliases = block.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(name, str) for name in aliases):
        raise InputError("aliases is no list of names", where=where, todo='write aliases = ["another name"]')
    return Watched(
        block["system"],
        block.get("recipient"),
        block.get("supplier"),
        block.get("equipment"),
        tuple(aliases),
        {name: tuple(others) for name, others in tranches.items()},
    )
