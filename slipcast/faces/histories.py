"""Slip histories: the promises of a milestone in order, and the words that took one back without a new date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from slipcast import dates
from slipcast.domain import Entry, Milestone, Programme, Slip
from slipcast.faces import wording
from slipcast.faces.charts.trend import Said, milestone_trend
from slipcast.faces.evidence import Evidence, speaker, stated_on
from slipcast.faces.order import rank
from slipcast.faces.rows import Cell, SlipHistory, SlipRow

_UNDATED = ("delayed", "at_risk", "suspended", "cancelled")


@dataclass(frozen=True, slots=True)
class _Word:
    """One line of the history. slip: None where no new date was given; standing: the promise before it."""

    on: date
    entry: Entry
    slip: Slip | None
    standing: str | None


def slip_histories(programme: Programme, evidence: Evidence) -> tuple[SlipHistory, ...]:
    """The slip history of every milestone that was ever promised, the longest first among equals of one kind."""
    promised = [one for one in programme.milestones if one.promises]
    told = [(one, _words(one, evidence)) for one in promised]
    told.sort(key=lambda pair: (len(pair[1]) < 2, rank(programme, pair[0].kind, pair[0].tranche)))
    return tuple(_history(programme, *pair, evidence, f"{evidence.prefix}-h{n}") for n, pair in enumerate(told, 1))


def _history(
    programme: Programme, milestone: Milestone, words: list[_Word], evidence: Evidence, anchor: str
) -> SlipHistory:
    """One history; a promise made once needs no chart."""
    chart = None
    if len(words) > 1:
        said = [one for number, word in enumerate(words, 1) if (one := _said(number, word))]
        met = dates.parse(milestone.achieved).deadline if milestone.achieved not in (None, "yes") else None
        chart = milestone_trend(said, met, _until(programme, milestone), anchor)
    rows = tuple(_row(number, word, milestone, evidence) for number, word in enumerate(words, 1))
    return SlipHistory(wording.milestone(milestone.kind, milestone.tranche), anchor, chart, rows)


def _until(programme: Programme, milestone: Milestone) -> date:
    """How far a promise is followed: to the page's day, or to the word that it was kept."""
    if milestone.achieved is None or milestone.current is None:
        return programme.as_of
    said = stated_on(programme.entries[milestone.current.winner])
    return min(dates.counts_from(said), programme.as_of) if said else programme.as_of


def _words(milestone: Milestone, evidence: Evidence) -> list[_Word]:
    """Promises and words without a date, by the day from which they count; promises keep their order."""
    entries = evidence.entries
    listed: list[tuple[date, Slip | None, Entry]] = [
        (dates.counts_from(slip.stated_on), slip, entries[slip.statement]) for slip in milestone.promises
    ]
    dated = {slip.statement for slip in milestone.promises}
    heard: set[tuple[str, str, str | None]] = set()
    for one in milestone.evidence:
        entry = entries[one]
        key = (speaker(entry), entry.statement.status, stated_on(entry))
        if one in dated or entry.statement.date or entry.statement.status not in _UNDATED or not key[2] or key in heard:
            continue
        heard.add(key)
        listed.append((dates.counts_from(key[2]), None, entry))
    listed.sort(key=lambda item: item[0])
    words, standing = [], None
    for on, slip, entry in listed:
        words.append(_Word(on, entry, slip, entry.statement.previous_date or standing))
        standing = slip.promised if slip else standing
    return words


def _said(number: int, word: _Word) -> Said | None:
    edtf = word.slip.promised if word.slip else word.standing
    window = dates.parse(edtf) if edtf else None
    if window is None or window.deadline is None:
        return None
    earliest = window.earliest if window.earliest and window.latest else window.deadline
    dated = word.slip is not None
    return Said(
        number, word.on, earliest if dated else window.deadline, window.deadline, word.entry.statement.status,
        speaker(word.entry), dated,
    )  # fmt: skip


def _row(number: int, word: _Word, milestone: Milestone, evidence: Evidence) -> SlipRow:
    slip, said = word.slip, word.entry.statement
    refs = evidence.refs([said.id])
    when = slip.stated_on if slip else stated_on(word.entry) or ""
    if slip:
        promised = Cell(wording.of_edtf(slip.promised), refs, slip.promised)
    else:
        held = f"; {wording.of_edtf(word.standing)} no longer holds" if said.previous_date and word.standing else ""
        promised = Cell(f"no new date{held}", refs)
    moved = ""
    if slip and slip.moved_days is not None:
        moved = wording.moved(slip.moved_days)
    elif slip and slip == milestone.promises[0]:
        moved = "first promise"
    return SlipRow(
        number=number,
        said_on=Cell(wording.of_edtf(when), refs, when),
        promised=promised,
        moved=moved,
        status=said.status,
        word=wording.status(said.status, said.modality),
        said_by=speaker(word.entry),
        current=slip is not None and slip == milestone.promises[-1] and slip.promised == milestone.promised,
    )
