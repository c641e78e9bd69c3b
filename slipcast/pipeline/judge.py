"""A person's own forecast of a milestone: recorded as a decision, shown beside the model's, never mixed into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log
from statistics import NormalDist

from slipcast.dates import parse_day
from slipcast.domain import MILESTONES, Decision, Forecast
from slipcast.errors import NameUnclear, UsageError
from slipcast.fingerprints import canonical
from slipcast.forecasting.waiting import LEVELS
from slipcast.ledger.store import Ledger
from slipcast.pipeline.view import Watchlist, views

KIND, VERDICT = "forecast", "judge"
_NORMAL = NormalDist()
_FAR = 200 * 365.25  #: no quantile lies more days ahead


@dataclass(frozen=True, slots=True)
class Judgement:
    """place: programme id, with /TRANCHE; made_on: its day; quantiles: as given, for the case that it arrives at all."""

    place: str
    milestone: str
    by: str
    reason: str
    made_on: date
    quantiles: Mapping[float, date]
    p_never: float
    id: str = ""
    recorded_at: str | None = None

    def forecast(self) -> Forecast:
        """The whole distribution: log-normal from the day it was made on each side of P50, through the days given.

        A side of which no day is given mirrors the other on the log scale; between given days it is straight there.
        """
        middle = max((self.quantiles[0.5] - self.made_on).days, 1)
        given = {level: log(max((day - self.made_on).days, 0.5) / middle) for level, day in self.quantiles.items()}
        points = {_NORMAL.inv_cdf(level): value for level, value in given.items()}
        points |= {-z: -value for z, value in points.items() if not any(other * z < 0 for other in points)}
        days = {level: min(middle * exp(min(_at(points, _NORMAL.inv_cdf(level)), 12.0)), _FAR) for level in LEVELS}
        return Forecast(
            programme=self.place,
            tranche=None,
            milestone=self.milestone,
            as_of=self.made_on,
            known_by=None,
            seed=0,
            promised=None,
            quantiles={level: self.made_on + timedelta(round(day)) for level, day in days.items()},
            p_never=self.p_never,
            reference_class=f"judgement of {self.by}",
        )


def _at(points: Mapping[float, float], z: float) -> float:
    """Straight between the points and, with the slope of the outermost stretch, beyond them."""
    known = sorted(points.items())
    low, high = next(((a, b) for a, b in pairwise(known) if z <= b[0]), (known[-2], known[-1]))
    return low[1] + (high[1] - low[1]) * (z - low[0]) / (high[0] - low[0])


def place_of(forecast: Forecast) -> str:
    """The place that a model's forecast is of, as judgements name it."""
    return "/".join(filter(None, (forecast.programme, forecast.tranche)))


def judge(
    ledger: Ledger,
    name: str,
    milestone: str,
    quantiles: Mapping[float, date],
    *,
    p_never: float,
    by: str,
    reason: str,
    today: date,
    watchlist: Watchlist = (),
) -> tuple[Judgement, bool]:
    """Record a person's forecast; with whether it is new. It counts from today: nothing can be entered for a day gone by.

    name: SYSTEM[/RECIPIENT[/TRANCHE]]. quantiles: P50 and P80 at least. Raises NameUnclear or UsageError.
    """
    kind = milestone.strip().lower().replace(" ", "_").replace("-", "_")
    if kind not in MILESTONES:
        raise UsageError(f"{milestone!r} is no milestone", where="MILESTONE", todo=f"use {', '.join(MILESTONES)}")
    (view,) = views(ledger, name, today, None, watchlist)
    known = [m.kind for m in view.programme.milestones if m.tranche == view.tranche]
    if kind not in known:
        tranches = sorted({m.tranche for m in view.programme.milestones if m.kind == kind and m.tranche})
        todo = f"name its tranche: {', '.join(tranches)}" if tranches else f"use {', '.join(dict.fromkeys(known))}"
        raise NameUnclear(f"{name!r} has no milestone {kind}", todo=todo)
    _check(quantiles, p_never, by, reason, today)
    place = "/".join(filter(None, (view.programme.id, view.tranche)))
    value = canonical({"never": p_never, "quantiles": {f"{q:g}": day.isoformat() for q, day in quantiles.items()}})
    decision = Decision(KIND, (place, kind, by.strip(), today.isoformat()), VERDICT, by.strip(), reason.strip(), value)
    return _read(decision), ledger.decide(decision)


def judgements(ledger: Ledger, as_of: date, known_by: str | None = None, *, all_days: bool = False) -> list[Judgement]:
    """Judgements that stood on a day: of each person and milestone the latest, or all; in the order of recording."""
    made = [_read(decision) for decision in ledger.decisions(known_by) if decision.kind == KIND]
    made = [one for one in made if one.made_on <= as_of]
    if all_days:
        return made
    latest = {(one.place, one.milestone, one.by): one for one in sorted(made, key=lambda one: one.made_on)}
    return [one for one in made if latest[one.place, one.milestone, one.by] is one]


def _check(quantiles: Mapping[float, date], p_never: float, by: str, reason: str, today: date) -> None:
    if not by.strip() or not reason.strip():
        raise UsageError("a judgement needs its author and a reason", where="--by, --reason", todo="give both")
    if not {0.5, 0.8} <= set(quantiles):
        raise UsageError("a judgement needs P50 and P80", where="--p50, --p80", todo="give both days")
    if not 0 <= p_never < 1:
        raise UsageError(f"{p_never} is no chance", where="--never", todo="use 0 to less than 1, such as 0.2")
    days = [quantiles[level] for level in sorted(quantiles)]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise UsageError("the days do not rise with their chances", where="--p10 to --p90", todo="give rising days")
    if days[0] < today:
        raise UsageError(f"{days[0]} has passed", where="--p10 to --p90", todo=f"give days after {today}")


def _read(decision: Decision) -> Judgement:
    place, milestone, by, day = decision.subjects
    value = json.loads(decision.value or "{}")
    quantiles = {float(level): parse_day(text, where=decision.id) for level, text in value["quantiles"].items()}
    return Judgement(
        place, milestone, by, decision.reason, parse_day(day), quantiles, value["never"], decision.id, decision.recorded_at
    )  # fmt: skip
