"""One frozen dataclass a page: exactly what its template shows, filled from the nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.domain import Forecast, Programme
from slipcast.faces import sections, wording
from slipcast.faces.evidence import Evidence
from slipcast.faces.forecast_cards import forecast_cards
from slipcast.faces.headline import headline
from slipcast.faces.histories import slip_histories
from slipcast.faces.rows import (
    Cell,
    ConflictCard,
    EvidenceRow,
    ForecastCard,
    Ground,
    ShareRow,
    SlipHistory,
    StatusRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgrammeSection:
    """One programme, in the order in which the page shows it."""

    programme: Programme
    anchor: str
    name: str
    aside: str
    headline: tuple[Cell, ...]
    status: tuple[StatusRow, ...]
    forecasts: tuple[ForecastCard, ...]
    histories: tuple[SlipHistory, ...]
    conflicts: tuple[ConflictCard, ...]
    conditions: tuple[Ground, ...]
    causes: tuple[Ground, ...]
    workshare: tuple[ShareRow, ...]
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole report."""

    title: str
    as_of: str
    as_of_exact: str
    programmes: tuple[ProgrammeSection, ...]
    retold: bool


def report_page(
    programmes: Sequence[Programme],
    forecasts_by_programme: Mapping[str, Sequence[Forecast]],
    title: str,
    as_of: date,
) -> ReportPage:
    """The report of these programmes as they stood on a day.

    forecasts_by_programme: programme id -> forecasts; several of one milestone at different as_of make its S-curves, the
    latest of them its card. Raises SlipcastError where a programme rests on a statement that it does not hold.
    """
    made: list[ProgrammeSection] = []
    number = 1
    for place, programme in enumerate(programmes, 1):
        forecasts = forecasts_by_programme.get(programme.id, ())
        evidence = Evidence(programme, forecasts, f"p{place}", number)
        number += len(evidence.rows)
        made.append(_section(programme, forecasts, evidence))
    retold = any(row.retold for section in made for row in section.evidence)
    return ReportPage(title, wording.of_day(as_of), as_of.isoformat(), tuple(made), retold)


def _section(programme: Programme, forecasts: Sequence[Forecast], evidence: Evidence) -> ProgrammeSection:
    cards = forecast_cards(forecasts, evidence)
    return ProgrammeSection(
        programme=programme,
        anchor=evidence.prefix,
        name=sections.name(programme),
        aside=sections.aside(programme),
        headline=headline(programme, forecasts, evidence),
        status=tuple(sections.status_row(one, evidence) for one in programme.milestones),
        forecasts=cards,
        histories=slip_histories(programme, evidence),
        conflicts=sections.conflict_cards(programme, evidence),
        conditions=sections.conditions(programme, evidence),
        causes=sections.causes(programme, evidence),
        workshare=tuple(sections.share_row(share, evidence) for share in programme.workshare),
        evidence=evidence.rows,
    )
