"""What case histories tell of being dropped, of suspension and of return: counts by programme, no row of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

from slipcast.errors import PanelError
from slipcast.forecasting.features import YEAR

FILE = "histories.json"
_FORM = 1
#: words that say that the milestone is still to come
LIVE = frozenset({"planned", "delayed", "at_risk", "resumed", "reaffirmed"})
_BACK = frozenset({"resumed", "achieved"})


@dataclass(frozen=True, slots=True)
class Line:
    """What was said of one milestone. said: (day, status word), oldest first; ended: when it came; counted: whether it
    was promised and can arrive, so that its years are years in which it might have been dropped."""

    said: Sequence[tuple[date, str]]
    ended: date | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """years: in which a promise was to come and said to be; dropped: cancelled for good. stopped_years: of suspension;
    returned, abandoned: how those ended."""

    years: float = 0.0
    dropped: float = 0.0
    stopped_years: float = 0.0
    returned: float = 0.0
    abandoned: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Histories:
    """Counts of each programme, by its id."""

    programmes: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        """All programmes together."""
        return sum((self.programmes[name] for name in sorted(self.programmes)), Counts())

    def without(self, programme: str) -> Histories:
        """As if that programme had never been counted."""
        return Histories({name: counts for name, counts in self.programmes.items() if name != programme})

    def to_json(self) -> str:
        """As it is kept beside the classes of a fit."""
        told: dict[str, Any] = {"form": _FORM, "total": _short(self.total)}
        told["programmes"] = {name: _short(self.programmes[name]) for name in sorted(self.programmes)}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read_histories(file: Traversable) -> Histories:
    """The counts kept in a fit; none where the fit has none. Raises PanelError where the file is no such thing."""
    if not file.is_file():
        return Histories()
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record["form"] != _FORM:
            raise ValueError(f"form {record['form']}")
        return Histories({name: Counts(**told) for name, told in record["programmes"].items()})
    except (KeyError, TypeError, ValueError) as error:
        raise PanelError(
            f"holds no counts of case histories ({error})", where=str(file), todo="make them with --cases"
        ) from None


def count(lines: Mapping[str, Sequence[Line]]) -> Histories:
    """Counts of each programme's milestones. The m milestones of one programme are no m independent cases: each of their
    years and endings counts 1 / (1 + (m - 1) / 2), as projects' promises do in a fit."""
    made = {}
    for name, told in lines.items():
        many = sum(line.counted for line in told)
        weight = 1 / (1 + (max(many, 1) - 1) / 2)
        waits = sum((_waited(line) for line in told if line.counted), Counts())
        stops = sum((_stopped(line) for line in told), Counts())
        made[name] = Counts(waits.years * weight, waits.dropped * weight) + stops
    return Histories(made)


def _short(counts: Counts) -> dict[str, float]:
    return {key: round(value, 4) for key, value in asdict(counts).items()}


def _years(first: date, last: date) -> float:
    return max((last - first).days, 0) / YEAR


def _waited(line: Line) -> Counts:
    """From the first word to the arrival, to the cancellation, or to the last word that it is still to come."""
    said = [(day, word) for day, word in line.said if line.ended is None or day <= line.ended]
    alive = [day for day, word in said if word in LIVE]
    if not alive:
        return Counts()
    gone = [day for day, word in said if word == "cancelled" and day >= alive[-1]]
    last = line.ended or (gone[0] if gone else alive[-1])
    stopped = _stopped(Line(said, line.ended)).stopped_years
    return Counts(max(_years(alive[0], last) - stopped, 0.0), float(bool(gone) and line.ended is None))


def _stopped(line: Line) -> Counts:
    total, since = Counts(), None
    for day, word in line.said:
        if word == "suspended" and since is None:
            since = day
        elif since is not None and word in _BACK:
            total, since = total + Counts(stopped_years=_years(since, day), returned=1.0), None
        elif since is not None and word == "cancelled":
            total, since = total + Counts(stopped_years=_years(since, day), abandoned=1.0), None
    if since is not None and line.said:
        total += Counts(stopped_years=_years(since, line.said[-1][0]))
    return total
