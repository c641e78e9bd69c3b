"""Promised dates as a Microsoft Project file (MSPDI, the schema http://schemas.microsoft.com/project of Project 2010).

Each programme is a summary task, each dated milestone a milestone task under it. A milestone stands on the last day of
its window, which its Deadline repeats: the first day would be an optimism that nobody promised. Tasks are scheduled by
hand, so that opening the file moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as Tree

from slipcast.dates import Window, parse
from slipcast.domain import Forecast, Milestone, Programme
from slipcast.ledger.exports import Place, by_place, clean, foreseen, is_open, line, standing, title

NAMESPACE = "http://schemas.microsoft.com/project"
FINISH_ON, START_NO_EARLIER, FINISH_NO_LATER = 3, 4, 7  #: ConstraintType
#: task fields that hold what a promise does not tell: FieldID, FieldName, Alias
FIELDS = (
    ("188743945", "Date1", "P50"), ("188743946", "Date2", "P80"), ("188743767", "Number1", "Chance of never"),
    ("188743731", "Text1", "Promised (EDTF)"), ("188743734", "Text2", "Status"),
)  # fmt: skip
_BASELINES = 11  #: that Project keeps, 0 to 10


@dataclass(frozen=True, slots=True)
class _Row:
    """One task: its element's children in the order of the schema."""

    level: int
    name: str
    start: date
    finish: date
    milestone: Milestone | None = None
    programme: Programme | None = None
    forecast: Forecast | None = None


def mspdi(programmes: Sequence[Programme], forecasts: Iterable[Forecast] = (), name: str = "Promised dates") -> str:
    """The project file as XML text. Milestones without any day are left out: a schedule can hold none of them."""
    known = by_place(forecasts)
    rows = [row for programme in programmes for row in _rows(programme, known)]
    root = Tree.Element("Project", xmlns=NAMESPACE)
    days = [day for row in rows for day in (row.start, row.finish)] or [p.as_of for p in programmes]
    head: dict[str, object] = {"SaveVersion": 14, "Name": "promised.xml", "Title": line(name), "ScheduleFromStart": 1}
    if days:
        head |= {"StartDate": _moment(min(days), "08:00:00"), "FinishDate": _moment(max(days))}
    head |= {"CalendarUID": 1, "DefaultStartTime": "08:00:00", "DefaultFinishTime": "17:00:00", "MinutesPerDay": 480}
    if programmes:
        head |= {"CurrentDate": _moment(max(p.as_of for p in programmes), "08:00:00")}
    _add(root, {**head, "NewTasksAreManual": 1})
    fields = Tree.SubElement(root, "ExtendedAttributes")
    for identity, field, alias in FIELDS:
        _add(Tree.SubElement(fields, "ExtendedAttribute"), {"FieldID": identity, "FieldName": field, "Alias": alias})
    _calendar(root)
    tasks = Tree.SubElement(root, "Tasks")
    outline = [0, 0]
    for number, row in enumerate(rows, 1):
        outline = [outline[0] + 1, 0] if row.level == 1 else [outline[0], outline[1] + 1]
        _task(Tree.SubElement(tasks, "Task"), row, number, ".".join(str(n) for n in outline[: row.level]))
    Tree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _rows(programme: Programme, forecasts: Mapping[Place, Forecast]) -> list[_Row]:
    rows = []
    for milestone in programme.milestones:
        window = stands_on(milestone)
        day = window.deadline if window else None
        if day:
            forecast = forecasts.get((programme.id, milestone.tranche, milestone.kind))
            rows.append(_Row(2, title(programme, milestone), day, day, milestone, programme, forecast))
    if not rows:
        return []
    whole = _Row(1, line(programme.id), min(r.start for r in rows), max(r.finish for r in rows))
    return [whole, *rows]


def stands_on(milestone: Milestone) -> Window | None:
    """The window on which a milestone stands: of its arrival where that is told, else of its promise."""
    if milestone.achieved and milestone.achieved != "yes" and not is_open(milestone):
        return parse(milestone.achieved)
    return parse(milestone.promised) if milestone.promised else None


def constraint(window: Window) -> tuple[int, date] | None:
    """(ConstraintType, day): on the day where it is one, else no later than its last; from its first where it is open."""
    if window.latest is None:
        return (START_NO_EARLIER, window.earliest) if window.earliest else None
    return (FINISH_ON if window.days == 1 else FINISH_NO_LATER), window.latest


def _task(task: Tree.Element, row: _Row, number: int, outline: str) -> None:
    """Children in the order of the schema's TaskType."""
    start, finish = _moment(row.start, "08:00:00" if row.milestone is None else "17:00:00"), _moment(row.finish)
    lasts = f"PT{(row.finish - row.start).days * 8 + 8 if row.milestone is None else 0}H0M0S"
    reached = bool(row.milestone and row.milestone.achieved and not is_open(row.milestone))
    _add(
        task,
        {
            "UID": number, "ID": number, "Name": row.name, "Active": 1, "Manual": 1, "Type": 0, "IsNull": 0, "WBS": outline,
            "OutlineNumber": outline, "OutlineLevel": row.level, "Priority": 500, "Start": start, "Finish": finish,
            "Duration": lasts, "ManualStart": start, "ManualFinish": finish, "ManualDuration": lasts, "DurationFormat": 7,
            "EffortDriven": 0, "Estimated": 0, "Milestone": int(row.milestone is not None),
            "Summary": int(row.milestone is None), "PercentComplete": 100 if reached else 0,
        },
    )  # fmt: skip
    if row.milestone and row.programme:
        _dated(task, row.milestone, row.programme, row.forecast, finish if reached else None)


def _dated(
    task: Tree.Element, milestone: Milestone, programme: Programme, forecast: Forecast | None, reached: str | None
) -> None:
    """What hangs on a milestone's task: actuals, constraint, deadline, notes, fields, baselines."""
    if reached:
        _add(task, {"ActualStart": reached, "ActualFinish": reached, "ActualDuration": "PT0H0M0S"})
    window = stands_on(milestone)
    fixed = constraint(window) if window else None
    if fixed:
        _add(task, {"ConstraintType": fixed[0], "CalendarUID": -1, "ConstraintDate": _moment(fixed[1])})
    deadline = parse(milestone.promised).latest if milestone.promised else None
    if deadline:
        _add(task, {"Deadline": _moment(deadline)})
    told = standing(programme, milestone) + ([foreseen(forecast)] if forecast else [])
    _add(task, {"Notes": "\n".join(told)})
    values = [milestone.promised, milestone.status.replace("_", " ")]
    if forecast:
        days = [_moment(forecast.day_at(0.5)), _moment(forecast.day_at(0.8))]
        values = [*days, f"{forecast.p_never:.6f}", *values]
    for (identity, _, _), value in zip(FIELDS[len(FIELDS) - len(values) :], values, strict=True):
        if value:
            _add(Tree.SubElement(task, "ExtendedAttribute"), {"FieldID": identity, "Value": value})
    for number, day in enumerate(_kept_baselines(milestone)):
        moment = _moment(day)
        baseline = {"Number": number, "Start": moment, "Finish": moment, "Duration": "PT0H0M0S", "DurationFormat": 7}
        _add(Tree.SubElement(task, "Baseline"), baseline)


def _kept_baselines(milestone: Milestone) -> list[date]:
    """The first promise's last day, then each that moved it; where there are too many, the first and the latest."""
    ends = [day for slip in milestone.promises if (day := parse(slip.promised).deadline)]
    moved = [day for before, day in zip([None, *ends], ends, strict=False) if day != before]
    return moved if len(moved) <= _BASELINES else [moved[0], *moved[1 - _BASELINES :]]


def _calendar(root: Tree.Element) -> None:
    """Every day works: a delivery may arrive on a Sunday."""
    calendar = Tree.SubElement(Tree.SubElement(root, "Calendars"), "Calendar")
    _add(calendar, {"UID": 1, "Name": "Every day", "IsBaseCalendar": 1, "BaseCalendarUID": -1})
    days = Tree.SubElement(calendar, "WeekDays")
    for number in range(1, 8):
        day = Tree.SubElement(days, "WeekDay")
        _add(day, {"DayType": number, "DayWorking": 1})
        times = Tree.SubElement(day, "WorkingTimes")
        for begins, ends in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")):
            _add(Tree.SubElement(times, "WorkingTime"), {"FromTime": begins, "ToTime": ends})


def _add(parent: Tree.Element, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        Tree.SubElement(parent, name).text = clean(str(value))


def _moment(day: date, time: str = "17:00:00") -> str:
    return f"{day.isoformat()}T{time}"
