"""What an answer hangs on: the stated prior of never, and what would move the forecast most if it were learnt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.special import expit, logit

from slipcast.domain import Promise
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.never import prior_share
from slipcast.forecasting.predict import LEVELS, Prediction, predict
from slipcast.forecasting.priors import never

#: what may be learnt of a milestone: the news, and what it changes of the promise
NEWS: dict[str, dict[str, str | None]] = {
    "the condition is met": {"condition": None, "status": "reaffirmed"},
    "a condition is open": {"condition": "open"},
    "the date is reaffirmed": {"status": "reaffirmed"},
    "it is at risk": {"status": "at_risk"},
    "it is delayed": {"status": "delayed"},
    "it is suspended": {"status": "suspended"},
    "it is resumed": {"status": "resumed"},
}


@dataclass(frozen=True, slots=True)
class Learnt:
    """months: by how much P50 would move; p_never: what it would become."""

    news: str
    months: float
    p_never: float


def never_range(made: Prediction, fitted: Fitted) -> dict[float, float]:
    """p_never under the low, the stated and the high prior share of never: {share: p_never}."""
    share = prior_share(made.promise.source, fitted)
    prior = never()
    shares = sorted({prior.low, share, prior.high})
    moved = logit(np.clip(made.p_never, 1e-12, 1 - 1e-12)) - logit(share)
    return {each: float(expit(logit(each) + moved)) for each in shares}


def would_change(promise: Promise, fitted: Fitted, as_of: date) -> tuple[Learnt, ...]:
    """What would move P50 most if it were learnt on as_of, the largest move first.

    News that would change nothing about the promise (a condition met where none is open) is left out.
    """
    cases = {news: replace(promise, **change) for news, change in NEWS.items()}  # type: ignore[arg-type]
    if promise.condition is None:
        del cases["the condition is met"]
    else:
        del cases["a condition is open"]
    told = {news: case for news, case in cases.items() if case != promise}
    made = predict([promise, *told.values()], fitted, [as_of] * (len(told) + 1), drivers=False)
    middle = LEVELS.index(0.5)
    out = [
        Learnt(news, float(case.days[middle] - made[0].days[middle]) / MONTH, case.p_never)
        for news, case in zip(told, made[1:], strict=True)
    ]
    return tuple(sorted(out, key=lambda learnt: (-abs(learnt.months), learnt.news)))
