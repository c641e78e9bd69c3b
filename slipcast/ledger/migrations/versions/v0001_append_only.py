"""The first ledger (slipcast 0.1): entries, documents, statements, decisions, subjects; append only by trigger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TABLES = {
    "entries": ("seq = NEW.seq",),
    "documents": ("seq = NEW.seq", "id = NEW.id"),
    "statements": ("seq = NEW.seq", "id = NEW.id"),
    "decisions": ("seq = NEW.seq",),
    "subjects": ("decision = NEW.decision AND subject = NEW.subject",),
}


def _entry() -> sa.Column[int]:
    return sa.Column("seq", _SEQ, sa.ForeignKey("entries.seq"), primary_key=True, autoincrement=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name.rstrip("!"), sa.Text, nullable=not name.endswith("!")) for name in names]


def upgrade() -> None:
    """Make the tables, and the triggers by which the database itself refuses to change or remove a row."""
    op.create_table(
        "entries",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "documents",
        _entry(),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        *_texts("url", "outlet", "title", "published", "retrieved", "media_type!", "after", "name", "text!"),
        sa.Column("source", sa.LargeBinary),
    )
    op.create_table(
        "statements",
        _entry(),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("document", _SEQ, sa.ForeignKey("documents.seq"), nullable=False),
        sa.Column("programme_key", sa.Text, nullable=False),
        sa.Column("counts_from", sa.String(10), nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        *_texts("quote!", "milestone!", "status!", "programme!", "supplier", "recipient", "tranche", "quantity"),
        *_texts("date", "previous_date", "speaker", "speaker_role"),
        sa.Column("anonymous", sa.SmallInteger, nullable=False),
        *_texts("via", "modality!", "cause", "condition", "relation", "participant", "part", "sourcing"),
        *_texts("stated_on", "reader!"),
    )
    op.create_index("statements_by_programme", "statements", ["programme_key", "counts_from"])
    op.create_index("statements_by_document", "statements", ["document"])
    op.create_table(
        "decisions",
        _entry(),
        sa.Column("id", sa.String(32), nullable=False),
        *_texts("kind!", "subjects!", "verdict!", "by!", "reason!", "value"),
    )
    op.create_table(
        "subjects",
        sa.Column("decision", _SEQ, sa.ForeignKey("decisions.seq"), primary_key=True, autoincrement=False),
        sa.Column("subject", sa.Text, primary_key=True),
    )
    op.create_index("subjects_by_subject", "subjects", ["subject"])
    refuse = _refuse_in_sqlite if op.get_context().dialect.name == "sqlite" else _refuse_in_postgresql
    for table, same in _TABLES.items():
        refuse(table, same)


def _refuse_in_sqlite(table: str, same: tuple[str, ...]) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: append only, {verb} refused'); END"
        )
    # INSERT OR REPLACE removes the row that is in its way without asking the trigger on DELETE.
    op.execute(
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} "
        f"WHEN {' OR '.join(f'EXISTS (SELECT 1 FROM {table} WHERE {condition})' for condition in same)} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: append only, REPLACE refused'); END"
    )


def _refuse_in_postgresql(table: str, _: tuple[str, ...]) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table}: append only, % refused', TG_OP; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )
