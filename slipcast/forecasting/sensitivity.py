"""What would move a forecast most if it were learnt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from slipcast.domain import Promise
from slipcast.forecasting.features import MONTH
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import STOPPED
from slipcast.forecasting.predict import Prediction, predict
from slipcast.forecasting.waiting import LEVELS

#: days ahead for which a new promise is supposed
AHEAD = 365


@dataclass(frozen=True, slots=True)
class Learnt:
    """months: by how much P50 would move; p_never: what it would become."""

    news: str
    months: float
    p_never: float


def _said(status: str) -> Callable[[Promise, date], Promise]:
    return lambda promise, day: replace(promise, status=status, status_on=day)


#: what may be learnt of a milestone whose day is still to come: what it changes of the promise
NEWS: dict[str, Callable[[Promise, date], Promise]] = {
    "the condition is met": lambda p, day: replace(p, condition=None, status="reaffirmed", heard_on=day),
    "a condition is open": lambda p, _: replace(p, condition="open"),
    "the order is signed": lambda p, day: replace(p, unsigned=False, heard_on=day),
    "the date is reaffirmed": lambda p, day: replace(p, status="reaffirmed", heard_on=day),
    "it is at risk": _said("at_risk"),
    "it is delayed": _said("delayed"),
    "it is suspended": _said("suspended"),
    "it is resumed": _said("resumed"),
}
#: what may be learnt of one whose day has passed: a word about its trouble then tells little, a new date much
OVERDUE_NEWS: dict[str, Callable[[Promise, date], Promise]] = {
    "a new date, a year ahead": lambda p, day: _promised(p, day, AHEAD),
    "a new date, three years ahead": lambda p, day: _promised(p, day, 3 * AHEAD),
    "it is suspended": _said("suspended"),
}


def _promised(promise: Promise, day: date, ahead: int) -> Promise:
    due = promise.promised_for
    return replace(
        promise,
        stated_on=day,
        promised_for=day + timedelta(ahead),
        history=(*promise.history, (promise.stated_on, due)) if due else promise.history,
        status="delayed",
        status_on=day,
        heard_on=day,
        window_days=1,
    )


def would_change(made: Prediction, fitted: Fitted, as_of: date) -> tuple[Learnt, ...]:
    """What would move P50 most if it were learnt on as_of, the largest move first.

    News that would change nothing about the promise (a condition met where none is open) is left out.
    """
    promise = made.promise
    overdue = promise.promised_for is None or promise.promised_for <= as_of
    told = {news: change(promise, as_of) for news, change in (OVERDUE_NEWS if overdue else NEWS).items()}
    told = {news: case for news, case in told.items() if not _is_old(news, promise)}
    cases = predict([promise, *told.values()], fitted, [as_of] * (len(told) + 1), drivers=False)
    middle = LEVELS.index(0.5)
    out = [
        Learnt(news, float(case.days[middle] - cases[0].days[middle]) / MONTH, case.p_never)
        for news, case in zip(told, cases[1:], strict=True)
    ]
    return tuple(sorted(out, key=lambda learnt: (-abs(learnt.months), learnt.news)))


def _is_old(news: str, promise: Promise) -> bool:
    """Whether the news is known, or cannot be: a condition that is not open is not met, what runs is not resumed."""
    known = {
        "the condition is met": promise.condition is None,
        "a condition is open": promise.condition is not None,
        "the order is signed": not promise.unsigned,
        "the date is reaffirmed": promise.status == "reaffirmed",
        "it is resumed": promise.status not in STOPPED,
    }
    return known.get(news, news == f"it is {promise.status.replace('_', ' ')}")
