"""The statements of the encoder and of the rules made one: the encoder finds the claims, the rules fill what it leaves open.

A claim of the encoder stands where it is likely enough by itself, or where the rules found it too and it is not unlikely. Of
a claim that both found the rules' slots stand where it is of a known system, else the encoder's, and each fills what the
other leaves empty; the rules decide its status where theirs is neither planned nor achieved, its day of saying, and the words of a share. What the rules
alone found does not stand: measured on text neither was built from, it is wrong more often than right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from slipcast import names
from slipcast.domain import Statement

#: The least chance of a claim that the rules found too, and of one that they did not.
SHARED, ALONE = 0.12, 0.5
_FILLED = ("supplier", "recipient", "tranche", "quantity", "date", "previous_date", "cause", "condition")
_VOICE = ("speaker", "speaker_role", "anonymous", "via")


def merge(weighed: Sequence[tuple[Statement, float]], ruled: Sequence[Statement]) -> list[Statement]:
    """The statements of one document. weighed: the encoder's, with their chances; ruled: those of the rules."""
    listed = [s for s in ruled if s.is_share and _is_known(s)]
    told = {s.span for s in listed}
    weighed = [(s, chance) for s, chance in weighed if not (s.is_share and s.span in told)]
    partner = _paired([s for s, _ in weighed], [s for s in ruled if s not in listed])
    shared = {k: _filled(weighed[k][0], other) for k, other in partner.items() if weighed[k][1] >= SHARED}
    kept = []
    for k, (statement, chance) in enumerate(weighed):
        if k in shared:
            kept.append(shared[k])
        elif k not in partner and chance >= ALONE and not any(_repeats(statement, s) for s in shared.values()):
            kept.append(statement)
    reader = weighed[0][0].reader if weighed else ""
    kept += [replace(s, reader=reader or s.reader) for s in listed]
    return sorted(dict.fromkeys(kept), key=lambda s: s.span)


def _is_known(statement: Statement) -> bool:
    """Whether a claim is about a system of the gazetteer."""
    return names.system(statement.programme or "") is not None


def _repeats(statement: Statement, other: Statement) -> bool:
    """Whether a claim says over again what one that both found says: one sentence, one milestone, no date of its own."""
    same = statement.span == other.span and statement.milestone == other.milestone and not statement.is_share
    dates = {statement.date, statement.previous_date} - {None}
    return same and not other.is_share and bool(dates) and dates <= {other.date, other.previous_date}


def _paired(first: Sequence[Statement], second: Sequence[Statement]) -> dict[int, Statement]:
    """The statement of the second that makes the same claim, one to one, the closest first."""
    options = sorted(
        (-_closeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second) if _one_claim(a, b)
    )
    taken: set[int] = set()
    found: dict[int, Statement] = {}
    for _, i, j in options:
        if i not in found and j not in taken:
            found[i] = second[j]
            taken.add(j)
    return found


def _one_claim(a: Statement, b: Statement) -> bool:
    overlap = min(a.span[1], b.span[1]) - max(a.span[0], b.span[0])
    if 2 * overlap < min(a.span[1] - a.span[0], b.span[1] - b.span[0]) or a.is_share != b.is_share:
        return False
    if not a.is_share:
        return a.milestone == b.milestone
    one, other = (set(names.fold(s.part or "").split()) for s in (a, b))
    return 2 * len(one & other) >= max(1, min(len(one), len(other)))


def _closeness(a: Statement, b: Statement) -> float:
    same = sum(
        bool(getattr(a, key)) and getattr(a, key) == getattr(b, key) for key in (*_FILLED, "speaker", "programme")
    )
    return float(2 * (a.status == b.status) + same)


def _filled(statement: Statement, other: Statement) -> Statement:
    """The claim as both have it: of a known system in the rules' words, else in the encoder's; each fills the other's gaps."""
    base, rest = (other, statement) if _is_known(other) else (statement, other)
    values = {key: getattr(rest, key) for key in _FILLED if not getattr(base, key) and getattr(rest, key)}
    counted, other_count = base.quantity, rest.quantity
    if counted and other_count and counted.value == other_count.value and not counted.unit:
        values["quantity"] = replace(counted, unit=other_count.unit)
    if values.get("previous_date") == base.date:
        values.pop("previous_date", None)
    if values.get("date") == base.previous_date:
        values.pop("date", None)
    if not base.speaker and rest.speaker:
        values |= {key: getattr(rest, key) for key in _VOICE}
    elif base.speaker == rest.speaker and base.speaker:
        values |= {key: getattr(base, key) or getattr(rest, key) for key in _VOICE[1:]}
    if other.status not in ("planned", "achieved"):
        values["status"] = other.status
    if other.stated_on:
        values["stated_on"] = other.stated_on
    if other.is_share:
        values |= {
            "part": other.part,
            "participant": other.participant or statement.participant,
            "sourcing": other.sourcing,
        }
    return replace(base, **values, reader=statement.reader)
