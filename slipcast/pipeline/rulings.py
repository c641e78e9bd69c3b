"""A person's rulings, recorded as decisions. Nothing is edited: a later ruling on the same counts over an earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from slipcast.domain import Decision
from slipcast.errors import LedgerError, UsageError
from slipcast.fingerprints import canonical
from slipcast.ledger.rulings import check_decision
from slipcast.ledger.store import Ledger

_ID = re.compile(r"[0-9a-f]{6,32}")
_WHOLE = 32  #: digits of an id


def on_record(ledger: Ledger, verdict: str, text: str, by: str, reason: str) -> Decision:
    """Accept or reject: a statement or a document, by its id or the beginning of it. Raises LedgerError."""
    kind, subject = _record(ledger, text)
    return Decision(kind, (subject,), verdict, by, reason)


def on_correction(ledger: Ledger, text: str, change: str, by: str, reason: str) -> Decision:
    """Correct what is known of a document, named by its id or that of a statement in it. change: KEY=VALUE, nothing for no value.

    Raises LedgerError where that is not there or cannot be corrected, DateError for a date that is none, UsageError.
    """
    key, sign, value = (part.strip() for part in change.partition("="))
    if not sign or not key:
        raise UsageError(f"{change!r} corrects nothing", where="--correct", todo="write published=2019-11-12")
    kind, subject = _record(ledger, text)
    if kind == "statement":
        subject = ledger.statement(subject).document.id
    decision = Decision("document", (subject,), "correct", by, reason, canonical({key: value or None}))
    check_decision(decision)
    return decision


def on_identity(ledger: Ledger, verdict: str, subjects: Sequence[str], by: str, reason: str) -> Decision:
    """Same or different: names (the first is the one to use), or statements and where they belong; or two statements.

    Statements are named by an id or its beginning. Statements alone are ruled to be one utterance, or not. Raises LedgerError.
    """
    resolved = tuple(_statement(ledger, text) or text for text in subjects)
    if len(set(resolved)) < 2:
        raise UsageError("joins or parts one thing alone", where=f"--{verdict}", todo="name two")
    ids = [subject for subject in resolved if len(subject) == _WHOLE and _ID.fullmatch(subject)]
    return Decision("repeat" if len(ids) == len(resolved) else "identity", resolved, verdict, by, reason)


def withdrawal(ledger: Ledger, text: str, by: str, reason: str) -> Decision:
    """Undo the ruling that bears this id, or that stands on this subject. Raises LedgerError where none or several do."""
    standing = ledger.decisions()
    fits = [d for d in standing if _names(d.id, text)]
    fits = fits or [d for d in standing if any(_names(subject, text) for subject in d.subjects)]
    matters = {(d.kind, tuple(sorted(d.subjects))) for d in fits}
    if len(matters) != 1:
        what = f"{len(matters)} rulings fit {text!r}" if matters else f"no ruling that stands fits {text!r}"
        raise LedgerError(what, where="--withdraw", todo="name one by its id, see `slipcast review --decided`")
    return Decision(fits[0].kind, fits[0].subjects, "withdraw", by, reason)


def record(ledger: Ledger, decisions: Sequence[Decision]) -> list[tuple[Decision, bool]]:
    """Append rulings in their order; each with whether it is new (the same ruling twice is one)."""
    return [(decision, ledger.decide(decision)) for decision in decisions]


def _names(identity: str, text: str) -> bool:
    return identity == text or (bool(_ID.fullmatch(text)) and identity.startswith(text))


def _statement(ledger: Ledger, text: str) -> str | None:
    """The whole id of a statement that begins so; None for a name. Raises LedgerError where several begin so."""
    if not _ID.fullmatch(text):
        return None
    try:
        return ledger.statement(text).statement.id
    except LedgerError as error:
        if "several" in error.what or len(text) == _WHOLE:
            raise
        return None


def _record(ledger: Ledger, text: str) -> tuple[str, str]:
    try:
        return "statement", ledger.statement(text).statement.id
    except LedgerError:
        found = [document.id for document in ledger.documents() if document.id.startswith(text)]
        if len(found) != 1 or not _ID.fullmatch(text):
            raise
        return "document", found[0]
