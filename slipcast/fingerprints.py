"""Hashes and ids: the same content has the same id, on every machine.

Fields are joined with their lengths, so that ["ab", "c"] and ["a", "bc"] differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from rensa import RMinHash

#: Kept, because making an encoder anew for every value costs more than the encoding.
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

#: Of a hash, what makes an id.
ID_DIGITS = 32


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
    return digest([content, outlet, url, published])[:ID_DIGITS]


def record_id(kind: str, record: Mapping[str, Any]) -> str:
    """Id of a statement or decision: hash of every key but id, in sorted order; 32 digits."""
    keys = sorted(key for key in record if key != "id")
    parts = [part for key in keys for part in (framed_text(key), framed(record[key]))]
    return _id_of([framed_text(kind), *parts])


class RecordForm:
    """Makes the ids of records that have the same keys: as `record_id`, but by the million."""

    def __init__(self, kind: str, keys: Sequence[str]) -> None:
        """keys: two or more, in the order in which their values will come."""
        places = sorted(range(len(keys)), key=keys.__getitem__)
        self._in_order = itemgetter(*places)
        self._parts = [framed_text(kind)]
        for place in places:
            self._parts += (framed_text(keys[place]), "")

    def id(self, values: Sequence[str]) -> str:
        """The id of a record. values: framed, in the order of the keys."""
        parts = self._parts.copy()
        parts[2::2] = self._in_order(values)
        return _id_of(parts)


def _id_of(parts: list[str]) -> str:
    return hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def framed_text(text: str) -> str:
    """What `digest` hashes for a text, still as text, so that a record is encoded once."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return f"{size}:{text}"


def framed(value: Any) -> str:
    """What is hashed for a record's value."""
    return framed_text(canonical(value))


#: `framed` for values of few forms: names, dates, words of an enum.
framed_word: Callable[[Hashable], str] = lru_cache(maxsize=65536)(framed)


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
