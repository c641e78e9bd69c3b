"""Quantities as texts write them: the number, what it is compared by, and what is counted."""

from __future__ import annotations

import re

from slipcast import names
from slipcast.domain import Comparator, Quantity
from slipcast.reading.lexicon import load
from slipcast.reading.numerals import SINGLES, value_of

_UNIT = re.compile(r"[\s,-]*(?:(?:more|new|additional|further|other|such|of (?:the|its|these|those|them)|of)\s+)*((?:[A-Za-z0-9][\w/’'-]*\s+){0,5}?[a-z][\w-]*(?:s|craft|ships|men))\b")  # fmt: skip
_STOP = re.compile(r"\b(?:is|was|has|this|its|as|plus|less|years|months|weeks|days|across|towards|always)\b")


#: A word of a kind of equipment -> what such things are counted in.
_UNITS_OF_KIND = (
    ("aircraft", "aircraft"), ("airliner", "aircraft"), ("helicopter", "helicopters"), ("combatant", "ships"), ("ship", "ships"),
    ("submarine", "submarines"), ("vehicle", "vehicles"), ("tank", "tanks"), ("train", "trains"), ("satellite", "satellites"),
)  # fmt: skip


#: "two hundred": what multiplies a number, and the number before it.
_SCALE = re.compile(r"\s(?:dozen|hundred|thousand|million)\b")
_COUNT = re.compile(r"\b([\w,.]+)\s$")
#: Before a number that is a name: "number two".
_CALLED = re.compile(r"(?i)\b(?:number|no\.)\s$")
#: What is itself of several.
_SEVERAL = re.compile(r"(?i)(?:system|set|lot|batch|tranche|regiment|squadron|battalion|brigade|division|batter|group|consignment|shipment|instalment|deliver|phase|stage|block|increment|wave|order|contract|deal)(?:y|s|es|ies)?")  # fmt: skip


def quantity_at(text: str, low: int, high: int, sentence: tuple[int, int]) -> Quantity | None:
    """The quantity whose numeral stands at a stretch of a sentence; an ordinal counts one, but of a batch or a regiment none; None where it is no number."""
    low, high = _numeral(text, low, high, sentence)
    value = value_of(text[low:high])
    if _CALLED.search(text[sentence[0] : low]):
        return Quantity(1.0, "=", None)
    if value is None:
        if text[low:high].lower() not in SINGLES:
            return None
        if _is_of_several(text[high : sentence[1]]):
            return None
        value = 1.0
    before = re.sub(r"\s+", " ", text[sentence[0] : low]).lower().rstrip()
    return Quantity(value, _comparator(before), _unit(text[high : sentence[1]]) or _kind(text[high : sentence[1]]))


def _is_of_several(after: str) -> bool:
    """Whether an ordinal numbers what is itself of several: "first batch", "second S-400 regiment", "first S-400"."""
    phrase = re.match(r"(?:\s+(?!(?:is|was|were|will|would|has|had|to|in|on|at|by|for|from|with|and|that|which)\b)[\w/’'-]+){0,5}", after)  # fmt: skip
    words = phrase.group().split() if phrase else []
    if any(_SEVERAL.fullmatch(word) for word in words):
        return True
    kind = next((k for word in words if (k := names.kind_of_equipment(word))), None)
    return kind is not None and not any(unit in kind for unit, _ in _UNITS_OF_KIND)


def _numeral(text: str, low: int, high: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """The numeral that overlaps a stretch: the longest run of its words that is a number."""
    best = (low, high)
    for found in re.finditer(r"[\w,.-]*\w", text[sentence[0] : sentence[1]]):
        start, end = sentence[0] + found.start(), sentence[0] + found.end()
        if not (start < high and low < end):
            continue
        if value_of(text[start:end]) is not None:
            after = _SCALE.match(text[end : sentence[1]])
            before = _COUNT.search(text[sentence[0] : start]) if _SCALE.match(" " + text[start:end]) else None
            if before and value_of(before.group(1)) is not None:
                start -= len(before.group())
            return start, end + (after.end() if after else 0)
        head = re.match(r"\w+", text[start:end])
        if head and (value_of(head.group()) is not None or head.group().lower() in SINGLES):
            best = (start, start + head.end())
    return best


def _comparator(before: str) -> Comparator:
    before = re.sub(r"\b(hand|turn|take|carry)(s|ed|ing|n)? over$", "", before)
    best, sign = 0, "="
    for phrase, value in load("amounts")["comparators"].items():
        if (before == phrase or before.endswith(" " + phrase)) and len(phrase) > best:
            best, sign = len(phrase), value
    return sign  # type: ignore[return-value]


def _unit(after: str) -> str | None:
    found = _UNIT.match(after)
    if found and not _STOP.search(found.group(1)):
        return found.group(1).split()[-1]
    return None


def _kind(after: str) -> str | None:
    """What "100 F-35As" counts: aircraft, ships or vehicles, by the gazetteer; None where it does not say."""
    named = re.match(r"\s*([A-Z][\w-]*\d[\w-]*)", after)
    kind = names.kind_of_equipment(re.sub(r"s$", "", named.group(1))) if named else None
    return next((unit for word, unit in _UNITS_OF_KIND if kind and word in kind), None)
