"""Tables of text in, rows with their line numbers out: encodings, headers and ragged rows dealt with, nothing dropped unseen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slipcast import settings
from slipcast.errors import InputError

MOST_COLUMNS = 1000
_SEPARATORS = ",;\t"
_BLANK = f"{_SEPARATORS} "


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
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip(_BLANK)), None)
    if first is None:
        raise InputError("the file has no header", where=str(path), todo="begin it with a line of column names")
    separator = max(_SEPARATORS, key=lines[first].count)
    columns = lines[first].count(separator) + 1
    if columns > MOST_COLUMNS:
        raise InputError(f"{columns} columns in the header", where=str(path), todo=f"keep it under {MOST_COLUMNS}")
    csv.field_size_limit(settings.number("max_bytes"))
    records = _records(lines, first, separator)
    _, cells, fault = next(records)
    if fault:
        raise InputError(f"no CSV ({fault})", where=f"{path}, line {first + 1}", todo="check its quotes")
    header = _header([cell.strip() for cell in cells], path)
    rows: list[tuple[int, dict[str, str]]] = []
    for line, cells, fault in records:
        stripped = [cell.strip() for cell in cells]
        if not fault and not any(stripped):
            continue
        if len(cells) > len(header) and any(stripped[len(header) :]):
            fault = f"{len(cells)} cells under {len(header)} columns"
        elif stripped == list(header):
            fault = "the header once more"
        if fault:
            remarks.append(Remark(line, "unread", fault))
            continue
        filled = stripped + [""] * (len(header) - len(stripped))
        rows.append((line, dict(zip(header, filled, strict=False))))
    if not rows and not remarks:
        remarks.append(Remark(first + 1, "note", "no row follows"))
    return Table(header, tuple(rows), tuple(remarks))


def _records(lines: list[str], first: int, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """(line, cells, fault) of each record, from line `first` (counted from 0) on; after a fault the next line begins anew."""
    while first < len(lines):
        reader = csv.reader((f"{line}\n" for line in lines[first:]), delimiter=separator, strict=True)
        begins = first
        try:
            for cells in reader:
                yield begins + 1, cells, ""
                begins = first + reader.line_num
            return
        except csv.Error as error:
            ends = first + reader.line_num >= len(lines) or reader.line_num > begins - first + 1
            fault = f"no CSV: {error}"
            if "expected after" in str(error) or "unexpected end" in str(error):
                fault = "a quote is opened and never closed" if ends else "a quote stands within a quoted cell"
            yield begins + 1, [], fault
            first = begins + 1


def _header(cells: list[str], path: Path) -> tuple[str, ...]:
    named = [cell for cell in cells if cell]
    twice = sorted({cell for cell in named if named.count(cell) > 1})
    if twice:
        raise InputError(f"the header names {', '.join(twice)} twice", where=str(path), todo="rename one of them")
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
            return raw.decode("utf-16"), []
        except UnicodeDecodeError:
            raise InputError("no text", where=str(path), todo="save it as UTF-8") from None
    if b"\0" in raw:
        raise InputError("a binary file, no register", where=str(path), todo="give a CSV file")
    try:
        return raw.decode("utf-8-sig"), []
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
