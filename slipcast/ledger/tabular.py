"""Tables of text in, rows with their line numbers out: encodings, headers and ragged rows dealt with, nothing dropped unseen."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from slipcast import settings
from slipcast.errors import InputError

MOST_COLUMNS = 1000
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know of a line. line: 1 is the header; kind: unread (left out) or note (read, but mind)."""

    line: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """header: column names; rows: (line, column -> cell), cells stripped; remarks: what was not read as it stands."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    remarks: tuple[Remark, ...]


def read_table(path: Path) -> Table:
    """Read a CSV file with a header; comma, semicolon or tab. Raises InputError where it is none."""
    text, remarks = _decode(path)
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    if head.count(separator) >= MOST_COLUMNS:
        raise InputError(
            f"{head.count(separator) + 1} columns in the header", where=str(path), todo=f"keep it under {MOST_COLUMNS}"
        )
    csv.field_size_limit(settings.number("max_bytes"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = _header([cell.strip() for cell in next(reader, [])], path)
        rows: list[tuple[int, dict[str, str]]] = []
        begins = reader.line_num + 1
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if len(cells) > len(header) and any(stripped[len(header) :]):
                remarks.append(Remark(line, "unread", f"{len(cells)} cells under {len(header)} columns"))
                continue
            if stripped == list(header):
                remarks.append(Remark(line, "unread", "the header once more"))
                continue
            filled = stripped + [""] * (len(header) - len(stripped))
            rows.append((line, dict(zip(header, filled, strict=False))))
    except csv.Error as error:
        raise InputError(
            f"no CSV ({error})", where=f"{path}, line {reader.line_num}", todo="check its quotes"
        ) from None
    return Table(header, tuple(rows), tuple(remarks))


def _header(cells: list[str], path: Path) -> tuple[str, ...]:
    named = [cell for cell in cells if cell]
    twice = sorted({cell for cell in named if named.count(cell) > 1})
    if twice:
        raise InputError(f"the header names {', '.join(twice)} twice", where=str(path), todo="rename one of them")
    if not named:
        raise InputError("the file has no header", where=str(path), todo="begin it with a line of column names")
    return tuple(cell or f"column {n}" for n, cell in enumerate(cells, 1))


def _decode(path: Path) -> tuple[str, list[Remark]]:
    """Text of a file: UTF-8, UTF-16 with its mark, or line by line Windows-1252 where a line is no UTF-8."""
    try:
        if path.stat().st_size > settings.number("max_bytes"):
            raise InputError("too large", where=str(path), todo="split it, or set SLIPCAST_MAX_BYTES")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), todo="check the path") from None
    if not raw.strip():
        raise InputError("the file is empty", where=str(path), todo="give a register with a header")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16").replace("\r\n", "\n"), []
        except UnicodeDecodeError:
            raise InputError("no text", where=str(path), todo="save it as UTF-8") from None
    if b"\0" in raw:
        raise InputError("a binary file, no register", where=str(path), todo="give a CSV file")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        pass  # some lines are in another encoding: each is decoded for itself, and said so
    lines, remarks = [], []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace"))
            remarks.append(Remark(number, "note", "no UTF-8: read as Windows-1252"))
    return "\n".join(lines), remarks
