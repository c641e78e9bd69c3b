"""Numbers as texts write them: "24", "1,200", "two dozen", "forty-eight"."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "hundred": 100, "thousand": 1000, "pair": 2, "both": 2, "twin": 2, "single": 1, "lone": 1,
}  # fmt: skip
#: Words that count one by its place, and with the articles all that do.
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth lead final last sole only".split())  # fmt: skip
SINGLES = ORDINALS | {"another", "a", "an"}
_MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 1000, "score": 20, "pair": 2, "pairs": 2}


@lru_cache(maxsize=4096)
def value_of(text: str) -> float | None:
    """The value of a numeral in digits or words; None for anything else. Whole values compare equal to integers."""
    digits = re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text)
    if digits:
        return float(text.replace(",", ""))
    total = 0.0
    words = re.split(r"[\s-]+", text.lower().strip())
    known = [w for w in words if w not in ("and", "a", "an")]
    if not known:
        return 1.0 if words and words[0] in ("a", "an") else None
    for word in known:
        if word in _MULTIPLES:
            total = (total or 1) * _MULTIPLES[word]
        elif word in _WORDS:
            total += _WORDS[word]
        elif re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
            total += float(word.replace(",", ""))
        else:
            return None
    return total
