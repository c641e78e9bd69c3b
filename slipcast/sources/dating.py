"""When a document says that it was published, checked: a real date, with both ends, and not in the future."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from slipcast.dates import parse
from slipcast.errors import DateError

Clock = Callable[[], datetime]

#: A day in the east has begun before it has in UTC.
_AHEAD = timedelta(days=1)


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def check_published(published: str, *, where: str, clock: Clock) -> str:
    """`published` as EDTF, spare space removed.

    Raises DateError where it is no date, has an open end, or begins later than a day after the clock's (forged).
    """
    text = published.strip()
    try:
        window = parse(text)
    except DateError as error:
        raise DateError(error.what, where=where, todo=error.todo) from None
    if window.earliest is None or window.latest is None:
        raise DateError(f"published {text!r} has an open end", where=where, todo="give a day, month, quarter or year")
    today = clock().astimezone(UTC).date()
    if window.earliest > today + _AHEAD:
        raise DateError(
            f"published {text!r} lies in the future of {today.isoformat()}",
            where=where,
            todo="give the date on which it appeared",
        )
    return text
