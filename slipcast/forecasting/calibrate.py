"""Whole panels: fit them, predict them, and predict each item from a fit that never saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from slipcast.domain import Promise
from slipcast.errors import PanelError
from slipcast.fingerprints import digest
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.histories import Histories
from slipcast.forecasting.marks import have_met
from slipcast.forecasting.panel import read_panel
from slipcast.forecasting.predict import Prediction, predict
from slipcast.forecasting.reference import can_learn, fit, left_out, must_learn


def calibrate(
    panels: Sequence[Path | str],
    *,
    without: str | None = None,
    out: Path | str | None = None,
    histories: Histories | None = None,
) -> tuple[Fitted, dict[str, dict[str, int]]]:
    """Fit every class of the panels, but one; with the rows that no fit can use, by source and reason.

    out: where the fit is written; histories: counts of case histories that go with it.

    Raises PanelError where a panel cannot be used, where `without` names no class of them, or nothing is left.
    """
    promises = [promise for panel in panels for promise in read_panel(panel, outcomes=True)]
    sources = sorted({promise.source for promise in promises})
    if without is not None and without not in sources:
        raise PanelError(
            f"no class {without!r} in the panels", where="--without", todo=f"name one of {', '.join(sources)}"
        )
    used = [promise for promise in promises if promise.source != without]
    made = fit(used)
    made = replace(made, histories=histories or Histories())
    if out is not None:
        made.save(out)
    return made, left_out(used)


def predict_panel(path: Path | str, fitted: Fitted | None = None, *, folds: int | None = None) -> list[Prediction]:
    """A prediction for each row of a panel, in its order.

    fitted: the fit to use; None: the shipped one. Outcomes are then left unread. folds: instead, predict each item
    from a fit on the panel's other items with their outcomes, pooled with the fitted classes that never saw any of them.
    """
    around = fitted if fitted is not None else Fitted.load()
    if folds is None:
        return predict(read_panel(path), around, drivers=False)
    return predict_folds(read_panel(path, outcomes=True), around, folds)


def predict_folds(promises: Sequence[Promise], around: Fitted, folds: int) -> list[Prediction]:
    """Out-of-sample predictions by item, in order.

    A class of `around` that may have been made from some of these projects is taken away first. Where one of the same name
    stays, it was made from other projects of the class: they count as an earlier sample of it.
    An item whose fold leaves no other outcome to learn from is predicted from the classes of `around` alone; its
    reference class says so. Raises PanelError where there are fewer items than two folds need, or no outcome at all.
    """
    items = sorted({(promise.source, promise.item) for promise in promises}, key=lambda pair: digest(pair))
    if folds < 2 or len(items) < 2:
        raise PanelError(
            f"{folds} folds of {len(items)} items", where="--folds", todo="use at least two folds and two items"
        )
    must_learn(promises)
    others = around.without({name for name, one in around.classes.items() if have_met(one.marks, promises)})
    before = {name: others.classes[name] for name, _ in items if name in others.classes}
    fold_of = {pair: number % folds for number, pair in enumerate(items)}
    made: dict[int, Prediction] = {}
    for fold in range(min(folds, len(items))):
        rows = [k for k, promise in enumerate(promises) if fold_of[promise.source, promise.item] == fold]
        seen = [promise for promise in promises if fold_of[promise.source, promise.item] != fold]
        fitted = fit(seen, around=others, before=before) if can_learn(seen) or not others.classes else others
        made.update(zip(rows, predict([promises[k] for k in rows], fitted, drivers=False), strict=True))
    return [made[k] for k in range(len(promises))]
