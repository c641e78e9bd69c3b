"""What a date phrase means before it is tied to a calendar: a small algebra that phrases_anchor resolves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that needs nothing else: its EDTF."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """A part of the year that comes back: unit month, day, season, quarter or half; value its number; day within a month.

    which: "", "this", "next", "last": the word before it.
    """

    unit: str
    value: int
    day: int = 0
    which: str = ""


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0. weeks: "Tuesday of last week" is -1; None where the week is not told."""

    value: int
    which: str = ""
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Deictic:
    """A unit counted from the present one: last month is -1, today is day 0. unit may be "fiscal" for the fiscal year."""

    unit: str
    offset: int


@dataclass(frozen=True, slots=True)
class Back:
    """Points back to a date already told: "that year", "the same month", "the previous year" (offset -1).

    here: the present one where the sentence tells none ("the end of the year").
    """

    unit: str
    offset: int = 0
    here: bool = False


@dataclass(frozen=True, slots=True)
class InYear:
    """A recurring part within a year told beside it: "July of next year"."""

    part: Node
    year: Node


@dataclass(frozen=True, slots=True)
class Edge:
    """early, mid, late, start, middle or end of a period."""

    which: str
    of: Node


@dataclass(frozen=True, slots=True)
class Piece:
    """The index-th unit of a period; -1 is the last."""

    unit: str
    index: int
    of: Node


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A fiscal year called `year`. ends: the year it ends in where both are named; sure: the text says that it is fiscal."""

    year: int
    ends: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Numeric:
    """31/03/2021, or 03/31/2021: which number is the day may hang on the country."""

    first: int
    second: int
    year: int


@dataclass(frozen=True, slots=True)
class MonthNumber:
    """ "Dec 20": a day of a month, or a month of a year, by the habit of the text."""

    month: int
    number: int


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. low, high: counts, 0 where it is not told; bound: "", "<" (up to), ">" (more than), "~" (about)."""

    low: float
    high: float
    unit: str
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Offset:
    """A length away from an anchor. sign: +1 later, -1 earlier.

    anchor: "published"; "ahead" (published, where the clause looks ahead); "within" (the same, else a date told in the
    sentence); "told" (a date told before); any other word names an event ("signature"); or a node.
    """

    length: Length
    sign: int
    anchor: str | Node


@dataclass(frozen=True, slots=True)
class Stretch:
    """The length that ends (-1) or begins (+1) now: "over the next three years"."""

    length: Length
    sign: int


@dataclass(frozen=True, slots=True)
class Range:
    """From one to the other. spans: where each stands in the text, empty where they cannot be parted."""

    low: Node
    high: Node
    spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range that is no stretch of time: "slipped from March to July". at: 0 or 1."""

    of: Range
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several. spans: where each stands in the text, empty where they cannot be parted."""

    members: tuple[Node, ...]
    spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class About:
    """Around a period."""

    of: Node


Node: TypeAlias = (
    Fixed | Recurring | Weekday | Deictic | Back | InYear | Edge | Piece | Fiscal | Numeric | MonthNumber | Length
    | Offset | Stretch | Range | End | Choice | About
)  # fmt: skip
