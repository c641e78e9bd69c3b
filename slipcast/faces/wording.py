"""How days, windows and chances read to a person; the EDTF stays beside them in the page."""

from __future__ import annotations

import re
from datetime import date

from slipcast import dates
from slipcast.domain import Quantity

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = {
    **{21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
    **{33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4"},
    **{37: "first third of", 38: "second third of", 39: "last third of", 40: "first half of", 41: "second half of"},
}
_FORM = re.compile(r"(\d{4}|\d{3}X)(?:-(\d{2}))?(?:-(\d{2}))?(~?)", re.ASCII)


def of_day(day: date) -> str:
    """A day: 12 Nov 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def far(day: date, as_of: date) -> str:
    """A forecast day; more than 40 years ahead it is only that: after 2066."""
    return of_day(day) if day.year <= as_of.year + 40 else f"after {as_of.year + 40}"


def of_edtf(edtf: str) -> str:
    """An EDTF string in words: 2020-33 is Q1 2020, ../2019-07 is by Jul 2019. Raises DateError where it is none."""
    dates.parse(edtf)
    if edtf.startswith("["):
        return " or ".join(_simple(part.strip()) for part in edtf[1:-1].split(","))
    if "/" not in edtf:
        return _simple(edtf)
    left, _, right = edtf.partition("/")
    if left in ("..", ""):
        return "an open time" if right in ("..", "") else f"by {_simple(right)}"
    if right in ("..", ""):
        return f"from {_simple(left)}"
    return f"{_simple(left)} to {_simple(right)}"


def _simple(text: str) -> str:
    found = _FORM.fullmatch(text)
    if not found:
        return text
    year, part, day, about = found.groups()
    before = "about " if about else ""
    if year.endswith("X"):
        return f"{before}the {year[:3]}0s"
    if not part:
        return before + year
    if int(part) in _PARTS:
        return f"{before}{_PARTS[int(part)]} {year}"
    month = f"{MONTHS[int(part) - 1]} {year}"
    return before + (f"{int(day)} {month}" if day else month)


def percent(chance: float) -> str:
    """A chance between 0 and 1, never rounded to certainty: under 1 %, 23 %, over 99 %; its sign never on a new line."""
    if 0 < chance < 0.01:
        return "under 1\N{NO-BREAK SPACE}%"
    if 0.99 < chance < 1:
        return "over 99\N{NO-BREAK SPACE}%"
    return f"{round(chance * 100)}\N{NO-BREAK SPACE}%"


def months(value: float) -> str:
    """A move in months with its sign: +3.5, −0.2, 0."""
    if abs(value) < 0.05:
        return "0"
    return f"{'+' if value > 0 else '−'}{abs(value):.1f}"


def moved(days: int) -> str:
    """A slip in days, as months where it is long: 5 months later, 12 days earlier, no move."""
    if days == 0:
        return "no move"
    size = abs(days)
    amount = f"{size} day{'s' * (size != 1)}" if size < 46 else f"{size / 30.4375:.0f} months"
    return f"{amount} {'later' if days > 0 else 'earlier'}"


def words(term: str) -> str:
    """A word of the fixed vocabulary for reading: entry_into_service is entry into service."""
    return term.replace("_", " ")


_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "last",
    "final",
]


def status(word: str, modality: str) -> str:
    """A status word for reading: what is planned and denied has not happened yet."""
    return "not yet" if (word, modality) == ("planned", "denied") else words(word)


def quantity(held: Quantity | None) -> str:
    """How many: more than 100 aircraft."""
    if held is None:
        return ""
    sign = {"=": "", ">": "more than ", "<": "up to ", "~": "about "}[held.comparator]
    return f"{sign}{held.value:,g} {held.unit or ''}".strip()


def milestone(kind: str, tranche: str | None) -> str:
    """A milestone by its name: delivery, second tranche."""
    if not tranche:
        return words(kind)
    return f"{words(kind)}, {tranche}" + (" tranche" if tranche in _ORDINALS else "")


def sentence_start(kind: str, tranche: str | None) -> str:
    """A milestone at the start of a sentence: Delivery of the second tranche."""
    start = words(kind).capitalize()
    if not tranche:
        return start
    return f"{start} of the {tranche} tranche" if tranche in _ORDINALS else f"{start} ({tranche})"
