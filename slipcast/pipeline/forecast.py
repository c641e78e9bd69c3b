"""A forecast for each milestone to come: from its promises, its statuses and its conditions as they were known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slipcast.dates import counts_from, parse
from slipcast.domain import Forecast, Milestone, Programme, Promise
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.predict import predict
from slipcast.ledger.store import Ledger
from slipcast.pipeline.view import View, Watchlist, views

#: milestones that arrive on a day; talks and a party's membership do not
ARRIVING = frozenset(
    "approval contract production rollout first_flight test shipment delivery installation"
    " entry_into_service completion participation".split()
)


def promise_of(programme: Programme, milestone: Milestone) -> Promise | None:
    """The milestone's standing promise with its history, or None where no date to come is known."""
    dated = [
        (counts_from(slip.stated_on), window.deadline, window)
        for slip in milestone.promises
        if (window := parse(slip.promised)).deadline
    ]
    if not dated:
        return None
    stated_on, deadline, window = dated[-1]
    return Promise(
        source="statements",
        item=programme.id,
        milestone=milestone.kind,
        stated_on=stated_on,
        promised_for=deadline,
        name=programme.system,
        sector=programme.equipment or "",
        history=tuple((said, day) for said, day, _ in dated[:-1] if day),
        status=milestone.status,
        condition="; ".join(milestone.conditions) or None,
        window_days=window.days,
    )


def to_come(milestone: Milestone) -> bool:
    """Whether the milestone is still to come: no arrival established, and a kind that arrives on a day."""
    arrived = milestone.achieved is not None or milestone.status == "achieved"
    return milestone.kind in ARRIVING and (not arrived or milestone.claimed or milestone.disputed)


def forecasts_of(view: View, as_of: date, known_by: str | None, fitted: Fitted, seed: int) -> list[Forecast]:
    """Forecasts for a view's milestones to come, in their order."""
    open_ones = [(m, promise_of(view.programme, m)) for m in view.milestones if to_come(m)]
    asked = [(m, promise) for m, promise in open_ones if promise]
    predictions = predict([promise for _, promise in asked], fitted, [max(as_of, p.stated_on) for _, p in asked])
    return [
        Forecast(
            programme=view.programme.id,
            tranche=milestone.tranche,
            milestone=milestone.kind,
            as_of=as_of,
            known_by=known_by,
            seed=seed,
            promised=milestone.promises[-1].promised,
            quantiles=dict(prediction.quantiles),
            p_never=prediction.p_never,
            reference_class=prediction.reference_class,
            drivers=tuple(prediction.drivers),
            evidence=milestone.evidence,
        )
        for (milestone, _), prediction in zip(asked, predictions, strict=True)
    ]


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
        for line in forecasts_of(view, as_of, known_by, model, seed)
    ]
