"""The grammar of date phrases: cascaded rules over token categories, each stage building on what the one before made.

A rule's pattern is a regular expression over categories: `<month>` is one token, `<month|season>` one of either.
Every repeat in a pattern is bounded, so that a text is read in time proportional to its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from slipcast.reading import phrases_build as build
from slipcast.reading import phrases_build_lengths as lengths
from slipcast.reading import phrases_build_relative as relative
from slipcast.reading.phrases_nodes import Node
from slipcast.reading.phrases_tokens import CODES, Item

Builder = Callable[[Sequence[Item]], Node | None]


class Rule(NamedTuple):
    """pattern over categories; category of what it makes; builder, which may still refuse with None."""

    pattern: str
    category: str
    builder: Builder


_COUNT = "<cardinal|vague_count|day2|two_digit|number|a>"
_DAY = "<day2|ordinal_digit>"
_MONTH = "<month|month_short>"
_NEXT = "<day2|two_digit|year4>"
_FISCAL = (
    f"(?:<fiscal><unit>?(?:<year4|day2|two_digit>(?:<joiner>{_NEXT})?|<short_year>)|<fiscal_code>(?:<joiner>{_NEXT})?)"
)
_ORDINAL = "<ordinal|ordinal_digit>"
_MAYBE = "<perhaps>{0,2}<in|by|over>?<perhaps>{0,2}"
_P = "<date|yearly|bare|edge|anchored>"

_CALENDAR_WORDS = (
    Rule("<numeric_date>", "date", build.numeric),
    Rule(
        f"<from|between>?{_DAY}<joiner|to|or|dash|until|and>{_DAY}<of>?{_MONTH}<comma>?<year4>",
        "date",
        build.days_of_month,
    ),
    Rule(f"<from|between>?{_DAY}<joiner|to|or|dash|until|and>{_DAY}<of>?{_MONTH}", "bare", build.days_of_month),
    Rule(
        f"<from|between>?{_MONTH}{_DAY}<joiner|to|or|dash|until|and>{_DAY}<comma>?<year4>", "date", build.days_of_month
    ),
    Rule(
        f"<from|between>?{_MONTH}{_DAY}<joiner|to|or|dash|until|and>{_DAY}(?!<joiner>|{_MONTH})",
        "bare",
        build.days_of_month,
    ),
    Rule(f"<the>?{_DAY}<of|joiner>?{_MONTH}<comma|joiner>?<year4>", "date", build.day_month_year),
    Rule(f"{_DAY}<joiner>?{_MONTH}<joiner>?<short_year|two_digit|day2>", "date", build.day_month_year),
    Rule(f"{_MONTH}{_DAY}<comma>?<year4>", "date", build.day_month_year),
    Rule(f"<the>?{_DAY}<of>?{_MONTH}", "bare", build.day_month),
    Rule(f"{_MONTH}<of|comma|joiner>?<year4>", "date", build.month_year),
    Rule(f"{_MONTH}<joiner>?<short_year>", "date", build.month_year),
    Rule(f"{_MONTH}<joiner><two_digit|day2>", "date", build.month_year),
    Rule(f"{_MONTH}<the>?<ordinal_digit>", "bare", build.day_month),
    Rule("<the><ordinal_digit>(?=<comma|stop|and|or|to|joiner|dash>)", "bare", build.day_of_month),
    Rule(f"{_MONTH}<day2|two_digit>", "bare", build.month_number),
    Rule(f"<quarter_code><of|comma|joiner|possessive>?{_FISCAL}", "date", build.quarter_of_fiscal),
    Rule(f"{_FISCAL}<comma|joiner>?<quarter_code>", "date", build.quarter_of_fiscal),
    Rule("<quarter_code><day2|two_digit><joiner><day2|two_digit>", "date", build.packed_fiscal_quarter),
    Rule("<quarter_code><number|year4>", "date", build.packed_fiscal_quarter),
    Rule("<quarter_code><of|comma|joiner>?<year4|short_year>", "date", build.coded_quarter),
    Rule("<year4><comma|joiner>?<quarter_code>", "date", build.coded_quarter),
    Rule("<quarter_code>", "bare", build.coded_quarter),
    Rule(_FISCAL, "yearly", build.fiscal_year),
    Rule(f"<year4>(?:<joiner>{_NEXT})?<fiscal><unit>", "yearly", build.fiscal_year),
    Rule("<the>?<which><fiscal><unit>", "yearly", build.fiscal_now),
    Rule(f"<year4><joiner>{_NEXT}", "yearly", build.joined_years),
    Rule("<season><of|comma>?<year4>", "date", build.season),
    Rule("<the>?<decade>", "date", build.decade),
    Rule("<the>?<ordinal><or|to|joiner|dash><the>?<ordinal><joiner>?<quarter|half>", "bare", build.two_ordinals),
    Rule("<the>?<ordinal|ordinal_digit><joiner>?<quarter|half>", "bare", build.ordinal_part),
    Rule("<the>?<which><quarter|half>(?=<of>)", "bare", build.ordinal_part),
    Rule("<the>?<unit><shift><near_day>", "date", relative.beyond_near_day),
    Rule("<the><unit><shift>(?=<comma|stop|and>)", "date", relative.day_beside),
    Rule("<near_day>", "date", relative.near_day),
    Rule("<holiday>", "bare", relative.holiday),
    Rule("<which><day_part>", "date", relative.day_part),
    Rule("<the>?<unit><shift><which>(?!<unit|weekday>)", "yearly", relative.unit_before_last),
    Rule("<unit><possessive|joiner>?<edge_noun>(?:<of>?<year4>)?", "edge", relative.unit_end),
    Rule("<the>?<which><unit|quarter|half>(?!<of>)", "date", relative.deictic),
    Rule("<the>?<which><unit>(?=<of><other|number>)", "yearly", relative.deictic_year),
    Rule("<the>?<unit><which>(?!<unit|quarter|half|season|weekday|month>)", "date", relative.deictic),
    Rule("<the><unit|quarter>", "date", relative.spoken_day),
    Rule("<which>?<weekday>", "date", relative.weekday),
    Rule("<the>?<which>?<season>", "bare", build.season),
    Rule("<which>?<month|month_short>", "bare", relative.month),
    Rule("<the>?<unit><year4>", "yearly", relative.plain_year),
    Rule("<short_year>", "yearly", relative.short_year),
    Rule("<year4>", "yearly", relative.plain_year),
)
_TOGETHER = (
    Rule("<weekday_short><comma>?<date|bare>", "bare", relative.dated_weekday),
    Rule("<date><comma>?<the>?<bare>", "bare", relative.dated_weekday),
    Rule("<date><comma>?<of>?<the>?<date>", "date", relative.dated_weekday),
    Rule("<date|yearly><possessive><bare>", "date", relative.part_of_year),
    Rule("<bare><comma>?<of|in>?<yearly|date>", "date", relative.part_of_year),
    Rule("<yearly><bare>", "date", relative.year_then_part),
    Rule("<bare><of><the>?<unit>", "date", relative.part_of_year),
    Rule("<bare><of><bare>", "date", relative.part_of_year),
    Rule("<date><of|in>?<the>?<yearly|date>", "date", relative.same_in_year),
    Rule("<the><ordinal|ordinal_digit><of><the>?<date>", "date", relative.day_of_this),
    Rule("<the>?<ordinal|ordinal_digit|which><unit><of|in><the>?<date|yearly|bare>", "date", relative.piece),
    Rule("<the>?<ordinal|ordinal_digit|which><unit><of|in><the><unit|quarter>", "date", relative.piece),
)
_EDGES = (
    Rule(
        "<edge_adjective><joiner|dash>?<to><joiner>?<edge_adjective><joiner>?<date|yearly|bare>",
        "date",
        relative.two_edges,
    ),
    Rule("<edge_adjective><joiner>?<in>?<the>?<date|yearly|bare>", "edge", relative.edge),
    Rule("<edge_adjective><in><the><unit>", "edge", relative.edge),
    Rule("<edge_adjective><joiner><unit>", "edge", relative.edge),
    Rule("<the>?<edge_noun><of><unit>", "edge", relative.edge),
    Rule("<the>?<edge_noun><of><the>?<date|yearly|bare>", "edge", relative.edge),
    Rule("<the>?<edge_noun><of><the>?<unit|quarter>", "edge", relative.edge),
    Rule("<edge_noun><joiner>?<yearly|date|bare>", "edge", relative.edge),
    Rule("<shift><in>?<date|yearly>", "date", relative.later_in),
    Rule("<shift><in><the><unit>", "date", relative.later_in),
)
_LENGTHS = (
    Rule(f"{_COUNT}<to|or|joiner|dash>{_COUNT}<unit>", "length", lengths.length),
    Rule("<cardinal><joiner><cardinal><unit>", "length", lengths.length),
    Rule("<cardinal><and><a><half><unit>", "length", lengths.length),
    Rule("<a><unit><and><a><half>", "length", lengths.length),
    Rule("<half><a><unit>", "length", lengths.length),
    Rule("<a><vague_count|cardinal><of>?<unit>", "length", lengths.length),
    Rule(f"{_COUNT}<unit>", "length", lengths.length),
    Rule("<vague_count><of><unit>", "length", lengths.length),
)
_BOUNDED_LENGTHS = (
    Rule("<other><to|than|other><length>", "length", lengths.bounded_length),
    Rule("<about|over|other><length>", "length", lengths.bounded_length),
)
_ANCHORED = (
    Rule(
        "<in|within|over|for>?<the>?<which|ordinal><length><of|in><the>?<date|yearly|bare>", "date", relative.units_of
    ),
    Rule("<within|in|over|for><the>?<which><length|unit>", "anchored", lengths.stretch),
    Rule("<the><which><length>", "anchored", lengths.stretch),
    Rule("<date><length><shift>", "anchored", relative.same_in_year),
    Rule("<length><shift><the>?<date|yearly|bare|edge>", "anchored", lengths.shifted),
    Rule("<length><shift>(?=<comma|stop>)", "anchored", lengths.shifted_from_told),
    Rule("<length><shift>(?!<than>)", "anchored", lengths.shifted),
    Rule("<length><from><now|date|yearly|bare|edge>", "anchored", lengths.shifted),
    Rule("<within><length><of|from|shift><the>?<date|yearly|bare|edge>", "anchored", lengths.within),
    Rule("<within><length><of|from|shift><the>?<other>", "anchored", lengths.within),
    Rule("<within><length>", "anchored", lengths.within),
    Rule("<in><length>(?!<of|over>)", "anchored", lengths.ahead),
)
_RANGES = (
    Rule(f"<between><the>?{_P}<and><the>?{_P}", "date", lengths.span),
    Rule(f"<from><the>?{_P}<to|until|joiner|dash><the>?{_P}", "date", lengths.span),
    Rule(f"{_P}<to|joiner|dash|until><the>?{_P}", "date", lengths.span),
    Rule(f"{_P}(?:<comma>{_P}){{0,3}}(?:<comma>?<or>{_MAYBE}<the>?{_P}){{1,3}}", "date", lengths.choice),
    Rule(f"<about><the>?{_P}", "date", lengths.about),
)
STAGES = (_CALENDAR_WORDS, _TOGETHER, _EDGES, _LENGTHS, _BOUNDED_LENGTHS, _ANCHORED, _RANGES)


class _Stage(NamedTuple):
    anywhere: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], str, Builder], ...]


def _compiled(pattern: str) -> str:
    def codes(found: re.Match[str]) -> str:
        return "[" + "".join(re.escape(CODES[name]) for name in found.group(1).split("|")) + "]"

    return re.sub(r"<([a-z0-9_|]+)>", codes, pattern)


@lru_cache(maxsize=1)
def _stages() -> tuple[_Stage, ...]:
    return tuple(
        _Stage(
            re.compile("|".join(f"(?:{_compiled(rule.pattern)})" for rule in stage)),
            tuple((re.compile(_compiled(rule.pattern)), rule.category, rule.builder) for rule in stage),
        )
        for stage in STAGES
    )


def reduce(items: list[Item]) -> list[Item]:
    """The items with every phrase put together into one, whose value is its Node."""
    for stage in _stages():
        items = _reduce_once(items, stage)
    return items


def _reduce_once(items: list[Item], stage: _Stage) -> list[Item]:
    codes = "".join([CODES[item.category] for item in items])
    found = stage.anywhere.search(codes)
    if not found:
        return items
    out: list[Item] = []
    done = 0
    while found:
        at = found.start()
        out += items[done:at]
        made, done = _apply(items, codes, at, stage)
        out.append(made)
        found = stage.anywhere.search(codes, done)
    return out + items[done:]


def _apply(items: list[Item], codes: str, at: int, stage: _Stage) -> tuple[Item, int]:
    for pattern, category, builder in stage.rules:
        match = pattern.match(codes, at)
        if match:
            parts = items[at : match.end()]
            node = builder(parts)
            if node is not None:
                word = " ".join([part.word for part in parts])
                return Item(parts[0].start, parts[-1].end, category, node, word), match.end()
    return items[at], at + 1
