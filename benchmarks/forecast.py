"""Measure the forecaster in processor seconds of one thread: fitting time, predictions a second, how cost grows, and lifelines' log-normal AFT beside it.

usage: python benchmarks/forecast.py [--panels DIR] [--largest N]
Needs ../shared/data/promises beside the checkout and `pip install lifelines`; prints a table, writes nothing.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from lifelines import LogNormalAFTFitter

from slipcast.domain import Promise
from slipcast.fingerprints import digest
from slipcast.forecasting.calibrate import predict_folds
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.panel import read_panel
from slipcast.forecasting.predict import Prediction, predict
from slipcast.forecasting.reference import fit
from slipcast.forecasting.scores import crps, d_calibration, pit, skill
from slipcast.forecasting.waiting import LEVELS

PANELS = Path(__file__).parents[2] / "shared/data/promises"
NAMES = ("sar", "adb", "worldbank")


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def usable(promise: Promise) -> bool:
    end = promise.outcome_on or promise.followed_until
    due = promise.promised_for
    return due is not None and end is not None and due > promise.stated_on and end > promise.stated_on


def frame(promises: Sequence[Promise]) -> pd.DataFrame:
    """lifelines' covariates: the promised lead time, the project's age, log scale; duration in days."""
    rows = []
    for promise in promises:
        end = promise.outcome_on or promise.followed_until
        assert end is not None
        assert promise.promised_for is not None
        age = (promise.stated_on - promise.started_on).days if promise.started_on else 0
        ahead = (promise.promised_for - promise.stated_on).days
        row = (
            (end - promise.stated_on).days,
            promise.outcome == "delivered",
            np.log(ahead),
            np.log1p(max(age, 0) / 365),
        )
        rows.append(row)
    return pd.DataFrame(rows, columns=["days", "came", "ahead", "age"])


def lifelines_folds(promises: Sequence[Promise], folds: int) -> list[Prediction]:
    """The log-normal AFT on the same folds by item, as Predictions."""
    items = sorted({(p.source, p.item) for p in promises}, key=lambda pair: digest(pair))
    fold_of = {pair: k % folds for k, pair in enumerate(items)}
    whole, groups = frame(promises), np.array([fold_of[p.source, p.item] for p in promises])
    days = np.zeros((len(promises), len(LEVELS)))
    for fold in range(folds):
        test = groups == fold
        model = LogNormalAFTFitter(penalizer=0.01).fit(whole[~test], "days", "came")
        for k, level in enumerate(LEVELS):
            days[test, k] = np.asarray(model.predict_percentile(whole[test], p=1 - level)).ravel()
    days = np.minimum(days, 36500)
    return [
        Prediction(p, p.stated_on, (p.stated_on.toordinal() + np.rint(d)).astype(np.int64), 0.0, "lifelines", 0, 0)
        for p, d in zip(promises, days, strict=True)
    ]


def told(name: str, seconds: float, made: Sequence[Prediction]) -> str:
    ends = [(m, m.promise.outcome_on or m.promise.followed_until, m.promise.outcome == "delivered") for m in made]
    cases = [(m, end, came) for m, end, came in ends if end is not None]
    ours = float(np.mean([crps(*case) for case in cases]))
    theirs = float(np.mean([official(m.promise, end, came) for m, end, came in cases]))
    inside = [0.1 <= pit(m, end) <= 0.9 for m, end, came in cases if came]
    figures = f"crps {ours:6.2f}  skill {skill(ours, theirs):.3f}  coverage80 {np.mean(inside):.3f}"
    return f"{name:28} {figures}  d-calibration p {d_calibration(cases)[1]:.3f}  {seconds:7.2f} s"


def official(promise: Promise, end: date, came: bool) -> float:
    assert promise.promised_for is not None
    off = (end - promise.promised_for).days / MONTH
    return abs(off) if came else max(off, 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=Path, default=PANELS)
    parser.add_argument("--largest", type=int, default=1_000_000)
    given = parser.parse_args()
    panels = {name: read_panel(given.panels / f"{name}_half.csv", outcomes=True) for name in NAMES}
    shipped = Fitted.load()
    every = [promise for panel in panels.values() for promise in panel]
    print(f"fit of {len(every)} promises, three classes: {timed(lambda: fit(every))[0]:.1f} s")
    for name in ("sar", "adb", "worldbank"):
        panel = [promise for promise in panels[name] if usable(promise)]
        for label, work in (
            ("slipcast", lambda panel=panel: predict_folds(panel, shipped, 10)),
            ("lifelines log-normal AFT", lambda panel=panel: lifelines_folds(panel, 10)),
        ):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                seconds, made = timed(work)
            print(told(f"{name}, {label}", seconds, made), flush=True)  # type: ignore[arg-type]
    count = 1000
    while count <= given.largest:
        asked = [every[k % len(every)] for k in range(count)]
        seconds = timed(lambda asked=asked: predict(asked, shipped, drivers=False))[0]
        causes = timed(lambda asked=asked: predict(asked, shipped))[0] if count <= 10_000 else float("nan")
        with_drivers = f", {count / causes:9.0f} a second with drivers" if causes == causes else ""
        print(f"{count:9} promises: {seconds:7.2f} s, {count / seconds:9.0f} a second{with_drivers}", flush=True)
        count *= 10


if __name__ == "__main__":
    main()
