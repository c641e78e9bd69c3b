"""The same documents under other names: programmes, countries and firms exchanged for others, text and annotation alike.

A network that has seen a few hundred invented names learns those names; under other names, those of the gazetteer among them, it has
to learn how they are used. Nothing of this is stored: it is made anew at each pass of the training.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from slipcast import names

#: How often a programme, a country and a firm is exchanged.
PROGRAMME, COUNTRY, FIRM = 0.6, 0.5, 0.4
_FIELDS = (
    "programme", "supplier", "recipient", "tranche", "speaker", "speaker_role", "cause", "condition", "participant", "part",
)  # fmt: skip


@lru_cache(maxsize=1)
def _tables() -> tuple[list[str], list[str], list[dict[str, list[str]]]]:
    """Names of systems, of firms, and of countries by form."""

    def rows(name: str) -> list[list[str]]:
        lines = files("slipcast").joinpath("data", name).read_text("utf-8").splitlines()
        return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]

    def forms(cell: str) -> list[str]:
        return [] if cell == "-" else cell.split("|")

    systems = [row[0] for row in rows("systems.tsv")]
    firms = [row[0] for row in rows("organisations.tsv") if row[1] in ("manufacturer", "airline", "railway", "lessor")]
    countries = [
        dict(zip(("names", "adjectives", "people", "capitals"), map(forms, row[1:5]), strict=True))
        for row in rows("countries.tsv")
    ]
    return systems, firms, countries


def renamed(
    record: dict[str, Any], gold: list[dict[str, Any]], invented: list[str], chance: random.Random
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A document and its statements under other names. invented: names of programmes that may be put besides the gazetteer's."""
    table = _exchange(record, gold, invented, chance)
    if not table:
        return record, gold
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")(?![\w-])"
    )

    def put(text: str) -> str:
        return pattern.sub(lambda m: table[m.group()], text)

    text = record["text"]
    shifts: list[tuple[int, int, int]] = []  # start and end in the old text, how much longer the new words are
    for match in pattern.finditer(text):
        shifts.append((*match.span(), len(table[match.group()]) - len(match.group())))

    def place(old: int) -> int:
        return old + sum(longer for _, end, longer in shifts if end <= old)

    changed = put(text)
    told = []
    for statement in gold:
        low = text.index(statement["sentence"])
        high = low + len(statement["sentence"])
        new = {**statement, "sentence": changed[place(low) : place(high)]}
        for field in _FIELDS:
            value = statement.get(field)
            if value:
                new[field] = put(value) if isinstance(value, str) else [put(v) for v in value]
        if statement.get("anchor"):
            start, end = (low + k for k in statement["anchor"])
            if any(a < end and start < b for a, b, _ in shifts):
                return record, gold
            new["anchor"] = [place(start) - place(low), place(end) - place(low)]
        if changed.find(new["sentence"]) != place(low):
            return record, gold
        told.append(new)
    title = record.get("title")
    return {**record, "text": changed, "title": put(title) if title else title}, told


def _exchange(
    record: dict[str, Any], gold: list[dict[str, Any]], invented: list[str], chance: random.Random
) -> dict[str, str]:
    """What is put for what."""
    systems, firms, countries = _tables()
    text = record["text"]
    table: dict[str, str] = {}
    for name in sorted({g["programme"] for g in gold if g.get("programme")}):
        if len(name) > 2 and name[:1].isupper() and chance.random() < PROGRAMME:
            pool = systems if chance.random() < 0.5 else invented
            numbered = any(c.isdigit() for c in name)
            like = [one for one in pool if any(c.isdigit() for c in one) == numbered and one[:1].isupper()]
            table[name] = chance.choice(like or pool)
    parties = {v for g in gold for v in (*g["supplier"], *g["recipient"], g.get("participant") or "") if v}
    for name in sorted(parties):
        if name[:1].isupper() and len(name) > 3 and not names.country(name) and chance.random() < FIRM:
            table.setdefault(name, chance.choice(firms))
    for country in countries:
        own = {form: [w for w in words if w in text and _whole(w, text)] for form, words in country.items()}
        if not any(own.values()) or chance.random() > COUNTRY:
            continue
        other = chance.choice(countries)
        for form, words in own.items():
            if not other[form]:
                continue
            for word in words:
                table.setdefault(word, chance.choice(other[form]))
    return {old: new for old, new in table.items() if old != new}


def _whole(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
