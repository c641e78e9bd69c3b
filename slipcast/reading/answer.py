"""What a language model may answer, and what of it is believed: entries of the right form whose words stand in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, get_type_hints

from slipcast import names
from slipcast.dates import parse
from slipcast.domain import MILESTONES, MODALITIES, STATUSES, Document, Quantity, Statement
from slipcast.errors import DateError
from slipcast.reading.sentences import LONGEST, Sentence

#: keys of a statement that slipcast sets itself
_OWN = ("doc", "span", "reader")
_WORDS: dict[str, tuple[str | None, ...]] = {
    "milestone": MILESTONES,
    "status": STATUSES,
    "modality": MODALITIES,
    "relation": ("workshare", None),
    "sourcing": ("sole", "second", None),
}
_QUANTITY = {
    "type": ["object", "null"],
    "properties": {
        "value": {"type": "number"},
        "comparator": {"type": "string", "enum": ["=", ">", "<", "~"]},
        "unit": {"type": ["string", "null"]},
    },
    "required": ["value", "comparator", "unit"],
    "additionalProperties": False,
}
_JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "null": type(None), "boolean": bool, "number": (int, float), "object": dict, "array": list,
}  # fmt: skip
#: copied from the sentence; and names, which may stand anywhere in the text
_FROM_QUOTE = ("cause", "condition", "part")
_FROM_TEXT = ("programme", "speaker", "participant", "speaker_role", "tranche", "supplier", "recipient", "via")
_DATES = ("date", "previous_date", "stated_on")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, made from the fields of Statement."""
    kinds = get_type_hints(Statement)
    properties = {f.name: _property(f.name, kinds[f.name]) for f in fields(Statement) if f.name not in _OWN}
    entry = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"statements": {"type": "array", "items": entry}},
        "required": ["statements"],
        "additionalProperties": False,
    }


def _property(name: str, kind: Any) -> dict[str, Any]:
    if name in _WORDS:
        optional = None in _WORDS[name]
        return {"type": ["string", "null"] if optional else "string", "enum": list(_WORDS[name])}
    if kind == (Quantity | None):
        return dict(_QUANTITY)
    if kind == tuple[str, ...]:
        return {"type": "array", "items": {"type": "string"}}
    if kind is bool:
        return {"type": "boolean"}
    return {"type": "string"} if kind is str else {"type": ["string", "null"]}


def misfit(value: Any, form: dict[str, Any]) -> str | None:
    """Why a value does not fit a schema, or None; of JSON schema, the part that `schema` uses."""
    kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
    if not any(_is(value, kind) for kind in kinds):
        return f"not of type {' or '.join(kinds)}"
    if "enum" in form and value not in form["enum"]:
        return "not one of the words"
    if isinstance(value, dict):
        known = form["properties"]
        if set(value) != set(known):
            return "other keys than asked for"
        return next((f"{key}: {why}" for key in known if (why := misfit(value[key], known[key]))), None)
    if isinstance(value, list):
        return next((why for item in value if (why := misfit(item, form["items"]))), None)
    return None


def _is(value: Any, kind: str) -> bool:
    """Booleans are no numbers, and neither are NaN and infinity."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15
    return number if kind == "number" else isinstance(value, _JSON_TYPES[kind])


def believed(
    document: Document, sentences: Sequence[Sentence], entries: Sequence[Any], reader: str, refused: Counter[str]
) -> list[Statement]:
    """The statements that an answer's entries come to, in the order of the text; the others are counted by reason in `refused`.

    An entry is refused whose quote is not exactly in the text, whose cause, condition or part is not in its sentence, whose
    names are not in the text, or whose dates are none. The span is the sentence, or the two, that the quote lies in.
    """
    taken: dict[str, Statement] = {}
    form = schema()["properties"]["statements"]["items"]
    for entry in entries:
        if misfit(entry, form):
            refused["not of the form"] += 1
            continue
        span = _place(document.text, sentences, entry["quote"])
        why = "quote not in the text" if span is None else _ungrounded(document.text, entry, span)
        if why or span is None:
            refused[why or "quote not in the text"] += 1
            continue
        statement = _statement(document, entry, span, reader)
        if statement.id in taken:
            refused["said twice"] += 1
        taken[statement.id] = statement
    return sorted(taken.values(), key=lambda s: s.span)


def _place(text: str, sentences: Sequence[Sentence], quote: str) -> tuple[int, int] | None:
    """Where the quote's sentence stands; None where the quote does not, is no more than a word, or runs over more than two."""
    quote = quote.strip()
    start = text.find(quote) if len(quote.split()) > 1 and len(quote) <= LONGEST else -1
    if start < 0:
        return None
    touched = [s for s in sentences if s.start < start + len(quote) and start < s.end]
    return (touched[0].start, touched[-1].end) if 0 < len(touched) <= 2 else None


def _ungrounded(text: str, entry: dict[str, Any], span: tuple[int, int]) -> str | None:
    sentence = _flat(text[slice(*span)])
    for key in _FROM_QUOTE:
        if entry[key] and _flat(entry[key]) not in sentence:
            return f"{key} not in the sentence"
    for key in _FROM_TEXT:
        given = entry[key] if isinstance(entry[key], list) else [entry[key]]
        if not all(_named(text, name) for name in given if name):
            return f"{key} not in the text"
    if (entry["relation"] is not None) != bool(entry["participant"] and entry["part"]):
        return "workshare without participant and part"
    try:
        for key in _DATES:
            if entry[key] is not None:
                parse(entry[key])
    except DateError:
        return "a date that is none"
    return None


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", names.fold(text)).strip()


def _named(text: str, name: str) -> bool:
    """Whether every word of a name stands in the text, or the country that it is."""
    here = set(re.findall(r"\w+", _flat(text)))
    if set(re.findall(r"\w+", _flat(name))) <= here:
        return True
    country = names.country(name)
    codes = {f.entry.code for f in names.find(text) if isinstance(f.entry, names.CountryName)}
    return country is not None and country.form != "within" and country.code in codes


def _statement(document: Document, entry: dict[str, Any], span: tuple[int, int], reader: str) -> Statement:
    values = {key: entry[key] or None for key in ("tranche", "speaker", "speaker_role", "cause", "condition", *_DATES)}
    share = {key: entry[key] for key in ("relation", "participant", "part", "sourcing")} if entry["relation"] else {}
    return Statement(
        doc=document.id,
        span=span,
        quote=document.text[slice(*span)],
        milestone="participation" if share else entry["milestone"],
        status=entry["status"],
        programme=entry["programme"],
        supplier=tuple(entry["supplier"]),
        recipient=tuple(entry["recipient"]),
        quantity=Quantity(**entry["quantity"]) if entry["quantity"] else None,
        anonymous=entry["anonymous"],
        via=tuple(entry["via"]),
        modality=entry["modality"],
        reader=reader,
        **{**values, "stated_on": values["stated_on"] or document.published},
        **share,
    )
