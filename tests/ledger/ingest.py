"""Run as a program by the tests of crashes: ingest.py URL DOCUMENTS [--limit BYTES].

Records invented documents in the ledger, and says on a line of its own which one it is about to record.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterator

from slipcast.domain import Document, Statement
from slipcast.errors import SlipcastError
from slipcast.fingerprints import document_id
from slipcast.ledger.store import Ledger


def pairs(count: int) -> Iterator[tuple[Document, list[Statement]]]:
    for number in range(count):
        print(number, flush=True)
        quotes = [f"Batch {n} of the invented Heron {number} slips to {2030 + n}." for n in range(number % 4 + 1)]
        text = "\n".join(quotes)
        document = Document(document_id(text, None, None, "2019-11-12"), text, published="2019-11-12")
        yield (
            document,
            [
                Statement(document.id, (text.index(q), text.index(q) + len(q)), q, "delivery", "delayed", "Heron")
                for q in quotes
            ],
        )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("documents", type=int)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    with Ledger(given.url) as ledger:
        if given.limit:  # from here on the disk is as good as full
            resource.setrlimit(resource.RLIMIT_FSIZE, (given.limit, given.limit))
        ledger.record_many(pairs(given.documents))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SlipcastError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
