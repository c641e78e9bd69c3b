"""Work done ahead of where it is needed, in one thread beside: the encoder runs outside Python's lock, so both go on at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T], most: int) -> Iterator[T]:
    """The items in their order, up to `most` of them made before they are asked for. An error comes where its item would."""
    done = object()
    with ThreadPoolExecutor(max_workers=1) as beside:
        waiting: deque[Future[T | object]] = deque(beside.submit(next, items, done) for _ in range(most))
        try:
            while (item := waiting.popleft().result()) is not done:
                waiting.append(beside.submit(next, items, done))
                yield item  # type: ignore[misc]
        finally:
            for one in waiting:
                one.cancel()
