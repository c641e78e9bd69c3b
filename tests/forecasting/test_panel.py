"""Panels: what is refused, and how. Rows are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from slipcast.errors import PanelError
from slipcast.forecasting.panel import read_panel

HEADER = (
    "source,item,name,sector,milestone,stated_on,promised_for,started_on,rating,outcome,outcome_on,followed_until\n"
)


def panel(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "panel.csv"
    path.write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_row_is_a_promise(tmp_path: Path) -> None:
    path = panel(
        tmp_path,
        "mill,7,North mill,works,delivery,2020-01-31,2021-06-30,2019-01-01,Amber,delivered,2022-01-01,2022-01-01",
    )
    (promise,) = read_panel(path, outcomes=True)
    assert (promise.source, promise.item, promise.rating) == ("mill", "7", "amber")
    assert (promise.promised_for, promise.outcome_on) == (date(2021, 6, 30), date(2022, 1, 1))


def test_outcomes_are_left_unread_unless_asked_for(tmp_path: Path) -> None:
    path = panel(tmp_path, "mill,7,,,delivery,2020-01-31,2021-06-30,,,nonsense,never,?")
    (promise,) = read_panel(path)
    assert (promise.outcome, promise.outcome_on, promise.followed_until) == ("", None, None)


def test_history_is_what_was_stated_earlier(tmp_path: Path) -> None:
    path = panel(
        tmp_path,
        "mill,7,,,delivery,2021-01-31,2022-06-30,,,,,",
        "mill,7,,,delivery,2020-01-31,2021-06-30,,,,,",
        "mill,7,,,test,2019-01-31,2020-06-30,,,,,",
        "mill,8,,,delivery,2019-01-31,2020-06-30,,,,,",
    )
    late, early, test, other = read_panel(path)
    assert late.history == ((date(2020, 1, 31), date(2021, 6, 30)),)
    assert early.history == test.history == other.history == ()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (",7,,,delivery,2020-01-31,2021-06-30,,,,,", "source is blank"),
        ("mill,7,,,delivery,,2021-06-30,,,,,", "stated_on is blank"),
        ("mill,7,,,delivery,2020-02-30,2021-06-30,,,,,", "'2020-02-30' is no day"),
        ("mill,7,,,delivery,31.1.2020,2021-06-30,,,,,", "'31.1.2020' is no day"),
        ("mill,7,,,delivery,2020-01-31,2021-06-30,,,lost,,", "outcome 'lost' is not known"),
        ("mill,7,,,delivery,2020-01-31,2021-06-30,,,delivered,,", "delivered without outcome_on"),
        ("mill,7,,,delivery,2020-01-31,2021-06-30,,,open,,", "open without followed_until"),
        ("mill,7,,,delivery", "more or fewer cells"),
    ],
)
def test_bad_rows_are_named_by_line(tmp_path: Path, row: str, word: str) -> None:
    path = panel(tmp_path, row)
    with pytest.raises(PanelError) as caught:
        read_panel(path, outcomes=True)
    assert word in str(caught.value)
    assert f"{path}:2" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = panel(tmp_path, "mill,7", header="source,item\n")
    with pytest.raises(PanelError, match="no column name, sector, milestone, stated_on, promised_for"):
        read_panel(path)


def test_an_empty_panel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PanelError, match="no rows"):
        read_panel(panel(tmp_path))


def test_a_panel_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PanelError, match="cannot be read"):
        read_panel(tmp_path / "nowhere.csv")
