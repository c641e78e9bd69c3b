"""Fitting: deterministic, pooled, honest at the limits. Promises are invented, by a fixed rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.forecasting.calibrate import predict_folds
from slipcast.forecasting.features import VINTAGES, matrix, table
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.predict import lines, predict
from slipcast.forecasting.reference import fit

BARE = Fitted.load().without(["adb", "sar", "worldbank"])


def made(source: str, slips: list[int | None], ahead: int = 700) -> list[Promise]:
    """One promise an item; a slip in days, None for one still open 100 days after the promised day."""
    out = []
    for k, slip in enumerate(slips):
        stated = date(2008, 1, 1) + timedelta(37 * k)
        due = stated + timedelta(ahead)
        row = Promise(source, f"{source}-{k}", "delivery", stated, due, started_on=stated - timedelta(400))
        if slip is None:
            out.append(replace(row, outcome="open", followed_until=due + timedelta(100)))
        else:
            out.append(replace(row, outcome="delivered", outcome_on=due + timedelta(slip)))
    return out


MIXED = made("kilns", [0, 200, 30, 0, 900, 400, None, 0, 150, -60, 300, 0] * 2)


def test_the_same_promises_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        fit(MIXED, around=BARE).save(tmp_path / folder)
    assert (tmp_path / "a" / "class-kilns.json").read_bytes() == (tmp_path / "b" / "class-kilns.json").read_bytes()


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    fitted = fit(MIXED, around=BARE)
    fitted.save(tmp_path)
    again = Fitted.load(tmp_path)
    assert list(lines(predict(MIXED, again))) == list(lines(predict(MIXED, fitted)))


def test_a_fit_of_another_design_is_refused(tmp_path: Path) -> None:
    (tmp_path / "class-x.json").write_text('{"form": 0}', encoding="utf-8")
    with pytest.raises(PanelError, match=r"class-x\.json"):
        Fitted.load(tmp_path)
    with pytest.raises(PanelError, match="is no folder"):
        Fitted.load(tmp_path / "none")


def test_late_classes_are_forecast_later_than_punctual_ones() -> None:
    late = fit(made("late", [500] * 12 + [700] * 12), around=BARE)
    good = fit(made("good", [0] * 24), around=BARE)
    ask = MIXED[0]
    (a,) = predict([replace(ask, source="late")], late)
    (b,) = predict([replace(ask, source="good")], good)
    assert a.quantile(0.5) > b.quantile(0.5) + timedelta(200)
    assert ask.promised_for is not None
    assert b.quantile(0.5) <= ask.promised_for


@pytest.mark.parametrize(
    "panel",
    [made("one", [40]), made("open", [None] * 6), made("kept", [0] * 6)],
    ids=["one row", "all open", "all kept"],
)
def test_thin_and_one_sided_classes_stay_wide_and_finite(panel: list[Promise]) -> None:
    fitted = fit(panel)
    found = fitted.classes[panel[0].source]
    assert np.isfinite(found.theta).all()
    assert np.isfinite(found.covariance).all()
    assert (np.diag(found.covariance) > 0).all()
    for prediction in predict(panel, fitted):
        assert prediction.quantile(0.95) > prediction.quantile(0.05) + timedelta(60)
        assert 0 < prediction.p_never < 1


def test_without_outcomes_there_is_nothing_to_learn() -> None:
    with pytest.raises(PanelError, match="no promise with an outcome"):
        fit([replace(promise, outcome="", outcome_on=None, followed_until=None) for promise in MIXED])


def test_rows_that_cannot_be_used_are_counted() -> None:
    first = MIXED[0]
    odd = [
        replace(first, item="a", promised_for=None),
        replace(first, item="b", promised_for=first.stated_on),
        replace(first, item="c", outcome="delivered", outcome_on=first.stated_on - timedelta(5)),
    ]
    left_out = fit([*MIXED, *odd]).classes["kilns"].left_out
    assert left_out == {"no promised day": 1, "overdue when stated": 1, "over before it was stated": 1}


def test_a_fold_never_sees_its_own_item() -> None:
    """Change one item's outcome: its own forecast stays, byte for byte, and some other one moves."""
    before = list(lines(predict_folds(MIXED, BARE, 4)))
    changed = [replace(MIXED[4], outcome_on=MIXED[4].stated_on + timedelta(10)), *MIXED[5:]]
    after = list(lines(predict_folds([*MIXED[:4], *changed], BARE, 4)))
    assert before[4] == after[4]
    assert before != after


def test_folds_need_items() -> None:
    with pytest.raises(PanelError, match="folds"):
        predict_folds(MIXED[:1], BARE, 10)


def test_an_item_that_alone_has_an_outcome_is_forecast_from_the_other_classes() -> None:
    """Its fold leaves nothing to learn from, which is no fault of the panel: the pool answers, and says so."""
    blank = [replace(promise, outcome="", outcome_on=None, followed_until=None) for promise in MIXED[1:]]
    others = Fitted.load().without(["adb"])
    alone, *rest = predict_folds([MIXED[0], *blank], others, 10)
    assert alone.reference_class.startswith("pool of sar, worldbank")
    assert any(one.reference_class.startswith("kilns: 1 promises") for one in rest)


def test_folds_of_a_panel_without_outcomes_tell_how_many_rows_the_whole_of_it_has() -> None:
    blank = [replace(promise, outcome="", outcome_on=None, followed_until=None) for promise in MIXED]
    with pytest.raises(PanelError, match=rf"kilns: {len(MIXED)} no outcome"):
        predict_folds(blank, BARE, 10)


@pytest.mark.parametrize("years", [-48, 48], ids=["48 years earlier", "48 years later"])
def test_vintages_are_told_in_any_decade(years: int) -> None:
    """Promises of other decades have their vintages too: the same panel, moved as a whole, is cut into the same ones."""
    days = [date(1986, 7, 1) + timedelta(97 * k) for k in range(150)]
    here = [Promise("kilns", str(day), "delivery", day, day + timedelta(700)) for day in days]
    moved = [
        replace(one, stated_on=day, promised_for=day + timedelta(700))
        for one, day in ((one, one.stated_on + timedelta(years * 365.25)) for one in here)
    ]
    names = [f"vintage_{year}" for year in VINTAGES]
    found = [matrix(table(rows), np.full(len(rows), 700.0), names) for rows in (here, moved)]
    assert found[0] == pytest.approx(found[1], abs=1e-9)
    assert found[1].sum(axis=1) == pytest.approx(1.0, abs=1e-3)  # middles are leap days off an even step


def test_a_class_taken_away_leaves_no_trace() -> None:
    shipped = Fitted.load()
    left = shipped.without(["sar"])
    assert set(left.classes) == set(shipped.classes) - {"sar"}
    assert all((fit.theta == fit.alone).all() for fit in left.classes.values())
