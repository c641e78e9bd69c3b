"""Reads the date phrases of a whole text against a day: sentence by sentence, each date told serving those after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_anchor import members, next_after, resolve, within_year, yearless
from slipcast.reading.phrases_context import is_date, mask, part_moves
from slipcast.reading.phrases_country import Manners
from slipcast.reading.phrases_grammar import reduce
from slipcast.reading.phrases_nodes import Choice, End, MonthNumber, Node, Offset, Range, Recurring, Weekday
from slipcast.reading.phrases_relation import kind_of, relation_of
from slipcast.reading.phrases_setting import Setting, Told
from slipcast.reading.phrases_tense import Tense, frame_year, moved_to, reported_beside, tense_at
from slipcast.reading.phrases_tokens import PHRASES, Item, may_hold, tokens
from slipcast.reading.sentences import split

_REMEMBERED = 24
_NEARBY = 80
_CLAUSE = 14  #: words of the second half of a sentence up to its date
#: relations of a date that is told to compare or to bound, not as the time spoken of
_ASIDE = ("since", "before", "not before", "until")


class Found(NamedTuple):
    """A phrase as read against one day; the fields are those of DatePhrase."""

    span: tuple[int, int]
    edtf: str | None
    kind: str
    relation: str
    tense: str
    members: tuple[tuple[tuple[int, int], str], ...] = ()
    back: str | None = None
    ahead: str | None = None


class _Sentence:
    """A sentence's items and the places of its phrases among them."""

    __slots__ = ("items", "phrases", "span")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.span = (start, end)
        self.items: Sequence[Item] = ()
        self.phrases: list[int] = []
        if not may_hold(text, start, end):
            return
        self.items = part_moves(reduce(mask(tokens(text, start, end), text)))
        self.phrases = [
            i for i, item in enumerate(self.items) if item.category in PHRASES and is_date(self.items, i, text)
        ]


def read_phrases(text: str, days: Sequence[date | None]) -> list[list[Found]]:
    """The phrases of a text, read once for each possible day of publication; all lists have the same spans."""
    sentences = [_Sentence(text, s.start, s.end) for s in split(text)]
    sentences = [sentence for sentence in sentences if sentence.phrases]
    manners = Manners(text)
    return [_read(sentences, manners, day) for day in days]


def _read(sentences: list[_Sentence], manners: Manners, today: date | None) -> list[Found]:
    found: list[Found] = []
    before: list[Told] = []
    events: list[Told] = []
    waiting: list[tuple[int, Offset]] = []
    for sentence in sentences:
        told: list[Told] = []
        for index in sentence.phrases:
            phrase, verb = _phrase(sentence, index, manners, today, [*before, *told[-_REMEMBERED:]])
            node = sentence.items[index].value
            if phrase.edtf is None and isinstance(node, Offset) and isinstance(node.anchor, str):
                waiting.append((len(found), node))
            found.append(phrase)
            if phrase.edtf and phrase.kind != "naming":
                told.append(Told(phrase.edtf, True, verb, aside=phrase.relation in _ASIDE))
                events.append(told[-1])
        before = [*before, *(replace(t, near=False) for t in told[-_REMEMBERED:])][-_REMEMBERED:]
    later = tuple(reversed(events))  # the first that is told after it counts
    for at, node in waiting:
        if len(str(node.anchor)) > 3 and node.anchor not in ("told", "ahead", "event", "published", "within"):
            found[at] = found[at]._replace(edtf=resolve(node, Setting(today, told=later)))
    return found


def _phrase(
    sentence: _Sentence, index: int, manners: Manners, today: date | None, told: list[Told]
) -> tuple[Found, str]:
    items = sentence.items
    item = items[index]
    node: Node = item.value
    tense = _tense(items, index)
    before = items[index - 1].word if index else ""
    setting = Setting(
        today=_told_from(node, told, today) if tense.shifted else today,
        tense=tense.direction,
        told=tuple(told),
        country=lambda: manners.fiscal_year(item.start, _clause(sentence, index)),
        home=lambda: manners.usual,
        day_first=lambda: manners.day_first,
        years_short=lambda: manners.years_short,
        before=before,
    )
    coded = isinstance(node, Recurring) and node.unit == "quarter" and item.word[:1] == "q"
    if coded and manners.fiscal_codes:
        edtf = next((t.edtf for t in reversed(told) if calendar.unit_of(t.edtf) == "quarter"), None)
        back = ahead = None
    else:
        frame = frame_year(items, index) if yearless(node) else None
        node = within_year(node, frame.value) if frame else node
        edtf = resolve(node, setting)
        if frame is None and yearless(node) and not isinstance(node, MonthNumber) and _is_carried_on(sentence, index):
            edtf = _in_turn(node, edtf, setting)
        back, ahead = _either_way(node, today) if today and setting.today == today else (None, None)
        if edtf not in (back, ahead):  # it was told what is meant: another year, or "Dec 20" as a year
            back = ahead = None
    each = members(node, setting) if edtf and isinstance(node, (Range, Choice)) and node.spans else None
    parts = tuple(zip(node.spans, each, strict=True)) if each and isinstance(node, (Range, Choice)) else ()
    kind, relation = kind_of(items, index), relation_of(items, index)
    return Found((item.start, item.end), edtf, kind, relation, tense.direction, parts, back, ahead), tense.verb


def _either_way(node: Node, today: date) -> tuple[str | None, str | None]:
    """The last and the next time that a phrase without a year may mean; None where it tells which."""
    if not yearless(node) and not (isinstance(node, Weekday) and not node.which and node.weeks is None):
        return None, None
    return resolve(node, Setting(today, tense="past")), resolve(node, Setting(today, tense="future"))


def _is_carried_on(sentence: _Sentence, index: int) -> bool:
    """Whether a phrase stands in the second half of "was laid down in September 2018 and launched in March"."""
    at = sentence.phrases.index(index)
    if not at:
        return False
    between = [item.word for item in sentence.items[sentence.phrases[at - 1] + 1 : index]]
    joined = between[:1] in (["and"], ["then"]) or between[:2] in ([",", "and"], [",", "then"])
    return joined and len(between) < _CLAUSE


def _in_turn(node: Node, edtf: str | None, setting: Setting) -> str | None:
    """The first time after the date told before it in the sentence, where that is one of the calendar; past if the clause is."""
    told = setting.told[-1] if setting.told and setting.told[-1].near and not setting.told[-1].aside else None
    if (
        told is None
        or setting.today is None
        or calendar.unit_of(told.edtf) not in ("day", "month", "season", "quarter")
    ):
        return edtf
    later = next_after(node, told.edtf, setting)
    spoken, meant = calendar.window(told.edtf), calendar.window(later) if later else None
    if spoken is None or spoken.earliest is None or meant is None or meant.earliest is None:
        return edtf
    ahead = setting.tense != "past" or spoken.earliest > setting.today
    return later if ahead or meant.earliest <= setting.today else edtf


def _tense(items: Sequence[Item], index: int) -> Tense:
    """The tense of the clause, where the phrase itself does not settle it: "since May" is past, "until Monday" to come."""
    node: Node = items[index].value
    before = items[index - 1].word if index else ""
    found = tense_at(items, index)
    ahead = isinstance(node, Weekday) and before in ("until", "till")
    if isinstance(node, End) or moved_to(items, index) or ahead:
        return found._replace(direction="future")
    if before == "since" or (isinstance(node, Weekday) and reported_beside(items, index)):
        return found._replace(direction="past")
    return found


def _clause(sentence: _Sentence, index: int) -> tuple[int, int]:
    """The part of the sentence between semicolons that a phrase stands in."""
    items = sentence.items
    low, high = max(0, index - _NEARBY), min(len(items), index + _NEARBY)
    start = next((items[k].end for k in range(index, low, -1) if items[k].word == ";"), None)
    end = next((items[k].start for k in range(index, high) if items[k].word == ";"), None)
    return (
        max(sentence.span[0], items[low].start) if start is None else start,
        min(sentence.span[1], items[high - 1].end) if end is None else end,
    )


def _told_from(node: Node, told: list[Told], today: date | None) -> date | None:
    """The day to count from: "said in March that it would come in July" counts July from that March."""
    if not isinstance(node, (Recurring, MonthNumber)) or today is None:
        return today
    for earlier in reversed(told):
        whole = calendar.window(earlier.edtf)
        if earlier.near and whole and whole.latest and whole.earliest and whole.latest < today:
            return whole.earliest if (today - whole.latest).days > 45 else today
    return today
