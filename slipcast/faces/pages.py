"""One frozen dataclass a page: exactly what its template shows, filled from the nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.domain import Forecast, Programme
from slipcast.faces import sections, wording
from slipcast.faces.evidence import Evidence
from slipcast.faces.forecast_cards import forecast_cards
from slipcast.faces.headline import brief, headline
from slipcast.faces.histories import slip_histories
from slipcast.faces.order import grouped, spokesman
from slipcast.faces.rows import (
    BriefRow,
    Cell,
    ConflictCard,
    EvidenceRow,
    ForecastCard,
    Ground,
    Reading,
    ShareRow,
    SlipHistory,
    StatusRow,
)
from slipcast.faces.scores_page import ScoreboardPage


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
    readings: tuple[Reading, ...]
    conditions: tuple[Ground, ...]
    causes: tuple[Ground, ...]
    workshare: tuple[ShareRow, ...]
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole report; programmes of which more is known come first.

    scores: how the forecasts of these programmes did; unscored: why there are none.
    """

    title: str
    as_of: str
    as_of_exact: str
    brief: tuple[BriefRow, ...]
    programmes: tuple[ProgrammeSection, ...]
    retold: bool
    scores: ScoreboardPage | None = None
    unscored: str = ""


def report_page(
    programmes: Sequence[Programme],
    forecasts_by_programme: Mapping[str, Sequence[Forecast]],
    title: str,
    as_of: date,
    scores: ScoreboardPage | None = None,
    unscored: str = "",
) -> ReportPage:
    """The report of these programmes as they stood on a day.

    forecasts_by_programme: programme id -> forecasts; several of one milestone at different as_of make its S-curves, the
    latest of them its card; what is no longer forecast on the latest day comes last, folded. Raises SlipcastError where a
    programme rests on a statement that it does not hold.
    """
    latest = max((one.as_of for many in forecasts_by_programme.values() for one in many), default=None)
    lines: list[BriefRow] = []
    made: list[ProgrammeSection] = []
    number = 1
    for place, programme in enumerate(sorted(programmes, key=lambda one: (-len(one.entries), one.id)), 1):
        groups = grouped(forecasts_by_programme.get(programme.id, ()))
        evidence = Evidence(programme, [group[-1] for group in groups], f"p{place}", number)
        number += len(evidence.rows)
        line, section = _section(programme, groups, latest, evidence)
        lines.append(line)
        made.append(section)
    retold = any(row.retold for section in made for row in section.evidence)
    shown = wording.of_day(as_of)
    return ReportPage(title, shown, as_of.isoformat(), tuple(lines), tuple(made), retold, scores, unscored)


def _section(
    programme: Programme, groups: Sequence[Sequence[Forecast]], latest: date | None, evidence: Evidence
) -> tuple[BriefRow, ProgrammeSection]:
    milestone, forecast = spokesman(programme, [group for group in groups if group[-1].as_of == latest])
    name = sections.name(programme)
    section = ProgrammeSection(
        programme=programme,
        anchor=evidence.prefix,
        name=name,
        aside=sections.aside(programme),
        headline=headline(milestone, forecast, evidence),
        status=tuple(sections.status_row(one, evidence) for one in programme.milestones),
        forecasts=forecast_cards(programme, groups, latest, evidence),
        histories=slip_histories(programme, evidence),
        conflicts=sections.conflict_cards(programme, evidence),
        readings=sections.other_sides(programme, evidence),
        conditions=sections.conditions(programme, evidence),
        causes=sections.causes(programme, evidence),
        workshare=tuple(sections.share_row(share, evidence) for share in programme.workshare),
        evidence=evidence.rows,
    )
    return brief(name, evidence.prefix, milestone, forecast, evidence), section
