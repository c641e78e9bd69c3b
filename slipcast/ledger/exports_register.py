"""A trade register as arms-transfer researchers keep it: a row an order, what is uncertain in [square brackets].

Brackets and not parentheses, because spreadsheets read (5) as minus five. What is bracketed is told but not established:
claimed by one interested side, disputed, or "about", "more than", "up to". The comment says which.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from slipcast.dates import parse
from slipcast.domain import Milestone, Programme, Quantity
from slipcast.ledger.exports import line

COLUMNS = (
    "supplier", "recipient", "ordered", "designation", "year of order", "years of delivery", "delivered", "status",
    "comments", "description", "tranche", "evidence",
)  # fmt: skip
_FORMULA = re.compile(r"(^|[\t\r\n;])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_SIGNS = {"=": "", ">": "more than ", "<": "up to ", "~": "about "}
_ARRIVED = frozenset({"delivery", "completion"})


def trade_register_csv(programmes: Sequence[Programme]) -> str:
    """The register as CSV, RFC 4180: UTF-8, every cell quoted, and none that a spreadsheet would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for programme in programmes:
        for tranche, milestones in orders(programme):
            row = _row(programme, tranche, milestones)
            writer.writerow([inert(row[column]) for column in COLUMNS])
    return out.getvalue()


def inert(cell: str) -> str:
    """A cell in one line that is only ever text: an apostrophe stands before what would begin a formula."""
    if cell[:1] in ("\t", "\r", "\n"):
        cell = "'" + cell
    return _FORMULA.sub(r"\1\2'", line(cell))


def orders(programme: Programme) -> list[tuple[str | None, list[Milestone]]]:
    """(tranche or None for the whole, its milestones) of each order.

    A tranche with a contract of its own is an order; a part ("first, second battery") belongs to
    its whole, every other tranche to the programme's order. No milestone is in two rows.
    """
    own = [t for t in programme.tranches if any(m.tranche == t and m.kind == "contract" for m in programme.milestones)]
    grouped: dict[str | None, list[Milestone]] = {}
    for milestone in programme.milestones:
        home = next((t for t in own if milestone.tranche and _within(milestone.tranche, t)), None)
        grouped.setdefault(home, []).append(milestone)
    places: list[str | None] = [None, *own]
    return [(place, grouped[place]) for place in places if place in grouped]


def _within(tranche: str, whole: str) -> bool:
    return tranche == whole or tranche.startswith(f"{whole}, ")


def _row(programme: Programme, tranche: str | None, milestones: list[Milestone]) -> dict[str, str]:
    contract = next((m for m in milestones if m.kind == "contract" and m.tranche == tranche), None)
    arrivals = [m for m in milestones if m.kind in _ARRIVED and m.achieved]
    ordered, why_ordered = _number(programme, [contract] if contract else [])
    delivered, why_delivered = _number(programme, _counted(arrivals, tranche))
    evidence = dict.fromkeys(i for m in milestones for i in m.evidence)
    return {
        "supplier": "; ".join(programme.supplier),
        "recipient": "; ".join(programme.recipient),
        "ordered": ordered,
        "designation": programme.system,
        "year of order": _years([contract] if contract else []),
        "years of delivery": _years(arrivals),
        "delivered": delivered,
        "status": _status(milestones, contract, arrivals),
        "comments": "; ".join([*_labelled("ordered", why_ordered), *_labelled("delivered", why_delivered), *_comments(milestones)]),
        "description": programme.equipment or "",
        "tranche": tranche or "",
        "evidence": " ".join(evidence),
    }  # fmt: skip


def _labelled(name: str, reason: str) -> list[str]:
    return [f"{name}: {reason}"] if reason else []


def uncertain(milestone: Milestone) -> bool:
    """Whether an arrival is told and not established, or its date is only about right."""
    return milestone.claimed or milestone.disputed or bool(milestone.achieved and "~" in milestone.achieved)


def _years(milestones: Sequence[Milestone]) -> str:
    """The years in which milestones were reached: 2019, 2019-2020, in brackets where they are not established."""
    found, doubt = set(), False
    for milestone in milestones:
        if not milestone.achieved or milestone.achieved == "yes":
            continue
        window = parse(milestone.achieved)
        bounds = [day.year for day in (window.earliest, window.latest) if day]
        found.update(bounds)
        doubt |= uncertain(milestone) or len(set(bounds)) > 1 or len(bounds) < 2
    if not found:
        return ""
    text = str(min(found)) if len(found) == 1 else f"{min(found)}-{max(found)}"
    return f"[{text}]" if doubt else text


def _counted(arrivals: Sequence[Milestone], tranche: str | None) -> list[Milestone]:
    """The deliveries to count: that of the order itself where it tells one, else those of its parts."""
    deliveries = [m for m in arrivals if m.kind == "delivery"]
    return [m for m in deliveries if m.tranche == tranche] or deliveries


def _number(programme: Programme, milestones: Sequence[Milestone]) -> tuple[str, str]:
    """(number, why it is in brackets): the sum of the milestones' quantities of one unit."""
    told = [(m, quantity) for m in milestones if (quantity := _quantity(programme, m))]
    units = {(quantity.unit or "").casefold().rstrip("s") for _, quantity in told}
    if not told or len(units) > 1:
        return "", ", ".join(_said(quantity) for _, quantity in told)
    total = sum(quantity.value for _, quantity in told)
    reasons = [_said(q) for _, q in told if q.comparator != "="]
    reasons += ["claimed or disputed"] if any(uncertain(m) for m, _ in told) else []
    reasons += [f"{len(milestones) - len(told)} parts tell no number"] if len(told) < len(milestones) else []
    text = f"{total:g}" if total < 1e6 else f"{total:.0f}"
    unit = told[0][1].unit
    return (f"[{text}]" if reasons else text), ", ".join([*reasons, *([unit] if unit else [])])


def _quantity(programme: Programme, milestone: Milestone) -> Quantity | None:
    """How many a reached milestone is about: as its current statement says, else as the last one that gives a number."""
    ids = [*([milestone.current.winner] if milestone.current else []), *reversed(milestone.evidence)]
    said = [programme.entries[i].statement for i in ids if i in programme.entries]
    return next((s.quantity for s in said if s.quantity and s.status == "achieved"), None)


def _said(quantity: Quantity) -> str:
    return f"{_SIGNS[quantity.comparator]}{quantity.value:g} {quantity.unit or ''}".strip()


def _status(milestones: Sequence[Milestone], contract: Milestone | None, arrivals: Sequence[Milestone]) -> str:
    """The order in a word: cancelled, suspended, delivered, being delivered, ordered, planned."""
    coming = [m.status for m in milestones if m.kind in _ARRIVED and not m.achieved]
    for ended in ("cancelled", "suspended"):
        if (contract and contract.status == ended) or (coming and set(coming) == {ended} and not arrivals):
            return ended
    if arrivals:
        word = "being delivered" if coming else "delivered"
        return f"[{word}]" if all(uncertain(m) for m in arrivals) else word
    if contract and contract.achieved:
        return "[ordered]" if uncertain(contract) else "ordered"
    membership = next((m.status for m in milestones if m.kind == "participation" and not coming), None)
    return "planned" if membership is None else f"participation {membership}".replace("_", " ")


def _comments(milestones: Sequence[Milestone]) -> list[str]:
    """What the columns do not hold: promised dates, arrivals without a day, conditions, disputes."""
    told = []
    for milestone in milestones:
        name = " ".join(filter(None, (milestone.tranche, milestone.kind.replace("_", " "))))
        word = milestone.status.replace("_", " ")
        if milestone.achieved:
            when = "day not told" if milestone.achieved == "yes" else _marked(milestone.achieved)
            how = ", disputed" if milestone.disputed else ", claimed" if milestone.claimed else ""
            told.append(f"{name} {when}{how}")
        elif milestone.promised:
            told.append(f"{name} promised for {_marked(milestone.promised)}{'' if word == 'planned' else f', {word}'}")
        elif word != "planned":
            told.append(f"{name} {word}")
        told += [f"condition: {condition}" for condition in milestone.conditions]
        told += [f"contradicted: {conflict.why}" for conflict in milestone.conflicts]
    return [line(text) for text in dict.fromkeys(told)]


def _marked(edtf: str) -> str:
    return f"[about {edtf.replace('~', '')}]" if "~" in edtf else edtf
