"""Date phrases: where a text names a time, and which window it means, written as EDTF, never more exact than the text.

The phrase stands without its preposition. What the preposition adds (by, until, before, no earlier than) is its
`relation`; `bounded` applies it. The method: docs/method/dates.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slipcast.reading import phrases_calendar as calendar
from slipcast.reading.phrases_text import read_phrases
from slipcast.reading.phrases_tokens import visible


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """One date phrase. span: code points of the text, end exclusive; text: what stands there.

    edtf: None for a duration, and where nothing tells which day is meant. kind: date, range, choice, offset ("two weeks
    ago"), duration, or naming (a year that only names: "the 1991 agreement"). relation: by, until, before, after,
    not before, since, from, moved from, within or "": the preposition before it. tense: past, future, plan or "" of its clause.
    members: the ends of a range, the alternatives of a choice, each a phrase of its own; empty where the words share a noun.
    back, ahead: the last and the next time that a phrase without a year ("in March", "on Monday") may mean; None for others.
    """

    span: tuple[int, int]
    text: str
    edtf: str | None
    kind: str
    relation: str = ""
    tense: str = ""
    members: tuple[DatePhrase, ...] = ()
    back: str | None = None
    ahead: str | None = None

    def turned(self, ahead: bool | None) -> DatePhrase:
        """The phrase as meant of what is to come (True) or of what is past (False), where it leaves that open; None: as it is."""
        edtf = None if ahead is None else self.ahead if ahead else self.back
        return replace(self, edtf=edtf) if edtf else self


def bounded(phrase: DatePhrase) -> str | None:
    """The EDTF with the phrase's relation applied: before closes it (../X), not before and after open it (X/..).

    "by X", "within X" and "before the end of X" stay X: the date itself is the deadline. So do "until X", the day on which something
    ends, and "since X" and "from X", the day on which it begins; of a pause, see `lasting`.
    """
    edtf = phrase.edtf
    if edtf is None or "/" in edtf or edtf.startswith("["):
        return edtf
    if phrase.relation == "before" and not edtf.endswith("~"):
        return f"../{edtf}"
    return f"{edtf}/.." if phrase.relation in ("after", "not before") else edtf


def lasting(phrase: DatePhrase) -> str | None:
    """The EDTF of how long a pause lasts: "halted until X" is ../X, else as `bounded`."""
    edtf = bounded(phrase)
    return f"../{edtf}" if edtf and phrase.relation == "until" and "/" not in edtf and edtf[0] != "[" else edtf


def find_dates(text: str, published: str | None) -> list[DatePhrase]:
    """Every date phrase of a text, in order, none overlapping another.

    published: the document's date (EDTF) or None. Where it is a month or a year, a relative phrase takes what all its
    days have in common; where it is None, it stays unresolved.
    """
    plain, places = visible(text)
    readings = read_phrases(plain, _days(published))
    phrases: list[DatePhrase] = []
    for row in zip(*readings, strict=True):
        found = row[0]
        edtf = calendar.common(found.edtf, row[-1].edtf)
        kind = "duration" if edtf is None and found.kind == "offset" else found.kind
        pairs = zip(found.members, row[-1].members, strict=True) if len(found.members) == len(row[-1].members) else ()
        members = tuple(
            _phrase(text, places, span, calendar.common(one, other), "date") for (span, one), (_, other) in pairs
        )
        whole = _phrase(text, places, found.span, edtf, kind)
        back, ahead = (one if one == other else None for one, other in zip(found[-2:], row[-1][-2:], strict=True))
        phrases.append(
            replace(whole, relation=found.relation, tense=found.tense, members=members, back=back, ahead=ahead)
        )
    return phrases


def _phrase(text: str, places: list[int] | None, span: tuple[int, int], edtf: str | None, kind: str) -> DatePhrase:
    start, end = span if places is None else (places[span[0]], places[span[1] - 1] + 1)
    return DatePhrase((start, end), text[start:end], edtf, kind)


def date_lines(record: dict[str, Any]) -> dict[str, Any]:
    """One line of the fixed form, {"doc", "dates": [{"span", "edtf"}]}, from {"doc", "published", "text"}.

    Durations and unresolved phrases, which have no EDTF, are left out; the ends of a range stand for it, one by one.
    """
    found = dated(find_dates(record["text"], record.get("published")))
    return {"doc": record["doc"], "dates": [{"span": list(p.span), "edtf": p.edtf} for p in found]}


def dated(phrases: Iterable[DatePhrase]) -> list[DatePhrase]:
    """The phrases that have an EDTF, ranges and choices as their members where those can be parted."""
    flat = [part for phrase in phrases for part in (phrase.members or (phrase,))]
    return [part for part in flat if part.edtf is not None]


def _days(published: str | None) -> list[date | None]:
    whole = calendar.window(published) if published else None
    if whole is None or whole.earliest is None or whole.latest is None:
        return [None]
    return [whole.earliest] if whole.earliest == whole.latest else [whole.earliest, whole.latest]
