"""The scoreboard: scores of all months, by programme, by milestone and by horizon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slipcast.backtest.cases import Cases, Outcome, read_cases
from slipcast.backtest.replay import replay
from slipcast.backtest.score import HORIZONS, RIVALS, Row, Summary, rows_of, summary
from slipcast.errors import InputError
from slipcast.forecasting.fitted_classes import Fitted


@dataclass(frozen=True, slots=True)
class Scope:
    """The summary of a part. kind: all, programme, milestone or horizon; name: which one."""

    kind: str
    name: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a backtest found. scopes: in the order of kinds; rows: a month each, by milestone and day.

    silent: outcomes of milestones that no forecast was possible for; left_out: rows known only from a later page, when
    `later_pages` did not count them; without_one: skill against the official date with each programme left out, each
    milestone counting once. every: how many months lie between two forecasts.
    """

    scopes: tuple[Scope, ...]
    rows: tuple[Row, ...]
    silent: tuple[Outcome, ...]
    later_pages: bool
    left_out: int
    without_one: dict[str, float]
    every: int = 1

    @property
    def overall(self) -> Summary:
        """All of it, each milestone counting once."""
        return self.scopes[0].summary


def backtest(
    folder: Path,
    *,
    later_pages: bool = False,
    fitted: Path | None = None,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Board:
    """Replay the case histories of a folder and score them.

    later_pages: count rows that are known only from a later page, from the day on which they were said.
    fitted: the folder of a fit, None for the shipped one. Raises InputError where nothing can be replayed.
    """
    cases = read_cases(folder, later_pages=later_pages)
    rows = rows_of(replay(cases, Fitted.load(fitted), seed=seed, progress=progress), cases)
    if not rows:
        todo = "the registers must promise a date for a milestone of outcomes.csv before it came"
        raise InputError("no month in which a forecast was possible", where=str(folder), todo=todo)
    return board_of(rows, cases, later_pages=later_pages)


def board_of(rows: Sequence[Row], cases: Cases, *, later_pages: bool = False, every: int = 1) -> Board:
    """The scoreboard of scored months, at least one."""
    answered = {row.outcome for row in rows}
    return Board(
        scopes=tuple(_scopes(rows)),
        rows=tuple(rows),
        silent=tuple(outcome for outcome in cases.outcomes if outcome not in answered),
        later_pages=later_pages,
        left_out=0 if later_pages else cases.later_pages,
        without_one=_without_one(rows),
        every=every,
    )


def name_of(row: Row) -> str:
    """A milestone's name as the programme has it: "S-400/Turkey, second, delivery"."""
    words = [row.forecast.programme, row.forecast.tranche or "", row.forecast.milestone.replace("_", " ")]
    return ", ".join(filter(None, words))


def _scopes(rows: Sequence[Row]) -> list[Scope]:
    whole = [summary(rows, by_milestone=True), summary(rows, by_milestone=False)]
    names = ("each milestone counts once", "each month counts once")
    scopes = [Scope("all", name, one) for name, one in zip(names, whole, strict=True) if one]
    keys: dict[str, Callable[[Row], str]] = {
        "programme": lambda row: row.forecast.programme,
        "milestone": name_of,
        "horizon": lambda row: row.horizon,
    }
    for kind, key in keys.items():
        groups: dict[str, list[Row]] = {name: [] for name, _, _ in HORIZONS} if kind == "horizon" else {}
        for row in rows:
            groups.setdefault(key(row), []).append(row)
        scopes += [
            Scope(kind, name, one) for name, group in groups.items() if (one := summary(group, by_milestone=True))
        ]
    return scopes


def _without_one(rows: Sequence[Row]) -> dict[str, float]:
    names = dict.fromkeys(row.outcome.programme for row in rows)
    parts = {name: [row for row in rows if row.outcome.programme != name] for name in names}
    made = {name: summary(part, by_milestone=True) for name, part in parts.items()}
    return {name: one.skill[RIVALS[0]] for name, one in made.items() if one}


def as_record(scope: Scope) -> dict[str, Any]:
    """A scope in its fixed JSON form: scores in months, to three digits."""
    one = scope.summary
    record: dict[str, Any] = {
        "scope": scope.kind,
        "name": scope.name,
        "weighing": "milestone" if one.by_milestone else "month",
        "months": one.months,
        "milestones": one.milestones,
        "crps": round(one.crps, 3),
    }
    record |= {f"crps, {name}": round(value, 3) for name, value in one.rivals.items()}
    record |= {f"skill against {name}": _finite(value) for name, value in one.skill.items()}
    record |= {"arrived": one.arrived, "coverage80": _finite(one.coverage), "coverage_p": _finite(one.coverage_p)}
    record |= {"judged": one.judged}
    return record | {f"brier, {name}": round(value, 4) for name, value in (one.briers or {}).items()}


def row_record(row: Row) -> dict[str, Any]:
    """A month in its fixed JSON form."""
    return {
        "programme": row.forecast.programme,
        "tranche": row.forecast.tranche,
        "milestone": row.forecast.milestone,
        "as_of": row.as_of.isoformat(),
        "promised": row.forecast.promised,
        "horizon": row.horizon,
        **{f"p{level * 100:.0f}": row.forecast.day_at(level).isoformat() for level in (0.1, 0.5, 0.8, 0.9)},
        "p_never": round(row.forecast.p_never, 6),
        "end": row.end.isoformat(),
        "arrived": row.pit is not None,
        "crps": round(row.crps, 3),
        **{f"crps, {name}": round(value, 3) for name, value in row.rivals.items()},
        "pit": _finite(row.pit),
        "in_time": {"chance": _finite(row.chance), "kept": row.kept},
    }


def _finite(value: float | None) -> float | None:
    return round(value, 4) if value is not None and abs(value) != float("inf") else None
