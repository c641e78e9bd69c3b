"""One utterance, many outlets: which statements repeat one another, and where the chain begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slipcast.dates import parse
from slipcast.fingerprints import resemblance, signature
from slipcast.programme.naming import plain, same_person
from slipcast.programme.placed import Placed, days_between
from slipcast.programme.sides import is_report, is_unnamed
from slipcast.programme.tranches import word_set

Ruled = Mapping[frozenset[str], bool]

SAME_DAYS = 2  #: an utterance is carried by others for so many days
LOOK_BACK = 45  #: days between the middles of two sayings beyond which no rule joins them
CITED_DAYS = 7  #: a report that cites another follows it within so many days
LEAD_GAP = 40  #: characters from a lead to the sentence that names its speaker
NEAR_TEXT = 0.6  #: resemblance (Jaccard, three-word shingles) from which two texts are one


@dataclass(frozen=True, slots=True)
class Utterance:
    """Statements that count once. origin: the first of the chain; members: all, origin included; why: the rules that joined."""

    origin: Placed
    members: tuple[Placed, ...]
    why: tuple[str, ...] = ()


def outlet_of(placed: Placed) -> str:
    """The outlet that a statement appeared in; for a retelling the outlet that it was taken from."""
    document = placed.entry.document
    return (document.after or "").split(",")[0].strip() or document.outlet or ""


def who(placed: Placed) -> str:
    """The speaker, else the outlet, with the day of saying."""
    name = placed.statement.speaker or outlet_of(placed) or "the text"
    return f"{name} ({placed.said.edtf})"


def ids(placed: Iterable[Placed]) -> tuple[str, ...]:
    """The statements' ids."""
    return tuple(one.id for one in placed)


def utterances(placed: Sequence[Placed], ruled: Ruled | None = None) -> list[Utterance]:
    """Group the statements of one milestone; in the order in which their origins were said."""
    ordered = sorted(placed, key=_said)
    joined = _Groups(len(ordered))
    ruled = ruled or {}
    for j, later in enumerate(ordered):
        for i in range(j - 1, -1, -1):
            earlier = ordered[i]
            verdict = ruled.get(frozenset((earlier.id, later.id)))
            if verdict:
                joined.join(i, j, "a person ruled them one")
            elif verdict is None and (_said(later)[0] - _said(earlier)[0]).days <= LOOK_BACK:
                why = repeats(earlier, later)
                if why and not _kept_apart(joined.of(i), joined.of(j), ordered, ruled):
                    joined.join(i, j, why)
            elif verdict is None and not ruled:
                break
    made = [
        Utterance(_origin(group), tuple(group), tuple(dict.fromkeys(why)))
        for members, why in joined.all()
        for group in [[ordered[i] for i in members]]
    ]
    return sorted(made, key=lambda utterance: _said(utterance.origin))


class _Groups:
    """Disjoint groups of numbers with the reasons that joined them."""

    def __init__(self, size: int) -> None:
        self._group = {i: ([i], list[str]()) for i in range(size)}

    def of(self, i: int) -> list[int]:
        return self._group[i][0]

    def join(self, i: int, j: int, why: str) -> None:
        one, other = self._group[i], self._group[j]
        if one is not other:
            one[0].extend(other[0])
            one[1].extend(other[1])
            self._group.update(dict.fromkeys(other[0], one))
        one[1].append(why)

    def all(self) -> list[tuple[list[int], list[str]]]:
        unique = {id(group): group for group in self._group.values()}
        return [(sorted(members), why) for members, why in unique.values()]


def _kept_apart(one: Sequence[int], other: Sequence[int], ordered: Sequence[Placed], ruled: Ruled) -> bool:
    """Whether a person ruled some member of one group and some member of the other to be two utterances."""
    return bool(ruled) and any(
        ruled.get(frozenset((ordered[i].id, ordered[j].id))) is False for i in one for j in other
    )


def repeats(earlier: Placed, later: Placed) -> str | None:
    """Why two statements of one milestone are one utterance, or None where they are two."""
    a, b = earlier.statement, later.statement
    if earlier.entry.document.id == later.entry.document.id:
        if _one_voice(earlier, later):
            return "one speaker in one text"
        lead = _one_unnamed(a.speaker) and b.speaker and not is_unnamed(b) and _alike(earlier, later)
        return "the lead sums up the speaker named next" if lead and b.span[0] - a.span[1] <= LEAD_GAP else None
    gap = days_between(earlier, later)
    if gap > CITED_DAYS or a.is_share != b.is_share:
        return None
    one_voice = _one_voice(earlier, later)
    if one_voice and gap == 0 and _agree(a.date, b.date) and _alike(earlier, later):
        return "same speaker, same claim, same day"
    if (
        one_voice
        and gap <= SAME_DAYS
        and a.date == b.date
        and _alike(earlier, later)
        and _agree(a.previous_date, b.previous_date)
    ):
        return "same speaker, same claim, same days"
    moved = a.previous_date is not None and a.previous_date == b.previous_date
    if one_voice and gap <= SAME_DAYS and moved and a.date and _agree(a.date, b.date) and _alike(earlier, later):
        return "same speaker, same move of the date, same days"
    one_claim = _alike(earlier, later) and _agree(a.date, b.date)
    named_apart = a.speaker and b.speaker and not one_voice and not (is_unnamed(a) or is_unnamed(b))
    if gap <= SAME_DAYS and one_claim and not named_apart and near_text(earlier, later):
        return "near-duplicate text"
    cited = _cites(earlier, later) or _cites(later, earlier) or _shared_channel(earlier, later)
    if cited and a.date == b.date and _alike(earlier, later) and (one_voice or is_report(a) or is_report(b)):
        return f"a report of a report: {cited}"
    if gap <= 1 and a.date and (is_unnamed(a) or is_unnamed(b)) and a.status == b.status:
        both = is_unnamed(a) and is_unnamed(b)
        one_day = earlier.said.days == 1 and earlier.said == later.said
        if both and gap == 0 and (a.date == b.date or (one_day and _agree(a.date, b.date))):
            return "unnamed speakers, same claim, same day"
        if a.date == b.date and a.previous_date and a.previous_date == b.previous_date:
            return "an unnamed and another speaker, same move of the date within a day"
    return None


def _one_unnamed(speaker: str | None) -> bool:
    """Whether a speaker is told of by an office alone: "the top procurement official"; several sources are nobody's lead."""
    words = plain(speaker or "").split()
    return any(word in word_set("unnamed") and not word.endswith("s") for word in words)


def near_text(one: Placed, other: Placed) -> bool:
    """Whether the two quotes are near-duplicates, by MinHash."""
    a, b = plain(one.statement.quote), plain(other.statement.quote)
    if min(len(a.split()), len(b.split())) < 8:
        return a == b and len(a.split()) >= 5
    return resemblance(signature(a), signature(b)) >= NEAR_TEXT


def _said(placed: Placed) -> tuple[date, str, tuple[int, int]]:
    window = placed.said
    return window.middle or date.max, placed.entry.document.id, placed.statement.span


def _one_voice(one: Placed, other: Placed) -> bool:
    a, b = one.statement.speaker, other.statement.speaker
    if not a and not b:
        return one.entry.document.id == other.entry.document.id
    return bool(a and b and same_person(a, b))


def _alike(one: Placed, other: Placed) -> bool:
    a, b = one.statement, other.statement
    soft = {"planned", "reaffirmed"}
    return a.status == b.status or {a.status, b.status} <= soft or {a.status, b.status} <= {"delayed", "at_risk"}


def _agree(one: str | None, other: str | None) -> bool:
    return one == other or bool(one and other and parse(one).overlaps(parse(other)))


def _cites(one: Placed, other: Placed) -> str | None:
    """That `one` names the outlet which `other` appeared in as a channel."""
    outlet = plain(outlet_of(other))
    if outlet and outlet in [plain(name) for name in one.statement.via]:
        return f"{outlet_of(one)} citing {outlet_of(other)}"
    return None


def _shared_channel(one: Placed, other: Placed) -> str | None:
    """That both came by way of one first channel."""
    a, b = one.statement.via, other.statement.via
    return f"both by way of {a[0]}" if a and b and plain(a[0]) == plain(b[0]) else None


def _origin(members: list[Placed]) -> Placed:
    """The first of the chain: cited by another, else the first said, the named speaker, the shortest chain, the exact date, the fullest."""
    cited = {plain(name) for one in members for name in one.statement.via}
    return min(
        members,
        key=lambda one: (
            plain(outlet_of(one)) not in cited,
            one.said.earliest or date.min,
            is_unnamed(one.statement),
            len(one.statement.via),
            _width(one.statement.date),
            -_detail(one),
            one.id,
        ),
    )


def _detail(one: Placed) -> int:
    """How much a statement tells: a report of a report is the thinner one."""
    s = one.statement
    return sum(bool(value) for value in (s.previous_date, s.cause, s.condition, s.quantity, s.speaker_role, s.tranche))


def _width(edtf: str | None) -> int:
    return (parse(edtf).days or 99999) if edtf else 999999
