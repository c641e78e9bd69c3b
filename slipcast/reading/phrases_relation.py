"""The kind of a date phrase, and the relation that the words before it put it in: by, until, not before."""

from __future__ import annotations

from collections.abc import Sequence

from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_nodes import Choice, Fixed, Length, Node, Offset, Range, Stretch
from slipcast.reading.phrases_tokens import Item

_RELATIONS = {
    "by": "by", "through": "until", "after": "after", "since": "since", "within": "within", "beyond": "after",
    "past": "after", "post": "after", "starting": "from", "beginning": "from", "onwards": "from",
}  # fmt: skip
_REACH = 9
_LIMITS = {"at the earliest": "not before", "at the soonest": "not before", "at the latest": "by"}


def kind_of(items: Sequence[Item], index: int) -> str:
    """date, range, choice, offset, duration or naming."""
    item = items[index]
    node: Node = item.value
    if isinstance(node, Length):
        return "duration"
    if isinstance(node, (Offset, Stretch)):
        return "offset"
    if isinstance(node, Range):
        return "range"
    if isinstance(node, Choice):
        return "choice"
    return "naming" if item.category == "yearly" and isinstance(node, Fixed) and _names(items, index) else "date"


def _names(items: Sequence[Item], index: int) -> bool:
    """Whether a year only names a thing: "the 1991 agreement", "Expo 2020"."""
    left = items[index - 1] if index else None
    right = items[index + 1] if index + 1 < len(items) else None
    if left is None:
        return False
    if left.category == "other" and str(left.value)[:1].isupper():
        return True
    noun = right is not None and right.category == "other" and str(right.value)[:1].isalpha()
    return noun and left.word in lexicon().context["determiners"]


def relation_of(items: Sequence[Item], index: int) -> str:
    """by, until, before, after, not before, since, from, moved from, within or "": the preposition before the phrase, or the limit behind it."""
    context = lexicon().context
    limit = " ".join(item.word for item in items[index + 1 : index + 4])
    if limit in _LIMITS:
        return _LIMITS[limit]
    words = [item.word for item in reversed(items[max(0, index - _REACH) : index])]
    while words and words[0] in context["between_preposition"]:
        words.pop(0)
    if not words:
        return ""
    first, rest = words[0], words[1:]
    if first == "than":
        return _compared(rest)
    if first in ("before", "until", "till", "pre"):
        if any(word in context["negations"] for word in rest[:7]):
            return "not before"
        return "before" if first in ("before", "pre") else "until"
    if first == "from":
        if items[index].word == "moved from" or any(word in lexicon().tense["move"] for word in rest[:3]):
            return "moved from"
        return "" if rest[:1] and rest[0] in context["origin"] else "from"
    if first == "in" and rest[:1] and rest[0] in ("starting", "beginning"):
        return "from"
    return _RELATIONS.get(first, "")


def _compared(rest: list[str]) -> str:
    """ "earlier than", "no later than", "an earlier date than"; rest: the words before "than", nearest first."""
    for at, word in enumerate(rest[:2]):
        denied = any(before in lexicon().context["negations"] for before in rest[at + 1 : at + 2])
        if word in ("earlier", "sooner"):
            return "not before" if denied else "before"
        if word == "later":
            return "by" if denied else "after"
    return ""
