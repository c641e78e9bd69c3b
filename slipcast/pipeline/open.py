"""Open the ledger, or say in one line why not."""

from __future__ import annotations

from slipcast.ledger.store import Ledger


def open_ledger(url: str, *, create: bool = False) -> Ledger:
    """The ledger at a URL. create: make it where there is none; otherwise LedgerError."""
    return Ledger(url, create=create)
