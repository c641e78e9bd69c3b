"""The hash chain over the entries, and the check of everything that hangs on it.

link(n) = SHA-256(link(n-1), n, kind, id, content, recorded_at). content is the hash of what the entry holds; for
statements and decisions it is their id, which is such a hash already.
"""

from __future__ import annotations

from slipcast.fingerprints import digest

#: The link before the first entry.
START = "0" * 64


def link(previous: str, seq: int, kind: str, entry_id: str, content: str, recorded_at: str) -> str:
    """The chain's value at an entry, 64 hexadecimal digits."""
    return digest([previous, str(seq), kind, entry_id, content, recorded_at])
