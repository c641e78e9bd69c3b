"""What stands around a date phrase: whether it is one at all, what kind it is, which preposition governs it."""

from __future__ import annotations

from collections.abc import Sequence

from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_nodes import (
    Back,
    Choice,
    Deictic,
    Fixed,
    Length,
    MonthNumber,
    Node,
    Offset,
    Range,
    Recurring,
    Stretch,
    Weekday,
)
from slipcast.reading.phrases_tokens import Item

_OPENERS = frozenset(["(", "[", ",", ";", ":", "–", "—", "-", "/", "“", '"', "‘", "'", "|"])
_SURE = frozenset(
    [
        "in",
        "by",
        "since",
        "until",
        "till",
        "during",
        "before",
        "after",
        "throughout",
        "through",
        "early",
        "late",
        "mid",
        "of",
    ]
)
_MONTH_LEFT = _SURE | frozenset(
    [
        "for",
        "from",
        "to",
        "and",
        "or",
        "last",
        "next",
        "this",
        "from",
        "around",
        "about",
        "between",
        "as",
        "set",
        "said",
        "on",
        "the",
        "not",
        "with",
        "than",
        "is",
        "was",
        "at",
    ]
)
#: months whose names are words too
_DOUBTFUL = frozenset(("may", "march"))
#: a day before one of these is an event of that name: "the September 11 attacks"
_EVENTS = frozenset(
    [
        "attack",
        "attacks",
        "terrorist",
        "terrorists",
        "terror",
        "hijackings",
        "bombings",
        "revolution",
        "movement",
        "massacre",
    ]
)
_SEASON_VERBS = frozenset(["shows", "brings", "is", "was", "has", "came", "comes", "will"])
_BOUNDS = frozenset(["by", "before", "until", "till", "since", "after", "around"])
_SEASON_LEFT = frozenset(
    "in by until till during since of early late mid for to or from this over through throughout before after next".split()
)
_GIVEN_NAMES = frozenset(("april", "june", "august", "january"))
_ARTICLES = frozenset(("the", "and", "or", "with", "is", "at"))
_NO_NOUN = frozenset(
    ["on", "be", "have", "not", "also", "they", "he", "she", "it", "i", "we", "you", "through", "against"]
)
_NAMED_DAYS = frozenset(
    ["black", "good", "cyber", "super", "bloody", "ash", "holy", "easter", "palm", "shrove", "maundy", "whit", "giving"]
)
_DAY_LEFT = frozenset(
    "in on of for during throughout through over within outside by end ends ended ending close closes closed closing "
    "finish finishes finished finishing start starts started starting begin begins began open opens opened out spent".split()
)
_SHARES = frozenset(
    ["rest", "most", "remainder", "much", "part", "lowest", "highest", "worst", "best", "largest", "biggest"]
)
_CLAUSE_AFTER = frozenset(
    [
        "of",
        "when",
        "that",
        "before",
        "after",
        "he",
        "she",
        "they",
        "it",
        "we",
        "you",
        "i",
        "will",
        "to",
        "for",
        "is",
        "was",
        "comes",
    ]
)


def mask(items: list[Item], text: str) -> list[Item]:
    """The items, with four-digit numbers that count or name something made "other"; "this past", "this coming" as one."""
    words = lexicon()
    items = [
        item
        for i, item in enumerate(items)
        if not (item.word == "this" and i + 1 < len(items) and items[i + 1].word in ("past", "coming", "upcoming"))
    ]
    for i, item in enumerate(items):
        if item.category != "year4":
            continue
        left = items[i - 1].word if i else ""
        right = items[i + 1] if i + 1 < len(items) else None
        after = right.word if right else ""
        counted = after in words.counted or after in ("index", "indices") or (
            right is not None and right.category == "other" and after.endswith("s") and len(after) > 3
            and str(right.value)[:1].islower() and after not in words.yearly_plurals
        )  # fmt: skip
        if (
            (
                counted
                and left not in ("in", "by", "since", "until", "during", "fiscal", "fy")
                and not (left == "the" and after not in words.counted)
            )
            or (i and items[i - 1].category in ("number", "two_digit"))
            or (left in words.named_before and not (i > 1 and items[i - 2].word == "in"))
            or (
                after == "of"
                and left not in _SURE
                and i + 2 < len(items)
                and items[i + 2].word in ("the", "them", "these")
            )
            or (item.end < len(text) and text[item.end] in "%°")
        ):
            items[i] = item._replace(category="other")
    return items


def is_date(items: Sequence[Item], index: int, text: str) -> bool:
    """Whether the phrase is meant as a time: "May" is a modal or a name, "fall" a verb, "1950" a count elsewhere."""
    item = items[index]
    node: Node = item.value
    source = text[item.start : item.end]
    left = items[index - 1] if index else None
    right = items[index + 1] if index + 1 < len(items) else None
    if isinstance(node, Length):
        return True
    if isinstance(node, Weekday) and left is not None and left.word in _NAMED_DAYS and str(left.value)[:1].isupper():
        return False
    if isinstance(node, Fixed) and len(source) == 3 and source[1:].isdigit():
        return left is not None and left.word in _SURE
    if isinstance(node, Fixed) and len(source.strip("'’‘")) == 3:
        return source[0] in "'’‘" or (left is not None and left.category in ("and", "or", "to", "edge_adjective"))
    if isinstance(node, Back) and node.here and source.lower() in ("the day", "the month", "the year", "the quarter"):
        return _is_spoken_of(items[index - 2] if index > 1 else None, left, right)
    if isinstance(node, Recurring) and node.unit == "month" and not node.which:
        return _is_month(source, left, right)
    if isinstance(node, (Recurring, MonthNumber)) and right is not None and right.word in _EVENTS:
        return False
    if isinstance(node, Recurring) and node.unit == "monthday":
        return left is not None and left.word in ("on", "by", "until", "since", "from", "before", "after")
    if isinstance(node, Recurring) and node.unit == "day" and source.isalpha():
        return left is not None and left.word in _BOUNDS
    if isinstance(node, Recurring) and node.unit == "season" and not node.which:
        return _is_season(source, left, right)
    if isinstance(node, Recurring) and node.unit in ("quarter", "half"):
        return _is_part(source, right, node.unit)
    if item.category == "yearly" and isinstance(node, Fixed) and len(source) == 4:
        return _is_year(left, right)
    return True


def _is_month(source: str, left: Item | None, right: Item | None) -> bool:
    word = source.rstrip(".").lower()
    before = left.word if left else ""
    after = str(right.value) if right is not None and right.category == "other" else ""
    if word not in _DOUBTFUL and len(word) > 3:
        # "June Smith" is a person
        return (
            word not in _GIVEN_NAMES
            or not after[:1].isupper()
            or left is None
            or before in _MONTH_LEFT
            or before in _OPENERS
        )
    if len(word) == 3 and word != "may":
        return before in _MONTH_LEFT and source[:1].isupper()
    if before in _SURE or (before in _MONTH_LEFT and before not in _ARTICLES and not after[:1].islower()):
        return source[:1].isupper()
    # "the March low", "reported May sales", but not "Theresa May said", "the March on", "May they"
    plain = left is not None and left.category not in ("stop", "possessive") and not str(left.value)[:1].isupper()
    return (
        plain and before not in _OPENERS and source[1:].islower() and right is not None and right.word not in _NO_NOUN
    )


def _is_spoken_of(whose: Item | None, before: Item | None, right: Item | None) -> bool:
    """ "ended the day", "for the year": the one spoken of, where no clause or name says which."""
    if before is None or before.word not in _DAY_LEFT or (right is not None and right.word in _CLAUSE_AFTER):
        return False
    return before.word != "of" or (whose is not None and whose.word in _SHARES)


def _is_season(source: str, left: Item | None, right: Item | None) -> bool:
    before = left.word if left else ""
    if source.lower().startswith("the"):
        return not (right is not None and right.word == "of")
    if right is not None and right.word in _SEASON_VERBS and source.islower() and source != "fall":
        return True
    if source.lower() in ("fall", "spring") and before in ("for", "to"):
        return False
    return before in _SEASON_LEFT


def _is_part(source: str, right: Item | None, unit: str) -> bool:
    if unit == "half" and right is not None and (right.word == "of" or right.category == "other"):
        return source[:1].lower() == "h" and source[:2] != "ha"
    return not (unit == "quarter" and right is not None and right.word in ("of", "final", "finals"))


def _is_year(left: Item | None, right: Item | None) -> bool:
    """Whether a bare number is a year: not after a verb that counts, unless a mark sets it off."""
    return left is None or left.word not in lexicon().counting or (right is not None and right.word in (")", "]"))


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
    if item.category == "yearly" and isinstance(node, Fixed):
        left = items[index - 1] if index else None
        right = items[index + 1] if index + 1 < len(items) else None
        noun = right is not None and right.category == "other" and str(right.value)[:1].isalpha()
        if left is not None and left.word in ("the", "a", "an", "this", "its", "their", "’s", "'s") and noun:
            return "naming"
        if left is not None and left.category == "other" and str(left.value)[:1].isupper():
            return "naming"
    return "date"


_NEGATIONS = frozenset(("not", "no", "never", "nor", "unlikely", "n't", "t", "neither"))


def relation_of(items: Sequence[Item], index: int) -> str:
    """by, until, before, after, not before, since, from, within or "": the preposition before the phrase."""
    before = [item.word for item in items[max(0, index - 9) : index]]
    words = list(reversed(before))
    while words and words[0] in (
        "the",
        "about",
        "around",
        "at",
        "least",
        "some",
        "roughly",
        "approximately",
        "time",
        "sometime",
    ):
        words.pop(0)
    if not words:
        return ""
    first, rest = words[0], words[1:]
    second = rest[0] if rest else ""
    if first == "than" and second in ("earlier", "sooner"):
        return "not before" if rest[1:2] and rest[1] in _NEGATIONS else "after"
    if first == "than" and second == "later":
        return "by" if rest[1:2] and rest[1] in _NEGATIONS else "after"
    if first in ("before", "until", "till", "pre"):
        if any(word in _NEGATIONS for word in rest[:7]):
            return "not before"
        return "before" if first in ("before", "pre") else "until"
    if first in ("from", "starting", "beginning", "onwards"):
        return "from"
    if first in ("in", "from") and second in ("starting", "beginning"):
        return "from"
    return {
        "by": "by", "through": "until", "after": "after", "since": "since", "within": "within", "beyond": "after",
        "past": "after", "post": "after",
    }.get(first, "")  # fmt: skip


def counts_from_now(node: Node) -> bool:
    """Whether the node hangs on the day of publication."""
    return isinstance(node, (Deictic, Weekday, Recurring, Stretch, Offset))
