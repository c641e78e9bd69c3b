"""The hash chain over the entries.

link(n) = SHA-256(link(n-1), n, kind, id, content, recorded_at). content is the hash of what the entry holds; for
statements and decisions it is their id, which is such a hash already.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from slipcast.ledger.tables import PARTS

#: The link before the first entry.
START = "0" * 64


def link(previous: str, seq: int, kind: str, entry_id: str, content: str, recorded_at: str) -> str:
    """The chain's value at an entry, 64 hexadecimal digits."""
    # None of the parts can hold a "|", so that no two entries give the same line.
    return hashlib.sha256(f"{previous}|{seq}|{kind}|{entry_id}|{content}|{recorded_at}".encode()).hexdigest()


def tip(connection: Connection) -> tuple[int, str, str | None]:
    """The last entry's seq, link and recorded_at; 0, START and None in an empty ledger."""
    last: tuple[int, str, str | None] = (0, START, None)
    for table in PARTS.values():
        query = sa.select(table.c.seq, table.c.link, table.c.recorded_at).order_by(table.c.seq.desc()).limit(1)
        found = connection.execute(query).first()
        if found is not None and found.seq > last[0]:
            last = found.seq, found.link, found.recorded_at
    return last


def link_at(connection: Connection, seq: int) -> str | None:
    """The chain's value at an entry, None where there is none."""
    for table in PARTS.values():
        found: str | None = connection.scalar(sa.select(table.c.link).where(table.c.seq == seq))
        if found is not None:
            return found
    return None
