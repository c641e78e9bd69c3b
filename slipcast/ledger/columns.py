"""How ids, hashes and moments are kept: digits as half as many bytes, moments as microseconds; read and written as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stamp(at: datetime) -> str:
    """UTC with microseconds, always 27 characters, so that the text sorts as the time does."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@lru_cache(maxsize=4096)
def microseconds(stamped: str) -> int:
    """Microseconds since 1970 of a stamp."""
    return (datetime.fromisoformat(stamped) - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=4096)
def stamp_of(since: int) -> str:
    """The stamp of microseconds since 1970. Raises OverflowError beyond the years 1 to 9999."""
    return stamp(_EPOCH + timedelta(microseconds=since))


class Hex(TypeDecorator[str]):
    """Hexadecimal digits, kept as bytes. Text that is no such digits is found nowhere."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """The bytes of digits."""
        try:
            return None if value is None else bytes.fromhex(value)
        except ValueError:
            return b""

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The digits of bytes."""
        return None if value is None else value.hex()


class Moment(TypeDecorator[str]):
    """A stamp, kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The microseconds of a stamp."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The stamp of microseconds."""
        return None if value is None else stamp_of(value)


class Digits(FunctionElement[str]):
    """The digits of a Hex column, in the database."""

    type = Text()
    inherit_cache = True


@compiles(Digits, "sqlite")
def _in_sqlite(element: Digits, compiler: SQLCompiler, **more: Any) -> str:
    return f"lower(hex({compiler.process(element.clauses, **more)}))"


@compiles(Digits, "postgresql")
def _in_postgresql(element: Digits, compiler: SQLCompiler, **more: Any) -> str:
    return f"encode({compiler.process(element.clauses, **more)}, 'hex')"
