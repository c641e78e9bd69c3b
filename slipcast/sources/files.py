"""Bytes from a file, with bounds: size of a document, size of an archive, gzip that swells, and what is no text."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from slipcast.errors import InputError

_GZIP = b"\x1f\x8b"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KNOWN_BINARY = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a ZIP or office file"), (b"\x89PNG", "a picture"))
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
#: Pages that name these mean windows-1252 (WHATWG Encoding Standard, 4.2 Names and labels).
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"}


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file as a stream of plain bytes, gunzipped where it is gzip. Raises InputError on anything but a file."""
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("is a folder, not a file", where=where, todo="name the file in it")
        if not path.exists():
            raise InputError("there is no such file", where=where, todo="check the path")
        if not path.is_file():
            raise InputError("is no regular file", where=where, todo="save it to a file first")
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == _GZIP
            with gzip.open(raw) if packed else raw as stream:
                yield io.BufferedReader(stream) if packed else stream  # type: ignore[misc]
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise InputError(f"the gzip is damaged ({error})", where=where, todo="fetch the file again") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", where=where, todo="check the file") from None


def read_bounded(stream: BinaryIO, limit: int, *, where: str) -> bytes:
    """The whole stream, at most `limit` bytes. Raises InputError where it is empty or larger."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise InputError(
            f"is larger than {limit} bytes", where=where, todo="split it, or set SLIPCAST_MAX_BYTES to more"
        )
    if not content.strip():
        raise InputError("is empty", where=where, todo="check that it was saved whole")
    return content


def decode(content: bytes, *, where: str) -> str:
    """Text of a text file or page: by its byte order mark, the encoding that a page declares, else UTF-8.

    Raises InputError where it is binary, or the encoding is unknown or not what is declared.
    """
    for magic, what in _KNOWN_BINARY:
        if content.startswith(magic):
            raise InputError(f"is {what}, not text", where=where, todo="save its text as UTF-8")
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None) or _declared(content) or "utf-8"
    try:
        text = content.decode(encoding)
    except LookupError:
        raise InputError(f"encoding {encoding!r} is not known", where=where, todo="save it as UTF-8") from None
    except UnicodeError:
        what = "is binary, or not in UTF-8" if encoding == "utf-8" else f"is not in {encoding}, as it says"
        raise InputError(what, where=where, todo="save its text as UTF-8") from None
    return check_characters(text, where=where)


def check_characters(text: str, *, where: str) -> str:
    """The text itself. Raises InputError where it holds characters that no text has: NUL, lone surrogates."""
    if "\x00" in text:
        raise InputError("is binary (it holds NUL)", where=where, todo="save its text as UTF-8")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"half a character at {error.start}", where=where, todo="save its text as UTF-8") from None
    return text


def _declared(content: bytes) -> str | None:
    start = content[:4096]
    found = _XML_ENCODING.search(start) or (_CHARSET.search(start) if b"<" in start else None)
    if not found:
        return None
    name = found.group(1).decode("ascii", "replace").lower()
    if name in _LATIN:
        return "cp1252"
    return "utf-8" if name.startswith(("utf-16", "utf8")) else name
