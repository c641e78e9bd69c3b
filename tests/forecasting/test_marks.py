"""Projects that a fit was made from are known again, whatever they are called. Promises are invented, by a fixed rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from slipcast.domain import Promise
from slipcast.forecasting.calibrate import predict_folds
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.marks import have_met, marks
from slipcast.forecasting.predict import lines
from slipcast.forecasting.reference import fit

SLIPS = (0, 200, 30, 0, 900, 400, 700, 0, 150, -60, 300, 500)


def made(first: date, step: int, name: str, shift: int = 0) -> list[Promise]:
    """Twelve kilns, each promised 700 days ahead and late by its slip and `shift` days."""
    out = []
    for k, slip in enumerate(SLIPS):
        stated = first + timedelta(step * k)
        due = stated + timedelta(700)
        row = Promise("kilns", f"{name}{k}", "delivery", stated, due, started_on=stated - timedelta(400))
        out.append(replace(row, outcome="delivered", outcome_on=due + timedelta(slip + shift)))
    return out


BARE = Fitted.load().without(["adb", "sar", "worldbank"])
FIRST = made(date(2008, 1, 1), 37, "a", 500)
OTHER = made(date(2008, 1, 20), 41, "b")
KNOWN = fit(FIRST, around=BARE)


def test_other_projects_of_a_class_are_an_earlier_sample_of_it() -> None:
    """Kilns that were late by 500 days more make kilns to come later too, and the class says what it rests on."""
    alone, both = predict_folds(OTHER, BARE, 4), predict_folds(OTHER, KNOWN, 4)
    assert all(one.quantile(0.5) > two.quantile(0.5) for one, two in zip(both, alone, strict=True))
    assert both[0].reference_class == "kilns: 21 promises of 21 projects"


@pytest.mark.parametrize(
    "panel",
    [
        FIRST,
        [replace(one, item=f"renamed {k}") for k, one in enumerate(FIRST)],
        [*OTHER, FIRST[0]],
        [replace(one, item=f"renamed {k}") for k, one in enumerate([*FIRST[:3], *OTHER[:6]])],
    ],
    ids=["the same", "renamed", "one of them among others", "a third of them, renamed"],
)
def test_a_class_that_may_have_seen_a_project_tells_its_folds_nothing(panel: list[Promise]) -> None:
    assert list(lines(predict_folds(panel, KNOWN, 4))) == list(lines(predict_folds(panel, BARE, 4)))


def test_a_class_under_another_name_that_saw_the_projects_is_taken_away_too() -> None:
    panel = [replace(one, source="ovens") for one in FIRST]
    assert list(lines(predict_folds(panel, KNOWN, 4))) == list(lines(predict_folds(panel, BARE, 4)))


def test_dates_that_agree_by_chance_do_not_make_projects_the_same() -> None:
    shared = replace(OTHER[0], stated_on=FIRST[0].stated_on, promised_for=FIRST[0].promised_for)
    assert not have_met(marks(FIRST), [shared, *OTHER[1:]])
    assert not have_met(marks(FIRST), [])


def test_marks_are_kept_with_a_fit(tmp_path: Path) -> None:
    KNOWN.save(tmp_path)
    assert Fitted.load(tmp_path).classes["kilns"].marks == marks(FIRST)
