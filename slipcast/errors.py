"""The error tree. Every message is one line that says what, where, and what to do.

SlipcastError                   exit code 1: it failed
├── CheckFailed                 a check that was asked for did not hold (verify, a gate)
└── UsageError                  exit code 2: you asked wrongly
    ├── InputError              a document or register that cannot be read
    ├── DateError               a date that does not exist, or is not EDTF
    ├── LedgerError             a ledger that is none, is newer than this slipcast, or cannot be written
    ├── NameUnclear             a programme name that fits none, or several
    ├── PanelError              a promise panel that cannot be used
    └── MissingPart             an optional part (extra, model, server) that is not installed
"""

from __future__ import annotations


class SlipcastError(Exception):
    """Root of all errors that slipcast raises on purpose."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        """what: the fault; where: file, line or name it stands at; todo: what the user can do."""
        self.what, self.where, self.todo = what, where, todo
        line = (f"{where}: " if where else "") + what + (f"; {todo}" if todo else "")
        super().__init__(" ".join(line.split()))


class CheckFailed(SlipcastError):
    """A check that was asked for did not hold."""


class UsageError(SlipcastError):
    """The request cannot be met as it was made."""

    exit_code = 2


class InputError(UsageError):
    """A document, register or other input that cannot be read."""


class DateError(UsageError):
    """A date that does not exist or is not written as EDTF."""


class LedgerError(UsageError):
    """A ledger that is none, is newer than this slipcast, or cannot be read or written."""


class NameUnclear(UsageError):
    """A programme name that fits none, or several."""


class PanelError(UsageError):
    """A promise panel that cannot be used."""


class MissingPart(UsageError):
    """An optional part that is not installed or does not answer."""
