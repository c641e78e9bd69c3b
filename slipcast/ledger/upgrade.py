"""Bringing a ledger to the newest form: made where there is none, migrated forward where it is older."""

from __future__ import annotations

from importlib import resources

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from slipcast.errors import LedgerError
from slipcast.ledger.engine import is_read_only, make_file, reading, shown, writing
from slipcast.ledger.tables import METADATA

#: Every form that a ledger ever had, oldest first: the revisions in migrations/versions.
REVISIONS = ("0001", "0002")
VERSION_TABLE = "slipcast_version"


def upgrade(engine: Engine, *, create: bool) -> None:
    """Leave the ledger in its newest form. create: whether an empty database may be made one.

    Raises LedgerError where it holds something else, is newer than this slipcast, or must be migrated but is read-only.
    """
    with reading(engine) as connection:
        found = _revision(connection)
    if found == REVISIONS[-1]:
        return
    where = shown(engine.url)
    if found is None and not create:
        raise LedgerError("is no ledger", where=where, todo="check the address, or ingest documents first")
    if found is None and is_read_only(engine):
        raise LedgerError("is empty and read-only", where=where, todo="allow writing, or name another file")
    if is_read_only(engine):
        raise LedgerError(
            "is read-only and of an older slipcast", where=where, todo="open it once where it can be written"
        )
    if found is None:
        make_file(engine)
    with writing(engine, chained=False) as connection:
        if _revision(connection) == REVISIONS[-1]:
            return  # another process was faster
        config = Config()
        config.set_main_option("script_location", str(resources.files("slipcast.ledger") / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, REVISIONS[-1])


def _revision(connection: Connection) -> str | None:
    """The revision that the database is in; None where it is empty. Raises LedgerError where it is not ours."""
    where = shown(connection.engine.url)
    tables = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        foreign = tables if connection.dialect.name == "sqlite" else tables & set(METADATA.tables)
        if foreign:
            raise LedgerError("is the database of something else", where=where, todo="name another file or database")
        return None
    found: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))
    if found is not None and found not in REVISIONS:
        raise LedgerError(
            f"is of a newer slipcast (form {found}, known up to {REVISIONS[-1]})", where=where, todo="upgrade slipcast"
        )
    return found
