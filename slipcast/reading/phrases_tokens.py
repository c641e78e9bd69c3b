"""Words and numbers of a text with their place in the grammar of dates: one category, one value each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from slipcast.reading.phrases_lexicon import lexicon

#: category -> the one character that stands for it in the grammar's expressions
CODES = {
    name: chr(0x21 + number)
    for number, name in enumerate(
        [
            # numbers
            *("year4", "day2", "two_digit", "number", "ordinal_digit", "numeric_date", "decade", "quarter_code"),
            *("fiscal_code", "short_year"),
            # words
            *("month", "month_short", "weekday", "weekday_short", "season", "ordinal", "cardinal", "vague_count"),
            *("unit", "quarter", "half", "which", "edge_adjective", "edge_noun", "near_day", "holiday", "day_part"),
            *("fiscal", "about", "shift", "the", "of", "in", "on", "to", "and", "or", "a", "from", "between", "until"),
            *("by", "within", "over", "for", "than", "now", "perhaps"),
            # marks
            *("joiner", "dash", "comma", "possessive", "stop", "other"),
            # what the grammar makes of them, stage by stage
            *("yearly", "bare", "date", "length", "edge", "anchored"),
        ]
    )
}
_TOKEN = re.compile(
    r"""
    (?P<numeric_date>(?<![\w/.\-+])(?:[0-9]{4}(?P<s1>[-/.])[0-9]{1,2}(?P=s1)[0-9]{1,2}
        |(?:0[1-9]|1[0-2])/(?:19|20)[0-9]{2}
        |[0-9]{1,2}(?P<s2>[/.\-])[0-9]{1,2}(?P=s2)(?:[0-9]{4}|[0-9]{2}))(?:T[0-9:.]{2,12}Z?)?(?![\w/\-]|\.[0-9]))
    |(?P<number>[0-9]{1,2}:[0-9]{2}(?![0-9])|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+\.[0-9]+)
    |(?P<decade>(?:(?:1[5-9]|20)[0-9]|['’‘]?[2-9])0['’]?s(?!\w))
    |(?P<ordinal_digit>[0-9]{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w))
    |(?P<quarter_code>(?:(?:19|20)[0-9]{2})?[QqH][1-4](?:['’][0-9]{2})?(?!\w)|[1-4][QH](?:[0-9]{2})?(?!\w))
    |(?P<fiscal_code>(?:FY|CY)['’]?(?:[0-9]{4}|[0-9]{2})(?!\w))
    |(?P<short_year>(?<!\w)['’‘][0-9]{2}(?!\w))
    |(?P<mixed>[0-9]+[^\W\d_]\w*|[^\W\d_]+[0-9]\w*)
    |(?P<digits>[0-9]+)
    |(?P<word>[^\W\d_]+)
    |(?P<possessive>['’]s(?!\w))
    |(?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
#: the categories of what the grammar makes
PHRASES = ("date", "yearly", "bare", "edge", "length", "anchored")
#: "the 1980's" is a decade, "1987's" and "May 2020's" are not
_DECADE_LEFT = ("the", "early", "mid", "late", "-")
_JOINERS = "-–—/‑"
#: words that a hyphen may tie to a year or month: "mid-2020"
_TIED = frozenset(("mid", "early", "late", "fy", "by", "end", "year", "pre", "post", "through", "start"))
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


class Item(NamedTuple):
    """A token, or what the grammar made of several. start, end: code points of the text; word: lower case."""

    start: int
    end: int
    category: str
    value: Any
    word: str


@lru_cache(maxsize=1)
def _trigger() -> re.Pattern[str]:
    kinds = (
        "month",
        "month_short",
        "weekday",
        "weekday_short",
        "season",
        "unit",
        "quarter",
        "near_day",
        "holiday",
        "day_part",
        "fiscal",
    )
    words = sorted(word for word, (kind, _) in lexicon().words.items() if kind in kinds)
    numbers = r"[12][0-9]{3}|['’‘][0-9]{2}|[0-9][0-9]?[/.-][0-9]|[QHqh][1-4]|[1-4][QH]|[0-9]0s|[FC]Y"
    return re.compile(rf"\b{_by_prefix(words)}\b|{numbers}")


def _by_prefix(words: list[str]) -> str:
    """A pattern for any of the words, in either case, that shares their beginnings: many times faster than a plain list."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    branches = [f"[{head}{head.upper()}]{_by_prefix(tails)}" for head, tails in rests.items() if head]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in rests else "")


def may_hold(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] has a word or number that a date phrase needs."""
    return _trigger().search(text, start, end) is not None


def visible(text: str) -> tuple[str, list[int] | None]:
    """The text without zero-width characters, and the place of each character left; None where nothing was dropped."""
    if not _IGNORED.search(text):
        return text, None
    places = [i for i, character in enumerate(text) if not _IGNORED.match(character)]
    return "".join(text[i] for i in places), [*places, len(text)]


def tokens(text: str, start: int, end: int) -> list[Item]:
    """The tokens of text[start:end] in order; numbers that are part of a name or a sum are "other"."""
    words = lexicon().words
    found: list[Item] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        raw = match.group()
        at, to = match.span()
        if kind in ("s1", "s2"):
            kind = "numeric_date"
        if kind == "word":
            category, value = _word(raw, words)
        elif kind == "digits":
            category, value = _digits(raw)
        elif kind == "mark":
            category, value = _mark(raw, text, at, to), raw
            if raw == "." and found and found[-1].end == at and found[-1].category in ("month_short", "weekday_short"):
                found[-1] = found[-1]._replace(end=to)
                continue
        elif kind == "mixed":
            category, value = "other", raw
        elif kind == "decade" and raw[-2] in "'’" and len(raw) == 6 and not (found and found[-1].word in _DECADE_LEFT):
            found.append(Item(at, to - 2, "year4", int(raw[:4]), raw[:4]))
            at, category, value = to - 2, "possessive", raw[4:]
            raw = raw[4:]
        else:
            category, value = kind, raw
        found.append(Item(at, to, category, value, raw.lower()))
    _unname(found)
    return found


def _word(raw: str, words: dict[str, tuple[str, Any]]) -> tuple[str, Any]:
    category, value = words.get(raw.lower(), ("other", raw))
    lower_case = raw[0].islower()
    if category in ("month", "month_short", "weekday", "weekday_short") and (
        (
            lower_case
            and raw in ("may", "march", "sun", "sat", "wed", "mon", "mar", "dec", "jan", "sep", "june", "april")
        )
        or (lower_case and category.endswith("_short"))
    ):
        return "other", raw
    return category, value


def _digits(raw: str) -> tuple[str, Any]:
    if len(raw) == 4 and 1900 <= int(raw) <= 2099:
        return "year4", int(raw)
    if len(raw) <= 2:
        number = int(raw)
        return ("day2" if 1 <= number <= 31 else "two_digit"), number
    return "number", int(raw) if len(raw) <= 9 else 0


def _mark(raw: str, text: str, at: int, to: int) -> str:
    if raw in _JOINERS:
        tight = at > 0 and to < len(text) and not text[at - 1].isspace() and not text[to].isspace()
        return "joiner" if tight else "dash"
    return {",": "comma", ".": "stop", "~": "about"}.get(raw, "other")


_NUMERIC = ("year4", "day2", "two_digit", "number", "numeric_date")


def _unname(found: list[Item]) -> None:
    """Numbers tied to a name ("F-35", "2019-built", "555-0100-22"), to a currency or a per cent sign become "other"."""
    count = len(found)
    chained = 0
    for i, item in enumerate(found):
        if item.category not in _NUMERIC:
            continue
        left = found[i - 1] if i and found[i - 1].end == item.start else None
        right = found[i + 1] if i + 1 < count and found[i + 1].start == item.end else None
        tied_left = (
            found[i - 2] if left and left.category == "joiner" and i > 1 and found[i - 2].end == left.start else None
        )
        tied_right = (
            found[i + 2]
            if right and right.category == "joiner" and i + 2 < count and found[i + 2].start == right.end
            else None
        )
        chained = chained + 1 if tied_left and tied_left.word[:1].isdigit() else 0
        spoilt = (
            (left is not None and (left.word in "$€£#₹¥_@" or left.word in ("+", "*")))
            or (right is not None and right.word in "%°€$£")
            or (tied_left is not None and tied_left.category in ("other", "season") and tied_left.word not in _TIED)
            or (tied_right is not None and tied_right.category == "other" and not tied_right.word[:1].isdigit())
            or (i > 0 and found[i - 1].word in "$€£#₹¥§")
        )
        if spoilt:
            found[i] = item._replace(category="other")
        if chained >= 2:
            for k in (i, i - 2, i - 4):
                if found[k].category in _NUMERIC:
                    found[k] = found[k]._replace(category="other")
