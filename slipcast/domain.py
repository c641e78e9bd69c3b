"""The nouns, frozen. What each means: docs/concepts.md. Dates inside records are EDTF strings; days are `date`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any, Literal, get_args

from slipcast.errors import InputError
from slipcast.fingerprints import RecordForm, framed, framed_text, framed_word, record_id

MilestoneKind = Literal[
    "announcement", "approval", "contract", "production", "rollout", "first_flight", "test", "shipment", "delivery",
    "installation", "entry_into_service", "completion", "negotiation", "participation", "other",
]  # fmt: skip
Status = Literal[
    "planned", "achieved", "delayed", "at_risk", "suspended", "cancelled", "resumed", "denied", "reaffirmed"
]
Modality = Literal["certain", "possible", "conditional", "denied"]
Comparator = Literal["=", ">", "<", "~"]
MILESTONES: tuple[str, ...] = get_args(MilestoneKind)
STATUSES: tuple[str, ...] = get_args(Status)
MODALITIES: tuple[str, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. published: EDTF or None; after: where a retelling takes its facts from."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    retrieved: str | None = None
    media_type: str = "text/plain"
    after: str | None = None
    name: str | None = None  #: the caller's own name for it: `doc` of a JSONL line, or the file's name
    source: bytes | None = field(default=None, compare=False, repr=False)  #: what the id hashes, where not the text


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many. comparator: "=", ">" more than, "<" up to, "~" about."""

    value: float
    comparator: Comparator = "="
    unit: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The fixed form: whole numbers without a point."""
        shown = int(self.value) if float(self.value).is_integer() else self.value
        return {"value": shown, "comparator": self.comparator, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in a document; the keys and their meaning are those of the fixed statement form."""

    doc: str
    span: tuple[int, int]
    quote: str
    milestone: str
    status: str
    programme: str = ""
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    tranche: str | None = None
    quantity: Quantity | None = None
    date: str | None = None
    previous_date: str | None = None
    speaker: str | None = None
    speaker_role: str | None = None
    anonymous: bool = False
    via: tuple[str, ...] = ()
    modality: str = "certain"
    cause: str | None = None
    condition: str | None = None
    relation: str | None = None
    participant: str | None = None
    part: str | None = None
    sourcing: str | None = None
    stated_on: str | None = None
    reader: str = ""

    @property
    def id(self) -> str:
        """Hash of every key, reader included."""
        form, words = _IDS[self.relation == _WORKSHARE]
        try:
            values = [*map(framed_word, words(self)), _framed_quantity(self.quantity)]
        except TypeError:  # a list where a tuple belongs
            return record_id("statement", self.to_json())
        for text in (self.quote, self.cause, self.condition):
            values.append(_NOTHING if text is None else framed(text))
        values.append(framed_text(f"[{','.join(map(str, self.span))}]"))
        return form.id(values)

    @property
    def is_share(self) -> bool:
        """Whether this is a workshare line."""
        return self.relation == _WORKSHARE

    def to_json(self) -> dict[str, Any]:
        """The fixed form, keys in their order; workshare keys only on workshare lines."""
        keys = _SHARE_FORM if self.is_share else _FORM
        out: dict[str, Any] = {}
        for key in keys:
            value = getattr(self, key)
            if isinstance(value, Quantity):
                value = value.to_json()
            out[key] = list(value) if isinstance(value, tuple) else value
        return out

    @staticmethod
    def from_json(record: dict[str, Any], *, where: str = "statement") -> Statement:
        """Read the fixed form; unknown keys are refused, words outside the enums too. Raises InputError."""
        values = {key: value for key, value in record.items() if key != "id"}
        unknown = sorted(set(values) - {f.name for f in fields(Statement)})
        if unknown:
            raise InputError(f"unknown keys {', '.join(unknown)}", where=where, todo="see the statement form in docs")
        for key, words in (("milestone", MILESTONES), ("status", STATUSES), ("modality", MODALITIES)):
            if values.get(key, "certain" if key == "modality" else None) not in words:
                raise InputError(f"{key} {values.get(key)!r} is not known", where=where, todo=f"use {', '.join(words)}")
        for key in ("span", "supplier", "recipient", "via"):
            if key in values:
                values[key] = tuple(values[key] or ())
        if values.get("quantity"):
            values["quantity"] = Quantity(**values["quantity"])
        return Statement(**values)


_WORKSHARE = "workshare"
SHARE_KEYS = ("relation", "participant", "part", "sourcing")
_SHARE_FORM = tuple(f.name for f in fields(Statement))
_FORM = tuple(key for key in _SHARE_FORM if key not in SHARE_KEYS)

#: Keys whose values are seldom met twice; the others' framed forms are kept at hand.
_MANY = ("quote", "cause", "condition", "span")
_NOTHING = framed(None)


def _id_form(form: tuple[str, ...]) -> tuple[RecordForm, Callable[[Statement], tuple[Any, ...]]]:
    """What makes the ids of statements with these keys, and what takes their words."""
    words = [key for key in form if key not in (*_MANY, "quantity")]
    return RecordForm("statement", [*words, "quantity", *_MANY]), attrgetter(*words)


@lru_cache(maxsize=1024)
def _framed_quantity(quantity: Quantity | None) -> str:
    return framed(quantity.to_json() if quantity else None)


#: Whether it is a workshare line -> how its id is made.
_IDS = {False: _id_form(_FORM), True: _id_form(_SHARE_FORM)}

DecisionKind = Literal["statement", "identity", "repeat", "document", "forecast"]
Verdict = Literal["accept", "reject", "same", "different", "correct", "judge", "withdraw"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's ruling. subjects: statement ids, document ids or names; value: what a correction sets, or a forecast.

    A later decision of the same kind on the same subjects replaces an earlier one; `withdraw` undoes it.
    """

    kind: str
    subjects: tuple[str, ...]
    verdict: str
    by: str
    reason: str
    value: str | None = None  #: canonical JSON of a correction, e.g. {"published": "2019-11-12"}
    recorded_at: str | None = None  #: set by the ledger

    @property
    def id(self) -> str:
        """Hash of every key but recorded_at: the same ruling, entered twice, is one."""
        keys = ("kind", "subjects", "verdict", "by", "reason", "value")
        return record_id("decision", {key: getattr(self, key) for key in keys})


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as the ledger holds it, with its document and the clock of its recording."""

    statement: Statement
    document: Document
    recorded_at: str
    retracted: bool = False
    stated_on: str | None = None  #: when it counts as said: the statement's own day, or its document's as corrected

    @property
    def said_on(self) -> str | None:
        """When it counts as said, EDTF: as the ledger has it, else as the statement or its document tells."""
        return self.stated_on or self.statement.stated_on or self.document.published


@dataclass(frozen=True, slots=True)
class Promise:
    """A milestone's date to come, as it stood on a day: a row of a promise panel, or made from statements.

    source: the reference class; item: the project; outcome: "delivered", "open" or "" where nothing is known.
    history: earlier promises for the same milestone as (stated_on, promised_for), oldest first.
    """

    source: str
    item: str
    milestone: str
    stated_on: date
    promised_for: date | None
    name: str = ""
    sector: str = ""
    started_on: date | None = None
    rating: str = ""
    outcome: str = ""
    outcome_on: date | None = None
    followed_until: date | None = None
    history: tuple[tuple[date, date], ...] = ()
    status: str = ""  #: the milestone's latest status word
    condition: str | None = None
    window_days: int | None = None  #: width of the promised window
    heard_on: date | None = None  #: when it was last said to be still to come; None: when it was promised
    status_on: date | None = None  #: since when the status stands
    unsigned: bool = False  #: whether the order that it hangs on is known not to be signed


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a milestone's statements is current. rule: the precedence rule that decided; losers: those it beat."""

    winner: str
    rule: str
    losers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all hold. kind: dates, claim or achievement; why: one sentence for a reader."""

    kind: str
    why: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One promise in a milestone's slip history. moved_days: against the promise it superseded (deadline to deadline)."""

    statement: str
    stated_on: str
    promised: str
    superseded: str | None = None
    moved_days: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A workshare line: who makes which part. ended: why it no longer holds ("suspended", "replaced by ..."), or None."""

    participant: str
    part: str
    sourcing: str | None = None
    status: str = "achieved"
    since: str | None = None
    until: str | None = None
    ended: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point in a tranche's life as the ledger stood. Tuples of ids are statement ids.

    promised: the EDTF date that is current; previous: the one that it superseded; achieved: EDTF or "yes" where the
    day is not told; status: the current word; claimed: achieved is claimed but not established.
    """

    kind: str
    tranche: str | None
    status: str
    promised: str | None = None
    previous: str | None = None
    achieved: str | None = None
    claimed: bool = False
    disputed: bool = False
    modality: str = "certain"
    current: Choice | None = None
    promises: tuple[Slip, ...] = ()
    conditions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    independent_sources: int = 0
    evidence: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The status as a page may say it: an arrival that is claimed or disputed is "claimed", never "achieved"."""
        return "claimed" if self.status == "achieved" and (self.claimed or self.disputed) else self.status


@dataclass(frozen=True, slots=True)
class Programme:
    """One acquisition as it was known. statements: id -> entry for every id that appears below."""

    id: str
    as_of: date
    system: str
    equipment: str | None
    supplier: tuple[str, ...]
    recipient: tuple[str, ...]
    tranches: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    workshare: tuple[Share, ...] = ()
    aliases: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """Past promises of a like kind, as fitted. n: promises; items: projects; evidence: what the fit was made from."""

    name: str
    source: str
    n: int
    items: int
    parameters: dict[str, float]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """One cause of the forecast's move from the promise, in months of P50; additive."""

    name: str
    months: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A distribution of arrival. quantiles: level -> day, given that it arrives at all; P(by t) = (1 - p_never) G(t)."""

    programme: str
    tranche: str | None
    milestone: str
    as_of: date
    known_by: str | None
    seed: int
    promised: str | None
    quantiles: dict[float, date]
    p_never: float
    reference_class: str
    drivers: tuple[Driver, ...] = ()
    evidence: tuple[str, ...] = ()
    would_change: tuple[Driver, ...] = ()  #: news that would move P50 most if it were learnt, with the months
    never_range: tuple[float, float] | None = None  #: p_never under the low and the high prior

    def day_at(self, level: float) -> date:
        """The day of one quantile level, given that it arrives at all. Raises KeyError for a level not held."""
        return self.quantiles[level]

    def chance_by(self, day: date) -> float:
        """P(arrived by day) = (1 - p_never) G(day); G is linear between the quantiles, 0 before them, 1 after."""
        levels = sorted(self.quantiles)
        if day < self.quantiles[levels[0]]:
            return 0.0
        for low, high in pairwise(levels):
            start, end = self.quantiles[low], self.quantiles[high]
            if day < end:
                return (1 - self.p_never) * (low + (high - low) * (day - start).days / (end - start).days)
        return 1 - self.p_never
