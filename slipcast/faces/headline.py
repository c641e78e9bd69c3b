"""A programme in one breath: what was promised, what stands now, and what is forecast."""

from __future__ import annotations

from slipcast.domain import Forecast, Milestone
from slipcast.faces import wording
from slipcast.faces.charts.curves import quantile
from slipcast.faces.evidence import Evidence
from slipcast.faces.forecast_cards import deadline
from slipcast.faces.rows import BriefRow, Cell
from slipcast.faces.sections import dated


def headline(milestone: Milestone | None, forecast: Forecast | None, evidence: Evidence) -> tuple[Cell, ...]:
    """What was promised, what stands now, and the forecast, in one breath; cells without refs are the words between."""
    if milestone is None:
        return (Cell("Nothing is known of this programme but its name."),)
    return (*_promise_told(milestone, evidence), *(_forecast_told(forecast, evidence) if forecast else ()))


def brief(
    name: str, anchor: str, milestone: Milestone | None, forecast: Forecast | None, evidence: Evidence
) -> BriefRow:
    """A programme's line at the top of the page."""
    refs = evidence.refs(forecast.evidence) if forecast else ()
    p50, p80 = (quantile(forecast, level) if forecast else None for level in (0.5, 0.8))
    return BriefRow(
        name=name,
        anchor=anchor,
        milestone=wording.milestone(milestone.kind, milestone.tranche) if milestone else "",
        status=milestone.word if milestone else "",
        word=wording.status(milestone.word, milestone.modality) if milestone else "",
        promised=dated(milestone, evidence, milestone.promised) if milestone else None,
        p50=Cell(wording.far(p50, forecast.as_of), refs, p50.isoformat()) if forecast and p50 else None,
        p80=Cell(wording.far(p80, forecast.as_of), refs, p80.isoformat()) if forecast and p80 else None,
        p_never=Cell(wording.percent(forecast.p_never), refs) if forecast else None,
        statements=len(evidence.rows),
    )


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
    told.append(Cell(wording.status(milestone.word, milestone.modality), current))
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
        told += [
            Cell("if it comes at all, the middle forecast (P50) is "),
            Cell(wording.far(p50, forecast.as_of), refs, p50.isoformat()),
        ]
        told += [Cell(" and P80 "), Cell(wording.far(p80, forecast.as_of), refs, p80.isoformat()), Cell("; ")]
    due = deadline(forecast)
    if due and due > forecast.as_of and forecast.quantiles:
        told += [Cell(f"the chance that it comes by {wording.of_day(due)} is ")]
        told += [Cell(wording.percent(forecast.chance_by(due)), refs), Cell(", ")]
    return [*told, Cell("the chance that it never comes "), Cell(wording.percent(forecast.p_never), refs), Cell(".")]
