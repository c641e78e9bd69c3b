"""Forecasts as cards: the latest of each milestone, with the S-curves of earlier days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from slipcast import dates
from slipcast.domain import Driver, Forecast, Programme
from slipcast.faces import wording
from slipcast.faces.charts.curves import quantile, s_curves
from slipcast.faces.evidence import Evidence
from slipcast.faces.order import rank
from slipcast.faces.rows import Bar, Cell, ForecastCard

_CURVES = 4  #: S-curves on one chart before it grows unreadable
_LEVELS = ((0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90"))


def forecast_cards(
    programme: Programme, groups: Sequence[Sequence[Forecast]], latest: date | None, evidence: Evidence
) -> tuple[ForecastCard, ...]:
    """A card for each milestone: its latest forecast, with the S-curves of the earlier ones.

    latest: the day of the newest forecasts; milestones that are no longer forecast on it come last, marked closed.
    """

    def place(group: Sequence[Forecast]) -> tuple[bool, tuple[int, int, str]]:
        return group[-1].as_of != latest, rank(programme, group[-1].milestone, group[-1].tranche)

    return tuple(
        _card(group, evidence, f"{evidence.prefix}-f{number}", group[-1].as_of != latest)
        for number, group in enumerate(sorted(groups, key=place), 1)
    )


def _thinned(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """At most _CURVES forecasts, the first and the last among them, evenly chosen between."""
    if len(forecasts) <= _CURVES:
        return list(forecasts)
    return [forecasts[round(place * (len(forecasts) - 1) / (_CURVES - 1))] for place in range(_CURVES)]


def deadline(forecast: Forecast) -> date | None:
    """The day by which the promise that the forecast starts from is kept."""
    return dates.parse(forecast.promised).deadline if forecast.promised else None


def _card(forecasts: Sequence[Forecast], evidence: Evidence, anchor: str, closed: bool) -> ForecastCard:
    latest = forecasts[-1]
    refs = evidence.refs(latest.evidence)
    due = deadline(latest)
    days = [(label, quantile(latest, level)) for level, label in _LEVELS]
    return ForecastCard(
        name=wording.milestone(latest.milestone, latest.tranche),
        anchor=anchor,
        as_of=wording.of_day(latest.as_of),
        promised=Cell(wording.of_edtf(latest.promised), refs, latest.promised) if latest.promised else None,
        days=tuple((label, wording.far(day, latest.as_of), day.isoformat()) for label, day in days if day),
        by_promise=wording.percent(latest.chance_by(due)) if due and due > latest.as_of and latest.quantiles else None,
        by_promise_day=wording.of_day(due) if due else None,
        p_never=wording.percent(latest.p_never),
        reference_class=latest.reference_class,
        drivers=_bars(latest.drivers),
        chart=s_curves(_thinned(forecasts), anchor),
        refs=refs,
        not_held=sum(one not in evidence.entries for one in latest.evidence),
        closed=closed,
        news=tuple((one.name, wording.months(one.months)) for one in latest.would_change),
        never_range=_never_range(latest),
    )


def _never_range(forecast: Forecast) -> tuple[str, str] | None:
    if forecast.never_range is None:
        return None
    low, high = map(wording.percent, forecast.never_range)
    return low, high


def _bars(drivers: Sequence[Driver]) -> tuple[Bar, ...]:
    """Bars around a zero line: the widest reach fills the width."""
    low = min([0.0, *(driver.months for driver in drivers)])
    reach = max([0.0, *(driver.months for driver in drivers)]) - low
    if reach <= 0 or not math.isfinite(reach):
        return tuple(Bar(driver.name, wording.months(driver.months), 0.0, 0.0, True) for driver in drivers)
    scale = 100 / reach
    return tuple(
        Bar(
            driver.name,
            wording.months(driver.months),
            round((min(driver.months, 0) - low) * scale, 1),
            round(abs(driver.months) * scale, 1),
            driver.months > 0,
        )
        for driver in drivers
    )
