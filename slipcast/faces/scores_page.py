"""How the forecasts did, as what a page shows: sentences, tables, charts, each milestone's fan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slipcast.backtest.board import Board, Scope, name_of
from slipcast.backtest.score import RIVALS, Row
from slipcast.dates import add_months
from slipcast.faces import wording
from slipcast.faces.charts.drawing import Chart
from slipcast.faces.charts.scores import fan, pit_histogram, reliability, skill_by_horizon

TITLE = "How the forecasts did"
#: bands of a fan are cut this many months after the outcome, or after the last month that was replayed
BEYOND = 60
HEADS = (
    "",
    "Months",
    "CRPS",
    "CRPS, official",
    "Skill",
    "Skill, moved",
    "Skill, base",
    "In 80 %",
    "Brier",
    "Brier, official",
)
MONTHS = {1: "each month", 2: "every second month", 3: "every third month", 4: "every fourth month"}
KINDS = {
    "all": "All of it",
    "programme": "By programme",
    "milestone": "By milestone",
    "horizon": "By time to the promised day",
}


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Scores of one kind of part. rows: a name and a cell a column."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """One milestone's forecasts over time. note: what the chart does not show."""

    name: str
    anchor: str
    chart: Chart
    note: str


@dataclass(frozen=True, slots=True)
class ScoreboardPage:
    """The whole page. charts: reliability, PIT, skill by horizon, as far as there is something to draw."""

    title: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    tables: tuple[ScoreTable, ...]
    charts: tuple[tuple[str, Chart], ...]
    fans: tuple[Fan, ...]
    notes: tuple[str, ...]


def scoreboard_page(board: Board) -> ScoreboardPage:
    """The page of a backtest."""
    tables = [
        ScoreTable(title, tuple(cells(scope) for scope in board.scopes if scope.kind == kind))
        for kind, title in KINDS.items()
    ]
    judged = [(row.chance, bool(row.kept)) for row in board.rows if row.kept is not None and row.chance is not None]
    horizons = [
        (scope.name, max(scope.summary.skill[RIVALS[0]], -1.0), scope.summary.months)
        for scope in board.scopes
        if scope.kind == "horizon"
    ]
    drawn = (
        ("reliability", reliability(judged, "reliability")),
        ("pit", pit_histogram([row.pit for row in board.rows if row.pit is not None], "pit")),
        ("horizon", skill_by_horizon(horizons, "horizon")),
    )
    return ScoreboardPage(
        TITLE,
        lines(board),
        HEADS,
        tuple(tables),
        tuple((name, chart) for name, chart in drawn if chart),
        tuple(fans(board.rows)),
        notes(board),
    )


def lines(board: Board) -> tuple[str, ...]:
    """What the scoreboard comes to, in sentences."""
    one, pooled = board.overall, board.scopes[1].summary
    programmes = len({row.outcome.programme for row in board.rows})
    told = [
        f"{counted(one.months, 'forecast')} of {counted(one.milestones, 'milestone')} in {counted(programmes, 'programme')}, "
        f"one on the first of {MONTHS.get(board.every, f'every {board.every}th month')}, with nothing known later.",
        f"Skill against the official date is {signed(one.skill[RIVALS[0]])} where each milestone counts once, and "
        f"{signed(pooled.skill[RIVALS[0]])} where each month does.",
    ]
    if one.came and one.coverage is not None and one.coverage_p is not None:
        told.append(
            f"{wording.percent(one.coverage)} of the arrivals ({counted(one.came, 'milestone')}) fell inside the central 80 %; "
            f"a calibrated forecaster is so far off or farther {wording.percent(one.coverage_p)} of the time, milestones being "
            "independent."
        )
    if len(board.without_one) > 1:
        low, high = min(board.without_one.values()), max(board.without_one.values())
        told.append(
            f"Skill with any one programme left out: {signed(low)} to {signed(high)}, each milestone counting once."
        )
    return tuple(told)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 milestone", "12 milestones"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def notes(board: Board) -> tuple[str, ...]:
    """How to read the figures, and what they leave out."""
    told = [
        "CRPS is the survival form in months, lower is better; a case that is still open counts as what it is. Skill is 1 for "
        "a perfect forecast and 0 for one that is no better than its rival.",
        "Skill is against the official date, against that date moved by the class’s median slip, and against the class’s base "
        "rate. In 80 % is the share of the arrivals that fell inside the central 80 % of their forecasts, of so many milestones.",
        "The official date puts everything on the promised window's last day; once that has passed, on the day of asking, "
        "the kindest reading there is.",
        "The class behind the median slip and the base rate is the other programmes here, what became of them later "
        "included: more than a forecaster of that day could know.",
        "The months of one milestone are not independent: the bands of the reliability diagram and of the histogram are too "
        "narrow for them.",
        "Brier scores are of “by the promised day”, on months in which that day was still to come; the official date says 100 %.",
    ]
    if board.later_pages:
        told.append("Rows that are known only from a later page count, from the day on which they were said.")
    elif board.left_out:
        told.append(
            f"{board.left_out} rows that are known only from a later page are left out: nobody who read these pages then could know them."
        )
    for outcome in board.silent:
        where = f"{outcome.programme}, {outcome.tranche}, {outcome.milestone.replace('_', ' ')}"
        told.append(
            f"No forecast was possible: {where} (no date was promised before it came, as far as the register tells)."
        )
    return tuple(told)


def cells(scope: Scope) -> tuple[str, ...]:
    """A part's scores as text."""
    one = scope.summary
    briers = one.briers or {}
    return (
        scope.name,
        str(one.months),
        f"{one.crps:.1f}",
        f"{one.rivals[RIVALS[0]]:.1f}",
        *(_skill(one.skill.get(name)) for name in RIVALS),
        f"{wording.percent(one.coverage)} of {one.came}" if one.coverage is not None else "–",
        *(f"{briers[name]:.2f}" if name in briers else "–" for name in ("forecast", RIVALS[0])),
    )


def _skill(skill: float | None) -> str:
    if skill is None:
        return "–"
    return signed(skill) if skill > -100 else "worse"


def signed(value: float) -> str:
    """A skill with its sign, a true minus included."""
    return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")


def fans(rows: Sequence[Row]) -> list[Fan]:
    """A fan a milestone of which there are two forecasts or more."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name_of(row), []).append(row)
    made = []
    for number, (name, group) in enumerate(groups.items(), 1):
        met = group[0].end if group[0].pit is not None else None
        edge = add_months(max(group[-1].as_of, met or date.min), BEYOND)
        anchor = f"fan-{number}"
        cut = [
            replace(row.forecast, quantiles={level: min(day, edge) for level, day in row.forecast.quantiles.items()})
            for row in group
        ]
        chart = fan(cut, met, anchor)
        if chart:
            never = [wording.percent(row.forecast.p_never) for row in (group[0], group[-1])]
            note = f"Chance of never: {never[0]} at first, {never[1]} at last. Bands are cut at {edge.year}."
            if met is None:
                note += f" Still open on {wording.of_day(group[0].end)}."
            made.append(Fan(name, anchor, chart, note))
    return made
