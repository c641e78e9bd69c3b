"""What a statement claims of its milestone: a promise, an arrival, a denial; in one word."""

from __future__ import annotations

from datetime import date

from slipcast.dates import Window, parse
from slipcast.domain import Statement
from slipcast.programme.placed import Placed

#: milestones that happen once: to plan one again later is to deny that it has happened
ONE_OFF = frozenset(
    {
        "announcement",
        "approval",
        "contract",
        "rollout",
        "first_flight",
        "installation",
        "entry_into_service",
        "completion",
    }
)
#: words by their weight where one utterance uses several
WEIGHT = (
    "cancelled", "suspended", "denied", "delayed", "at_risk", "resumed", "reaffirmed", "planned", "achieved",
)  # fmt: skip
ENDED = frozenset({"suspended", "cancelled"})


def word(statement: Statement) -> str:
    """The status word as it counts: a possible delay is a risk, a denied trouble reaffirms, a denied arrival is denied."""
    status, modality = statement.status, statement.modality
    if modality == "denied":
        if status == "achieved":
            return "denied"
        return "reaffirmed" if status in ("delayed", "at_risk", "suspended", "cancelled") else status
    if modality in ("possible", "conditional") and status in ("delayed", "suspended", "cancelled"):
        return "at_risk"
    return status


def is_claim(statement: Statement) -> bool:
    """Whether it says, for certain, that the milestone has been reached."""
    return statement.status == "achieved" and statement.modality == "certain"


def denies(statement: Statement) -> bool:
    """Whether it says that the milestone has not been reached."""
    return statement.status == "denied" or (
        statement.modality == "denied" and statement.status in ("achieved", "planned")
    )


def promised(placed: Placed) -> Window | None:
    """The window that a statement promises, or None: the day of an arrival or of an end that is past is no promise."""
    s = placed.statement
    if not s.date or s.status in ("achieved", "denied") or s.modality == "denied":
        return None
    window, said = parse(s.date), placed.said
    end, told = window.deadline or date.max, said.earliest or date.min
    if s.status in ENDED:
        return window if (window.earliest or date.min) > told else None
    return window if end >= told or window.latest is None else None


def happened(placed: Placed) -> str | None:
    """The date on which the milestone's present state came about, as an arrival or an end tells it."""
    s = placed.statement
    if is_claim(s) or (s.status in (*ENDED, "resumed") and s.modality == "certain"):
        return s.date if s.date and promised(placed) is None else None
    return None


def surely_after(later: Placed, earlier: Placed) -> bool:
    """Whether one was certainly said after the other."""
    return (later.said.earliest or date.min) > (earlier.said.latest or date.max)
