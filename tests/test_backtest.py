"""Backtests: nothing known later, scores with known values, and what the page says.

The Grebe mine clearer, the Corvane coast guard and its yards are invented; so is every date in their registers.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.backtest.board import backtest
from slipcast.backtest.cases import Outcome, first_of_months, read_cases
from slipcast.backtest.own import own_board
from slipcast.backtest.replay import Month, replay
from slipcast.backtest.rivals import MONTH, Kin, Steps, kin_of, on
from slipcast.backtest.score import rows_of, summary, weights
from slipcast.dates import parse
from slipcast.errors import InputError
from slipcast.faces.cli import main
from slipcast.faces.do_report import replayed as replayed_months
from slipcast.faces.do_report import why_unscored
from slipcast.faces.scoreboard import save
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.histories import Counts, Histories
from slipcast.ledger.store import Ledger
from slipcast.pipeline.view import views

FACTS = Path(__file__).parents[2] / "shared" / "facts"
HEAD = "stated_on,speaker,system,buyer,supplier,tranche,milestone,status,promised_date,previous_date,occurred_date,retrospective,note"
GREBE = (
    "2015-02-10,yard,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,planned,2017-06,,,,The first is due in June 2017.",
    "2016-05-03,yard,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,delayed,2018-03,2017-06,,,It slips to March 2018.",
    "2018-01-20,navy,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,delayed,2018-11,2018-03,,,It slips once more.",
    "2018-12-05,navy,HX-3 Grebe,Chile,Corvane Yard,first ship,delivery,achieved,,,2018-12-05,,It was handed over.",
)
PLOVER = (
    "2016-01-15,maker,PL-7 Plover,Norway,Plover Works,first aircraft,delivery,planned,2017-01,,,,Due in January 2017.",
    "2016-02-01,maker,PL-7 Plover,Norway,Plover Works,second aircraft,delivery,planned,2018-01,,,yes,As recalled later.",
    "2017-03-01,maker,PL-7 Plover,Norway,Plover Works,first aircraft,delivery,delayed,2017-09,2017-01,,,Now September.",
    "2018-06-01,maker,PL-7 Plover,Norway,Plover Works,first aircraft,delivery,at_risk,,,,,Nobody names a date.",
)
OUTCOMES = (
    "grebe,delivery,first ship,2018-12-05",
    "plover,delivery,first aircraft,not by 2019-06",
    "plover,delivery,second aircraft,unknown",
)
DAY = date(2018, 1, 1)


def cases_in(folder: Path, grebe: tuple[str, ...] = GREBE, outcomes: tuple[str, ...] = OUTCOMES) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in (("grebe", grebe), ("plover", PLOVER)):
        (folder / f"{name}.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    text = "\n".join(("programme,milestone,tranche,actual_date", *outcomes)) + "\n"
    (folder / "outcomes.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return cases_in(tmp_path / "cases")


def replayed(folder: Path) -> list[Month]:
    return replay(read_cases(folder), Fitted.load())


def until(months: list[Month], day: date) -> list[Month]:
    return [month for month in months if month.as_of < day]


def test_months_run_from_the_first_statement_to_the_outcome(folder: Path) -> None:
    months = [m.as_of for m in replayed(folder) if m.outcome.programme == "grebe"]
    assert months == first_of_months(date(2015, 2, 10), date(2018, 12, 4))
    assert (months[0], months[-1]) == (date(2015, 3, 1), date(2018, 12, 1))


def test_an_open_case_is_replayed_to_the_registers_end_and_censored_where_it_was_last_open(folder: Path) -> None:
    cases = read_cases(folder)
    rows = [row for row in rows_of(replay(cases, Fitted.load()), cases) if row.outcome.programme == "plover"]
    assert rows[-1].as_of == date(2018, 6, 1)
    assert {row.end for row in rows} == {date(2019, 6, 1)}
    assert {(row.pit, row.covered) for row in rows} == {(None, None)}
    assert {row.kept for row in rows if row.horizon != "overdue"} == {False}
    assert {row.kept for row in rows if row.horizon == "overdue"} == {None}


@pytest.mark.parametrize(
    "later",
    [
        (),
        GREBE[3:],
        (GREBE[2].replace("2018-11", "2031-01"), GREBE[3]),
        (GREBE[2].replace("2018-01-20", "2018-06-15"), GREBE[3]),
        (*GREBE[2:], GREBE[2].replace("2018-01-20", "2018-02-01").replace("delayed,2018-11", "cancelled,")),
    ],
    ids=["none", "dropped", "another date", "moved", "added"],
)
def test_a_later_statement_moves_no_earlier_forecast(tmp_path: Path, later: tuple[str, ...]) -> None:
    before = until(replayed(cases_in(tmp_path / "as it was")), DAY)
    after = until(replayed(cases_in(tmp_path / "changed", GREBE[:2] + later)), DAY)
    assert len([m for m in before if m.outcome.programme == "grebe"]) == 34
    if later:
        assert [m.forecast for m in before] == [m.forecast for m in after]
    else:  # the register ends earlier, so it is followed less long; what it forecast until then is the same
        theirs = {(m.outcome, m.as_of): m.forecast for m in before}
        assert after
        assert all(theirs[m.outcome, m.as_of] == m.forecast for m in after)


def test_an_earlier_statement_does_move_them(tmp_path: Path) -> None:
    before = until(replayed(cases_in(tmp_path / "as it was")), DAY)
    changed = (GREBE[0], GREBE[1].replace("2018-03", "2018-09"), *GREBE[2:])
    after = until(replayed(cases_in(tmp_path / "changed", changed)), DAY)
    moved = [m.as_of for m, n in zip(before, after, strict=True) if m.forecast.quantiles != n.forecast.quantiles]
    assert min(moved) == date(2016, 6, 1)


def test_the_outcome_moves_no_forecast(tmp_path: Path) -> None:
    before = replayed(cases_in(tmp_path / "as it was"))
    later = cases_in(tmp_path / "changed", outcomes=(OUTCOMES[0].replace("2018-12-05", "unknown"), *OUTCOMES[1:]))
    assert [m.forecast for m in before] == [m.forecast for m in replayed(later)]


def test_rows_known_only_from_a_later_page_count_only_when_asked_for(folder: Path) -> None:
    strict, loose = backtest(folder), backtest(folder, later_pages=True)
    assert (strict.left_out, loose.left_out) == (1, 0)
    assert [outcome.tranche for outcome in strict.silent] == ["second aircraft"]
    assert not loose.silent
    theirs = {(row.outcome, row.as_of): row.forecast for row in loose.rows}
    shared = [row for row in strict.rows if row.outcome.programme == "grebe"]
    assert all(theirs[row.outcome, row.as_of] == row.forecast for row in shared)


@pytest.mark.parametrize(
    ("actual", "deadline", "kept"),
    [
        ("2018-12-05", date(2018, 12, 5), True),
        ("2018-12-05", date(2018, 12, 4), False),
        ("2018", date(2018, 12, 31), True),
        ("2018", date(2018, 6, 30), None),
        ("2018", date(2017, 12, 31), False),
    ],
)
def test_kept_by_the_whole_window(actual: str, deadline: date, kept: bool | None) -> None:
    assert Outcome("grebe", "delivery", "first ship", parse(actual)).kept(deadline) is kept


def test_kept_by_an_open_case() -> None:
    still = Outcome("grebe", "delivery", "first ship", not_by=date(2019, 6, 1))
    assert still.kept(date(2019, 5, 31)) is False
    assert still.kept(date(2019, 6, 1)) is None
    assert Outcome("grebe", "delivery", "first ship").kept(date(2010, 1, 1)) is None


def test_the_crps_of_one_day_is_the_absolute_error() -> None:
    as_of, day = date(2020, 1, 1), date(2021, 1, 1)
    assert on(day, as_of).crps(as_of, date(2022, 1, 1), True) == pytest.approx(365 / MONTH)
    assert on(day, as_of).crps(as_of, date(2020, 7, 1), True) == pytest.approx(184 / MONTH)
    assert on(day, as_of).crps(as_of, date(2020, 7, 1), False) == 0.0
    assert on(day, as_of).crps(as_of, date(2021, 1, 31), False) == pytest.approx(30 / MONTH)


def test_an_overdue_promise_is_read_as_the_day_of_asking() -> None:
    as_of = date(2021, 1, 1)
    assert on(date(2019, 1, 1), as_of).crps(as_of, date(2021, 3, 1), True) == pytest.approx(59 / MONTH)


@given(
    st.lists(st.integers(1, 3000), min_size=1, max_size=8, unique=True),
    st.integers(1, 3000),
    st.booleans(),
    st.floats(0.1, 1.0),
)
def test_the_crps_of_steps_is_its_integral_by_days(days: list[int], end: int, arrived: bool, mass: float) -> None:
    start = date(2020, 1, 1)
    at = np.array(sorted(days), float) + start.toordinal()
    steps = Steps(at, np.linspace(mass / len(days), mass, len(days)))
    grid = start.toordinal() + np.arange(0, 25 * 365.25 if arrived else end)
    known = np.concatenate([[0.0], steps.reached])[np.searchsorted(at, grid, side="right")]
    whole = (((known - (arrived & (grid >= start.toordinal() + end))) ** 2).sum()) / MONTH
    assert steps.crps(start, start + timedelta(end), arrived) == pytest.approx(whole, abs=0.03)


@given(st.lists(st.integers(1, 900), min_size=1, max_size=8, unique=True), st.integers(0, 1000))
def test_waiting_leaves_a_distribution(days: list[int], waited: int) -> None:
    start = date(2020, 1, 1)
    at = np.array(sorted(days), float) + start.toordinal()
    steps = Steps(at, np.linspace(0.9 / len(days), 0.9, len(days)))
    left = steps.after(start + timedelta(waited))
    assert left.days[0] >= start.toordinal() + waited
    assert np.all(np.diff(left.reached) >= 0)
    assert left.reached[0] >= 0
    assert left.reached[-1] <= 1
    gone = steps.by(start + timedelta(waited))
    assert left.reached[-1] == pytest.approx((0.9 - gone) / (1 - gone), abs=1e-9)


def test_the_median_slip_counts_open_cases_as_open(folder: Path) -> None:
    """Two promises of the Grebe came 523 (2017-06-30), 249 (2018-03-31) and 5 (2018-11-30) days late: the median is 249."""
    cases = read_cases(folder)
    kin = kin_of(replay(cases, Fitted.load()), cases)
    plovers, grebes = kin["plover"], kin["grebe"]
    assert isinstance(plovers, Kin)
    assert plovers.days.tolist() == [5.0, 249.0, 523.0]
    assert plovers.reached == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert plovers.median == 249.0
    assert grebes is None  # the Plover never came: no class to be had from it


def test_a_class_never_holds_its_own_programme(tmp_path: Path) -> None:
    def classes(name: str, grebe_came: str) -> dict[str, Kin | None]:
        moved = (OUTCOMES[0].replace("2018-12-05", grebe_came), OUTCOMES[1].replace("not by 2019-06", "2018-02-01"))
        cases = read_cases(cases_in(tmp_path / name, outcomes=moved))
        return kin_of(replay(cases, Fitted.load()), cases)

    one, other = classes("one", "2018-12-05"), classes("other", "2019-12-05")
    for kin in (one, other):
        assert kin["grebe"] is not None
        assert kin["plover"] is not None
    assert np.array_equal(one["grebe"].days, other["grebe"].days)  # type: ignore[union-attr]
    assert not np.array_equal(one["plover"].days, other["plover"].days)  # type: ignore[union-attr]


def test_each_milestone_counts_once_however_long_it_took(folder: Path) -> None:
    cases = read_cases(folder)
    rows = rows_of(replay(cases, Fitted.load()), cases)
    shares = weights(rows, True)
    for name in ("grebe", "plover"):
        own = [share for share, row in zip(shares, rows, strict=True) if row.outcome.programme == name]
        assert sum(own) == pytest.approx(0.5)
    assert sum(weights(rows, False)) == pytest.approx(1.0)
    one = summary(rows, by_milestone=True)
    means = [np.mean([r.crps for r in rows if r.outcome.programme == name]) for name in ("grebe", "plover")]
    assert one is not None
    assert one.crps == pytest.approx(np.mean(means))


def test_a_perfect_forecast_has_skill_one(folder: Path) -> None:
    cases = read_cases(folder)
    months = [m for m in replay(cases, Fitted.load()) if m.outcome.programme == "grebe"]
    sure = [
        replace(m, forecast=replace(m.forecast, p_never=0.0, quantiles=dict.fromkeys(m.forecast.quantiles, date(2018, 12, 5))))
        for m in months
    ]  # fmt: skip
    made = summary(rows_of(sure, cases), by_milestone=True)
    assert made is not None
    assert made.skill["official date"] == pytest.approx(1.0)


def test_no_rows_have_no_summary() -> None:
    assert summary([], by_milestone=True) is None


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (("grebe,delivery,first ship,sometime",), "is no date"),
        (("grebe,delivery,first ship,not by then",), "is no date"),
        (("grebe,deliveries,first ship,2018",), "is not known"),
        (("wader,delivery,first ship,2018",), "no register wader.csv"),
        ((OUTCOMES[0], OUTCOMES[0]), "an outcome already"),
        ((), "no rows"),
        (("grebe,contract,first ship,2018",), "no month in which a forecast was possible"),
    ],
)
def test_bad_cases_are_told_in_one_line(
    tmp_path: Path, outcomes: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backtest", str(cases_in(tmp_path / "cases", outcomes=outcomes))]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_a_folder_without_outcomes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no outcomes\.csv"):
        backtest(tmp_path)


def test_a_register_that_cannot_be_read_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3"):
        backtest(cases_in(tmp_path / "cases", (GREBE[0], GREBE[1].replace("delayed", "slipping"))))


def test_a_programmes_own_history_is_not_counted_for_it(folder: Path) -> None:
    """The counts are made from the same cases: a fit that counts the Grebe forecasts it as one that never heard of it."""
    told = Histories({"Grebe": Counts(years=1.0, dropped=30.0)})
    months = {m.outcome.programme: m for m in replayed(folder)}
    (grebe,) = {m.forecast.programme for m in replayed(folder) if m.outcome.programme == "grebe"}
    loud = replace(Fitted.load(), histories=Histories({grebe: told.total}))
    silent = replace(Fitted.load(), histories=Histories())
    heard, unheard = (replay(read_cases(folder), fit) for fit in (loud, silent))
    for one, other in zip(heard, unheard, strict=True):
        same = one.forecast == other.forecast
        assert same is (one.outcome.programme == "grebe")
    assert months["grebe"].forecast.p_never < 0.2


def test_coverage_is_judged_by_milestones(folder: Path) -> None:
    """One milestone of two arrived outside: 0 of 1 is 0.8 off with a standard error of 0.4, erfc(2 / sqrt 2) = 0.0455."""
    cases = read_cases(folder)
    rows = [row for row in rows_of(replay(cases, Fitted.load()), cases) if row.outcome.programme == "grebe"]
    outside = summary([replace(row, covered=False) for row in rows], by_milestone=True)
    assert outside is not None
    assert (outside.came, outside.coverage) == (1, 0.0)
    assert outside.coverage_p == pytest.approx(math.erfc(2 / math.sqrt(2)))
    (other,) = {row.outcome for row in rows_of(replay(cases, Fitted.load()), cases)} - {row.outcome for row in rows}
    halves = [replace(row, covered=True) for row in rows] + [
        replace(row, outcome=other, covered=True, pit=0.5) for row in rows
    ]
    both = summary(halves, by_milestone=True)
    assert both is not None
    assert (both.came, both.coverage) == (2, 1.0)
    assert both.coverage_p == pytest.approx(math.erfc(0.2 / math.sqrt(0.16 / 2) / math.sqrt(2)))


@pytest.fixture
def ledger(folder: Path, tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    assert main(["ingest", str(folder / "grebe.csv"), str(folder / "plover.csv"), "--ledger", url]) == 0
    return url


def test_a_ledger_scores_its_own_forecasts(ledger: str, folder: Path) -> None:
    """The Grebe as its register tells it came on 2018-12-05: the same months, the same forecasts, the same scores."""
    day = date(2019, 6, 1)
    with Ledger(ledger) as book:
        programmes = [view.programme for view in views(book, None, day)]
        board = own_board(book, programmes, day)
        thin = own_board(book, programmes, day, most=20)
    assert board is not None
    assert thin is not None
    theirs = {(m.as_of, m.forecast.tranche): m for m in replayed(folder) if m.outcome.programme == "grebe"}
    grebes = [row for row in board.rows if row.forecast.programme == "HX-3/Chile"]
    assert len(grebes) == len(theirs)
    assert {row.end for row in grebes} == {date(2018, 12, 5)}
    assert all(theirs[row.as_of, row.forecast.tranche].forecast.quantiles == row.forecast.quantiles for row in grebes)
    plovers = [row for row in board.rows if row.forecast.programme == "PL-7/Norway"]
    assert {row.pit for row in plovers} == {None}
    assert all((row.end - row.as_of).days > row.ahead * MONTH for row in plovers)  # overdue by the last word of it
    assert 0 < len(thin.rows) < len(board.rows) / 2
    assert thin.every == 3


def test_where_nothing_can_be_scored_there_is_no_board(ledger: str) -> None:
    with Ledger(ledger) as book:
        early = date(2015, 6, 1)
        programmes = [view.programme for view in views(book, None, early)]
        assert own_board(book, programmes, early) is None


def test_the_report_shows_how_the_forecasts_did(ledger: str, tmp_path: Path) -> None:
    pages = {}
    for name, more in (("with", []), ("again", []), ("all", ["--scores"]), ("without", ["--no-scores"])):
        page = tmp_path / f"{name}.html"
        assert main(["report", "--ledger", ledger, "--as-of", "2019-06-01", "--out", str(page), *more]) == 0
        pages[name] = page.read_text(encoding="utf-8")
    shown = pages["with"]
    assert shown == pages["again"] == pages["all"]  # a small ledger is replayed whole
    assert "How the forecasts did" in shown
    for title in ("Said how likely, came how often", "Where in its forecast each outcome fell", "by horizon"):
        assert title in shown
    assert "when it came" in shown
    assert "How the forecasts did" not in pages["without"]
    early = tmp_path / "early.html"
    assert main(["report", "--ledger", ledger, "--as-of", "2015-06-01", "--out", str(early)]) == 0
    assert "can be scored yet" in early.read_text(encoding="utf-8")


def test_a_large_ledger_is_replayed_only_when_asked() -> None:
    assert replayed_months(100) == 150
    assert replayed_months(100_000) == 0
    assert "--scores" in why_unscored(None, 0)
    assert why_unscored(False, 0) == ""


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_tables_fit_the_terminal(
    folder: Path, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["backtest", str(folder)]) == 0
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= int(columns)
    assert "each milestone" in told
    assert "overdue" in told


def test_json_has_a_line_a_part_or_a_line_a_month(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(folder), "--json"]) == 0
    parts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [part["weighing"] for part in parts[:2]] == ["milestone", "month"]
    assert {part["scope"] for part in parts} == {"all", "programme", "milestone", "horizon"}
    assert main(["backtest", str(folder), "--json", "--each"]) == 0
    months = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(months) == parts[0]["months"]
    assert np.mean([month["crps"] for month in months]) == pytest.approx(parts[1]["crps"], abs=2e-3)


def test_the_page_stands_alone_and_is_the_same_twice(folder: Path, tmp_path: Path) -> None:
    board = backtest(folder)
    assert save(board, tmp_path / "one") == save(board, tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {"README.md", "scoreboard.html", "chart-reliability.svg", "chart-pit.svg", "chart-horizon.svg"} <= set(names)
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names)
    page = (tmp_path / "one" / "scoreboard.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)\b", page)
    assert "default-src" in page
    text = (tmp_path / "one" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name})" in text for name in names if name != "README.md")


def test_the_seven_programmes() -> None:
    """A floor under what docs/scoreboard tells: 0.51 where each milestone counts once, 0.53 where each month does."""
    if not FACTS.is_dir():
        pytest.skip("needs ../shared/facts")
    board = backtest(FACTS)
    assert len(board.without_one) == 7
    assert board.scopes[0].summary.skill["official date"] >= 0.45
    assert board.scopes[1].summary.skill["official date"] >= 0.45
    assert board.scopes[1].summary.skill["base rate"] >= 0.4
