"""The ledger's tables, as the newest migration leaves them (tests hold the two together).

entries      the chain: one row for every document, statement and decision, in the order in which they were appended
documents, statements, decisions: what each entry holds, under the entry's seq
subjects     which ids or names a decision is about, for finding it
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

METADATA = MetaData()
#: SQLite keeps a row under its seq only where the column is INTEGER.
_SEQ = BigInteger().with_variant(Integer, "sqlite")


def _entry() -> Column[int]:
    return Column("seq", _SEQ, ForeignKey("entries.seq"), primary_key=True, autoincrement=False)


entries = Table(
    "entries",
    METADATA,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),
    Column("kind", String(9), nullable=False),
    Column("id", String(32), nullable=False),
    Column("content", String(64), nullable=False),
    Column("link", String(64), nullable=False),
    Column("recorded_at", String(27), nullable=False),
)

documents = Table(
    "documents",
    METADATA,
    _entry(),
    Column("id", String(32), nullable=False, unique=True),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    Column("retrieved", Text),
    Column("media_type", Text, nullable=False),
    Column("after", Text),
    Column("name", Text),
    Column("text", Text, nullable=False),
    Column("source", LargeBinary),
)

statements = Table(
    "statements",
    METADATA,
    _entry(),
    Column("id", String(32), nullable=False, unique=True),
    Column("document", _SEQ, ForeignKey("documents.seq"), nullable=False),
    Column("programme_key", Text, nullable=False),
    Column("counts_from", String(10), nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("milestone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("supplier", Text),
    Column("recipient", Text),
    Column("tranche", Text),
    Column("quantity", Text),
    Column("date", Text),
    Column("previous_date", Text),
    Column("speaker", Text),
    Column("speaker_role", Text),
    Column("anonymous", SmallInteger, nullable=False),
    Column("via", Text),
    Column("modality", Text, nullable=False),
    Column("cause", Text),
    Column("condition", Text),
    Column("relation", Text),
    Column("participant", Text),
    Column("part", Text),
    Column("sourcing", Text),
    Column("stated_on", Text),
    Column("reader", Text, nullable=False),
    Index("statements_by_programme", "programme_key", "counts_from"),
    Index("statements_by_document", "document"),
)

decisions = Table(
    "decisions",
    METADATA,
    _entry(),
    Column("id", String(32), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("value", Text),
)

#: What an entry is, and what each kind of entry holds; in the order in which rows are appended.
PARTS = {"entry": entries, "document": documents, "statement": statements, "decision": decisions}

subjects = Table(
    "subjects",
    METADATA,
    Column("decision", _SEQ, ForeignKey("decisions.seq"), primary_key=True, autoincrement=False),
    Column("subject", Text, primary_key=True),
    Index("subjects_by_subject", "subject"),
)
