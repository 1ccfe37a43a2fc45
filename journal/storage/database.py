"""The journal file: opened with the settings it needs to lose nothing, created, upgraded.

Transactions are begun by hand. `BEGIN IMMEDIATE` takes the write lock before anything is read,
so two programs that log at once wait for each other instead of failing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from journal.domain.errors import StorageError
from journal.storage import migration
from journal.storage.backup import back_up
from journal.storage.entries import Writing
from journal.storage.failures import explained
from journal.storage.schema import APPLICATION_ID, REVISIONS, SCHEMA_REVISION
from journal.storage.snapshot import snapshot

BUSY_SECONDS = 30.0
PRIVATE = 0o600  # what was traded is nobody else's business


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A schema upgrade made while opening: from which revision, and where the backup lies."""

    revision: str
    backup: Path


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal; `path` is None in memory, `upgrade` says if opening it changed its schema.

    Use it in a `with` block, or close it.
    """

    connection: sqlite3.Connection
    path: Path | None = None
    upgrade: Upgrade | None = None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Run the block as one transaction that holds the write lock from its start."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writing(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Show the block one state of the journal, whatever others write meanwhile."""
        with explained(self.path), snapshot(self.connection):
            yield self.connection

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_journal(path: Path, *, create: bool = False, readonly: bool = False) -> Journal:
    """Open a journal, creating it first if asked to; an older schema is backed up and upgraded."""
    if not path.exists():
        if not create:
            raise StorageError(
                "there is no journal here",
                where=str(path),
                hint="make one with `journal init`, or name another with --db or JOURNAL_DB",
            )
        _create(path)
    with explained(path):
        connection = connect(path, readonly=readonly)
        try:
            upgrade = _made_current(connection, path, readonly=readonly)
            configure(connection, readonly=readonly)
        except BaseException:
            connection.close()
            raise
    return Journal(connection, path, upgrade)


def memory() -> Journal:
    """Return an empty journal in memory; the schema is built once per process."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _template().backup(connection)
    _set(connection, "foreign_keys", "ON", 1)
    _set(connection, "recursive_triggers", "ON", 1)
    return Journal(connection)


@cache
def _template() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migration.upgrade(connection)
    return connection


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
    _set(connection, "foreign_keys", "ON", 1)
    _set(connection, "recursive_triggers", "ON", 1)
    if readonly:
        return
    if wal_is_sound(sqlite3.sqlite_version_info):
        _set(connection, "journal_mode", "WAL", "wal")
        _set(connection, "synchronous", "FULL", 2)
    else:
        _set(connection, "journal_mode", "DELETE", "delete")
        _set(connection, "synchronous", "EXTRA", 3)


def wal_is_sound(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite has the fix of the race that corrupts a write-ahead log on reset."""
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def _set(connection: sqlite3.Connection, pragma: str, value: str, wanted: object) -> None:
    connection.execute(f"PRAGMA {pragma} = {value}").fetchall()
    (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    if found != wanted:
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} keeps {pragma} at {found} instead of {value}",
            hint="without it the journal is not safe; use another Python or another disk",
        )


def _create(path: Path) -> None:
    """Build the journal beside its place and move it there whole: no one sees half of it."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StorageError(
            "the folder of the new journal does not exist",
            where=str(folder),
            hint="make the folder first, or name another file with --db",
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
    except OSError as error:
        raise StorageError(
            "the folder of the new journal cannot be written",
            where=str(folder),
            hint="check its rights, or name another file with --db",
        ) from error
    os.close(handle)
    draft = Path(name)
    try:
        draft.chmod(PRIVATE)
        connection = sqlite3.connect(draft, isolation_level=None)
        migration.upgrade(connection)
        connection.close()
        _move_if_free(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _move_if_free(draft: Path, path: Path) -> None:
    """Move the new journal in place, unless another program made one there meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        draft.rename(path)


def _made_current(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> Upgrade | None:
    """Check that the file is a journal this program can read; upgrade an older one."""
    revision = revision_of(connection, path)
    if revision == SCHEMA_REVISION:
        return None
    if revision not in REVISIONS:
        raise StorageError(
            f"the journal was written by a newer version of this program (schema {revision})",
            where=str(path),
            hint=f"update the program; this one knows schemas up to {SCHEMA_REVISION}",
        )
    if readonly:
        raise StorageError(
            f"the journal has the older schema {revision}",
            where=str(path),
            hint="open it once for writing, e.g. with `journal doctor`, to upgrade it",
        )
    saved = back_up(connection, path)
    migration.upgrade(connection)
    return Upgrade(revision, saved)


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
