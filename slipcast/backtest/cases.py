"""Case histories: registers with what became of their milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from slipcast.dates import Window, counts_from, parse
from slipcast.domain import MILESTONES, Document, Statement
from slipcast.errors import DateError, InputError
from slipcast.ledger.registers import is_register, read_register
from slipcast.ledger.tabular import read_table

OUTCOMES = "outcomes.csv"
NEEDED = ("programme", "milestone", "tranche", "actual_date")
UNKNOWN, NOT_BY = "unknown", "not by "
#: how a register's document marks a row that is known only from a later page
LATER_PAGE = "retrospective: yes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one milestone. programme: the register's name; tranche: as written there.

    came: the window in which it arrived, None where it is still open or nothing is known; not_by: for an open one the
    day on which it was still to come, None where nobody says.
    """

    programme: str
    milestone: str
    tranche: str
    came: Window | None = None
    not_by: date | None = None

    @property
    def met(self) -> date | None:
        """The day by which it had arrived: its window's last, as promises are kept by theirs."""
        return self.came.deadline if self.came else None

    def kept(self, deadline: date) -> bool | None:
        """Whether it came by a day; None where its window does not tell, or nobody looked that late."""
        if self.came is None:
            return False if self.not_by and deadline < self.not_by else None
        if self.came.latest and self.came.latest <= deadline:
            return True
        return False if self.came.earliest and self.came.earliest > deadline else None


@dataclass(frozen=True, slots=True)
class Cases:
    """Programmes by name with the days of their first and of their last statement, and the outcomes of their milestones.

    registers: what was said, by programme; empty where it stands in a ledger already. later_pages: rows known only from a
    later page, left out or not.
    """

    spans: Mapping[str, tuple[date, date]]
    outcomes: tuple[Outcome, ...]
    registers: Mapping[str, tuple[tuple[Document, list[Statement]], ...]] = field(default_factory=dict)
    later_pages: int = 0

    def months(self, outcome: Outcome) -> list[date]:
        """The first of every month from the first statement to the outcome, or to the last statement or look."""
        first, last = self.spans[outcome.programme]
        end = (outcome.came.earliest or outcome.came.latest) if outcome.came else outcome.not_by
        return [day for day in first_of_months(first, last) if end is None or day < end]


def _span(pairs: Sequence[tuple[Document, list[Statement]]]) -> tuple[date, date]:
    days = [counts_from(s.stated_on or d.published or "") for d, said in pairs for s in said]
    return min(days), max(days)


def read_cases(folder: Path, *, later_pages: bool = False) -> Cases:
    """Read every register (CSV) of a folder and its outcomes.csv.

    later_pages: whether rows that are known only from a later page count, from the day on which they were said.
    Raises InputError where the folder holds no outcomes, an outcome names no register or no milestone, or a date is none.
    """
    if not folder.is_dir():
        raise InputError("is no folder", where=str(folder), todo=f"name a folder with registers and {OUTCOMES}")
    path = folder / OUTCOMES
    if not path.is_file():
        raise InputError(f"holds no {OUTCOMES}", where=str(folder), todo=f"add it with columns {', '.join(NEEDED)}")
    outcomes = _outcomes(path)
    named = sorted({outcome.programme for outcome in outcomes})
    registers, left = {}, 0
    for name in named:
        source = folder / f"{name}.csv"
        if not is_register(source):
            raise InputError(
                f"no register {source.name} beside it", where=str(path), todo="add it, or drop its outcomes"
            )
        register = read_register(source)
        if register.unread:
            first = register.unread[0]
            raise InputError(first.reason, where=f"{source}, line {first.line}", todo="mend the row, or take it out")
        later = [pair for pair in register.pairs if LATER_PAGE in pair[0].text.splitlines()]
        left += len(later)
        kept = register.pairs if later_pages else tuple(pair for pair in register.pairs if pair not in later)
        if not kept:
            raise InputError("no row that was known when it was said", where=str(source), todo="see --later-pages")
        registers[name] = kept
    return Cases({name: _span(pairs) for name, pairs in registers.items()}, tuple(outcomes), registers, left)


def _outcomes(path: Path) -> list[Outcome]:
    table = read_table(path)
    missing = [name for name in NEEDED if name not in table.header]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where=str(path), todo="add it to the header")
    if not table.rows:
        raise InputError("has a header and no rows", where=str(path), todo="give a row a milestone")
    made = [_outcome(row, f"{path}, line {line}") for line, row in table.rows]
    seen: set[tuple[str, str, str]] = set()
    for (line, _), one in zip(table.rows, made, strict=True):
        key = (one.programme, one.milestone, one.tranche)
        if key in seen:
            raise InputError("this milestone has an outcome already", where=f"{path}, line {line}", todo="keep one")
        seen.add(key)
    return made


def _outcome(row: dict[str, str], where: str) -> Outcome:
    if row["milestone"] not in MILESTONES:
        raise InputError(
            f"milestone {row['milestone']!r} is not known", where=where, todo=f"use {', '.join(MILESTONES)}"
        )
    keys = (row["programme"], row["milestone"], row["tranche"])
    told = row["actual_date"].strip()
    if told == UNKNOWN:
        return Outcome(*keys)
    try:
        window = parse(told.removeprefix(NOT_BY).strip())
    except DateError as error:
        todo = f'write EDTF, "{NOT_BY}2026-11" or "{UNKNOWN}"'
        raise InputError(f"actual_date: {error.what}", where=where, todo=todo) from None
    if told.startswith(NOT_BY):
        return Outcome(*keys, not_by=window.earliest or window.latest)
    return Outcome(*keys, came=window)


def first_of_months(first: date, last: date) -> list[date]:
    """The first day of every month from `first` to `last`, both included."""
    days, day = [], date(first.year, first.month, 1)
    while day <= last:
        if day >= first:
            days.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return days
