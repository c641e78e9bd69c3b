"""Quotations: their spans over sentences and paragraphs; single quoted words ("hot topics") are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = "“„«‘"
_SINGLE = "‘’'"
#: Marks of quotation; a single one closes only behind a stop, so that apostrophes do not.
_MARK = re.compile(r"[“”„«»\"‘]|(?<=[.,!?])[’'](?!\w)|(?<!\S)'(?=[A-Z])|(?<=\w)’(?!\w)")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks. continues: it goes on from the quotation before, over a paragraph's end."""

    span: tuple[int, int]
    continues: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of at least a clause, in order. A paragraph that begins with a mark while one is open continues it."""
    found: list[Quotation] = []
    carried = False
    for paragraph in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        went_on = False
        for match in _MARK.finditer(paragraph.group()):
            at, mark = paragraph.start() + match.start(), match.group()
            single = mark in _SINGLE
            if opened is not None and single != (text[opened] in _SINGLE):
                continue
            if mark == "’" and text[at - 1].isalnum() and not _is_word(text, opened, at):
                continue
            if _opens(text, at, mark, paragraph.start()):
                opened, went_on = at, carried and at == paragraph.start()
            elif opened is not None:
                _add(found, text, opened, at + 1, went_on)
                opened = None
        carried = opened is not None or (carried and not _MARK.search(paragraph.group()))
        if opened is not None:
            _add(found, text, opened, paragraph.end(), went_on)
    return found


def _is_word(text: str, opened: int | None, at: int) -> bool:
    """Whether a single mark behind a letter closes a few quoted words (‘reset’), and is no apostrophe."""
    return opened is not None and text[opened] == "‘" and len(text[opened:at].split()) < _FEWEST_WORDS


def _opens(text: str, at: int, mark: str, start: int) -> bool:
    """Whether a mark opens: by its shape, or, of a straight one, by what stands before and after it."""
    if mark in _OPENING:
        return True
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    return mark in "\"'" and (before.isspace() or before in "([—–-") and not after.isspace()


def _add(found: list[Quotation], text: str, start: int, end: int, continues: bool) -> None:
    inside = text[start + 1 : end - 1]
    whole = bool(re.search(r"[.,!?;]$", inside.strip())) or not text[end : end + 1].strip()
    if len(inside.split()) >= _FEWEST_WORDS and (whole or inside[:1].isupper()):
        found.append(Quotation((start, end), continues))
