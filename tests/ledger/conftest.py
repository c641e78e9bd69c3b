"""Ledgers to test on: SQLite in a temporary folder, and a private PostgreSQL from Debian's binaries where it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from slipcast.domain import Document, Statement
from slipcast.fingerprints import document_id

_NUMBER = count()


def _missing(what: str) -> None:
    """Skip aloud; where CI runs, a missing server is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; tools/install_services.sh installs it")
    pytest.skip(f"{what}; tools/install_services.sh installs it")


def _run(binary: Path, *arguments: str) -> None:
    # PostgreSQL refuses to run as root: the package's own user runs it then.
    user = "postgres" if os.geteuid() == 0 else None
    groups = [] if user else None
    done = subprocess.run(
        [str(binary), *arguments],
        user=user,
        group=user,
        extra_groups=groups,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a private server on a Unix socket, without the database's name."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not versions:
        _missing("needs PostgreSQL's server")
    binaries = versions[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="slipcast-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run(binaries / "initdb", "-D", str(data), "-U", "slipcast", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=40"
        _run(binaries / "pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql+psycopg://slipcast@/{{}}?host={folder}"
        finally:
            _run(binaries / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes an empty PostgreSQL database and gives its URL."""
    engine = sa.create_engine(postgres_server.format("postgres"), isolation_level="AUTOCOMMIT")

    def _new() -> str:
        name = f"ledger_{next(_NUMBER)}"
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        return postgres_server.format(name)

    return _new


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes an empty place for a ledger, on each database in turn, and gives its URL."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("new_database")
        return made
    return lambda: f"sqlite:///{tmp_path}/ledger_{next(_NUMBER)}.db"


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """An empty place for a ledger, on each database in turn."""
    return new_url()


Pair = tuple[Document, list[Statement]]


@pytest.fixture(scope="session")
def pair() -> Callable[..., Pair]:
    """Makes an invented document with a statement a sentence: pair(7) is always the same one."""

    def _pair(
        number: int, sentences: int = 3, published: str = "2019-11-12", reader: str = "rules 0.1", **more: object
    ) -> Pair:
        quotes = [f"Batch {n} of the invented Heron {number} slips to {2030 + n}." for n in range(sentences)]
        text = " ".join(quotes)
        outlet = "Invented Gazette"
        document = Document(document_id(text, outlet, None, published), text, outlet=outlet, published=published)
        starts = [sum(len(q) + 1 for q in quotes[:n]) for n in range(sentences)]
        values = {"programme": f"Heron {number}", "recipient": ("Harbour",), "stated_on": published, **more}
        return document, [
            Statement(
                document.id, (at, at + len(q)), q, "delivery", "delayed", date=str(2030 + n), reader=reader, **values
            )
            for n, (at, q) in enumerate(zip(starts, quotes, strict=True))
        ]

    return _pair
