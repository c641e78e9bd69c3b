"""The one table of settings: the command line, the docs and the tests read it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from slipcast.errors import UsageError


@dataclass(frozen=True, slots=True)
class Setting:
    """name: as used in code; env: the variable that sets it; default: as text; help: one line."""

    name: str
    env: str
    default: str
    help: str


SETTINGS = (
    Setting("ledger", "SLIPCAST_LEDGER", "sqlite:///slipcast.db", "the ledger's URL, or the path of an SQLite file"),
    Setting("seed", "SLIPCAST_SEED", "20191112", "seed of everything that draws chance"),
    Setting("max_bytes", "SLIPCAST_MAX_BYTES", "20000000", "largest document that is read, in bytes"),
    Setting(
        "model_url", "SLIPCAST_MODEL_URL", "http://localhost:11434/v1", "where --model asks: an OpenAI chat endpoint"
    ),
    Setting("model_key", "SLIPCAST_MODEL_KEY", "", "the endpoint's key, where it wants one"),
    Setting("model_cache", "SLIPCAST_MODEL_CACHE", ".slipcast-model", "folder that keeps a model's answers"),
    Setting(
        "watchlist", "SLIPCAST_WATCHLIST", "", "a TOML file that names programmes, their aliases, parties and tranches"
    ),
    Setting("max_archive", "SLIPCAST_MAX_ARCHIVE", "2000000000", "largest input file of many documents, in bytes"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def value(name: str, given: str | None = None) -> str:
    """The setting's value: what was given, else its variable, else its default."""
    setting = _BY_NAME[name]
    return given or os.environ.get(setting.env) or setting.default


def number(name: str) -> int:
    """An integer setting. Raises UsageError with the variable's name where it is none."""
    text = value(name)
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{text!r} is no whole number", where=_BY_NAME[name].env, todo="set it to digits") from None
