"""Writes the ledger of this version as SQL, to be opened by every later one: run once at each release.

    python tests/ledger/released/make.py > tests/ledger/released/VERSION.sql

Its documents, people and programmes are invented; its clock stands still, so that the file is the same whenever made.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from slipcast.domain import Decision, Document, Quantity, Statement
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger

FIRST = "The second Heron ferry, first promised for 2029, is now due in 2031 if the yard reopens, Ada Example said."
SECOND = "Zephyr makes the gear boxes of the Heron."


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with Ledger(str(path), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as ledger:
            delay = statement(FIRST, "delivery", "delayed", quantity=Quantity(1, "~", "ferry"), speaker="Ada Example")
            share = statement(
                SECOND, "participation", "achieved", relation="workshare", participant="Zephyr", part="gear boxes"
            )
            ledger.record_many([delay, share])
            ledger.decide(Decision("statement", (delay[1][0].id,), "reject", "Bo Example", "misread"))
            ledger.decide(
                Decision("document", (share[0].id,), "correct", "Bo Example", "redated", '{"published": "2018"}')
            )
            ledger.decide(Decision("statement", (delay[1][0].id,), "withdraw", "Bo Example", "it was right"))
        connection = sqlite3.connect(path)
        sys.stdout.write("\n".join(connection.iterdump()) + "\n")
        connection.close()


def statement(text: str, milestone: str, status: str, **more: object) -> tuple[Document, list[Statement]]:
    source = b"published: 2019-11-12\n\n" + text.encode()
    document = Document(
        document_id(source, None, None, "2019-11-12"), text, published="2019-11-12", name="heron.txt", source=source
    )
    values = {"programme": "Heron", "recipient": ("Harbour",), "stated_on": "2019-11-12", "reader": "rules 0.1", **more}
    return document, [Statement(document.id, (0, len(text)), text, milestone, status, **values)]  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
