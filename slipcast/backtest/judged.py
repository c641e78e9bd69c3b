"""People's forecasts scored beside the model's of the same day, where what became of the milestone is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from slipcast.backtest.rivals import on
from slipcast.backtest.score import as_prediction
from slipcast.dates import parse
from slipcast.domain import Forecast, Milestone, Programme, Promise
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.scores import crps
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecasts_of
from slipcast.pipeline.judge import Judgement, judgements, place_of
from slipcast.pipeline.promises import promise_of
from slipcast.pipeline.view import View, Watchlist, views


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement. met: when it came, None while open; end: that day, or the day of looking.

    crps: of the person; model, official: of the model's and the official date's on the same day, None where there is none;
    months, lower is better. All None where the milestone is no longer known, or nothing has passed since.
    """

    judgement: Judgement
    met: date | None
    end: date
    crps: float | None
    model: float | None
    official: float | None


def judged(ledger: Ledger, today: date, watchlist: Watchlist = (), *, fitted: Fitted | None = None) -> list[Judged]:
    """Every judgement that stands, scored by what the ledger tells today; open ones up to today, as censored."""
    fit = fitted or Fitted.load()
    now = {
        place: milestone for view in views(ledger, None, today, None, watchlist) for place, milestone in _places(view)
    }
    rows = []
    for one in judgements(ledger, today, all_days=True):
        milestone = now.get((one.place, one.milestone))
        met = _met(milestone[1]) if milestone else None
        end = met or today
        if milestone is None or end <= one.made_on:
            rows.append(Judged(one, met, end, None, None, None))
            continue
        model, promise = _then(ledger, one, fit, watchlist)
        due = promise.promised_for if promise else None
        rows.append(
            Judged(
                one,
                met,
                end,
                _crps(one.forecast(), end, met is not None),
                _crps(model, end, met is not None) if model else None,
                on(due, one.made_on).crps(one.made_on, end, met is not None) if due else None,
            )
        )
    return rows


def _places(view: View) -> list[tuple[tuple[str, str], tuple[Programme, Milestone]]]:
    own = view.programme
    return [(("/".join(filter(None, (own.id, m.tranche))), m.kind), (own, m)) for m in own.milestones]


def _met(milestone: Milestone) -> date | None:
    if not milestone.achieved or milestone.achieved == "yes" or milestone.claimed or milestone.disputed:
        return None
    return parse(milestone.achieved).deadline


def _crps(forecast: Forecast, end: date, arrived: bool) -> float:
    bare = Promise("judgement", forecast.programme, forecast.milestone, forecast.as_of, None)
    return crps(as_prediction(forecast, bare), end, arrived)


def _then(
    ledger: Ledger, one: Judgement, fitted: Fitted, watchlist: Watchlist
) -> tuple[Forecast | None, Promise | None]:
    """The model's forecast and the promise that stood, by what had been said and recorded when the judgement was entered."""
    for view in views(ledger, None, one.made_on, one.recorded_at, watchlist):
        for place, (programme, milestone) in _places(view):
            if place == (one.place, one.milestone):
                made = forecasts_of(view, one.made_on, one.recorded_at, fitted, 0)
                model = next((f for f in made if (place_of(f), f.milestone) == place), None)
                return model, promise_of(programme, milestone)
    return None, None
