"""A ledger of every released version opens, verifies and takes more; the tables are what the migrations make."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from slipcast.errors import LedgerError
from slipcast.ledger import upgrade
from slipcast.ledger.store import Ledger
from slipcast.ledger.tables import METADATA

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql"))
LATE = date(2100, 1, 1)


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "released.db"
    connection = sqlite3.connect(path)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_first_release_is_there():
    assert RELEASED[0].stem == "0.1"


def test_ledger_of_a_released_version_opens_whole(released, pair):
    with Ledger(str(released), create=False) as ledger:
        assert ledger.verify() == []
        assert ledger.counts() == {"documents": 2, "statements": 2, "decisions": 3}
        first, second = sorted(ledger.as_of(LATE), key=lambda entry: entry.statement.milestone)
        assert (first.statement.speaker, first.statement.recipient) == ("Ada Example", ("Harbour",))
        assert (second.document.published, second.stated_on) == ("2018", "2018")
        assert [decision.verdict for decision in ledger.decisions()] == ["correct"]
        assert len(ledger.as_of(LATE, "2025-12-31")) == 0
        assert ledger.record(*pair(1))
        assert ledger.verify() == []


def test_tables_are_what_the_migrations_make(url):
    Ledger(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        options = {"version_table": upgrade.VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
    engine.dispose()


def test_revisions_known_are_those_of_the_scripts():
    scripts = ScriptDirectory(str(Path(upgrade.__file__).with_name("migrations")))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == upgrade.REVISIONS


def test_empty_file_becomes_a_ledger_only_where_one_may_be_made(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(LedgerError, match="is no ledger"):
        Ledger(str(path), create=False)
    with Ledger(str(path)) as ledger:
        assert ledger.as_of(LATE) == []
