"""The canonical short name of a tranche: "batch 2 (option regiment)", "the second S-400" and "next batch" are "second"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from slipcast import names
from slipcast.programme.naming import plain

ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_LEFT = {"last": "last", "left": "remaining"}
_NUMBERED = re.compile(r"(?:no )?(\d{1,2})(?:st|nd|rd|th)?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


@lru_cache(maxsize=32)
def word_set(name: str) -> frozenset[str]:
    """A set of words of words.tsv, beside this file."""
    lines = resources.files("slipcast.programme").joinpath("words.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return next(frozenset(words.split()) for key, words in rows if key == name)


def _number(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS.index(word)
    found = _NUMBERED.fullmatch(word)
    if found:
        return int(found.group(1))
    return _ROMAN.get(word) if len(word) > 1 else None


def _ordinal(number: int) -> str:
    return ORDINALS[number] if 0 < number < len(ORDINALS) else f"number {number}"


def _one(text: str, own: Sequence[str], wider: frozenset[str]) -> str | None:
    """One segment. own: the system's own names, folded, which say nothing here; wider: more whole units."""
    flat = f" {plain(text)} "
    for name in own:
        flat = flat.replace(f" {name} ", " ").replace(f" {name}s ", " ")
    words = _roman_end(flat.split())
    rest = [word for word in words if word not in word_set("spare")]
    if not rest:
        return None
    if words[-2:-1] and words[-2] in word_set("numbered") and rest == words[-1:] and (number := _number(rest[0])):
        return _ordinal(number)
    if rest[0] in word_set("all"):
        return ""
    shown = _shown(text)
    if rest[0].isdigit():
        return shown
    whole = word_set("whole") | wider
    numbers = [n for word in rest if (n := _number(word)) is not None]
    if numbers or rest[0] in word_set("next"):
        rest = [word for word in rest if not _is_country(word)] or rest
    units = [word for word in rest if _number(word) is None and word not in ("and", "to", "no")]
    if len(numbers) > 1:
        return _series(rest, numbers, units, all(word in whole for word in units)) or shown
    if len(numbers) == 1:
        common = len(units) == 1 and units[0] not in word_set("named") and units[0] in text.split()
        return _ordered(rest, numbers[0], units, whole, common=common) or shown
    if rest[0] in word_set("next") and all(word in whole or word in ("lot", "lots") for word in rest[1:]):
        return "next"
    others = [word for word in rest[1:] if word not in word_set("count")]
    if rest[0] == "initial" and others and all(word in whole for word in others):
        return ORDINALS[1]
    for name, left in _LEFT.items():
        if rest[0] in word_set(name) and all(word in whole for word in others):
            return left
    return shown


def _roman_end(words: list[str]) -> list[str]:
    """The words with a lone I or V at their end as a figure: "phase I" is "phase 1"."""
    if len(words) > 1 and words[-1] in ("i", "v") and words[-2] in word_set("numbered"):
        return [*words[:-1], str(_ROMAN[words[-1]])]
    return words


def _is_country(word: str) -> bool:
    found = names.country(word)
    return found is not None and found.form in ("name", "adjective", "people")


def _shown(text: str) -> str:
    """A name that is no ordinal, as it is written, without its article."""
    bare = " ".join(text.split())
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", bare, flags=re.IGNORECASE)


def _series(rest: list[str], numbers: list[int], units: list[str], whole: bool) -> str | None:
    """Several numbers: "regiments 4 and 5" is "fourth and fifth"; "first 18 aircraft" stays as it is."""
    joint = "to" if "to" in rest else "and" if "and" in rest else ""
    if not joint or len(units) > 1:
        return None
    if whole:
        return f" {joint} ".join(_ordinal(number) for number in numbers)
    return f"{'lots' if units[0] == 'lot' else units[0]} " + f" {joint} ".join(str(number) for number in numbers)


def _ordered(rest: list[str], number: int, units: list[str], whole: frozenset[str], *, common: bool) -> str | None:
    """One number: an ordinal alone for the whole system's units, with its unit for parts; "lot 14" and "block 4" stay."""
    if units and units[0] in ("lot", "lots"):
        return f"lot {number}" if number > 3 else _ordinal(number)
    if all(word in whole for word in units):
        return _ordinal(number)
    if rest[-1].isdigit() and units[-1] not in word_set("small") and not common:
        return None
    return f"{_ordinal(number)} {' '.join(units)}" if _number(rest[0]) or rest[-1].isdigit() else None


def is_piece(tranche: str | None) -> bool:
    """Whether a tranche's name means one thing that is handed over once: "first aircraft", "second boat"."""
    words = (tranche or "").split(", ")[-1].split()
    if len(words) != 2 or words[0] not in ORDINALS:
        return False
    return not words[1].endswith("s") and words[1] not in word_set("collective")


@lru_cache(maxsize=8192)
def tranche_name(text: str | None, system: str = "", equipment: str | None = None) -> str | None:
    """The canonical name; None for no tranche or the whole order; "next" where only its place after another is told.

    Parts of parts keep both names: "batch 1, first battery" is "first, first battery". What stands in brackets only explains.
    system: its names, parted by |; equipment: its kind, as the gazetteer has it.
    """
    if not text:
        return None
    wider = word_set("squadron") if equipment == "air defence" else frozenset()
    bare = re.sub(r"\[([^\]]*)\]", r"\1", text)
    bare = re.sub(r"\([^)]*\)", "", bare)
    of_parts = re.fullmatch(r"(?P<part>.+?\bbattery) of (?:the )?(?P<whole>.+)", bare, re.IGNORECASE)
    pieces = [of_parts["whole"], of_parts["part"]] if of_parts else bare.split(",")
    own = sorted({plain(name) for name in system.split("|") if name}, key=lambda name: (-len(name), name))
    named = [_one(piece, own, wider) for piece in pieces if piece.strip()]
    kept = [name for name in named if name]
    return ", ".join(kept) or None
