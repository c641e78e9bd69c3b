"""Promise panels: predict them, and fit the reference classes from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from slipcast.domain import ReferenceClass
from slipcast.forecasting import calibrate as fits
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.histories import Histories
from slipcast.forecasting.predict import Prediction, lines
from slipcast.forecasting.reference import left_out, told


def predict_panel(panel: Path, *, fitted: Path | None = None, folds: int | None = None) -> list[Prediction]:
    """A prediction for each row of a panel. fitted: the folder of a fit, None for the shipped one; folds: out of sample."""
    return fits.predict_panel(panel, Fitted.load(fitted), folds=folds)


def unused(predictions: Sequence[Prediction]) -> dict[str, str]:
    """Of predictions in folds: which rows of each source no fit could learn from, in words."""
    return {source: told(why) for source, why in left_out([made.promise for made in predictions]).items()}


def prediction_lines(predictions: Sequence[Prediction]) -> Iterator[str]:
    """The fixed JSON form, a line a row of the panel."""
    return lines(predictions)


def calibrate(
    panels: Sequence[Path], *, without: str | None, out: Path, histories: Histories | None = None
) -> tuple[list[ReferenceClass], dict[str, str]]:
    """Fit the classes of the panels, but one, and write the fit to `out`, with the counts of case histories where given.

    Returns the classes that were fitted, and of each source which rows could not be used, in words.
    """
    made, left = fits.calibrate(panels, without=without, out=out, histories=histories)
    classes = [one.reference(made.design.names) for one in made.classes.values()]
    return classes, {source: told(reasons) for source, reasons in left.items()}
