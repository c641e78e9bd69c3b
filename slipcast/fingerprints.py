"""Hashes and ids: the same content has the same id, on every machine.

Fields are joined with their lengths, so that ["ab", "c"] and ["a", "bc"] differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from rensa import RMinHash

#: Kept, because making an encoder anew for every value costs more than the encoding.
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

#: Values up to this many characters are worth remembering.
_SHORT = 40


def digest(fields: Iterable[bytes | str | None]) -> str:
    """SHA-256 over fields, each with its kind and length before it; 64 hexadecimal digits."""
    return hashlib.sha256(b"".join([_framed(field) for field in fields])).hexdigest()


def _framed(field: bytes | str | None) -> bytes:
    if field is None:
        return b"n;"
    raw = field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field
    return b"%d:%b" % (len(raw), raw)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare space: one form for one value."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        return f"[{','.join([canonical(part) for part in value])}]"
    return _JSON.encode(value)


def document_id(content: bytes | str, outlet: str | None, url: str | None, published: str | None) -> str:
    """Id of a document: hash of its bytes (of its text for a line of JSONL), outlet, url and published; 32 digits."""
    return digest([content, outlet, url, published])[:32]


def record_id(kind: str, record: dict[str, Any]) -> str:
    """Id of a statement or decision: hash of every key but id, in sorted order; 32 digits."""
    parts = [_framed_text(kind)]
    for key, framed_key in _order(tuple(record)):
        value = record[key]
        short = value is None or (value.__class__ is str and len(value) <= _SHORT)
        parts += (framed_key, _framed_word(value) if short else _framed_text(canonical(value)))
    return hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _framed_text(text: str) -> str:
    """What `digest` hashes for a text, still as text, so that a record is encoded once: ids are made by the million."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return f"{size}:{text}"


@lru_cache(maxsize=1024)
def _order(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each key but id, in sorted order, with what is hashed for it."""
    return tuple((key, _framed_text(key)) for key in sorted(keys) if key != "id")


@lru_cache(maxsize=65536)
def _framed_word(word: str | None) -> str:
    """What is hashed for a value of few forms: names, dates, words of an enum."""
    return _framed_text(canonical(word))


def signature(text: str, permutations: int = 128) -> tuple[int, ...]:
    """MinHash signature of a text's three-word shingles: equal texts have equal signatures, on every machine."""
    words = text.lower().split()
    shingles = [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]
    sketch = RMinHash(permutations, 20191112)
    sketch.update(shingles)
    return tuple(sketch.digest())


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimate of the Jaccard similarity of two texts' shingles from their signatures of equal length; 0 to 1.

    Broder (1997), doi:10.1109/SEQUEN.1997.666900; standard error sqrt(J(1-J)/permutations).
    """
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
