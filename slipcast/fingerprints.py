"""Hashes and ids: the same content has the same id, on every machine.

Fields are joined with their lengths, so that ["ab", "c"] and ["a", "bc"] differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest(fields: Iterable[bytes | str | None]) -> str:
    """SHA-256 over fields, each with its kind and length before it; 64 hexadecimal digits."""
    total = hashlib.sha256()
    for field in fields:
        if field is None:
            total.update(b"n;")
            continue
        raw = field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field
        total.update(b"%d:" % len(raw))
        total.update(raw)
    return total.hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare space: one form for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def document_id(content: bytes | str, outlet: str | None, url: str | None, published: str | None) -> str:
    """Id of a document: hash of its bytes (of its text for a line of JSONL), outlet, url and published; 32 digits."""
    return digest([content, outlet, url, published])[:32]


def record_id(kind: str, record: dict[str, Any]) -> str:
    """Id of a statement or decision: hash of every key but id, in sorted order; 32 digits."""
    keys = sorted(key for key in record if key != "id")
    return digest([kind, *(part for key in keys for part in (key, canonical(record[key])))])[:32]
