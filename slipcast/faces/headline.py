"""A programme in one breath: what was promised, what stands now, and what is forecast."""

from __future__ import annotations

from collections.abc import Sequence

from slipcast.domain import Forecast, Milestone, Programme
from slipcast.faces import wording
from slipcast.faces.charts.curves import quantile
from slipcast.faces.evidence import Evidence
from slipcast.faces.forecast_cards import deadline, foremost
from slipcast.faces.rows import Cell
from slipcast.faces.sections import dated


def headline(programme: Programme, forecasts: Sequence[Forecast], evidence: Evidence) -> tuple[Cell, ...]:
    """What was promised, what stands now, and the forecast, in one breath; cells without refs are the words between."""
    groups = sorted(forecasts, key=lambda one: (foremost(one.milestone), one.tranche or "", -one.as_of.toordinal()))
    chosen = groups[0] if groups else None
    milestone = _spokesman(programme, chosen)
    if milestone is None:
        return (Cell("Nothing is known of this programme but its name."),)
    told = _promise_told(milestone, evidence)
    if chosen and (milestone.kind, milestone.tranche) == (chosen.milestone, chosen.tranche):
        told += _forecast_told(chosen, evidence)
    return tuple(told)


def _spokesman(programme: Programme, chosen: Forecast | None) -> Milestone | None:
    for milestone in programme.milestones:
        if chosen and (milestone.kind, milestone.tranche) == (chosen.milestone, chosen.tranche):
            return milestone
    ranked = sorted(programme.milestones, key=lambda one: (not one.promised, foremost(one.kind)))
    return ranked[0] if ranked else None


def _promise_told(milestone: Milestone, evidence: Evidence) -> list[Cell]:
    what = wording.sentence_start(milestone.kind, milestone.tranche)
    told: list[Cell] = []
    if milestone.promises:
        first = milestone.promises[0]
        refs = evidence.refs([first.statement])
        told += [Cell(f"{what} was first promised for "), Cell(wording.of_edtf(first.promised), refs, first.promised)]
        standing = milestone.promises[-1]
        if len(milestone.promises) > 1 and milestone.promised and milestone.promised != first.promised:
            refs = evidence.refs([standing.statement])
            told += [Cell("; the promise that stands is "), Cell(wording.of_edtf(milestone.promised), refs)]
        told.append(Cell("; its status is "))
    else:
        told.append(Cell(f"{what} has no promised date; its status is "))
    current = evidence.refs([milestone.current.winner]) if milestone.current else evidence.refs(milestone.evidence)
    told.append(Cell(wording.words(milestone.status), current))
    if milestone.achieved:
        achieved = dated(milestone, evidence, milestone.achieved)
        told += [Cell(", "), achieved] if achieved else []
    told.append(Cell(", disputed." if milestone.disputed else "."))
    return told


def _forecast_told(forecast: Forecast, evidence: Evidence) -> list[Cell]:
    refs = evidence.refs(forecast.evidence)
    p50, p80 = quantile(forecast, 0.5), quantile(forecast, 0.8)
    told = [Cell(f" As of {wording.of_day(forecast.as_of)}, ")]
    if p50 and p80:
        told += [Cell("if it comes at all, the middle forecast (P50) is "), Cell(wording.of_day(p50), refs)]
        told += [Cell(" and P80 "), Cell(wording.of_day(p80), refs), Cell("; ")]
    due = deadline(forecast)
    if due and due > forecast.as_of and forecast.quantiles:
        told += [Cell(f"the chance that it comes by {wording.of_day(due)} is ")]
        told += [Cell(wording.percent(forecast.chance_by(due)), refs), Cell(", ")]
    return [*told, Cell("the chance that it never comes "), Cell(wording.percent(forecast.p_never), refs), Cell(".")]
