"""How often what is promised is dropped, and how often what is suspended comes back: stated priors, counted on.

Being dropped is a hazard, not a share: so much a year for as long as the promise is to come. Prior and counts make a
gamma posterior, of which the mean is used:

    yearly = (prior * worth + dropped) / (worth + years)

A suspension ends, in a return or in being dropped: exits come at a gamma-distributed rate (so that a long suspension
is likely to last: Lomax), and a share of them are returns. The numbers and their sources: priors.toml.
"""

from __future__ import annotations

from dataclasses import dataclass

from slipcast.forecasting.features import YEAR
from slipcast.forecasting.fitted_classes import Fitted
from slipcast.forecasting.priors import cancelled, family, never, suspended

#: the words that stop the work
STOPPED = ("suspended", "cancelled")


@dataclass(frozen=True, slots=True)
class Exit:
    """How a stop ends. returned: share of exits that are returns; rate: exits ~ gamma(shape, rate 1 / years)."""

    returned: float
    shape: float
    years: float


def yearly_drop(source: str, fitted: Fitted) -> float:
    """Share of a source's promises that are dropped in a year: of statements, of a fitted class, of a list not seen before.

    Statements count the case histories. Of a list no project is known to be dropped: so many project-years without one.
    """
    prior = never()
    if family(source):
        told = fitted.histories.total
        return (prior.yearly * prior.worth + told.dropped) / (prior.worth + told.years)
    if source in fitted.classes:
        found = fitted.classes[source]
        return prior.yearly * prior.list_worth / (prior.list_worth + found.items * found.horizon / YEAR)
    return prior.unseen_list


def exit_of(word: str, fitted: Fitted) -> Exit:
    """How a suspension, or a cancellation, ends: the prior and what the case histories count."""
    prior, told = suspended(), fitted.histories.total
    exits = prior.exits + told.returned + told.abandoned
    share = cancelled().returned if word == "cancelled" else (prior.returned + told.returned) / exits
    return Exit(share, exits, prior.years + told.stopped_years)
