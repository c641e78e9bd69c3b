"""Does the clause around a date phrase look back or ahead? From the verbs beside it, without a parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_tokens import Item


class Tense(NamedTuple):
    """direction: "past", "future", "plan" (a plan of the past), "" where nothing tells; verb: the word that told it."""

    direction: str
    verb: str = ""


_REACH = 40
_MODALS = frozenset("will would shall should may might could can must ll".split())
_LIKELY = frozenset("may might could can should must".split())
_SKIPPED = frozenset("be been being have has had is are not n t also now then finally fully already only yet still ever".split())
_PLANNING = frozenset(
    "expected scheduled planned due supposed meant slated set going intended hoped aimed targeted projected anticipated "
    "estimated forecast promised pledged ready".split()
)
_MOVES = frozenset("slipped postponed deferred delayed pushed rescheduled moved extended brought put".split())
_GOING_ON = frozenset("began started continued managed failed helped used came went ceased".split())
_REPORTS = frozenset(
    "said announced told reported stated added wrote confirmed declared revealed disclosed unveiled posted published "
    "issued filed signed named warned noted released".split()
)
_HELPERS_PAST = frozenset("was were had has have did".split())
_BOUNDARY = frozenset((";", ":", "(", ")", "—"))
_CONJUNCTIONS = frozenset("and but while whereas although though".split())
_PREPOSITIONS = frozenset("in on by since until till from to for before after during of at around late early the".split())
_AHEAD_IF_FOLLOWED = frozenset("plans plan expects expect aims aim hopes hope targets target intends intend wants set".split())
_FOLLOWERS = frozenset("to for that it on its by in the a delivery deliveries first them him us at".split())


def tense_at(items: Sequence[Item], index: int) -> Tense:
    """The direction of the clause that items[index], a date phrase, stands in."""
    if _fronted(items, index):
        found = _scan(items, index, 1, stop_at_comma=True)
        if found.direction:
            return found
    left = _scan(items, index, -1)
    if left.direction:
        return left
    return _scan(items, index, 1)


def reported_beside(items: Sequence[Item], index: int) -> bool:
    """Whether a verb of saying stands within a few words: "announced plans Friday", "on Friday said"."""
    near = [*items[max(0, index - 4) : index], *items[index + 1 : index + 4]]
    return any(item.word in _REPORTS for item in near)


def moved_to(items: Sequence[Item], index: int) -> bool:
    """Whether the phrase is where something was moved to: "has slipped to August"."""
    before = items[index - 1].word if index else ""
    if before not in ("to", "until", "till", "by", "into"):
        return False
    return any(item.word in _MOVES for item in items[max(0, index - 8) : index])


def _fronted(items: Sequence[Item], index: int) -> bool:
    at = index - 1
    while at >= 0 and items[at].word in _PREPOSITIONS and index - at < 4:
        at -= 1
    return at < 0 or items[at].word in _CONJUNCTIONS or items[at].word in _BOUNDARY or items[at].word in (",", "“", '"')


def _scan(items: Sequence[Item], index: int, step: int, stop_at_comma: bool = False) -> Tense:
    at = index + step
    travelled = 0
    while 0 <= at < len(items) and travelled < _REACH:
        item = items[at]
        if item.word in _BOUNDARY and travelled:
            break
        if stop_at_comma and item.word == "," and travelled > 1:
            break
        found = _cue(items, at)
        if found:
            return Tense(found, item.word)
        at += step
        travelled += 1
    return Tense("")


def _cue(items: Sequence[Item], at: int) -> str:
    item = items[at]
    word = item.word
    words = lexicon()
    if word in _MODALS and item.category in ("other", "perhaps"):
        if word == "may" and items[at : at + 1] and item.value == "May":
            return ""
        return "future"
    if word == "to":
        return _infinitive(items, at)
    if word == "won" and at + 2 < len(items) and items[at + 2].word == "t":
        return "future"
    if word in _PLANNING:
        return _planning(items, at)
    if word in _AHEAD_IF_FOLLOWED:
        return "future" if at + 1 < len(items) and items[at + 1].word in _FOLLOWERS else ""
    if word in words.past or (word.endswith("ed") and len(word) > 3 and word not in words.not_past):
        return _group(items, at) or "past"
    if word in words.future and word not in _MOVES:
        return "future"
    return ""


def _infinitive(items: Sequence[Item], at: int) -> str:
    if at + 1 >= len(items):
        return ""
    after = items[at + 1]
    if after.category != "other" or not str(after.value)[:1].islower() or after.word.endswith(("ing", "ed")):
        return ""
    before = items[at - 1].word if at else ""
    if before in _GOING_ON:
        return "past"
    if before in ("was", "were"):
        return "plan"
    if before in _PLANNING:
        return _planning(items, at - 1)
    return "future" if before not in ("according", "due") else ""


def _planning(items: Sequence[Item], at: int) -> str:
    """ "is due" looks ahead; "was due", "had been expected" is a plan of the past."""
    for back in range(at - 1, max(-1, at - 5), -1):
        word = items[back].word
        if word in ("was", "were", "had", "originally", "initially", "previously", "earlier", "once", "first"):
            return "plan"
        if word not in _SKIPPED and not word.endswith("ly"):
            break
    return "future"


def _group(items: Sequence[Item], at: int) -> str:
    """The direction of a participle's verb group: "will have been delivered" ahead, "was delivered" back."""
    for back in range(at - 1, max(-1, at - 6), -1):
        word = items[back].word
        if word in _MODALS:
            return "future"
        if word == "to":
            return _infinitive(items, back) or "future"
        if word not in _SKIPPED and word not in _HELPERS_PAST and not word.endswith("ly"):
            return ""
    return ""
