"""Opening a ledger's database: SQLite by path or URL, PostgreSQL by URL; its errors, translated at this one border."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url

from slipcast.errors import LedgerError, MissingPart

_OLDEST_POSTGRESQL = 14
_TODO = {
    "SQLITE_NOTADB": ("is no SQLite database", "name another file"),
    "SQLITE_CORRUPT": ("is damaged", "restore it from a copy, then run slipcast verify"),
    "SQLITE_BUSY": ("is locked by another writer", "try again when that has ended"),
    "SQLITE_READONLY": ("is read-only", "allow writing, or copy the ledger"),
    "SQLITE_FULL": ("the disk is full; nothing of the last batch was added", "make room and run it again"),
    "SQLITE_IOERR": ("the disk does not take it (I/O error); nothing of the last batch was added", "check its space"),
    "SQLITE_CANTOPEN": ("cannot be opened", "check the folder and its permissions"),
    "53100": ("the server's disk is full; nothing of the last batch was added", "make room and run it again"),
    "25006": ("is read-only", "allow writing"),
    "55P03": ("is locked by another writer", "try again when that has ended"),
    "42501": ("this user may not do that there", "ask for the right to create tables and insert"),
}


def ledger_url(text: str) -> URL:
    """The URL of a ledger: as written, or of SQLite where a plain path was given. Raises LedgerError."""
    try:
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
    except (sa.exc.ArgumentError, ValueError):
        raise LedgerError("is no URL", where=text, todo="write sqlite:///FILE or postgresql://...") from None
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise LedgerError(
            f"{url.get_backend_name()} is no store for a ledger",
            where=shown(url),
            todo="use sqlite:///FILE or postgresql://...",
        )
    return url


def shown(url: URL) -> str:
    """The ledger's name for messages: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        name = url.database or "the ledger in memory"
        return unquote(name.removeprefix("file:")) if "uri" in url.query else name
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def open_engine(url: URL, *, create: bool, wait: float) -> Engine:
    """An engine on the ledger's database. wait: seconds that a writer waits for another.

    Raises LedgerError where it is missing (and not to be created), is none, or cannot be opened; MissingPart where
    PostgreSQL's client is not installed.
    """
    with translated(url):
        return _sqlite(url, create, wait) if url.get_backend_name() == "sqlite" else _postgresql(url, wait)


def is_read_only(engine: Engine) -> bool:
    """Whether the ledger was opened for reading only, because its file cannot be written."""
    return engine.url.query.get("mode") == "ro"


def _sqlite(url: URL, create: bool, wait: float) -> Engine:
    if url.database and url.database != ":memory:" and "uri" not in url.query:
        path = Path(url.database)
        _check_file(path, create)
        if path.exists() and not os.access(path, os.W_OK):
            # Without a write-ahead log beside it the file is whole, and is read as it is.
            whole = not _has_log(path)
            query = {"mode": "ro", "uri": "true", **({"immutable": "1"} if whole else {})}
            url = url.set(database=f"file:{quote(str(path))}", query=query)
    engine = sa.create_engine(url, connect_args={"timeout": wait})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins transactions below, not the driver
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # what was recorded is there after a power cut
        # The shelf of the indexes that is being filled is kept at hand, and as much is logged before it is written back.
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 16384")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log belongs to the file. Raises LedgerError where it cannot be read: nobody has it open, nor may here."""
    log, index = Path(f"{path}-wal"), Path(f"{path}-shm")
    if not log.exists() or not log.stat().st_size:
        return False
    if not index.exists() and not os.access(path.absolute().parent, os.W_OK):
        what = f"its last entries are in {log.name}, which cannot be read where nothing can be written"
        raise LedgerError(what, where=str(path), todo=f"copy it with {log.name} to where you may write")
    return True


def _check_file(path: Path, create: bool) -> None:
    where = str(path)
    if path.is_dir():
        raise LedgerError("is a folder, not a ledger", where=where, todo="name a file in it")
    if not path.exists():
        if not create:
            raise LedgerError("there is no such ledger", where=where, todo="check the path, or ingest documents first")
        if not path.absolute().parent.is_dir():
            raise LedgerError("its folder does not exist", where=where, todo="make the folder first")


def _postgresql(url: URL, wait: float) -> Engine:
    try:
        engine = sa.create_engine(url, connect_args={"options": f"-c lock_timeout={max(1, int(wait * 1000))}"})
    except ImportError:
        raise MissingPart(
            "PostgreSQL's client is not installed", where=shown(url), todo="pip install 'slipcast[postgres]'"
        ) from None
    with engine.connect() as connection:
        version = int((connection.dialect.server_version_info or (0,))[0])
    if version < _OLDEST_POSTGRESQL:
        raise LedgerError(f"is PostgreSQL {version}", where=shown(url), todo=f"use {_OLDEST_POSTGRESQL} or newer")
    return engine


def make_file(engine: Engine) -> None:
    """Prepare a new SQLite file: with a write-ahead log, readers never wait for the writer."""
    if engine.dialect.name == "sqlite":
        with translated(engine.url):
            connection = engine.raw_connection()
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            connection.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger, whatever others append meanwhile."""
    with translated(engine.url), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, *, chained: bool = True) -> Iterator[Connection]:
    """A transaction that is alone in writing: whole at its end, or nothing. chained: the tables exist, and documents is locked."""
    with translated(engine.url), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                lock = "LOCK TABLE documents IN EXCLUSIVE MODE" if chained else "SELECT pg_advisory_xact_lock(7537469)"
                connection.exec_driver_sql(lock)
            yield connection


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the database's errors into one LedgerError that says what to do."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _explained(error.orig or error, url) from None
    except sqlite3.Error as error:
        raise _explained(error, url) from None
    except UnicodeDecodeError:
        raise LedgerError("is damaged (its text is no text)", where=shown(url), todo="restore it from a copy") from None
    except UnicodeEncodeError as error:
        what = f"a text to be recorded holds half a character ({error.reason})"
        raise LedgerError(what, where=shown(url), todo="mend the document's encoding") from None


def _explained(error: BaseException, url: URL) -> LedgerError:
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
    for known, (what, todo) in _TODO.items():
        if code.startswith(known):
            return LedgerError(what, where=shown(url), todo=todo)
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return LedgerError(f"the database says: {first}", where=shown(url), todo="check the ledger's address and rights")
