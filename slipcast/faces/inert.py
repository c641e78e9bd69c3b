"""Text and addresses of strangers, made harmless: shown in full, never obeyed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

#: control characters, direction overrides and lone surrogates: they can hide, reorder or break what a reader sees
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffc]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)


def shown(text: object) -> Markup:
    """Text for HTML: escaped, characters that act without being seen spelt out as U+XXXX, nothing else changed."""
    pieces: list[Markup] = []
    last = 0
    value = str(text)
    for found in _UNSEEN.finditer(value):
        pieces.append(escape(value[last : found.start()]))
        pieces.append(Markup('<span class="unseen">U+{:04X}</span>').format(ord(found.group())))
        last = found.end()
    pieces.append(escape(value[last:]))
    return Markup("").join(pieces)


def label(text: str, most: int) -> str:
    """Text for a chart: one line, unseen characters dropped, at most `most` characters with an ellipsis."""
    line = " ".join(_UNSEEN.sub("", text).split())
    return line if len(line) <= most else line[: max(most - 1, 0)].rstrip() + "…"


def address(text: str | None) -> str | None:
    """The first http or https address in a text, or None: no other scheme ever becomes a link."""
    found = _ADDRESS.search(text or "")
    if not found or _UNSEEN.search(found.group()):
        return None
    link = found.group().rstrip(".,;)]")
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def without_address(text: str) -> str:
    """The words of a source beside its address: the outlet's name, or the host where there are none."""
    link = address(text)
    if not link:
        return text.strip()
    rest = " ".join(text.replace(link, " ").split()).replace("()", "").strip(" ,;:-–—<>")
    return rest if any(map(str.isalnum, rest)) else (urlsplit(link).hostname or link)
