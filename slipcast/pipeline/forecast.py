"""A forecast for each milestone to come: from its promises, its statuses and its conditions as they were known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slipcast.domain import Driver, Forecast, Milestone, Promise
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.hazards import yearly_drop
from slipcast.forecasting.lead_times import predict_lead_time
from slipcast.forecasting.mixtures import pool, weights_of
from slipcast.forecasting.predict import Prediction, predict
from slipcast.forecasting.priors import never
from slipcast.forecasting.sensitivity import would_change
from slipcast.ledger.store import Ledger
from slipcast.pipeline.promises import STATEMENTS, heard_on, is_unsigned, order_awaited, standing, started_on
from slipcast.pipeline.view import View, Watchlist, views

#: milestones that arrive on a day; talks and a party's membership do not
ARRIVING = frozenset(
    "approval contract production rollout first_flight test shipment delivery installation"
    " entry_into_service completion participation".split()
)


NEWS = 3  #: pieces of news that are named


def to_come(milestone: Milestone) -> bool:
    """Whether the milestone is still to come: no arrival established, and a kind that arrives on a day."""
    ended = (
        milestone.kind == "participation" and milestone.status in ("suspended", "cancelled") and not milestone.promised
    )
    arrived = milestone.achieved is not None or milestone.status == "achieved" or ended
    return milestone.kind in ARRIVING and (not arrived or milestone.claimed or milestone.disputed)


def forecasts_of(
    view: View, as_of: date, known_by: str | None, fitted: Fitted, seed: int, *, news: bool = False
) -> list[Forecast]:
    """Forecasts for a view's milestones to come, in their order.

    Several speakers' promises are a mixture weighted by how their past ones held; without a promise, a delivery is
    counted from its contract or announcement by lead times of its kind of equipment. news: say also what would move
    each most if learnt and how far never hangs on its prior, which takes several times the work.
    """
    made = []
    for milestone in view.milestones:
        if to_come(milestone) and (prediction := _predicted(view, milestone, as_of, fitted)):
            made.append(
                Forecast(
                    programme=view.programme.id,
                    tranche=milestone.tranche,
                    milestone=milestone.kind,
                    as_of=as_of,
                    known_by=known_by,
                    seed=seed,
                    promised=milestone.promises[-1].promised if milestone.promises else None,
                    quantiles=dict(prediction.quantiles),
                    p_never=prediction.p_never,
                    reference_class=prediction.reference_class,
                    drivers=tuple(prediction.drivers),
                    evidence=milestone.evidence,
                    would_change=_would_change(prediction, as_of, fitted) if news else (),
                    never_range=_never_range(view, milestone, as_of, fitted) if news else None,
                )
            )
    return made


def _would_change(prediction: Prediction, as_of: date, fitted: Fitted) -> tuple[Driver, ...]:
    """The three pieces of news that would move P50 most; none where nothing was promised that news could change."""
    if prediction.promise.promised_for is None:
        return ()
    learnt = would_change(prediction, fitted, max(as_of, prediction.promise.stated_on))
    return tuple(Driver(one.news, one.months) for one in learnt[:NEWS])


def _never_range(view: View, milestone: Milestone, as_of: date, fitted: Fitted) -> tuple[float, float] | None:
    """p_never under the lowest and the highest yearly share of being dropped that is defended."""
    made = [_predicted(view, milestone, as_of, fitted, yearly) for yearly in (never().low, never().high)]
    found = [prediction.p_never for prediction in made if prediction]
    return (min(found), max(found)) if found else None


def _predicted(
    view: View, milestone: Milestone, as_of: date, fitted: Fitted, yearly: float | None = None
) -> Prediction | None:
    """The prediction of one milestone: what hangs on an order that is not established never comes where the order never does."""
    prediction = _alone(view, milestone, as_of, fitted, yearly)
    order = order_awaited(view.programme, milestone)
    if prediction is None or order is None or not to_come(order):
        return prediction
    awaited = _alone(view, order, as_of, fitted, yearly)
    return replace(prediction, p_never=max(prediction.p_never, awaited.p_never)) if awaited else prediction


def _alone(
    view: View, milestone: Milestone, as_of: date, fitted: Fitted, yearly: float | None = None
) -> Prediction | None:
    programme = view.programme
    told = standing(programme, milestone, as_of, view.whole.records)
    if told:
        days = [max(as_of, one.promise.stated_on) for one in told]
        predictions = predict([one.promise for one in told], fitted, days, yearly=yearly)
        return pool(predictions, weights_of([one.track for one in told]), [one.record for one in told])
    start = started_on(programme, milestone)
    if start is None or start[1] > as_of:
        return None
    kind, day = start
    asked = Promise(
        source=STATEMENTS,
        item=programme.id,
        milestone=milestone.kind,
        stated_on=day,
        promised_for=None,
        sector=programme.equipment or "",
        started_on=day,
        heard_on=heard_on(programme, milestone),
        unsigned=is_unsigned(programme, milestone),
    )
    others = [
        one.order for one in view.whole.orders if (one.programme, one.tranche) != (programme.id, milestone.tranche)
    ]
    rate = yearly_drop(STATEMENTS, fitted) if yearly is None else yearly
    prediction = predict_lead_time(asked, as_of, orders=others, yearly=rate)
    return replace(prediction, reference_class=f"{prediction.reference_class}, from the {kind} of {day}")


def forecast(
    ledger: Ledger,
    name: str | None,
    as_of: date,
    known_by: str | None = None,
    *,
    fitted: Fitted | None = None,
    seed: int = 0,
    watchlist: Watchlist = (),
) -> Sequence[Forecast]:
    """Forecasts for the milestones to come of the programmes that `name` asks for, as known on a day.

    name: SYSTEM[/RECIPIENT[/TRANCHE]], None for all. Raises NameUnclear.
    """
    model = fitted or Fitted.load()
    return [
        line
        for view in views(ledger, name, as_of, known_by, watchlist)
        for line in forecasts_of(view, as_of, known_by, model, seed, news=True)
    ]
