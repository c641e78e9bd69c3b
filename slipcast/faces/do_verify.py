"""slipcast verify."""

from __future__ import annotations

from slipcast.errors import CheckFailed
from slipcast.faces.options import AsJson, LedgerUrl, ledger_url
from slipcast.faces.tables import print_json, say
from slipcast.pipeline.open import open_ledger


def run(ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Check every document's hash, every quote against its span, every link and the chain; exit 1 at the first bad entry."""
    url = ledger_url(ledger)
    with open_ledger(url) as book:
        faults = book.verify()
    if as_json:
        print_json([{"sound": not faults, "faults": faults}])
    if faults:
        raise CheckFailed(faults[0], where="ledger", todo="restore it from a copy made before this")
    if not as_json:
        say("The ledger is sound: every hash, span and link holds.")
