"""Dates of one milestone that cannot all hold: a new promise against those that stand, outlets against one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slipcast.dates import Window, parse
from slipcast.domain import Conflict
from slipcast.programme.claims import promised, word
from slipcast.programme.placed import Placed, days_between
from slipcast.programme.repeats import Utterance, ids, who
from slipcast.programme.sides import Sides, is_report
from slipcast.programme.slips import promise_of

OCCASION = 3  #: days within which two sayings are one occasion
RECENT = 12  #: conflicts that a further promise may still belong to
SHOWN = 3  #: speakers that a conflict names of those on one side
BASE_DAYS = 60  #: days within which two moves of one date answer one another


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them, three at most, with how many more there are."""
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def renditions(group: Utterance) -> Conflict | None:
    """Outlets that carry one utterance with different dates."""
    told: dict[str, Placed] = {}
    for one in sorted(group.members, key=lambda one: one.id != group.origin.id):
        if one.statement.date:
            told.setdefault(one.statement.date, one)
    if len({one.entry.document.id for one in told.values()}) > 1:
        dates = " or ".join(told)
        return Conflict(
            "dates", f"outlets differ on the date that {who(group.origin)} gave: {dates}", ids(told.values())
        )
    bases: dict[str, Placed] = {}
    for one in group.members:
        base = one.statement.previous_date
        if base and not any(parse(base).overlaps(parse(other)) for other in bases):
            bases[base] = one
    if len({one.entry.document.id for one in bases.values()}) > 1:
        why = f"outlets differ on the former date that {who(group.origin)} moved: {' or '.join(bases)}"
        return Conflict("dates", why, ids(bases.values()))
    return None


def date_conflicts(groups: Sequence[Utterance], sides: Sides) -> list[Conflict]:
    """Each new promise against what each side had last promised and not taken back."""
    found: list[Conflict] = []
    held: list[tuple[str, Placed]] = []
    moved: set[tuple[str, str]] = set()  # a side, and the promise that it has said to be moved
    by_id = {one.id: one for group in groups for one in group.members}
    for group in groups:
        new = promise_of(group)
        if not new:
            continue
        side = sides.of(new.statement) or sides.voice(new.statement)
        moved |= {(side, old.id) for _, old in held if answers(new, old)}
        again = new.statement.previous_date or any(key == side and _same_window(new, old) for key, old in held)
        left = [(key, old) for key, old in held if not (again and (side, old.id) in moved)]
        against = [(why, old) for key, old in left if (why := _clash(new, old, key == side, sides))]
        if against and not _joined(found, new, [old for _, old in against], by_id):
            named = ", ".join(f"{who(old)} {old.statement.date}" for _, old in against)
            why = f"{who(new)} says {new.statement.date}, {against[0][0]}: {named}"
            found.append(Conflict("dates", why, (new.id, *(old.id for _, old in against))))
        held = [(key, old) for key, old in held if key != side or days_between(old, new) <= OCCASION]
        held.append((side, new))
    return found


def _joined(found: list[Conflict], new: Placed, against: Sequence[Placed], by_id: dict[str, Placed]) -> bool:
    """Add a promise to a conflict that is there: it sides with one camp of it, or was said on its occasion."""
    for at in range(len(found) - 1, max(-1, len(found) - 1 - RECENT), -1):
        conflict = found[at]
        parties = [by_id[i] for i in conflict.evidence]
        agrees = any(_same_window(new, one) for one in parties)
        met = all(old.id in conflict.evidence for old in against)
        same_time = all(days_between(new, one) <= OCCASION for one in (parties[0], *against)) and any(
            old.id in conflict.evidence for old in against
        )
        if (met and agrees) or same_time:
            more = tuple(dict.fromkeys((*conflict.evidence, new.id, *ids(against))))
            found[at] = Conflict(conflict.kind, f"{conflict.why}; {who(new)} {new.statement.date}", more)
            return True
    return False


def _clash(new: Placed, old: Placed, same_side: bool, sides: Sides) -> str | None:
    """Why a promise contradicts a standing one, or None."""
    if not standing(old, new):
        return None
    now, before = promised(new), promised(old)
    if not now or not before:
        return None
    close = days_between(old, new) <= OCCASION and old.said.days == new.said.days == 1
    if is_report(old.statement) and days_between(old, new) > BASE_DAYS:
        return None
    if now.overlaps(before):
        if now.edtf != before.edtf and close and different_voices(new, old, sides):
            return "on the same occasion another date stands"
        vaguer = (
            same_side and _within(before, now) and new.statement.status == "planned" and not new.statement.previous_date
        )
        return "which takes exactness back from" if vaguer and different_voices(new, old, sides) else None
    if answers(new, old):
        return None
    delayed = word(new.statement) == "delayed"
    declared = bool(new.statement.previous_date) or delayed
    later = (now.latest or date.max) > (before.latest or date.max)
    reported = delayed and sides.of(new.statement) is None
    if ((same_side and declared) or reported) and later and days_between(old, new) > BASE_DAYS:
        return None
    return "without saying that the date moved, against" if not declared else "against what still stood"


def standing(said: Placed, at: Placed) -> bool:
    """Whether a promise was still open when something else was said."""
    window = promised(said)
    return window is not None and (window.latest or date.max) >= (at.said.earliest or date.min)


def answers(new: Placed, old: Placed) -> bool:
    """Whether a statement says that it moves the other's date, and does not start from where the other started."""
    s, before = new.statement, promised(old)
    if not s.previous_date or not before or not parse(s.previous_date).overlaps(before):
        return False
    base = old.statement.previous_date
    one_base = base is not None and parse(s.previous_date).overlaps(parse(base))
    return not (one_base and days_between(old, new) <= BASE_DAYS)


def _same_window(one: Placed, other: Placed) -> bool:
    a, b = promised(one), promised(other)
    return bool(a and b and a.overlaps(b))


def _within(narrow: Window, wide: Window) -> bool:
    low, high = narrow.earliest or date.min, narrow.latest or date.max
    inside = (wide.earliest or date.min) <= low and high <= (wide.latest or date.max)
    return inside and (wide.earliest, wide.latest) != (narrow.earliest, narrow.latest)


def different_voices(one: Placed, other: Placed, sides: Sides) -> bool:
    """Whether two statements are not one speaker naming one date."""
    return sides.voice(one.statement) != sides.voice(other.statement) or one.statement.date != other.statement.date
