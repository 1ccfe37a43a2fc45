"""Going back to a backup: checked before anything is touched, and itself undoable."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from journal.domain.errors import StorageError
from journal.storage import migration
from journal.storage.backup import PRIVATE_FILE, back_up, backups_of, copy_into, stamped
from journal.storage.connecting import connect, revision_of
from journal.storage.failures import explained
from journal.storage.schema import REVISIONS, SCHEMA_REVISION
from journal.storage.verify import Verification, verify

_DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in place now, and where the state before it was kept, if there was one."""

    verification: Verification
    kept: Path | None


def restore(backup: Path, path: Path) -> Restored:
    """Make the journal at `path` what `backup` holds; a backup that does not verify is refused."""
    if not backup.is_file():
        known = backups_of(path)
        raise StorageError(
            "there is no such backup",
            where=str(backup),
            hint=f"the newest one is {known[-1]}" if known else f"{path} has no backups",
        )
    with TemporaryDirectory(prefix=".restoring-", dir=path.absolute().parent) as folder:
        draft = Path(folder) / path.name
        verification = _checked_copy(backup, draft)
        with closing(connect(draft, readonly=True)) as source:
            return Restored(verification, _put_in_place(source, path))


def _checked_copy(backup: Path, draft: Path) -> Verification:
    """Copy the backup, bring the copy to the present schema and verify it."""
    with explained(backup), closing(connect(backup, readonly=True)) as source:
        revision = revision_of(source, backup)
        if revision not in REVISIONS:
            raise StorageError(
                f"the backup was written by a newer version of this program (schema {revision})",
                where=str(backup),
                hint="update the program and try again",
            )
        copy_into(source, draft)
    with explained(backup), closing(connect(draft, readonly=False)) as copy:
        if revision != SCHEMA_REVISION:
            migration.upgrade(copy)
        verification = verify(copy)
    if not verification.ok:
        raise StorageError(
            f"the backup is not what was written: {verification.problem}",
            where=str(backup),
            hint="nothing was changed; try an older backup",
        )
    return verification


def _put_in_place(source: sqlite3.Connection, path: Path) -> Path | None:
    """Copy into the journal under its own lock; other programs see the old one or the new."""
    kept: Path | None = None
    if path.exists():
        try:
            with explained(path), closing(connect(path, readonly=False)) as current:
                revision_of(current, path)
                kept = back_up(current, path)
                source.backup(current)
        except StorageError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) not in _DAMAGE:
                raise
            kept = _set_aside(path)
        else:
            return kept
    path.touch(PRIVATE_FILE)
    copy_into(source, path)
    return kept


def _set_aside(path: Path) -> Path:
    """Rename a damaged journal, with the files SQLite would take for those of its successor."""
    aside = path.with_name(stamped(f"{path.name}.damaged"))
    for suffix in ("", "-journal", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
