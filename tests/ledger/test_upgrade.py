"""A ledger of every released version opens, verifies and takes more; the tables are what the migrations make."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from slipcast.errors import CheckFailed, LedgerError
from slipcast.ledger import upgrade
from slipcast.ledger.store import Ledger
from slipcast.ledger.tables import METADATA

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql"))
LATE = date(2100, 1, 1)


#: The head that was noted down when the first of them was made; all hold the same entries.
HEAD = "7:f424a4f54cd759af41391f6d869d39836d4fa600d56e2201b04345f97256faeb"


def restored(script: Path, folder: Path) -> Path:
    """The SQLite ledger that a script of SQL holds."""
    path = folder / "released.db"
    connection = sqlite3.connect(path)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return path


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, new_url: Callable[[], str], tmp_path: Path) -> str:
    """The URL of a ledger as a released version left it, on each database in turn."""
    path = restored(request.param, tmp_path)
    url = new_url()
    if url.startswith("sqlite"):
        return str(path)
    source, target = sa.create_engine(f"sqlite:///{path}"), sa.create_engine(url)
    held = sa.MetaData()
    held.reflect(source)
    with source.connect() as old, target.begin() as new:
        config = Config()
        config.set_main_option("script_location", str(resources.files("slipcast.ledger") / "migrations"))
        config.attributes["connection"] = new
        command.upgrade(config, old.scalar(sa.text(f"SELECT version_num FROM {upgrade.VERSION_TABLE}")))
        for table in held.sorted_tables:
            rows = [dict(row) for row in old.execute(sa.select(table)).mappings()]
            if rows and table.name != upgrade.VERSION_TABLE:
                new.execute(sa.insert(table), rows)
    source.dispose()
    target.dispose()
    return url


def test_releases_are_there():
    assert [path.stem for path in RELEASED] == ["0.1", "0.2"]


def test_ledger_of_a_released_version_opens_whole(released, pair):
    with Ledger(released, create=False) as ledger:
        assert ledger.head() == HEAD
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


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            "UPDATE statements SET quote = 'x' || substr(quote, 2) WHERE seq = 4",
            "entry 4: the quote is not at its span",
        ),
        ("UPDATE documents SET text = 'x' || substr(text, 2) WHERE seq = 1", "entry 2: the quote is not at its span"),
        ("UPDATE entries SET link = 'x' || substr(link, 2) WHERE seq = 5", "entry 5: a hash was altered"),
        ("UPDATE entries SET recorded_at = '2026' WHERE seq = 5", "entry 5: its moment was altered"),
        ("UPDATE entries SET id = link WHERE seq = 3", "entry 3: its id or content was altered"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM entries WHERE seq = 6", "entry 6: it does not stand for one record"),
    ],
)
def test_what_a_new_form_would_hide_is_told_and_the_old_ledger_stays(tmp_path, change, what):
    path = restored(RELEASED[0], tmp_path)
    connection = sqlite3.connect(path)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()[0]
        connection.execute(f"DROP TRIGGER {trigger}")
        change += f"; {sql}"
    connection.executescript(change)
    held = list(connection.iterdump())
    connection.close()
    with pytest.raises(CheckFailed, match=what) as caught:
        Ledger(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1
    connection = sqlite3.connect(path)
    assert list(connection.iterdump()) == held
    connection.close()
