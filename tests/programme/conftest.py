"""Entries for tests. The Kestrel, its makers and buyers, what they say and their outlets are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from slipcast.domain import Document, Entry, Statement
from slipcast.fingerprints import document_id
from slipcast.programme.placed import Placed

Say = Callable[..., Entry]


def build(
    quote: str | None = None, *, outlet: str = "Invented Courier", published: str = "2024-05-01", **fields: Any
) -> Entry:
    """One statement alone in its document. Fields are those of Statement; `via`, `supplier`, `recipient` as tuples."""
    keys = {
        "milestone": "delivery",
        "status": "planned",
        "programme": "HX-9 Kestrel",
        "supplier": ("Poland",),
        "recipient": ("Chile",),
        "stated_on": published,
        **fields,
    }
    shown = ";".join(f"{key}={value}" for key, value in sorted(keys.items()))
    text = quote or f"In this invented report: {shown}."
    document = Document(document_id(text, outlet, None, published), text, outlet=outlet, published=published)
    statement = Statement(doc=document.id, span=(0, len(text)), quote=text, reader="test", **keys)
    return Entry(statement, document, "2026-01-01T00:00:00Z")


@pytest.fixture
def say() -> Say:
    """Builds one entry: say(status="planned", date="2025", speaker="A. Nowak", speaker_role="supplier", ...)."""
    return build


@pytest.fixture
def put(say: Say) -> Callable[..., Placed]:
    """Builds one placed statement of the Kestrel for Chile, whole programme unless `tranche` says otherwise."""

    def made(*args: Any, **fields: Any) -> Placed:
        entry = say(*args, **fields)
        return Placed(entry, "HX-9", "Chile", entry.statement.tranche)

    return made
