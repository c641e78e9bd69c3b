"""Work done ahead comes out in order, once, and no further than it may."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipcast.reading.ahead import ahead


@given(st.lists(st.integers(), max_size=40), st.integers(1, 9))
def test_items_come_in_their_order(items: list[int], most: int) -> None:
    assert list(ahead(iter(items), most)) == items


def test_no_more_is_made_than_asked_for_and_what_may_be_made_ahead() -> None:
    made: list[int] = []
    third = threading.Event()

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            if len(made) == 4:
                third.set()
            yield made[-1]

    found = ahead(endless(), 3)
    assert next(found) == 0
    assert third.wait(10)
    found.close()
    assert len(made) == 4


def test_an_error_comes_where_its_item_would() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("the second one cannot be made")

    found = ahead(broken(), 4)
    assert next(found) == 1
    with pytest.raises(ValueError, match="second one"):
        next(found)
