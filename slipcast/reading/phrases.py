"""Date phrases: where a text names a time, and which window it means, written as EDTF, never more exact than the text.

The phrase stands without its preposition. What the preposition adds (by, until, before, no earlier than) is its
`relation`; `bounded` applies it. The method: docs/method/dates.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_anchor import Setting, Told, resolve
from slipcast.reading.phrases_context import is_date, kind_of, mask, relation_of
from slipcast.reading.phrases_country import Habits, fiscal, fiscal_now, habits
from slipcast.reading.phrases_grammar import reduce
from slipcast.reading.phrases_nodes import MonthNumber, Node, Recurring, Weekday
from slipcast.reading.phrases_tense import moved_to, reported_beside, tense_at
from slipcast.reading.phrases_tokens import Item, tokens, visible
from slipcast.reading.sentences import split

_PHRASES = ("date", "yearly", "bare", "edge", "length", "anchored")
_REMEMBERED = 24


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """One date phrase. span: code points of the text, end exclusive; text: what stands there.

    edtf: None for a duration, and where nothing tells which day is meant. kind: date, range, choice, offset ("two weeks
    ago"), duration, or naming (a year that only names: "the 1991 agreement"). relation: by, until, before, after,
    not before, since, from, within or "": the preposition before it. tense: past, future, plan or "" of its clause.
    """

    span: tuple[int, int]
    text: str
    edtf: str | None
    kind: str
    relation: str = ""
    tense: str = ""


def bounded(phrase: DatePhrase) -> str | None:
    """The EDTF with the phrase's relation applied: until and before close it (../X), not before, after and since open it.

    "by X", "within X" and "before the end of X" stay X: the date itself is the deadline.
    """
    edtf = phrase.edtf
    if edtf is None or "/" in edtf or edtf.startswith("["):
        return edtf
    if phrase.relation == "until" or (phrase.relation == "before" and not edtf.endswith("~")):
        return f"../{edtf}"
    return f"{edtf}/.." if phrase.relation in ("after", "not before", "since", "from") else edtf


def find_dates(text: str, published: str | None) -> list[DatePhrase]:
    """Every date phrase of a text, in order, none overlapping another.

    published: the document's date (EDTF) or None. Where it is a month or a year, a relative phrase takes what all its
    days have in common; where it is None, it stays unresolved.
    """
    plain, places = visible(text)
    parsed = [_Sentence(plain, s.start, s.end) for s in split(plain)]
    ends = _days(published)
    manners = habits(plain)
    readings = [_read(parsed, manners, day) for day in ends]
    phrases: list[DatePhrase] = []
    for row in zip(*readings, strict=True):
        found = row[0]
        edtf = found.edtf if len(row) == 1 else calendar.common(found.edtf, row[1].edtf)
        start, end = found.span if places is None else (places[found.span[0]], places[found.span[1] - 1] + 1)
        kind = "duration" if edtf is None and found.kind in ("offset",) else found.kind
        phrases.append(DatePhrase((start, end), text[start:end], edtf, kind, found.relation, found.tense))
    return phrases


def date_lines(record: dict[str, Any]) -> dict[str, Any]:
    """One line of the fixed form, {"doc", "dates": [{"span", "edtf"}]}, from {"doc", "published", "text"}.

    Durations and unresolved phrases, which have no EDTF, are left out.
    """
    found = find_dates(record["text"], record.get("published"))
    return {"doc": record["doc"], "dates": [{"span": list(p.span), "edtf": p.edtf} for p in found if p.edtf]}


def _days(published: str | None) -> list[date | None]:
    whole = calendar.window(published) if published else None
    if whole is None or whole.earliest is None or whole.latest is None:
        return [None]
    return [whole.earliest] if whole.earliest == whole.latest else [whole.earliest, whole.latest]


class _Sentence:
    """A sentence's items and the places of its phrases among them."""

    __slots__ = ("items", "phrases", "span")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.span = (start, end)
        raw = mask(tokens(text, start, end), text)
        self.items: Sequence[Item] = reduce(raw)
        self.phrases = [
            i for i, item in enumerate(self.items) if item.category in _PHRASES and is_date(self.items, i, text)
        ]


def _read(sentences: list[_Sentence], manners: Habits, today: date | None) -> list[DatePhrase]:
    found: list[DatePhrase] = []
    told: list[Told] = []
    for sentence in sentences:
        told = [Told(t.edtf, False, t.verb) for t in told[-_REMEMBERED:]]
        for index in sentence.phrases:
            phrase, verb = _phrase(sentence, index, manners, today, told)
            found.append(phrase)
            if phrase.edtf and phrase.kind != "naming":
                told.append(Told(phrase.edtf, True, verb))
    return found


def _phrase(
    sentence: _Sentence, index: int, manners: Habits, today: date | None, told: list[Told]
) -> tuple[DatePhrase, str]:
    items = sentence.items
    item = items[index]
    node: Node = item.value
    tense, verb, shifted = tense_at(items, index)
    if isinstance(node, Weekday) and reported_beside(items, index):
        tense = "past"
    if moved_to(items, index):
        tense = "future"
    country = manners.fiscal_year(item.start, sentence.span)
    setting = Setting(
        today=_told_from(node, told, today) if shifted else today,
        tense=tense,
        told=tuple(told),
        fiscal=lambda year: fiscal(year, country),
        fiscal_now=lambda day, offset: fiscal_now(day, offset, country),
        day_first=manners.day_first,
        after_in=index > 0 and items[index - 1].word in ("in", "since"),
    )
    edtf = resolve(node, setting)
    kind = kind_of(items, index)
    relation = relation_of(items, index)
    return DatePhrase((item.start, item.end), "", edtf, kind, relation, tense), verb


def _told_from(node: Node, told: list[Told], today: date | None) -> date | None:
    """The day to count from: "said in March that it would come in July" counts July from that March."""
    if not isinstance(node, (Recurring, MonthNumber)) or today is None:
        return today
    for earlier in reversed(told):
        whole = calendar.window(earlier.edtf)
        if earlier.near and whole and whole.latest and whole.earliest and whole.latest < today:
            return whole.earliest if (today - whole.latest).days > 45 else today
    return today
