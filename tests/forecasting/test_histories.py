"""What case histories tell of being dropped and of suspension: counts with known values. The lines are invented."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from slipcast.errors import PanelError
from slipcast.forecasting.features import YEAR
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.histories import FILE, Counts, Histories, Line, count, read_histories

JAN = [date(2010 + k, 1, 1) for k in range(12)]


def years(first: int, last: int) -> float:
    return (JAN[last] - JAN[first]).days / YEAR


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        (Line(((JAN[0], "planned"), (JAN[3], "achieved")), JAN[3]), Counts(years(0, 3))),
        (Line(((JAN[0], "planned"), (JAN[3], "delayed"))), Counts(years(0, 3))),  # after the last word nobody knows
        (Line(((JAN[0], "planned"), (JAN[2], "cancelled"))), Counts(years(0, 2), 1)),
        (Line(((JAN[0], "planned"), (JAN[2], "denied"))), Counts()),  # one word only, and no time after it
        (
            Line(((JAN[0], "planned"), (JAN[2], "suspended"), (JAN[3], "resumed"), (JAN[5], "delayed"))),
            Counts(years(0, 5) - years(2, 3), 0, years(2, 3), 1),
        ),
        (
            Line(((JAN[0], "planned"), (JAN[2], "suspended"), (JAN[4], "cancelled"))),
            Counts(years(0, 4) - years(2, 4), 1, years(2, 4), 0, 1),
        ),
        (
            Line(((JAN[1], "suspended"), (JAN[2], "at_risk"), (JAN[6], "suspended")), None, False),
            Counts(0, 0, years(1, 6)),
        ),
        (  # what was withdrawn after it had come had come all the same
            Line(((JAN[0], "planned"), (JAN[3], "achieved"), (JAN[4], "cancelled")), JAN[3]),
            Counts(years(0, 3)),
        ),
        (Line(()), Counts()),
    ],
)
def test_a_line_is_counted_as_what_it_is(line: Line, counts: Counts) -> None:
    assert astuple(count({"a": [line]}).programmes["a"]) == pytest.approx(astuple(counts), abs=1e-9)


def test_milestones_of_one_programme_are_no_independent_cases() -> None:
    """Three of them count 3 / (1 + 2/2) = 1.5 times one."""
    line = Line(((JAN[0], "planned"), (JAN[2], "delayed")))
    assert count({"a": [line] * 3}).total.years == pytest.approx(1.5 * years(0, 2))


def test_a_programme_left_out_leaves_no_trace() -> None:
    both = Histories({"a": Counts(3.0, 1.0), "b": Counts(5.0)})
    assert both.total == Counts(8.0, 1.0)
    assert both.without("a") == Histories({"b": Counts(5.0)})
    assert both.without("c") == both


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    told = Histories({"b": Counts(5.25, 1.0), "a": Counts(3.0)})
    (tmp_path / FILE).write_text(told.to_json(), encoding="utf-8")
    assert read_histories(tmp_path / FILE) == told
    assert read_histories(tmp_path / "none.json") == Histories()
    (tmp_path / FILE).write_text('{"form": 0}', encoding="utf-8")
    with pytest.raises(PanelError, match="--cases"):
        read_histories(tmp_path / FILE)


def test_the_shipped_fit_says_which_histories_it_counts() -> None:
    """Seven programmes, of public record: none of their promised milestones was dropped, three suspensions ended."""
    told = Fitted.load().histories
    assert len(told.programmes) == 7
    assert told.total.dropped == 0
    assert told.total.returned + told.total.abandoned == 3
