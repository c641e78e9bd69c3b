"""The rows of the pages: what a table, a card or a list shows, ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from slipcast.faces.charts.drawing import Chart


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to one piece of evidence: its number on the page and its anchor."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as shown, its exact form where that differs, and the evidence that it rests on."""

    text: str
    refs: tuple[Ref, ...] = ()
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One programme in the overview: the milestone that speaks for it, and its forecast."""

    name: str
    anchor: str
    milestone: str
    status: str
    word: str
    promised: Cell | None
    p50: Cell | None
    p80: Cell | None
    p_never: Cell | None
    statements: int


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One milestone as it stands."""

    tranche: str
    milestone: str
    status: str
    word: str
    quantity: str
    disputed: bool
    claimed: bool
    promised: Cell | None
    previous: Cell | None
    achieved: Cell | None
    said_by: str
    role: str
    said_on: Cell | None
    sources: Cell
    why: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One promise in a slip history."""

    number: int
    said_on: Cell
    promised: Cell
    moved: str
    status: str
    word: str
    said_by: str
    current: bool


@dataclass(frozen=True, slots=True)
class SlipHistory:
    """The promises of one milestone in order."""

    name: str
    anchor: str
    chart: Chart | None
    rows: tuple[SlipRow, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A driver with its bar: start and length in hundredths of the bar's width."""

    name: str
    months: str
    start: float
    length: float
    later: bool


@dataclass(frozen=True, slots=True)
class ForecastCard:
    """One milestone to come: the forecast as of the page's day, and the S-curves of earlier days."""

    name: str
    anchor: str
    as_of: str
    promised: Cell | None
    days: tuple[tuple[str, str, str], ...]  #: (level, as read, exact)
    by_promise: str | None
    by_promise_day: str | None
    p_never: str
    reference_class: str
    drivers: tuple[Bar, ...]
    chart: Chart | None
    refs: tuple[Ref, ...]
    not_held: int
    closed: bool  #: no longer forecast on the page's day
    news: tuple[tuple[str, str], ...] = ()  #: what would move it most if learnt, with the months
    never_range: tuple[str, str] | None = None  #: the chance of never under the low and the high prior


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One statement with the sentence that says it."""

    ref: Ref
    quote: str
    says: str
    speaker: str
    role: str
    via: str
    said_on: str
    said_on_exact: str
    published: str
    outlet: str
    retold: bool
    source: str
    link: str | None
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """Statements that cannot all hold, side by side."""

    kind: str
    why: str
    sides: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a milestone, beside the current one."""

    milestone: str
    side: EvidenceRow


@dataclass(frozen=True, slots=True)
class Ground:
    """A condition that a milestone waits for, or a cause given for its state."""

    milestones: str
    text: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One line of workshare."""

    participant: str
    part: str
    sourcing: str
    status: str
    word: str
    since: str
    until: str
    ended: str
    refs: tuple[Ref, ...]
