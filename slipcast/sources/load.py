"""A file or folder in, Documents out: text, HTML pages, JSON lines, and each of them in gzip.

Where the same thing is told twice, arguments win over the header, and the header over the page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from slipcast.domain import Document
from slipcast.errors import DateError, InputError
from slipcast.fingerprints import document_id
from slipcast.settings import number
from slipcast.sources.dating import Clock, check_published, utc_now
from slipcast.sources.files import decode, opened, read_bounded
from slipcast.sources.header import Header, looks_like_header, split_header
from slipcast.sources.lines import numbered_lines, read_line
from slipcast.sources.page import is_page, read_page

_LOG = logging.getLogger(__name__)
_JSONL = {".jsonl", ".ndjson"}
_FILES = _JSONL | {".txt", ".md", ".html", ".htm", ".xhtml", ".json", ".gz"}


def load(
    path: Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    clock: Clock = utc_now,
    undated: bool = False,
) -> Iterator[Document]:
    """The documents of a file, or of the files below a folder in sorted order.

    published (EDTF), outlet, url: hold for every document, whatever it says itself. clock: what is later than the day
    after its day is refused as forged. undated: let documents pass that tell no date (their `published` is None).
    Document.text is the decoded text without header and byte order mark, with newlines as \\n (as it is for JSON lines);
    Document.source holds the bytes that the id hashes where they are not the text's.
    Raises InputError or DateError at the first document that cannot be read, after all before it were given.
    """
    told = Header(outlet=outlet or None, url=url or None, published=published or None)
    if told.published is not None:
        check_published(told.published, where="--published", clock=clock)
    for file in files_of(path):
        yield from _load_file(file, told, clock, undated)


def files_of(path: Path) -> list[Path]:
    """The file itself, or the files below a folder in sorted order, but hidden ones and READMEs. Raises InputError."""
    if not path.is_dir() or path.suffix.lower() in _FILES:
        return [path]
    files = list(_files_below(path))
    if not files:
        raise InputError("holds no file to read", where=str(path), todo="name a folder with .txt, .html or .jsonl")
    return files


def _files_below(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_dir():
            continue
        if any(part.startswith(".") for part in inside.parts):
            _LOG.warning("%s: skipped, it is hidden", file)
        elif file.stem.upper() == "README":
            _LOG.warning("%s: skipped, a README is about the folder", file)
        else:
            yield file


def _load_file(path: Path, told: Header, clock: Clock, undated: bool) -> Iterator[Document]:
    with opened(path) as stream:
        if _is_jsonl(path, stream):
            yield from _load_lines(path, stream, told, clock, undated)
        else:
            yield _load_whole(path, stream, told, clock, undated)


def _is_jsonl(path: Path, stream: BinaryIO) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    if suffixes and suffixes[-1] in _JSONL:
        return True
    start: bytes = stream.peek(256)[:256]  # type: ignore[attr-defined]
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b'{"', b'{ "'))


def _load_lines(path: Path, stream: BinaryIO, told: Header, clock: Clock, undated: bool) -> Iterator[Document]:
    seen = False
    bounds = {"line_limit": number("max_bytes"), "limit": number("max_archive")}
    for line_number, line in numbered_lines(stream, **bounds, where=str(path)):
        where, seen = f"{path} line {line_number}", True
        header, values = read_line(line, where=where)
        header = _dated(told.over(header), where=where, clock=clock, undated=undated)
        text = values["text"] or ""
        yield Document(
            id=document_id(text, header.outlet, header.url, header.published),
            text=text,
            url=header.url,
            outlet=header.outlet,
            title=header.title,
            published=header.published,
            retrieved=values["retrieved"],
            after=header.after,
            name=values["doc"] or f"{path.name}:{line_number}",
        )
    if not seen:
        raise InputError("is empty", where=str(path), todo="check that it was saved whole")


def _load_whole(path: Path, stream: BinaryIO, told: Header, clock: Clock, undated: bool) -> Document:
    where = str(path)
    content = read_bounded(stream, number("max_bytes"), where=where)
    header, text = split_header(decode(content, where=where), where=where)
    header, media_type = told.over(header), "text/plain"
    if is_page(text):
        page, text = read_page(text, where=where, dated=header.published is not None)
        header, media_type = header.over(page), "text/html"
    if not text.strip():
        raise InputError("has a header but no text", where=where, todo="write the text after the empty line")
    broken = header.published is None and looks_like_header(text)
    header = _dated(header, where=where, clock=clock, undated=undated, broken=broken)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(
        id=document_id(content, header.outlet, header.url, header.published),
        text=text,
        url=header.url,
        outlet=header.outlet,
        title=header.title,
        published=header.published,
        media_type=media_type,
        after=header.after,
        name=path.name,
        source=None if content == text.encode("utf-8") else content,
    )


def _dated(header: Header, *, where: str, clock: Clock, undated: bool, broken: bool = False) -> Header:
    if header.published is not None:
        return Header(published=check_published(header.published, where=where, clock=clock)).over(header)
    if undated:
        return header
    todo = "give --published DAY, or a header line `published: 2019-11-12`"
    if broken:
        todo = (
            "its header counts only with known keys (outlet, url, published, title, after) and an empty line after it"
        )
    raise DateError("tells no date of publication", where=where, todo=todo)
