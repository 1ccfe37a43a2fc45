"""Connections to a journal file, with the settings it needs to lose nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from journal.domain.errors import StorageError
from journal.storage.schema import APPLICATION_ID

BUSY_SECONDS = 30.0


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Connect to an existing file; never creates one."""
    if path.is_dir():
        raise StorageError(
            "this is a folder, not a journal",
            where=str(path),
            hint="name the file in it, e.g. --db journal.db",
        )
    mode = "ro" if readonly else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def configure(connection: sqlite3.Connection, *, readonly: bool) -> None:
    """Set what every connection needs and read each setting back: SQLite ignores it silently."""
    set_pragma(connection, "foreign_keys", "ON", 1)
    set_pragma(connection, "recursive_triggers", "ON", 1)
    if readonly:
        return
    if wal_is_sound(sqlite3.sqlite_version_info):
        set_pragma(connection, "journal_mode", "WAL", "wal")
        set_pragma(connection, "synchronous", "FULL", 2)
    else:
        set_pragma(connection, "journal_mode", "DELETE", "delete")
        set_pragma(connection, "synchronous", "EXTRA", 3)


def wal_is_sound(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite has the fix of the race that corrupts a write-ahead log on reset."""
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def set_pragma(connection: sqlite3.Connection, pragma: str, value: str, wanted: object) -> None:
    """Change a setting and see that it took: SQLite ignores what it cannot do."""
    connection.execute(f"PRAGMA {pragma} = {value}").fetchall()
    (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    if found != wanted:
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} keeps {pragma} at {found} instead of {value}",
            hint="without it the journal is not safe; use another Python or another disk",
        )


def revision_of(connection: sqlite3.Connection, path: Path) -> str:
    """Return the schema revision of a file, or refuse what is not a journal."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raise StorageError(
            "this SQLite file belongs to another program" if tables else "this file is empty",
            where=str(path),
            hint="name another file with --db, or make a new journal with `journal init`",
        )
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(revision)
