"""Does the clause around a date phrase look back or ahead? From the verbs beside it, without a parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_tokens import PHRASES, Item


class Tense(NamedTuple):
    """What the clause tells. direction: "past", "future", "plan" (a plan of the past) or ""; verb: the word that told it.

    shifted: ahead of an earlier day, not of today: "said in March that it would".
    """

    direction: str
    verb: str = ""
    shifted: bool = False


_REACH = 40
#: cues that only count where nothing nearer to a verb is found: the infinitive of "met to discuss"
_WEAK = "weak"
_BOUNDARY = frozenset((";", ":", "(", ")", "—"))
_OPENERS = frozenset((",", "“", '"', "‘", "'"))


def tense_at(items: Sequence[Item], index: int) -> Tense:
    """The direction of the clause that items[index], a date phrase, stands in."""
    words = lexicon().tense
    after = items[index + 1].word if index + 1 < len(items) else ""
    if after in words["deadline"]:
        return Tense("future", after)
    if after in words["present"]:
        return Tense("")
    if index and items[index - 1].word in words["setting"]:
        return Tense("plan", items[index - 1].word)
    if _timetabled(items, index):
        return Tense("future")
    if _fronted(items, index):
        found = _scan(items, index, 1, stop_at_comma=True)
        if found.direction:
            return found
    left = _scan(items, index, -1)
    return left if left.direction else _scan(items, index, 1)


def reported_beside(items: Sequence[Item], index: int) -> bool:
    """Whether a verb of saying stands within a few words: "announced plans Friday", "on Friday said"."""
    reports = lexicon().tense["report"]
    near = [*items[max(0, index - 4) : index], *items[index + 1 : index + 4]]
    return any(item.word in reports for item in near)


def moved_to(items: Sequence[Item], index: int) -> bool:
    """Whether the phrase is where something was moved to: "has slipped to August"."""
    before = items[index - 1].word if index else ""
    if before not in ("to", "until", "till", "into"):
        return False
    moves = lexicon().tense["move"]
    return any(item.word in moves for item in items[max(0, index - 8) : index])


def frame_year(items: Sequence[Item], index: int) -> Item | None:
    """The year before the phrase that its sentence carries on: "In 2018 it was signed; in July ...", "first in July"."""
    carrying = lexicon().tense["carrying"]
    for back in range(index - 1, max(-1, index - _REACH), -1):
        if (
            items[back].category != "yearly"
            or not items[back].word.isdigit()
            or items[back - 1].word not in ("in", "during")
        ):
            continue
        between = [item.word for item in items[back + 1 : index]]
        if any(word in carrying for word in between) and len(between) < 9:
            return items[back]
        if back == 1 and _fronted(items, index) and any(mark in between for mark in (";", ":")):
            return items[back]
        return None
    return None


def _timetabled(items: Sequence[Item], index: int) -> bool:
    words = lexicon().tense
    at = index - 1
    if at >= 0 and items[at].word in words["preposition"]:
        at -= 1
    plural = at > 0 and (
        items[at - 1].word.endswith("s") or items[at - 1].word in ("they", "we", "which", "that", "who")
    )
    return plural and items[at].word in words["timetable"]


def _fronted(items: Sequence[Item], index: int) -> bool:
    words = lexicon().tense
    at = index - 1
    while at >= 0 and items[at].word in words["preposition"] and index - at < 4:
        at -= 1
    return at < 0 or items[at].word in words["conjunction"] or items[at].word in _BOUNDARY or items[at].word in _OPENERS


def _scan(items: Sequence[Item], index: int, step: int, stop_at_comma: bool = False) -> Tense:
    fallback = Tense("")
    at = index + step
    for travelled in range(_REACH):
        if not 0 <= at < len(items):
            break
        word = items[at].word
        if travelled and (word in _BOUNDARY or (stop_at_comma and word == "," and travelled > 1)):
            break
        found = _cue(items, at)
        if found == _WEAK:
            fallback = fallback if fallback.direction else Tense("future", word, True)
        elif found:
            return Tense("future" if found == "shifted" else found, word, found == "shifted")
        at += step
    return fallback


def _cue(items: Sequence[Item], at: int) -> str:
    """past, future, shifted, plan, weak or "" for the word at a place."""
    if items[at].category in PHRASES:
        return ""
    word = items[at].word
    words = lexicon().tense
    before, after = ((items[at - 1].word if at else ""), (items[at + 1].word if at + 1 < len(items) else ""))
    if word in words["modal"]:
        return "" if before in ("the", "a", "his", "her") else _modal(word)
    if word in ("has", "have", "had"):
        return _having(items, at)
    if word == "to":
        return _infinitive(items, at)
    if word == "won" and at + 2 < len(items) and items[at + 2].word == "t":
        return "future"
    if word == "due":
        return _planning(items, at) if after != "to" or _is_infinitive(items, at + 1, listed=True) else ""
    if word in words["planning"]:
        return "" if before in words["noun_before"] and after not in ("for", "to") else _planning(items, at)
    if word in words["ahead_if_followed"]:
        return "future" if after in words["follower"] else ("past" if word in words["past"] else "")
    if word in words["past"] or (word.endswith("ed") and len(word) > 3 and word not in words["not_past"]):
        return _group(items, at) or "past"
    return "future" if word in words["future"] else ""


def _modal(word: str) -> str:
    return "shifted" if word in ("would", "could", "might") else "future"


def _having(items: Sequence[Item], at: int) -> str:
    """ "has until" and "has to" look ahead, "has delivered" back; "has a deadline" tells nothing."""
    after = [item.word for item in items[at + 1 : at + 5]]
    if after and after[0] in ("until", "till", "to"):
        return "future"
    words = lexicon().tense
    for k, word in enumerate(after):
        if word in words["planning"]:
            return _planning(items, at + 1 + k)
        if word not in words["skipped"] and not word.endswith("ly"):
            if word in words["past"] or word in words["participle"] or word.endswith("ed"):
                return _group(items, at) or "past"
            break
    return _group(items, at) or ("past" if items[at].word == "had" else "")


def _is_infinitive(items: Sequence[Item], at: int, listed: bool = False) -> bool:
    if at + 1 >= len(items):
        return False
    after = items[at + 1]
    if listed:
        return after.word in lexicon().tense["due_to"]
    plain = after.category == "other" and str(after.value)[:1].islower()
    return plain and not after.word.endswith(("ing", "ed"))


def _infinitive(items: Sequence[Item], at: int) -> str:
    """ "plans to", "was to", "agreed to": what governs the infinitive at `at` tells; "met to discuss" leaves it to "met"."""
    if not _is_infinitive(items, at):
        return ""
    words = lexicon().tense
    for back in range(at - 1, max(-1, at - 4), -1):
        word = items[back].word
        if word in words["going_on"]:
            return _cue(items, back) if word in words["past"] or word.endswith("ed") else ""
        if word in ("was", "were"):
            return "plan"
        if word in ("is", "are", "has", "have", "ready", "able", "about"):
            return "future"
        if word in words["planning"]:
            return _planning(items, back)
        if word in words["commitment"]:
            return "shifted"
        if word in words["ahead_if_followed"]:
            return "future"
        if word in words["past"] or word.endswith("ed"):
            break
    return _WEAK


def _planning(items: Sequence[Item], at: int) -> str:
    """ "is due" looks ahead; "was due", "had been expected" is a plan of the past; "than expected" tells nothing."""
    words = lexicon().tense
    for back in range(at - 1, max(-1, at - 5), -1):
        word = items[back].word
        if word in ("than", "as") and back == at - 1:
            return ""
        if word in words["plan_marker"]:
            return "plan"
        if word not in words["skipped"] and not word.endswith("ly"):
            break
    return "future"


def _group(items: Sequence[Item], at: int) -> str:
    """The direction of a participle's verb group: "will have been delivered" ahead, "was delivered" back."""
    words = lexicon().tense
    for back in range(at - 1, max(-1, at - 6), -1):
        word = items[back].word
        if word in words["modal"]:
            return _modal(word)
        if word == "to":
            # "an event to be held" looks ahead, whatever stands before
            found = _infinitive(items, back)
            return "shifted" if found == _WEAK and items[back + 1].word == "be" else found
        if word not in words["skipped"] and word not in ("was", "were", "had") and not word.endswith("ly"):
            return ""
    return ""
