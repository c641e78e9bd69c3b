"""Statements out, and the words that every export shares. Pure: nouns in, text out; the same nouns, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from slipcast.domain import Entry, Forecast, Milestone, Programme

Place = tuple[str, str | None, str]  #: programme id, tranche, milestone

#: what no line of text, calendar or XML may hold: controls but tab and line feed, halves of characters, direction marks
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def statements_jsonl(entries: Iterable[Entry]) -> str:
    """The fixed form with its id, a line a statement, as it was recorded."""
    rows = ({**entry.statement.to_json(), "id": entry.statement.id} for entry in entries)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def clean(text: str) -> str:
    """Text without characters that act unseen; a carriage return is a line end."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Text in one line."""
    return " ".join(clean(text).split())


def title(programme: Programme, milestone: Milestone) -> str:
    """A milestone by its name: S-400/Turkey, second: delivery."""
    tranche = f", {milestone.tranche}" if milestone.tranche else ""
    return line(f"{programme.id}{tranche}: {milestone.kind.replace('_', ' ')}")


def about(edtf: str) -> str:
    """An EDTF date whose `~` is said in words: (about) 2020-12."""
    return f"(about) {edtf.replace('~', '')}" if "~" in edtf else edtf


def is_open(milestone: Milestone) -> bool:
    """Whether a milestone is still to come: no arrival is established."""
    return milestone.achieved is None or milestone.claimed or milestone.disputed


def dated_by(milestone: Milestone) -> str | None:
    """The statement that the promised date rests on: the last promise, else the current statement."""
    promising = [slip.statement for slip in milestone.promises if slip.promised == milestone.promised]
    if promising:
        return promising[-1]
    return milestone.current.winner if milestone.current else None


def standing(programme: Programme, milestone: Milestone) -> list[str]:
    """What is known of a milestone, in lines: its dates, its status, who said so and where, what it waits for."""
    lines = []
    if milestone.promised:
        lines.append(f"Promised: {about(milestone.promised)} (EDTF {milestone.promised})")
    if milestone.achieved:
        how = "claimed, not established" if milestone.claimed or milestone.disputed else "established"
        told = "day not told" if milestone.achieved == "yes" else about(milestone.achieved)
        lines.append(f"Achieved: {told} ({how})")
    lines.append(f"Status: {milestone.status.replace('_', ' ')}{', disputed' if milestone.disputed else ''}")
    lines += [f"Because: {cause}" for cause in milestone.causes]
    lines += [f"Waits for: {condition}" for condition in milestone.conditions]
    lines += [f"Contradicted: {conflict.why}" for conflict in milestone.conflicts]
    entry = programme.entries.get(dated_by(milestone) or "")
    if entry:
        lines += [f"Said by: {said_by(entry)}", f"Sentence: {entry.statement.quote}"]
    lines.append(f"Independent sources: {milestone.independent_sources}")
    return [line(text) for text in lines]


def said_by(entry: Entry) -> str:
    """Who said it, when, and where it stands."""
    statement, document = entry.statement, entry.document
    who = statement.speaker or document.outlet or "the text"
    when = entry.stated_on or statement.stated_on or document.published or "no day"
    return f"{who}, {when} ({', '.join(filter(None, (document.outlet, document.url))) or 'no outlet'})"


def by_place(forecasts: Iterable[Forecast]) -> Mapping[Place, Forecast]:
    """Forecasts by what they are of; the latest day counts."""
    ordered = sorted(forecasts, key=lambda forecast: forecast.as_of)
    return {(forecast.programme, forecast.tranche, forecast.milestone): forecast for forecast in ordered}


def foreseen(forecast: Forecast) -> str:
    """A forecast in a line."""
    return (
        f"Forecast as of {forecast.as_of}: P50 {forecast.day_at(0.5)}, P80 {forecast.day_at(0.8)}, "
        f"never {forecast.p_never:.0%} (reference class {forecast.reference_class})"
    )


def promised(programmes: Sequence[Programme]) -> list[tuple[Programme, Milestone]]:
    """Every milestone to come that has a promised date, programme by programme."""
    return [(p, m) for p in programmes for m in p.milestones if m.promised and is_open(m)]
