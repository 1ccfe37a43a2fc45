"""The journal file: opened with the settings it needs to lose nothing, created, upgraded.

Transactions are begun by hand. `BEGIN IMMEDIATE` takes the write lock before anything is read,
so two programs that log at once wait for each other instead of failing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from journal.domain.errors import StorageError
from journal.storage import migration
from journal.storage.backup import back_up
from journal.storage.connecting import configure, connect, revision_of, set_pragma
from journal.storage.entries import Writing
from journal.storage.failures import explained
from journal.storage.schema import REVISIONS, SCHEMA_REVISION
from journal.storage.snapshot import snapshot


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
    connection.deserialize(_template())
    set_pragma(connection, "foreign_keys", "ON", 1)
    set_pragma(connection, "recursive_triggers", "ON", 1)
    return Journal(connection)


@cache
def _template() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migration.upgrade(connection)
        return connection.serialize()


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
        # Readable by its owner only: what was traded is nobody else's business.
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
