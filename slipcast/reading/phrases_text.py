"""Reads the date phrases of a whole text against a day: sentence by sentence, each date told serving those after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_anchor import resolve, within_year, yearless
from slipcast.reading.phrases_context import is_date, kind_of, mask, relation_of
from slipcast.reading.phrases_country import Habits, fiscal, fiscal_now, habits
from slipcast.reading.phrases_grammar import reduce
from slipcast.reading.phrases_nodes import MonthNumber, Node, Offset, Recurring, Weekday
from slipcast.reading.phrases_setting import Setting, Told
from slipcast.reading.phrases_tense import frame_year, moved_to, reported_beside, tense_at
from slipcast.reading.phrases_tokens import Item, tokens
from slipcast.reading.sentences import split

_PHRASES = ("date", "yearly", "bare", "edge", "length", "anchored")
_REMEMBERED = 24
#: relations of a date that is told to compare or to bound, not as the time spoken of
_ASIDE = ("since", "before", "not before", "until")


class Found(NamedTuple):
    """A phrase as read against one day; the fields are those of DatePhrase."""

    span: tuple[int, int]
    edtf: str | None
    kind: str
    relation: str
    tense: str


class _Sentence:
    """A sentence's items and the places of its phrases among them."""

    __slots__ = ("items", "phrases", "span")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.span = (start, end)
        self.items: Sequence[Item] = reduce(mask(tokens(text, start, end), text))
        self.phrases = [
            i for i, item in enumerate(self.items) if item.category in _PHRASES and is_date(self.items, i, text)
        ]


def read_phrases(text: str, days: Sequence[date | None]) -> list[list[Found]]:
    """The phrases of a text, read once for each possible day of publication; all lists have the same spans."""
    sentences = [_Sentence(text, s.start, s.end) for s in split(text)]
    manners = habits(text)
    return [_read(sentences, manners, day) for day in days]


def _read(sentences: list[_Sentence], manners: Habits, today: date | None) -> list[Found]:
    found: list[Found] = []
    told: list[Told] = []
    events: list[Told] = []
    waiting: list[tuple[int, Offset]] = []
    for sentence in sentences:
        told = [replace(t, near=False) for t in told[-_REMEMBERED:]]
        for index in sentence.phrases:
            phrase, verb = _phrase(sentence, index, manners, today, told)
            node = sentence.items[index].value
            if phrase.edtf is None and isinstance(node, Offset) and isinstance(node.anchor, str):
                waiting.append((len(found), node))
            found.append(phrase)
            if phrase.edtf and phrase.kind != "naming":
                told.append(Told(phrase.edtf, True, verb, aside=phrase.relation in _ASIDE))
                events.append(told[-1])
    later = tuple(reversed(events))  # the first that is told after it counts
    for at, node in waiting:
        if len(str(node.anchor)) > 3 and node.anchor not in ("told", "ahead", "event", "published"):
            found[at] = found[at]._replace(edtf=resolve(node, Setting(today, told=later)))
    return found


def _phrase(
    sentence: _Sentence, index: int, manners: Habits, today: date | None, told: list[Told]
) -> tuple[Found, str]:
    items = sentence.items
    item = items[index]
    node: Node = item.value
    tense, verb, shifted = tense_at(items, index)
    before = items[index - 1].word if index else ""
    if isinstance(node, Weekday) and reported_beside(items, index):
        tense = "past"
    if moved_to(items, index) or (isinstance(node, Weekday) and before in ("until", "till")):
        tense = "future"
    country = manners.fiscal_year(item.start, sentence.span)
    setting = Setting(
        today=_told_from(node, told, today) if shifted else today,
        tense=tense,
        told=tuple(told),
        fiscal=lambda year: fiscal(year, country),
        fiscal_now=lambda day, offset: fiscal_now(day, offset, country),
        day_first=manners.day_first,
        after_in=before in ("in", "since"),
    )
    if manners.fiscal_codes and isinstance(node, Recurring) and node.unit == "quarter" and item.word[:1] == "q":
        edtf = next((t.edtf for t in reversed(told) if calendar.unit_of(t.edtf) == "quarter"), None)
    else:
        frame = frame_year(items, index) if yearless(node) else None
        edtf = resolve(within_year(node, frame.value) if frame else node, setting)
    return Found((item.start, item.end), edtf, kind_of(items, index), relation_of(items, index), tense), verb


def _told_from(node: Node, told: list[Told], today: date | None) -> date | None:
    """The day to count from: "said in March that it would come in July" counts July from that March."""
    if not isinstance(node, (Recurring, MonthNumber)) or today is None:
        return today
    for earlier in reversed(told):
        whole = calendar.window(earlier.edtf)
        if earlier.near and whole and whole.latest and whole.earliest and whole.latest < today:
            return whole.earliest if (today - whole.latest).days > 45 else today
    return today
