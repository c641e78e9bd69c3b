"""What builders pick out of the items that a rule matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slipcast.reading.phrases_tokens import PHRASES, Item

Items = Sequence[Item]
STEP = {"this": 0, "next": 1, "last": -1}
NODES = PHRASES


def every(items: Items, *categories: str) -> list[Any]:
    """The values of all items of these categories."""
    return [item.value for item in items if item.category in categories]


def one(items: Items, *categories: str) -> Any:
    """The value of the first item of these categories, or None."""
    return next((item.value for item in items if item.category in categories), None)


def number(value: Any) -> int:
    """The number in a value: 3 of "3rd"."""
    return value if isinstance(value, int) else int("".join(c for c in str(value) if c in "0123456789"))


def long_year(value: Any) -> int:
    """The year that two digits stand for: 70 to 99 are of the twentieth century."""
    year = number(value)
    return year if year > 99 else year + (2000 if year < 70 else 1900)
