"""The header that a text or page may begin with: `key: value` lines and an empty line.

It counts only when every line before the first empty one is a known key: prose that begins with "title: ..." and runs
on is prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from slipcast.errors import InputError

_LINE = re.compile(r"([A-Za-z]+)[ \t]*:[ \t]*(.*)")
_NEWLINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Header:
    """What is told about a document beside its text; None where it is not told."""

    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    title: str | None = None
    after: str | None = None

    def over(self, other: Header) -> Header:
        """This header, and where it is silent, the other."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **told)


KEYS = tuple(f.name for f in fields(Header))


def split_header(text: str, *, where: str) -> tuple[Header, str]:
    """The header and the text after it; an empty header and the whole text where there is none.

    Raises InputError where a header names one key twice.
    """
    told: dict[str, str] = {}
    at = 0
    while at < len(text):
        newline = _NEWLINE.search(text, at)
        line = text[at : newline.start() if newline else len(text)]
        after = newline.end() if newline else len(text)
        if not line.strip():
            return (Header(**{k: v for k, v in told.items() if v}), text[after:]) if told else (Header(), text)
        found = _LINE.fullmatch(line)
        key = found.group(1).lower() if found else ""
        if not found or key not in KEYS:
            return Header(), text
        if key in told:
            raise InputError(f"the header says {key} twice", where=where, todo="keep one of the lines")
        told[key] = found.group(2).strip()
        at = after
    return Header(), text


def looks_like_header(text: str) -> bool:
    """Whether the first line would be a header's, although no header was read: the empty line after it is missing."""
    found = _LINE.match(text)
    return bool(found) and found.group(1).lower() in KEYS  # type: ignore[union-attr]
