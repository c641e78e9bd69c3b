"""What became known between two looks at the programmes: new, moved, contradicted, retracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from slipcast.domain import Milestone, Programme, Share


@dataclass(frozen=True, slots=True)
class Change:
    """One change. kind: new, moved, contradicted or retracted; what: what it is about; before, after: as they are shown.

    evidence: ids of the statements that brought it; for what was retracted, those that are gone.
    """

    kind: str
    programme: str
    tranche: str | None
    milestone: str
    what: str
    before: str | None = None
    after: str | None = None
    evidence: tuple[str, ...] = ()


def changes(before: Sequence[Programme], after: Sequence[Programme]) -> list[Change]:
    """The changes from one look to a later one, programme by programme, in the order of their milestones."""
    olds = {programme.id: programme for programme in before}
    news = {programme.id: programme for programme in after}
    made: list[Change] = []
    for key in sorted({*olds, *news}):
        made += _programme(olds.get(key), news.get(key))
    return made


def _programme(old: Programme | None, new: Programme | None) -> list[Change]:
    shown = new or old
    if shown is None:
        return []
    was = {(m.tranche, m.kind): m for m in old.milestones} if old else {}
    now = {(m.tranche, m.kind): m for m in new.milestones} if new else {}
    made: list[Change] = []
    for key in [*now, *(key for key in was if key not in now)]:
        made += _milestone(shown.id, was.get(key), now.get(key))
    lines = {(s.participant, s.part): s for s in old.workshare} if old else {}
    for share in new.workshare if new else ():
        made += _share(shown.id, lines.get((share.participant, share.part)), share)
    kept = {(s.participant, s.part) for s in new.workshare} if new else set()
    for key, share in lines.items():
        if key not in kept:
            made.append(_of_share("retracted", shown.id, share, "workshare", _told(share), None, share.evidence))
    return made


def _milestone(programme: str, old: Milestone | None, new: Milestone | None) -> list[Change]:
    shown = new or old
    if shown is None:
        return []

    change = partial(Change, programme=programme, tranche=shown.tranche, milestone=shown.kind)
    if new is None:
        return [change("retracted", what="milestone", before=shown.status, evidence=shown.evidence)]
    gone = tuple(i for i in old.evidence if i not in new.evidence) if old else ()
    fresh = tuple(i for i in new.evidence if not old or i not in old.evidence)
    made: list[Change] = []
    if old is None:
        made.append(change("new", what="milestone", after=new.achieved or new.promised or new.status, evidence=fresh))
    else:
        made += _values(programme, old, new, fresh or gone)
    known = {conflict.evidence for conflict in old.conflicts} if old else set()
    for conflict in new.conflicts:
        if conflict.evidence not in known and (set(conflict.evidence) & set(fresh) or not old):
            made.append(change("contradicted", what=conflict.why, evidence=conflict.evidence))
    if gone:
        made.append(change("retracted", what="statements", evidence=gone))
    if fresh and not made:
        made.append(change("new", what="statements", evidence=fresh))
    return made


def _values(programme: str, old: Milestone, new: Milestone, cause: tuple[str, ...]) -> list[Change]:
    """Changes of the arrival, the promise and the status word of one milestone. cause: the statements that are new, or gone."""
    change = partial(Change, programme=programme, tranche=new.tranche, milestone=new.kind, evidence=cause)
    made: list[Change] = []
    if old.achieved != new.achieved:
        kind = "moved" if old.achieved and new.achieved else "new" if new.achieved else "retracted"
        made.append(change(kind, what="achieved", before=old.achieved, after=new.achieved))
    if old.promised != new.promised and not (new.achieved and not old.achieved):
        made.append(
            change("moved" if old.promised else "new", what="promised", before=old.promised, after=new.promised)
        )
    words = [_word(m) for m in (old, new)]
    if words[0] != words[1]:
        made.append(change("new", what="status", before=words[0], after=words[1]))
    return made


def _word(milestone: Milestone) -> str:
    """The status word with what limits it."""
    limits = ("claimed", milestone.claimed), ("disputed", milestone.disputed)
    return ", ".join([milestone.status, *(name for name, holds in limits if holds)])


def _share(programme: str, old: Share | None, new: Share) -> list[Change]:
    if old is None:
        return [_of_share("new", programme, new, "workshare", None, _told(new), new.evidence)]
    if _told(old) == _told(new):
        return []
    fresh = tuple(i for i in new.evidence if i not in old.evidence)
    return [_of_share("moved", programme, new, "workshare", _told(old), _told(new), fresh)]


def _of_share(
    kind: str, programme: str, share: Share, what: str, before: str | None, after: str | None, evidence: tuple[str, ...]
) -> Change:
    return Change(
        kind, programme, None, "participation", f"{what}: {share.participant}, {share.part}", before, after, evidence
    )


def _told(share: Share) -> str:
    return share.ended or share.status
