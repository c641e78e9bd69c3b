"""slipcast backtest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slipcast.backtest.board import Board, Scope, as_record, backtest, row_record
from slipcast.backtest.score import RIVALS
from slipcast.faces.options import AsJson, Seed, seed_of
from slipcast.faces.scoreboard import save
from slipcast.faces.tables import counting, heading, percent, print_json, print_table, say

TITLES = {"all": "All", "programme": "By programme and milestone", "horizon": "By time to the promised day"}
COLUMNS = ("", "months", "CRPS", "official", "skill", "moved", "base", "in 80 %", "Brier")


def show(board: Board) -> None:
    """The scoreboard as tables, a kind of part at a time."""
    for kind, title in TITLES.items():
        heading(title)
        scopes = [scope for scope in board.scopes if scope.kind == kind]
        rows = [row for scope in scopes for row in (cells(scope), *parts(board, scope))]
        print_table(COLUMNS, rows, right=range(1, 9), fixed=range(1, 9))
    low, high = min(board.without_one.values(), default=None), max(board.without_one.values(), default=None)
    if low is not None and high is not None:
        say(f"\nSkill against the official date with any one programme left out: {low:+.2f} to {high:+.2f}.")
    say(
        "\nCRPS and official (the official date's own CRPS) are in months, lower is better; skill, moved and base are skill "
        "against the official date, that date plus the class's median slip, and the class's base rate: 1 is perfect, 0 no "
        "better. In 80 % counts arrivals inside the central 80 % of their forecasts; Brier is of “by the promised day”."
    )
    if board.left_out:
        say(f"{board.left_out} rows known only from a later page are left out; --later-pages counts them.")
    for outcome in board.silent:
        where = f"{outcome.programme}, {outcome.tranche}, {outcome.milestone.replace('_', ' ')}"
        say(f"  no forecast was possible: {where}", hang=2)


def parts(board: Board, scope: Scope) -> list[list[str]]:
    """The milestones of a programme as rows under it; none under other parts."""
    if scope.kind != "programme":
        return []
    own = [one for one in board.scopes if one.kind == "milestone" and one.name.startswith(f"{scope.name}, ")]
    return [["- " + one.name.removeprefix(f"{scope.name}, "), *cells(one)[1:]] for one in own]


def cells(scope: Scope) -> list[str]:
    """A part as a row of the table."""
    one = scope.summary
    skills = [skilled(one.skill.get(name)) for name in RIVALS]
    covered = percent(one.coverage) if one.coverage is not None else ""
    brier = f"{one.briers['forecast']:.2f}" if one.briers else ""
    return [scope.name, str(one.months), f"{one.crps:.1f}", f"{one.rivals[RIVALS[0]]:.1f}", *skills, covered, brier]


def skilled(skill: float | None) -> str:
    """A skill as a reader sees it; what is boundless, because the rival was perfect, is said so."""
    if skill is None:
        return ""
    return f"{skill:+.2f}" if skill > -100 else "worse"


def run(
    cases: Annotated[
        Path, typer.Argument(metavar="CASES", help="A folder of registers (CSV) with their outcomes.csv.")
    ],
    later_pages: Annotated[
        bool,
        typer.Option("--later-pages", help="Count rows known only from a later page, from the day they were said."),
    ] = False,
    fitted: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use the fit in this folder instead of the shipped one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also write the scoreboard there: README.md, HTML and charts.")
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="With --json: a line a month, not a line a part.")] = False,
    seed: Seed = None,
    as_json: AsJson = False,
) -> None:
    """Replay case histories at the first of every month, with nothing known later, and score the forecasts."""
    with counting("months") as progress:
        board = backtest(cases, later_pages=later_pages, fitted=fitted, seed=seed_of(seed), progress=progress)
    if out is not None:
        written = save(board, out)
    if as_json:
        print_json(map(row_record, board.rows) if each else map(as_record, board.scopes))
        return
    show(board)
    if out is not None:
        say(f"\nScoreboard written to {out} ({written} files).")
