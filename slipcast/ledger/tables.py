"""The ledger's tables, as the newest migration leaves them (tests hold the two together).

documents, statements, decisions   what was appended: every row is an entry of one chain, numbered by seq through all three
subjects                           which ids or names a decision is about, for finding it
names                              the programme names that statements use, each once, for finding which of them mean one system

A statement's quote is not kept a second time: it is its document's text at its span, and the statement's id is a hash of it.
Ids fall at random: each batch would touch an index of all of them all over, and appending would slow as the ledger grows.
So statements are indexed by shelves, runs of entries one after another, and a search asks every shelf.
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
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from slipcast.ledger.columns import Hex, Moment

METADATA = MetaData()
#: SQLite keeps a row under its seq only where the column is INTEGER.
_SEQ = BigInteger().with_variant(Integer, "sqlite")
#: A shelf is 2 ** 19 entries: the one being filled stays in memory, and ten million statements stand on 22.
_SHELF_BITS = 19

documents = Table(
    "documents",
    METADATA,
    Column("seq", _SEQ, autoincrement=False),
    Column("id", Hex, nullable=False),
    Column("link", Hex, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("content", Hex, nullable=False),
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
    PrimaryKeyConstraint("seq", name="documents_by_seq"),
    UniqueConstraint("id", name="documents_by_id"),
)

statements = Table(
    "statements",
    METADATA,
    Column("seq", _SEQ, autoincrement=False),
    Column("id", Hex, nullable=False),
    Column("link", Hex, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("document", _SEQ, ForeignKey("documents.seq"), nullable=False),
    Column("shelf", Integer, nullable=False),
    Column("programme_key", Text, nullable=False),
    Column("counts_from", String(10), nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
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
    PrimaryKeyConstraint("seq", name="statements_by_seq"),
    UniqueConstraint("document", "id", name="statements_of_document"),
    Index("statements_by_id", "shelf", "id"),
    Index("statements_by_programme", "shelf", "programme_key"),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("seq", _SEQ, autoincrement=False),
    Column("id", Hex, nullable=False),
    Column("link", Hex, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("value", Text),
    PrimaryKeyConstraint("seq", name="decisions_by_seq"),
)

#: What an entry can be; in the order in which rows are appended.
PARTS = {"document": documents, "statement": statements, "decision": decisions}
#: The columns that hold what an entry says, as rows.py understands them; those before them place it.
FIELDS = {"document": list(documents.c)[5:], "statement": list(statements.c)[6:], "decision": list(decisions.c)[4:]}

subjects = Table(
    "subjects",
    METADATA,
    Column("decision", _SEQ, ForeignKey("decisions.seq"), autoincrement=False),
    Column("subject", Text),
    PrimaryKeyConstraint("decision", "subject", name="subjects_by_decision"),
    Index("subjects_by_subject", "subject"),
)


names = Table("names", METADATA, Column("name", Text), PrimaryKeyConstraint("name", name="names_by_name"))


def shelf_of(seq: int) -> int:
    """The shelf on which the statement with this seq is indexed."""
    return seq >> _SHELF_BITS
