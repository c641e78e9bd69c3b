"""Panels that go wrong, on the command line: one clear line, or an honest wide answer, never NaN. Every row is invented."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from slipcast.faces.cli import main

HEADER = "source,item,name,sector,milestone,stated_on,promised_for,started_on,rating,outcome,outcome_on,followed_until"
KEPT = [f"kilns,k{n},,,delivery,2020-01-0{n},2021-03-01,,,delivered,2021-03-01,2022-01-01" for n in range(1, 8)]
OPEN = [f"kilns,k{n},,,delivery,2020-01-0{n},2021-03-01,,,open,,2022-01-01" for n in range(1, 8)]
BLANK = [f"kilns,k{n},,,delivery,2020-01-0{n},2021-03-01,,,,," for n in range(1, 8)]
BEFORE = "kilns,b,,,delivery,2020-01-01,2019-03-01,,,delivered,2021-03-01,2022-01-01"  # promised for a day gone by
ENDED = "kilns,e,,,delivery,2020-01-01,2021-03-01,,,delivered,2019-03-01,2022-01-01"  # there before it was promised
LONE = "ovens,o,,,delivery,2020-01-01,2021-03-01,,,delivered,2021-09-01,2022-01-01"


def panel(folder: Path, rows: list[str], header: str = HEADER) -> str:
    path = folder / "panel.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("rows", "folds"),
    [
        (KEPT, True),
        (OPEN, True),
        ([LONE], False),
        ([*KEPT, LONE], True),
        ([BEFORE, ENDED, *KEPT], True),
        ([LONE, *BLANK], True),
        ([BEFORE, ENDED], False),
    ],
    ids=["all on time", "all open", "one row", "a class of one", "impossible rows", "one outcome", "nothing usable"],
)
def test_odd_panels_get_a_line_a_row_and_nothing_that_is_no_number(
    rows: list[str], folds: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = panel(tmp_path, rows)
    for asked in (["predict", path, "--json"], *([["predict", path, "--folds", "3", "--json"]] if folds else [])):
        assert main(asked) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert len(told) == len(rows)
        for line in told:
            days = [date.fromisoformat(day) for day in line["quantiles"].values()]
            assert days == sorted(days)
            assert days[-1] > days[0] + timedelta(30)
            assert 0 < line["p_never"] < 1


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        (KEPT, HEADER.replace(",rating", "").replace(",sector", ""), "no column sector, rating"),
        (BLANK, HEADER, "kilns: 7 no outcome"),
        ([BEFORE, ENDED], HEADER, "kilns: 1 over before it was stated, 1 overdue when stated"),
        ([LONE], HEADER, "1 items"),
        ([], HEADER, "no rows"),
        ([KEPT[0].replace("2020-01-01", "2020-13-01"), *KEPT[1:]], HEADER, "2020-13-01"),
        ([KEPT[0].replace(",delivered,", ",cancelled,"), *KEPT[1:]], HEADER, "cancelled"),
    ],
    ids=[
        "missing columns",
        "no outcomes",
        "impossible rows alone",
        "one row",
        "no rows",
        "no such day",
        "unknown word",
    ],
)
def test_what_cannot_be_folded_is_told_in_one_line(
    rows: list[str], header: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", panel(tmp_path, rows, header), "--folds", "3", "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert words in told.err


def test_rows_that_no_fold_could_learn_from_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", panel(tmp_path, [BEFORE, *KEPT]), "--folds", "3", "--json"]) == 0
    assert "kilns: rows that no fit could learn from: 1 overdue when stated." in capsys.readouterr().err
