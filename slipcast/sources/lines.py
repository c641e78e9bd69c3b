"""Documents from JSON lines: {"doc", "text", "published", "title", "outlet", "url", "after", "retrieved"}, one a line.

The text is kept as it is, so that spans count in it; other keys are the collection's own business and are not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from slipcast.errors import InputError
from slipcast.sources.files import check_characters
from slipcast.sources.header import Header

_TEXTS = ("doc", "text", "published", "title", "outlet", "url", "after", "retrieved")


def numbered_lines(stream: BinaryIO, *, line_limit: int, limit: int, where: str) -> Iterator[tuple[int, bytes]]:
    """(number, line) for each line that is not blank. Never holds more than one line of at most `line_limit` bytes."""
    number = total = 0
    while line := stream.readline(line_limit + 1):
        number += 1
        total += len(line)
        if len(line) > line_limit and not line.endswith(b"\n"):
            raise InputError(
                f"is longer than {line_limit} bytes", where=f"{where} line {number}", todo="set SLIPCAST_MAX_BYTES"
            )
        if total > limit:
            raise InputError(
                f"is larger than {limit} bytes", where=where, todo="split it, or set SLIPCAST_MAX_ARCHIVE to more"
            )
        if line.strip():
            yield number, line


def read_line(line: bytes, *, where: str) -> tuple[Header, dict[str, str | None]]:
    """The header that a line tells and its own values (doc, text, retrieved). Raises InputError with the line."""
    record = _record(line, where=where)
    values: dict[str, str | None] = {}
    for key in _TEXTS:
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            raise InputError(f"{key} is no text", where=where, todo='write it as "...", or null')
        values[key] = check_characters(value, where=f"{where} {key}") if value else None
    if not (values["text"] or "").strip():
        raise InputError("has no text", where=where, todo='give each line a "text"')
    told = Header(**{key: values.pop(key) for key in ("outlet", "url", "published", "title", "after")})
    return told, values


def _record(line: bytes, *, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("is binary, or not in UTF-8", where=where, todo="save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise InputError(f"is no JSON ({error.msg}, column {error.colno})", where=where, todo="mend it") from None
    except (RecursionError, ValueError) as error:
        raise InputError(f"is no JSON that can be read ({error})", where=where, todo="mend the line") from None
    if not isinstance(record, dict):
        raise InputError("is JSON, but no object", where=where, todo='write {"doc": ..., "text": ...}')
    return record
