"""Promise registers into the ledger: a document and a statement a row, and every row that is left out told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from slipcast.ledger.registers import read_register
from slipcast.ledger.store import Ledger

_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Unread:
    """Something to know of a row. line: 1 is the header; kind: "unread" (left out) or "note" (read, but mind)."""

    path: Path
    line: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterIngested:
    """What a register gave. rows: read; new: documents appended now; statements: in the new ones."""

    rows: int
    new: int
    statements: int
    remarks: tuple[Unread, ...]


def is_table(path: Path) -> bool:
    """Whether a file is to be read as a register."""
    return path.suffix.lower() in _TABLES and not path.is_dir()


def ingest_register(path: Path, ledger: Ledger, mapping: Path | None = None) -> RegisterIngested:
    """Append a register's rows. Raises InputError for a file that is none."""
    register = read_register(path, mapping)
    tally = ledger.record_many(register.pairs)
    remarks = [Unread(path, remark.line, remark.kind, remark.reason) for remark in register.remarks]
    if register.notes:
        kept = ", ".join(register.notes)
        remarks.insert(0, Unread(path, 1, "note", f"kept as notes, not understood otherwise: {kept}"))
    return RegisterIngested(len(register.pairs), tally.documents, tally.statements, tuple(remarks))
