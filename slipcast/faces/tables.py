"""Tables and lines for a terminal of any width; what is shown is never markup."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

#: control characters that could move the cursor or turn the reading order, shown as a mark
_UNSEEN = dict.fromkeys((*range(9), *range(11, 32), 127, *range(0x80, 0xA0)), "\N{REPLACEMENT CHARACTER}")
_UNSEEN |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF), "")


def plain(value: object) -> Text:
    """A cell: text as it is, without control characters, never read as markup."""
    return Text("" if value is None else str(value).translate(_UNSEEN))


def console() -> Console:
    """A console on standard output, as wide as the terminal."""
    return Console(highlight=False, soft_wrap=False, emoji=False)


def print_lines(lines: Iterable[str]) -> None:
    """Lines as they are, for machines."""
    for line in lines:
        sys.stdout.write(line + "\n")


def print_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, keys in their order."""
    print_lines(json.dumps(row, ensure_ascii=False) for row in rows)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = (), fixed: Iterable[int] = ()
) -> None:
    """A table without vertical rules. right: columns of numbers; fixed: columns whose cells are never broken."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for index, name in enumerate(columns):
        table.add_column(
            plain(name), justify="right" if index in right else "left", no_wrap=index in fixed, overflow="fold"
        )
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else plain(cell) for cell in row))
    console().print(table)


def heading(text: str, note: str = "") -> None:
    """A line that begins a section."""
    line = Text.assemble((str(plain(text)), "bold"), ("  " + str(plain(note)) if note else "", "dim"))
    console().print()
    console().print(line)


def say(text: str = "", hang: int = 0) -> None:
    """A paragraph, wrapped at the terminal's width. hang: columns that its later lines stand further in than its first."""
    page = console()
    indent = len(text) - len(text.lstrip(" "))
    lines = plain(text[indent:]).wrap(page, max(page.width - indent - hang, 20))
    for number, line in enumerate(lines or [plain("")]):
        line.rstrip()
        page.print(Text(" " * (indent + (hang if number and line else 0))) + line)


def words(text: str | None) -> str:
    """An enum's word as a reader writes it: entry_into_service is "entry into service"."""
    return (text or "").replace("_", " ")


def about(edtf: str | None) -> str:
    """A date for a table: `~` is shown as "about"."""
    return f"about {edtf.replace('~', '')}" if edtf and "~" in edtf else edtf or ""


def percent(share: float) -> str:
    """A probability in whole percent; never 0 or 100 for what is neither."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"


@contextmanager
def counting(what: str = "documents") -> Iterator[Callable[[int], None]]:
    """A counter on standard error, where that is a terminal; gone when the work is done."""
    terminal = sys.stderr.isatty()

    def show(count: int) -> None:
        if terminal:
            sys.stderr.write(f"\r{count} {what}")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
