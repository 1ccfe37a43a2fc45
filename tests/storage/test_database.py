"""Opening: what is no journal is refused in two lines, and no setting is taken on trust."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from text_writer import TextWriter

from journal.domain.errors import StorageError
from journal.storage import connecting, database, migration
from journal.storage.connecting import wal_is_sound
from journal.storage.database import Journal, memory, open_journal
from journal.storage.failures import explained
from journal.storage.schema import REVISIONS, SCHEMA_REVISION
from journal.storage.verify import verify

ROOT = Path(__file__).parents[2]

FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100"


def refusal(path: Path, *, readonly: bool = False) -> str:
    with pytest.raises(StorageError) as caught:
        open_journal(path, readonly=readonly)
    text = str(caught.value)
    assert len(text.splitlines()) == 2
    assert text.startswith(f"{path}: ")
    return text.removeprefix(f"{path}: ")


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    assert refusal(path) == (
        "there is no journal here\n"
        "make one with `journal init`, or name another with --db or JOURNAL_DB"
    )
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith("this is a folder, not a journal\n")


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    path.write_text("Date(UTC),Pair,Side\n" * 100)
    text = refusal(path)
    assert text.startswith("this is not a journal: the file is not an SQLite database\n")
    assert path.read_text() == "Date(UTC),Pair,Side\n" * 100


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert refusal(path).startswith("this file is empty\n")


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photo (id INTEGER)")
    before = path.read_bytes()
    assert refusal(path).startswith("this SQLite file belongs to another program\n")
    assert path.read_bytes() == before


def test_a_newer_journal_is_refused(journal_db: Path) -> None:
    _set_revision(journal_db, "0042")
    assert refusal(journal_db) == (
        "the journal was written by a newer version of this program (schema 0042)\n"
        f"update the program; this one knows schemas up to {SCHEMA_REVISION}"
    )


def test_a_damaged_file_is_named_so(journal_db: Path) -> None:
    damaged = bytearray(journal_db.read_bytes())
    damaged[100:4096] = b"\xff" * 3996
    journal_db.write_bytes(damaged)
    assert refusal(journal_db).startswith("the journal file is damaged\n")


def test_a_locked_journal_is_waited_for_then_named(
    journal_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with open_journal(journal_db) as first, open_journal(journal_db) as second:
        refused = pytest.raises(StorageError, match="locked by another program")
        with first.writing(), refused, second.writing():
            pytest.fail("two writers at once")
        TextWriter(second).write(FILL)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_access_is_named(journal_db: Path) -> None:
    journal_db.parent.chmod(0o500)
    try:
        with open_journal(journal_db) as journal, pytest.raises(StorageError, match="rights"):
            TextWriter(journal).write(FILL)
    finally:
        journal_db.parent.chmod(0o700)


def test_a_file_opened_for_reading_is_never_written(journal_db: Path) -> None:
    with open_journal(journal_db, readonly=True) as journal:
        assert verify(journal.connection).ok
        with pytest.raises(StorageError, match="the journal cannot be written"):
            TextWriter(journal).write(FILL)


def test_errors_in_our_own_sql_are_not_dressed_up(journal: Journal) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), journal.writing() as w:
        w.connection.execute("SELECT * FROM nowhere")
    assert not journal.connection.in_transaction


def test_a_new_journal_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "50% of ä journal?.db"
    open_journal(path, create=True).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with open_journal(path, create=True) as journal:
        TextWriter(journal).write(FILL)
        assert journal.upgrade is None


def test_a_new_journal_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the folder of the new journal does not exist"):
        open_journal(tmp_path / "no" / "journal.db", create=True)


def test_a_journal_made_meanwhile_is_not_replaced(tmp_path: Path, journal_db: Path) -> None:
    with open_journal(journal_db) as journal:
        TextWriter(journal).write(FILL)
    draft = tmp_path / "draft.db"
    draft.touch()
    database._move_if_free(draft, journal_db)
    with open_journal(journal_db) as journal:
        assert verify(journal.connection).entries == 1


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_sound(
    version: tuple[int, int, int], *, sound: bool
) -> None:
    assert wal_is_sound(version) is sound


def test_every_setting_is_in_force(journal: Journal) -> None:
    def value(pragma: str) -> object:
        return journal.connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    wal = wal_is_sound(sqlite3.sqlite_version_info)
    assert value("journal_mode") == ("wal" if wal else "delete")
    assert value("synchronous") == (2 if wal else 3)
    assert (value("foreign_keys"), value("recursive_triggers")) == (1, 1)
    assert value("busy_timeout") == 30_000


def test_a_setting_that_does_not_take_is_not_ignored() -> None:
    """A database in memory cannot keep its journal on disk: SQLite says so by doing nothing."""
    refused = pytest.raises(StorageError, match="keeps journal_mode at memory instead of WAL")
    with memory() as journal, refused:
        connecting.set_pragma(journal.connection, "journal_mode", "WAL", "wal")


NEXT = f"""
from alembic import op
import sqlalchemy as sa

revision = "next"
down_revision = "{SCHEMA_REVISION}"


def upgrade():
    op.add_column("fill", sa.Column("strategy", sa.String(), nullable=True))
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make this program one with one migration more, and return that migration's file."""
    folder = tmp_path / "100% next" / "migrations"
    shutil.copytree(migration.migrations_folder(), folder)
    monkeypatch.setattr(migration, "migrations_folder", lambda: folder)
    monkeypatch.setattr(database, "REVISIONS", (*REVISIONS, "next"))
    monkeypatch.setattr(database, "SCHEMA_REVISION", "next")
    added = folder / "versions" / "next.py"
    added.write_text(NEXT)
    return added


@pytest.mark.usefixtures("next_version")
def test_an_older_journal_is_backed_up_and_upgraded(journal_db: Path) -> None:
    """A column more leaves the old hashes true."""
    _write(journal_db)
    with open_journal(journal_db) as journal:
        assert journal.upgrade is not None
        assert journal.upgrade.revision == SCHEMA_REVISION
        assert verify(journal.connection).entries == 1
        assert verify(journal.connection).ok
        assert journal.connection.execute("SELECT strategy FROM fill").fetchall() == [(None,)]
        assert journal.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with closing(sqlite3.connect(journal.upgrade.backup)) as saved:
        assert saved.execute("SELECT version_num FROM alembic_version").fetchone() == (
            SCHEMA_REVISION,
        )
    with open_journal(journal_db) as journal:
        assert journal.upgrade is None


@pytest.mark.usefixtures("next_version")
def test_an_older_journal_is_not_upgraded_by_a_reader(journal_db: Path) -> None:
    _write(journal_db)
    assert refusal(journal_db, readonly=True).startswith(
        f"the journal has the older schema {SCHEMA_REVISION}\n"
    )


def test_a_migration_that_fails_leaves_nothing(journal_db: Path, next_version: Path) -> None:
    _write(journal_db)
    next_version.write_text(NEXT + "    raise ZeroDivisionError\n")
    before = _dump(journal_db)
    with pytest.raises(ZeroDivisionError):
        open_journal(journal_db)
    assert _dump(journal_db) == before


@pytest.mark.usefixtures("next_version")
def test_an_upgrade_waits_for_other_writers(
    journal_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with closing(connecting.connect(journal_db, readonly=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refusal(journal_db).startswith("the journal is locked by another program\n")
        other.execute("ROLLBACK")
    with open_journal(journal_db) as journal:
        assert journal.upgrade is not None


def test_a_full_disk_while_migrating_is_told_as_such() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA max_page_count = 20")
        with pytest.raises(StorageError, match="the disk is full"), explained(None):
            migration.upgrade(connection)
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_logging_a_fill_imports_neither_orm_nor_alembic() -> None:
    code = (
        "import sys, journal.storage.database, journal.storage.reading, journal.storage.restore;"
        "heavy = {'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'pandas'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def _write(path: Path) -> None:
    """Write a fill as the version before did: its schema is not looked at."""
    connection = connecting.connect(path, readonly=False)
    connecting.configure(connection, readonly=False)
    TextWriter(Journal(connection, path)).write(FILL)
    connection.close()


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def _set_revision(path: Path, revision: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
