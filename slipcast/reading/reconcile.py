"""Two readers of one document: both are kept, and a stated rule says whose statement stands.

Statements of one sentence, one milestone and one part are the same claim. Of one claim the first reader's statement stands,
unless the second's says everything that it says and more. Readers that contradict each other leave the first one standing and
the claim marked; what only one of them found stands as it is, under that reader's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slipcast import names
from slipcast.domain import Statement

_SAID = (
    "programme", "supplier", "recipient", "tranche", "quantity", "date", "previous_date", "speaker", "cause", "condition",
)  # fmt: skip
_MUST_AGREE = ("status", "modality", "date", "previous_date", "quantity")
Rule = str
AGREED, FULLER, CONTRADICTED, ALONE = "agreed", "fuller", "contradicted", "alone"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as the readers have it. stands: the statement that counts; beside: the other reader's, kept; rule: agreed,
    fuller (the second stands), contradicted or alone; differs: the keys on which they contradict each other."""

    stands: Statement
    beside: Statement | None
    rule: Rule
    differs: tuple[str, ...] = ()


def reconcile(first: Sequence[Statement], second: Sequence[Statement]) -> list[Claim]:
    """Pair the statements of two readers of one document, closest first, and say which stand; in the order of the text."""
    options = sorted(
        (-_closeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second) if _one_claim(a, b)
    )
    partner: dict[int, int] = {}
    for _, i, j in options:
        if i not in partner and j not in partner.values():
            partner[i] = j
    claims = [_judged(a, second[partner[i]]) if i in partner else Claim(a, None, ALONE) for i, a in enumerate(first)]
    claims += [Claim(b, None, ALONE) for j, b in enumerate(second) if j not in partner.values()]
    return sorted(claims, key=lambda claim: (claim.stands.span, claim.stands.milestone, claim.stands.id))


def standing(claims: Sequence[Claim]) -> list[Statement]:
    """The statements that count, one a claim."""
    return [claim.stands for claim in claims]


def _words(text: str | None) -> set[str]:
    return set(names.fold(text or "").replace("-", " ").split()) - {"the", "a", "an", "of"}


def _one_claim(a: Statement, b: Statement) -> bool:
    overlap = min(a.span[1], b.span[1]) - max(a.span[0], b.span[0])
    shorter = min(a.span[1] - a.span[0], b.span[1] - b.span[0])
    if a.doc != b.doc or a.milestone != b.milestone or a.is_share != b.is_share or 2 * overlap < shorter:
        return False
    if a.is_share and not (_alike(a.part, b.part) and _alike(a.participant, b.participant)):
        return False
    return _alike(a.programme, b.programme) and _alike(a.tranche, b.tranche)


def _alike(a: str | None, b: str | None) -> bool:
    """Whether two names can be one: half the words of the shorter are in the other, or one is not given."""
    one, other = _words(a), _words(b)
    return not one or not other or 2 * len(one & other) >= min(len(one), len(other))


def _closeness(a: Statement, b: Statement) -> int:
    keys = (*_SAID, "status", "modality", "part")
    same = [key for key in keys if getattr(a, key) and getattr(a, key) == getattr(b, key)]
    shared = _words(a.programme) & _words(b.programme)
    return 2 * len(same) + len(shared)


def _judged(a: Statement, b: Statement) -> Claim:
    differs = tuple(
        key for key in _MUST_AGREE if getattr(a, key) and getattr(b, key) and getattr(a, key) != getattr(b, key)
    )
    if differs:
        return Claim(a, b, CONTRADICTED, differs)
    said_by_a, said_by_b = ({key for key in _SAID if getattr(s, key)} for s in (a, b))
    return Claim(b, a, FULLER) if said_by_a < said_by_b else Claim(a, b, AGREED)
