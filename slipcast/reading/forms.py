"""Standing forms of official texts, whose sentences say the same thing in the same place every time.

Contract award notices (US Department of Defense and others of that style) and the end-date line of the UK's
major-projects returns. A form is known by its shape; what it does not cover is left to the grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_AWARD = re.compile(
    r"^(?P<winner>[^;:]{3,160}?),? (?:\((?P<number>[A-Z0-9-]{8,})\),? )?(?P<verb>is being|was|has been|were|have been|are being|are each being|is) "
    r"awarded (?=.{0,200}(?:\$|contract|order|modification|agreement|£|€))"
)
_PLACE = re.compile(
    r"^(?:Work|The work|Contract work|Services) (?:will|is expected to|is to|shall) be (?:performed|done|carried out)\b"
)
_DONE = re.compile(
    r"(?:expected|estimated|scheduled|anticipated|projected) (?:to be (?:completed?|finished)|completion|contract completion|to (?:complete|finish))|completion date|to be completed|completed by"
)
_SUFFIX = re.compile(r"(?:Inc|LLC|L\.L\.C|Ltd|LP|L\.P|Corp|Co|JV|PLC)\b\.?$")
_FUNDS = re.compile(
    r"^(?:Fiscal|FY|Foreign military sales funds|Funds|Contract funds|No funds|The (?:total )?cumulative|Working capital|[A-Z][a-z ]+ funds in the amount)|"
    r"is the contracting activity|\bobligated (?:at|on) (?:the )?time of award|\bwas competitively procured|\bwas not competitively procured|"
    r"Federal Acquisition Regulation|\b(?:bids?|offers?|proposals?) (?:was|were) (?:solicited|received) (?:via|with)"
)  # fmt: skip
_END_DATE = re.compile(
    r"(?:scheduled )?(?:baseline )?project end[- ]date at (?P<at>Q\d \d{4}).{0,40}? is (?P<now>\d{1,2}/\d{1,2}/\d{2,4}),? has "
    r"(?P<how>not changed|(?!been)\w+)"
)
_LAST_YEAR = re.compile(r"date of (?P<then>\d{1,2}/\d{1,2}/\d{2,4})")
_RETURN = re.compile(
    r"^(?:[-•] )?(?:Since the Q\d|The IPA Delivery Confidence|The IPA DCA|This project had an? .{0,20}(?:IPA )?DCA|The (?:departmental|project's) |The total baseline|The financial year)"
)


@dataclass(frozen=True, slots=True)
class Formal:
    """What a form says. kind: award, completion, end date, or nothing (a sentence of the form that claims no milestone)."""

    kind: str
    winner: str | None = None
    status: str = "planned"
    date: str | None = None
    previous: str | None = None


def recognise(sentence: str) -> Formal | None:
    """The form a sentence has, or None where it has none."""
    award = _AWARD.match(sentence)
    if award:
        return Formal("award", winner=_company(award.group("winner")), status="achieved")
    if _PLACE.match(sentence):
        return Formal("completion" if _DONE.search(sentence) else "nothing")
    end = _END_DATE.search(sentence)
    if end:
        return _end_date(sentence, end)
    if _FUNDS.search(sentence) or _RETURN.match(sentence):
        return Formal("nothing")
    return None


def _company(words: str) -> str:
    """The maker's name without its town and state."""
    first, *rest = words.strip(" ,").split(", ")
    if rest and _SUFFIX.match(rest[0]):
        first = f"{first}, {rest[0]}"
    return first


def _end_date(sentence: str, end: re.Match[str]) -> Formal:
    now = _iso(end.group("now"))
    last = _LAST_YEAR.search(sentence, end.end())
    then = _iso(last.group("then")) if last else None
    how = end.group("how")
    if how == "not changed" or then == now:
        return Formal("end date", status="reaffirmed", date=now)
    later = bool(then and now and now > then)
    return Formal("end date", status="delayed" if later else "planned", date=now, previous=then)


def _iso(numeric: str) -> str:
    day, month, year = (int(part) for part in numeric.split("/"))
    year += 2000 if year < 100 else 0
    return f"{year:04d}-{month:02d}-{day:02d}"
