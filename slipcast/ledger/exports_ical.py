"""Promised dates as an iCalendar (RFC 5545): an all-day entry a milestone to come, as long as its window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from slipcast.dates import parse
from slipcast.domain import Forecast, Milestone, Programme
from slipcast.fingerprints import digest
from slipcast.ledger.exports import Place, by_place, clean, foreseen, line, promised, standing, title

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_ADDRESS = re.compile(r"https?://[!-~]+")
_OCTETS = 75  #: of a line without its line end, RFC 5545, 3.1


def icalendar(programmes: Sequence[Programme], forecasts: Iterable[Forecast] = (), name: str = "Promised dates") -> str:
    """The calendar. A window is shown from its first to its last day; where a side is open, on its only bound.

    Entries are TENTATIVE, or CANCELLED where the milestone is; P50 and P80 stand in the description.
    """
    known = by_place(forecasts)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//slipcast//promised dates//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for programme, milestone in promised(programmes):
        lines += _event(programme, milestone, known.get((programme.id, milestone.tranche, milestone.kind)))
    return "".join(f"{folded(text)}\r\n" for text in (*lines, "END:VCALENDAR"))


def escaped(text: str) -> str:
    """A TEXT value: RFC 5545, 3.3.11."""
    return clean(text).translate(_ESCAPED)


def folded(text: str) -> str:
    """A content line in pieces of at most 75 octets, never within a character."""
    pieces: list[str] = []
    piece, size = "", 0
    for letter in text:
        octets = len(letter.encode("utf-8"))
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join((*pieces, piece))


def shown_days(edtf: str) -> tuple[date, date] | None:
    """First and last day under which a window is shown; None where it has no bound at all."""
    window = parse(edtf)
    first, last = window.earliest or window.latest, window.latest or window.earliest
    return (first, last) if first and last else None


def _event(programme: Programme, milestone: Milestone, forecast: Forecast | None) -> list[str]:
    days = shown_days(milestone.promised or "")
    if days is None:
        return []
    first, last = days
    place: Place = (programme.id, milestone.tranche, milestone.kind)
    told = standing(programme, milestone) + ([foreseen(forecast)] if forecast else [])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{digest(place)[:32]}@slipcast",
        f"DTSTAMP:{programme.as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{_basic(first)}",
        f"DTEND;VALUE=DATE:{_basic(last + timedelta(days=1) if last < date.max else last)}",
        f"SUMMARY:{escaped(f'{title(programme, milestone)}, promised {milestone.promised}')}",
        f"DESCRIPTION:{escaped(chr(10).join(told))}",
        f"STATUS:{'CANCELLED' if milestone.status == 'cancelled' else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        f"CATEGORIES:{escaped(line(programme.system))},{escaped(milestone.kind.replace('_', ' '))}",
    ]
    address = next((a for a in _addresses(programme, milestone)), None)
    return [*lines, *([f"URL:{address}"] if address else []), "END:VEVENT"]


def _addresses(programme: Programme, milestone: Milestone) -> list[str]:
    """Where the promise can be read: web addresses alone."""
    slips = [slip.statement for slip in reversed(milestone.promises)]
    urls = [programme.entries[i].document.url or "" for i in slips if i in programme.entries]
    return [url for url in urls if _ADDRESS.fullmatch(url)]


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")
