"""From nouns to the rows and cards of a programme's section."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from slipcast import dates
from slipcast.domain import Driver, Entry, Forecast, Milestone, Programme, Share
from slipcast.faces import charts, wording
from slipcast.faces.evidence import Evidence, cited_by, stated_on
from slipcast.faces.rows import (
    Bar,
    Cell,
    ConflictCard,
    ForecastCard,
    Ground,
    Ref,
    ShareRow,
    SlipHistory,
    SlipRow,
    StatusRow,
)  # fmt: skip

#: which milestone speaks for a programme in its headline, first found first
_FOREMOST = ("delivery", "completion", "entry_into_service", "shipment", "installation", "participation")
_CURVES = 4  #: S-curves on one chart before it grows unreadable
_LEVELS = ((0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90"))


def name(programme: Programme) -> str:
    """A programme's name for reading: S-400 for Turkey."""
    return f"{programme.system} for {', '.join(programme.recipient)}" if programme.recipient else programme.system


def aside(programme: Programme) -> str:
    """What else a reader may know it by: kind of equipment, supplier, other names."""
    told = [programme.equipment or ""]
    told.append(f"from {', '.join(programme.supplier)}" if programme.supplier else "")
    told.append(f"also {', '.join(programme.aliases)}" if programme.aliases else "")
    return " · ".join(part for part in told if part)


def _matching(milestone: Milestone, evidence: Evidence, key: str, value: str | None) -> tuple[Ref, ...]:
    """Links to the statements that give this value, else to the current one, else to all of the milestone's."""
    ids = [one for one in cited_by(milestone) if one in evidence.entries]
    exact = [one for one in ids if value and getattr(evidence.entries[one].statement, key) == value]
    if key == "date":
        exact += [slip.statement for slip in milestone.promises if slip.promised == value]
    current = [milestone.current.winner] if milestone.current else []
    return evidence.refs(exact or current or ids)


def _cell(milestone: Milestone, evidence: Evidence, value: str | None) -> Cell | None:
    if value is None:
        return None
    refs = _matching(milestone, evidence, "date", value)
    if value == "yes":
        return Cell("yes, day not told", refs)
    return Cell(wording.of_edtf(value), refs, value)


def _current(milestone: Milestone, evidence: Evidence) -> Entry | None:
    return evidence.entries.get(milestone.current.winner) if milestone.current else None


def status_row(milestone: Milestone, evidence: Evidence) -> StatusRow:
    """One milestone as it stands."""
    entry = _current(milestone, evidence)
    said = entry.statement if entry else None
    when = stated_on(entry) if entry else None
    current = evidence.refs([milestone.current.winner]) if milestone.current else ()
    sources = evidence.refs(cited_by(milestone))
    return StatusRow(
        tranche=milestone.tranche or "",
        milestone=wording.words(milestone.kind),
        status=milestone.status,
        word=wording.words(milestone.status),
        disputed=milestone.disputed,
        claimed=milestone.claimed,
        promised=_cell(milestone, evidence, milestone.promised),
        previous=_cell(milestone, evidence, milestone.previous),
        achieved=_cell(milestone, evidence, milestone.achieved),
        said_by=_speaker(entry) if entry else "",
        role=(said.speaker_role or "") if said else "",
        said_on=Cell(wording.of_edtf(when), current, when) if when else None,
        sources=Cell(str(milestone.independent_sources), sources),
        why=milestone.current.rule if milestone.current else "",
    )


def _speaker(entry: Entry) -> str:
    said = entry.statement
    return said.speaker or ("unnamed source" if said.anonymous else entry.document.outlet or "not told")


def slip_histories(programme: Programme, evidence: Evidence) -> tuple[SlipHistory, ...]:
    """The slip history of every milestone that was ever promised."""
    found = []
    for place, milestone in enumerate(programme.milestones, 1):
        if not milestone.promises:
            continue
        anchor = f"{evidence.prefix}-h{place}"
        chart = charts.milestone_trend(milestone, evidence.entries, programme.as_of, anchor)
        rows = tuple(_slip_rows(milestone, evidence))
        found.append(SlipHistory(wording.milestone(milestone.kind, milestone.tranche), anchor, chart, rows))
    return tuple(found)


def _slip_rows(milestone: Milestone, evidence: Evidence) -> list[SlipRow]:
    rows = []
    for number, slip in enumerate(milestone.promises, 1):
        entry = evidence.entries[slip.statement]
        refs = evidence.refs([slip.statement])
        moved = "first promise" if slip.superseded is None and number == 1 else ""
        rows.append(
            SlipRow(
                number=number,
                said_on=Cell(wording.of_edtf(slip.stated_on), refs, slip.stated_on),
                promised=Cell(wording.of_edtf(slip.promised), refs, slip.promised),
                moved=wording.moved(slip.moved_days) if slip.moved_days is not None else moved,
                status=entry.statement.status,
                word=wording.words(entry.statement.status),
                said_by=_speaker(entry),
                current=slip.promised == milestone.promised and number == len(milestone.promises),
            )
        )
    return rows


def forecast_cards(forecasts: Sequence[Forecast], evidence: Evidence) -> tuple[ForecastCard, ...]:
    """A card for each milestone to come: its latest forecast, with the S-curves of the earlier ones."""
    groups: dict[tuple[str, str], list[Forecast]] = {}
    for one in sorted(forecasts, key=lambda one: (one.as_of, one.known_by or "")):
        groups.setdefault((one.tranche or "", one.milestone), []).append(one)
    order = sorted(groups, key=lambda key: (_foremost(key[1]), key))
    return tuple(_card(groups[key], evidence, f"{evidence.prefix}-f{place}") for place, key in enumerate(order, 1))


def _foremost(kind: str) -> int:
    return _FOREMOST.index(kind) if kind in _FOREMOST else len(_FOREMOST)


def _thinned(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """At most _CURVES forecasts, the first and the last among them, evenly chosen between."""
    if len(forecasts) <= _CURVES:
        return list(forecasts)
    return [forecasts[round(place * (len(forecasts) - 1) / (_CURVES - 1))] for place in range(_CURVES)]


def deadline(forecast: Forecast) -> date | None:
    """The day by which the promise that the forecast starts from is kept."""
    return dates.parse(forecast.promised).deadline if forecast.promised else None


def _card(forecasts: Sequence[Forecast], evidence: Evidence, anchor: str) -> ForecastCard:
    latest = forecasts[-1]
    refs = evidence.refs(latest.evidence)
    due = deadline(latest)
    days = [(label, charts.quantile(latest, level)) for level, label in _LEVELS]
    return ForecastCard(
        name=wording.milestone(latest.milestone, latest.tranche),
        anchor=anchor,
        as_of=wording.of_day(latest.as_of),
        promised=Cell(wording.of_edtf(latest.promised), refs, latest.promised) if latest.promised else None,
        days=tuple((label, wording.of_day(day), day.isoformat()) for label, day in days if day),
        by_promise=wording.percent(charts.chance_by(latest, due)) if due and due > latest.as_of else None,
        by_promise_day=wording.of_day(due) if due else None,
        p_never=wording.percent(latest.p_never),
        reference_class=latest.reference_class,
        drivers=_bars(latest.drivers),
        chart=charts.s_curves(_thinned(forecasts), anchor),
        refs=refs,
        not_held=sum(one not in evidence.entries for one in latest.evidence),
    )


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


def headline(programme: Programme, forecasts: Sequence[Forecast], evidence: Evidence) -> tuple[Cell, ...]:
    """What was promised, what stands now, and the forecast, in one breath; cells without refs are the words between."""
    groups = sorted(forecasts, key=lambda one: (_foremost(one.milestone), one.tranche or "", -one.as_of.toordinal()))
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
    ranked = sorted(programme.milestones, key=lambda one: (not one.promised, _foremost(one.kind)))
    return ranked[0] if ranked else None


def _promise_told(milestone: Milestone, evidence: Evidence) -> list[Cell]:
    what = wording.words(milestone.kind).capitalize()
    what += f" ({milestone.tranche})" if milestone.tranche else ""
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
        achieved = _cell(milestone, evidence, milestone.achieved)
        told += [Cell(", "), achieved] if achieved else []
    told.append(Cell(", disputed." if milestone.disputed else "."))
    return told


def _forecast_told(forecast: Forecast, evidence: Evidence) -> list[Cell]:
    refs = evidence.refs(forecast.evidence)
    p50, p80 = charts.quantile(forecast, 0.5), charts.quantile(forecast, 0.8)
    told = [Cell(f" As of {wording.of_day(forecast.as_of)}, ")]
    if p50 and p80:
        told += [Cell("if it comes at all, the middle forecast (P50) is "), Cell(wording.of_day(p50), refs)]
        told += [Cell(" and P80 "), Cell(wording.of_day(p80), refs), Cell("; ")]
    return [*told, Cell("the chance that it never comes is "), Cell(wording.percent(forecast.p_never), refs), Cell(".")]


def conflict_cards(programme: Programme, evidence: Evidence) -> tuple[ConflictCard, ...]:
    """Every conflict once, its sides with their sentences."""
    found = dict.fromkeys(one for milestone in programme.milestones for one in milestone.conflicts)
    return tuple(
        ConflictCard(wording.words(one.kind), one.why, tuple(evidence.row(side) for side in one.evidence))
        for one in found
    )


def _grounds(programme: Programme, evidence: Evidence, many: str, key: str) -> tuple[Ground, ...]:
    return tuple(
        Ground(wording.milestone(one.kind, one.tranche), text, _matching(one, evidence, key, text))
        for one in programme.milestones
        for text in getattr(one, many)
    )


def conditions(programme: Programme, evidence: Evidence) -> tuple[Ground, ...]:
    """What the milestones wait for."""
    return _grounds(programme, evidence, "conditions", "condition")


def causes(programme: Programme, evidence: Evidence) -> tuple[Ground, ...]:
    """Why they stand as they stand, as it was said."""
    return _grounds(programme, evidence, "causes", "cause")


def share_row(share: Share, evidence: Evidence) -> ShareRow:
    """One line of workshare."""
    return ShareRow(
        participant=share.participant,
        part=share.part,
        sourcing=share.sourcing or "",
        status=share.status,
        word=wording.words(share.status),
        since=wording.of_edtf(share.since) if share.since else "",
        until=wording.of_edtf(share.until) if share.until else "",
        ended=share.ended or "",
        refs=evidence.refs(share.evidence),
    )
