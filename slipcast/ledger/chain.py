"""The hash chain over the entries.

link(n) = SHA-256(link(n-1), n, kind, id, content, recorded_at). content is the hash of what the entry holds; for
statements and decisions it is their id, which is such a hash already.
"""

from __future__ import annotations

import hashlib

#: The link before the first entry.
START = "0" * 64


def link(previous: str, seq: int, kind: str, entry_id: str, content: str, recorded_at: str) -> str:
    """The chain's value at an entry, 64 hexadecimal digits."""
    # None of the parts can hold a "|", so that no two entries give the same line.
    return hashlib.sha256(f"{previous}|{seq}|{kind}|{entry_id}|{content}|{recorded_at}".encode()).hexdigest()
