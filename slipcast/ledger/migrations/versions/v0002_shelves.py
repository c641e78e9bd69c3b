"""Ids and hashes as bytes, quotes in their document alone, indexes by shelves; the chain stays what it was.

The table of entries goes: every document, statement and decision bears its own link and moment. A table of the names of
programmes comes. What the new form would
hide is checked before: an entry that does not hold stops the migration, and the ledger stays as it is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection, RowMapping

from slipcast.errors import CheckFailed

revision = "0002"
down_revision = "0001"

_SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW = 4096
_SHELF_BITS = 19
#: Old tables, those that point at others first.
_OLD = ("subjects", "decisions", "statements", "documents", "entries")
_OLD_INDEXES = ("statements_by_programme", "statements_by_document", "subjects_by_subject")
_DOCUMENT = ("url", "outlet", "title", "published", "retrieved", "media_type!", "after", "name", "text!")
_DECISION = ("kind!", "subjects!", "verdict!", "by!", "reason!", "value")
_SAID = ("milestone!", "status!", "programme!", "supplier", "recipient", "tranche", "quantity", "date", "previous_date")
_SAID_BY = ("speaker", "speaker_role")
_SAID_HOW = (
    "via",
    "modality!",
    "cause",
    "condition",
    "relation",
    "participant",
    "part",
    "sourcing",
    "stated_on",
    "reader!",
)
#: When a row stands in the way of a new one, or behind it.
_TAKEN = {
    "documents": ("seq >= NEW.seq", "id = NEW.id"),
    "statements": ("seq >= NEW.seq", "document = NEW.document AND id = NEW.id"),
    "decisions": ("seq >= NEW.seq",),
    "subjects": ("decision = NEW.decision AND subject = NEW.subject",),
    "names": ("name = NEW.name",),
}


def upgrade() -> None:
    """Make the new tables beside the old, copy what they hold, and drop the old."""
    sqlite = op.get_context().dialect.name == "sqlite"
    for table in _OLD:
        for verb in ("update", "delete", "replace") if sqlite else ("change", "truncate"):
            op.execute(f"DROP TRIGGER {table}_refuse_{verb}" + ("" if sqlite else f" ON {table}"))
    for index in _OLD_INDEXES:
        op.drop_index(index)
    for table in _OLD:
        op.rename_table(table, f"old_{table}")
    _create()
    _copy(op.get_bind())
    for table in _OLD:
        op.drop_table(f"old_{table}")
    if not sqlite:
        op.execute("DROP FUNCTION entries_refuse")
    for table, taken in _TAKEN.items():
        if sqlite:
            _refuse_in_sqlite(table, taken)
        else:
            _refuse_in_postgresql(table, new=table == "names")


def _create() -> None:
    op.create_table(
        "documents",
        *_head(),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_texts(*_DOCUMENT),
        sa.Column("source", sa.LargeBinary),
        sa.PrimaryKeyConstraint("seq", name="documents_by_seq"),
        sa.UniqueConstraint("id", name="documents_by_id"),
    )
    op.create_table(
        "statements",
        *_head(),
        sa.Column("document", _SEQ, sa.ForeignKey("documents.seq"), nullable=False),
        sa.Column("shelf", sa.Integer, nullable=False),
        sa.Column("programme_key", sa.Text, nullable=False),
        sa.Column("counts_from", sa.String(10), nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        *_texts(*_SAID, *_SAID_BY),
        sa.Column("anonymous", sa.SmallInteger, nullable=False),
        *_texts(*_SAID_HOW),
        sa.PrimaryKeyConstraint("seq", name="statements_by_seq"),
        sa.UniqueConstraint("document", "id", name="statements_of_document"),
    )
    op.create_index("statements_by_id", "statements", ["shelf", "id"])
    op.create_index("statements_by_programme", "statements", ["shelf", "programme_key"])
    op.create_table("decisions", *_head(), *_texts(*_DECISION), sa.PrimaryKeyConstraint("seq", name="decisions_by_seq"))
    op.create_table(
        "subjects",
        sa.Column("decision", _SEQ, sa.ForeignKey("decisions.seq"), autoincrement=False),
        sa.Column("subject", sa.Text),
        sa.PrimaryKeyConstraint("decision", "subject", name="subjects_by_decision"),
    )
    op.create_index("subjects_by_subject", "subjects", ["subject"])
    op.create_table("names", sa.Column("name", sa.Text), sa.PrimaryKeyConstraint("name", name="names_by_name"))


def _head() -> list[sa.Column[Any]]:
    return [
        sa.Column("seq", _SEQ, autoincrement=False),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
    ]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name.rstrip("!"), sa.Text, nullable=not name.endswith("!")) for name in names]


def _copy(connection: Connection) -> None:
    old, new = sa.MetaData(), sa.MetaData()
    old.reflect(connection, only=[f"old_{table}" for table in _OLD])
    new.reflect(connection, only=list(_TAKEN))
    last = max(connection.scalar(sa.select(sa.func.max(old.tables[f"old_{t}"].c.seq))) or 0 for t in _OLD[1:])
    for low in range(1, last + 1, _WINDOW):
        made: dict[str, list[dict[str, Any]]] = {"document": [], "statement": [], "decision": []}
        for kind, row in _window(connection, old, low, min(low + _WINDOW - 1, last)):
            made[kind].append(row)
        for kind, rows in made.items():
            if rows:
                connection.execute(sa.insert(new.tables[f"{kind}s"]), rows)
    subjects = sa.select(old.tables["old_subjects"].c.decision, old.tables["old_subjects"].c.subject)
    connection.execute(sa.insert(new.tables["subjects"]).from_select(["decision", "subject"], subjects))
    names = sa.select(old.tables["old_statements"].c.programme).distinct()
    connection.execute(sa.insert(new.tables["names"]).from_select(["name"], names))


def _window(connection: Connection, old: sa.MetaData, low: int, high: int) -> Iterator[tuple[str, dict[str, Any]]]:
    parts = {name: _rows(connection, old.tables[f"old_{name}"], low, high) for name in _OLD[1:]}
    texts = _texts_of(
        connection, old.tables["old_documents"], {row["document"] for row in parts["statements"].values()}
    )
    for seq in range(low, high + 1):
        entry = parts["entries"].get(seq)
        held = {name: parts[name].get(seq) for name in ("documents", "statements", "decisions")}
        kind = entry["kind"] if entry is not None else ""
        row = held.pop(f"{kind}s", None)
        if entry is None or row is None or any(other is not None for other in held.values()):
            raise _broken(seq, "it does not stand for one record")
        if entry["id"] != row["id"] or (kind != "document" and entry["content"] != entry["id"]):
            raise _broken(seq, "its id or content was altered")
        if kind == "statement":
            quote = (texts.get(row["document"]) or "")[row["span_start"] : row["span_end"]]
            if quote != row["quote"]:
                raise _broken(seq, "the quote is not at its span")
        yield kind, {**_plain(row), **_head_of(seq, entry), **_more(kind, seq, entry)}


def _rows(connection: Connection, table: sa.Table, low: int, high: int) -> dict[int, RowMapping]:
    query = sa.select(table).where(table.c.seq.between(low, high))
    return {row["seq"]: row for row in connection.execute(query).mappings()}


def _texts_of(connection: Connection, table: sa.Table, numbers: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(numbers)
    for at in range(0, len(wanted), 500):
        query = sa.select(table.c.seq, table.c.text).where(table.c.seq.in_(wanted[at : at + 500]))
        found |= {row.seq: row.text for row in connection.execute(query)}
    return found


def _plain(row: RowMapping) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("id", "quote")}


def _head_of(seq: int, entry: RowMapping) -> dict[str, Any]:
    return {
        "id": _bytes(seq, entry["id"]),
        "link": _bytes(seq, entry["link"]),
        "recorded_at": _microseconds(seq, entry["recorded_at"]),
    }


def _more(kind: str, seq: int, entry: RowMapping) -> dict[str, Any]:
    if kind == "document":
        return {"content": _bytes(seq, entry["content"])}
    return {"shelf": seq >> _SHELF_BITS} if kind == "statement" else {}


def _bytes(seq: int, digits: str) -> bytes:
    try:
        found = bytes.fromhex(digits)
    except ValueError:
        found = b""
    if found.hex() != digits:
        raise _broken(seq, "a hash was altered")
    return found


def _microseconds(seq: int, stamp: str) -> int:
    try:
        at = datetime.fromisoformat(stamp)
        if at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" != stamp:
            raise ValueError("another form")
    except ValueError:
        raise _broken(seq, "its moment was altered") from None
    return (at - _EPOCH) // timedelta(microseconds=1)


def _broken(seq: int, what: str) -> CheckFailed:
    return CheckFailed(
        f"entry {seq}: {what}; the ledger was not brought to the newest form", todo="restore it from a copy"
    )


def _refuse_in_sqlite(table: str, taken: tuple[str, ...]) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: append only, {verb} refused'); END"
        )
    # INSERT OR REPLACE removes the row that is in its way without asking the trigger on DELETE.
    op.execute(
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} "
        f"WHEN {' OR '.join(f'EXISTS (SELECT 1 FROM {table} WHERE {condition})' for condition in taken)} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: append only, REPLACE refused'); END"
    )


def _refuse_in_postgresql(table: str, *, new: bool) -> None:
    if new:
        op.execute(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table}: append only, % refused', TG_OP; END $$"
        )
    for trigger, what in (("change", "UPDATE OR DELETE"), ("truncate", "TRUNCATE")):
        each = "ROW" if trigger == "change" else "STATEMENT"
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{trigger} BEFORE {what} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
        )
