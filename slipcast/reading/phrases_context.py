"""What stands around a date phrase decides whether it is one: "May" is a name, "fall" a verb, "1990 vehicles" a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipcast.reading.phrases_lexicon import lexicon
from slipcast.reading.phrases_nodes import Back, End, Fixed, Length, MonthNumber, Node, Range, Recurring, Weekday
from slipcast.reading.phrases_tokens import Item

_NEAR = 6


class _Place(NamedTuple):
    """A phrase and its neighbours: source as written; left, right: the items beside it; whose: the one before left."""

    source: str
    left: Item | None
    right: Item | None
    whose: Item | None

    @property
    def before(self) -> str:
        return self.left.word if self.left else ""

    @property
    def after(self) -> str:
        return self.right.word if self.right else ""

    @property
    def named_after(self) -> bool:
        """Whether a capitalised word follows."""
        return self.right is not None and self.right.category == "other" and str(self.right.value)[:1].isupper()

    @property
    def named_before(self) -> bool:
        """Whether a capitalised word goes before."""
        return self.left is not None and str(self.left.value)[:1].isupper()

    def has(self, group: str, word: str) -> bool:
        return word in lexicon().context[group]


def mask(items: list[Item], text: str) -> list[Item]:
    """The items, with four-digit numbers that count or name something made "other"; "this past", "this coming" as one."""
    items = [
        item
        for i, item in enumerate(items)
        if not (item.word == "this" and i + 1 < len(items) and items[i + 1].word in ("past", "coming", "upcoming"))
    ]
    for i, item in enumerate(items):
        if item.category == "year4" and (_counts(items, i) or _names(items, i, text)):
            items[i] = item._replace(category="other")
    return items


def part_moves(items: Sequence[Item]) -> list[Item]:
    """The items, with "slipped from March to July 2021" parted: a date that moved is no stretch of time."""
    moves = lexicon().tense["move"]
    out: list[Item] = []
    for item in items:
        node = item.value
        moved = isinstance(node, Range) and len(node.spans) == 2 and item.word.startswith("from ")
        if moved and any(before.word in moves for before in out[-_NEAR:]):
            out += _ends(item, node)
        else:
            out.append(item)
    return out


def _ends(item: Item, node: Range) -> list[Item]:
    (low_at, low_to), (high_at, high_to) = node.spans
    return [
        Item(item.start, low_at, "from", None, "from"),
        Item(low_at, low_to, "date", End(node, 0), "moved from"),
        Item(low_to, high_at, "to", None, "to"),
        Item(high_at, high_to, "date", End(node, 1), "moved to"),
    ]


def _counts(items: Sequence[Item], i: int) -> bool:
    """Whether a four-digit number is a number of things: "1990 vehicles", "2000 of them"."""
    words = lexicon()
    left = items[i - 1].word if i else ""
    right = items[i + 1] if i + 1 < len(items) else None
    if right is None:
        return False
    if right.word == "of" and left not in words.context["sure"]:
        return i + 2 < len(items) and items[i + 2].word in ("the", "them", "these")
    if left in words.context["year_left"] or (i and items[i - 1].category in ("month", "month_short", "season")):
        return False
    if right.word in words.counted:
        return True
    noun = right.category == "other" and len(right.word) > 3
    plural = noun and right.word.endswith("s") and not right.word.endswith(("ss", "us", "wards"))
    return plural and str(right.value)[:1].islower() and right.word not in words.yearly_plurals and left != "the"


def _names(items: Sequence[Item], i: int, text: str) -> bool:
    """Whether a four-digit number is part of a name or of another number: "Lot 2020", "555 2020", "2020%"."""
    left = items[i - 1] if i else None
    if left is not None and left.category in ("number", "two_digit"):
        return True
    if left is not None and left.word in lexicon().named_before and not (i > 1 and items[i - 2].word == "in"):
        return True
    return items[i].end < len(text) and text[items[i].end] in "%°"


def is_date(items: Sequence[Item], index: int, text: str) -> bool:
    """Whether the phrase at items[index] is meant as a time."""
    item = items[index]
    node: Node = item.value
    place = _Place(
        text[item.start : item.end],
        items[index - 1] if index else None,
        items[index + 1] if index + 1 < len(items) else None,
        items[index - 2] if index > 1 else None,
    )
    if isinstance(node, Length):
        return True
    if isinstance(node, Weekday):
        return not (place.named_before and place.has("named_days", place.before))
    if isinstance(node, Back):
        return not node.here or place.source.lower() not in _SPOKEN_OF or _is_spoken_of(place)
    if isinstance(node, Fixed):
        return _is_fixed(place, item.category)
    if isinstance(node, MonthNumber):
        return not place.has("events", place.after)
    return _is_recurring(place, node) if isinstance(node, Recurring) and not node.which else True


_SPOKEN_OF = ("the day", "the month", "the year", "the quarter")


def _is_recurring(place: _Place, node: Recurring) -> bool:
    if node.unit == "month":
        return _is_month(place)
    if place.has("events", place.after):
        return False
    if node.unit == "monthday" or (node.unit == "day" and place.source.isalpha()):
        return place.has("day_bounds", place.before)
    if node.unit == "season":
        return _is_season(place)
    return _is_part(place, node.unit) if node.unit in ("quarter", "half") else True


def _is_fixed(place: _Place, category: str) -> bool:
    """A bare year or decade: "'08" after a preposition, "80s" after "70s and", "2008" not after a verb that counts."""
    source = place.source
    if len(source) == 3 and source[1:].isdigit():
        return place.has("sure", place.before)
    if len(source.strip("'’‘")) == 3:
        joined = place.left is not None and place.left.category in ("and", "or", "to", "edge_adjective")
        return source[0] in "'’‘" or joined
    if category == "yearly" and len(source) == 4:
        return place.before not in lexicon().counting or place.after in (")", "]")
    return True


def _is_month(place: _Place) -> bool:
    word = place.source.rstrip(".").lower()
    timed = place.has("month_left", place.before)
    if not place.has("doubtful", word) and len(word) > 3:
        # "June Smith" is a person
        named = place.has("given_names", word) and place.named_after and place.left is not None
        return not named or timed or place.has("openers", place.before)
    if len(word) == 3 and word != "may":
        return timed and place.source[:1].isupper()
    lower_after = place.right is not None and place.right.category == "other" and not place.named_after
    if place.has("sure", place.before) or (timed and not place.has("articles", place.before) and not lower_after):
        return place.source[:1].isupper()
    # "the March low", "reported May sales", but not "Theresa May said", "the March on", "May they"
    if place.left is None or place.right is None or place.left.category in ("stop", "possessive") or place.named_before:
        return False
    return (
        place.source[1:].islower() and not place.has("openers", place.before) and not place.has("no_noun", place.after)
    )


def _is_spoken_of(place: _Place) -> bool:
    """ "ended the day", "for the year": the one spoken of, where no clause or name says which."""
    if not place.has("day_left", place.before) or place.has("clause_after", place.after):
        return False
    return place.before != "of" or (place.whose is not None and place.has("shares", place.whose.word))


def _is_season(place: _Place) -> bool:
    source = place.source.lower()
    if source.startswith("the"):
        return place.after != "of"
    if place.has("season_verbs", place.after) and place.source.islower() and source != "fall":
        return True
    return place.has("season_left", place.before) and not (
        source in ("fall", "spring") and place.before in ("for", "to")
    )


def _is_part(place: _Place, unit: str) -> bool:
    if unit == "half" and place.right is not None and (place.after == "of" or place.right.category == "other"):
        return place.source[:1].lower() == "h" and place.source[:2] != "ha"
    return not (unit == "quarter" and place.after in ("of", "final", "finals"))
