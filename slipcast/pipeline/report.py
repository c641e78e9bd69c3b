"""What a report shows: programmes as of a day, with their forecasts as of that day and of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.domain import Forecast, Programme
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.ledger.store import Ledger
from slipcast.pipeline.forecast import forecasts_of
from slipcast.pipeline.view import Watchlist, views


@dataclass(frozen=True, slots=True)
class Material:
    """forecasts: programme id -> forecasts at every day asked for, oldest first."""

    as_of: date
    programmes: tuple[Programme, ...]
    forecasts: dict[str, tuple[Forecast, ...]]


def material(
    ledger: Ledger,
    name: str | None,
    as_of: date,
    earlier: Sequence[date] = (),
    known_by: str | None = None,
    *,
    seed: int = 0,
    watchlist: Watchlist = (),
) -> Material:
    """Programmes as of a day, and their forecasts as known on that day and on each earlier day."""
    fitted = Fitted.load()
    shown = views(ledger, name, as_of, known_by, watchlist)
    wanted = {view.programme.id for view in shown}
    forecasts: dict[str, list[Forecast]] = {identity: [] for identity in wanted}
    for day in sorted({*earlier, as_of}):
        for view in views(ledger, None, day, known_by, watchlist):
            if view.programme.id in wanted:
                forecasts[view.programme.id] += forecasts_of(view, day, known_by, fitted, seed, news=day == as_of)
    return Material(as_of, tuple(v.programme for v in shown), {i: tuple(lines) for i, lines in forecasts.items()})
