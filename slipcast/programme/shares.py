"""Workshare: who makes which part, since when, until when; who was suspended or replaced keeps their line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slipcast.domain import Share
from slipcast.programme.claims import word
from slipcast.programme.naming import plain
from slipcast.programme.placed import Placed

_SPARE = frozenset({"the", "a", "an", "of", "for", "and", "to", "its", "their"})


def part_key(text: str) -> tuple[str, ...]:
    """What makes two names of a part one: their words without articles and plural endings."""
    words = [word for word in plain(text).split() if word not in _SPARE]
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def shares(placed: Sequence[Placed]) -> tuple[Share, ...]:
    """One line a participant and part, with its history. placed: the programme's workshare statements in order."""
    lines: dict[tuple[str, tuple[str, ...]], list[Placed]] = {}
    for one in sorted(placed, key=_in_text):
        key = (plain(one.statement.participant or ""), part_key(one.statement.part or ""))
        lines.setdefault(key, []).append(one)
    made = [_line(group) for group in lines.values()]
    return tuple(_replaced(made))


def _in_text(one: Placed) -> tuple[date, str, tuple[int, int], int]:
    s = one.statement
    return one.said.middle or date.max, one.entry.document.id, s.span, s.quote.find(s.part or "")


def _line(group: Sequence[Placed]) -> Share:
    first, last = group[0], group[-1]
    s = last.statement
    since = next((p.statement.date for p in group if p.statement.status == "achieved" and p.statement.date), None)
    ended = word(s) if word(s) in ("suspended", "cancelled") else None
    until = (s.date or last.said.edtf) if ended else (s.date if s.status == "planned" and s.date else None)
    sourcing = next((p.statement.sourcing for p in reversed(group) if p.statement.sourcing), None)
    return Share(
        participant=first.statement.participant or "",
        part=first.statement.part or "",
        sourcing=sourcing,
        status=word(s),
        since=since,
        until=until,
        ended=ended,
        evidence=tuple(p.id for p in group),
    )


def _replaced(lines: Sequence[Share]) -> list[Share]:
    """Name the successor in the line of a maker that ended, where another makes the same part."""
    made = []
    for line in lines:
        heirs = [
            other.participant
            for other in lines
            if other is not line and not other.ended and part_key(other.part) == part_key(line.part)
        ]
        if line.ended and heirs:
            line = Share(
                line.participant, line.part, line.sourcing, line.status, line.since, line.until,
                f"replaced by {heirs[0]}", line.evidence,
            )  # fmt: skip
        made.append(line)
    return made
