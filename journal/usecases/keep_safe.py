"""Proof, copies and the way back: verify, backup, restore."""

from __future__ import annotations

import os
from pathlib import Path

from journal.domain.errors import StorageError
from journal.storage.backup import PRIVATE_FILE, back_up, copy_into
from journal.storage.failures import explained
from journal.storage.verify import Verification, verify
from journal.usecases.session import Session


def verify_journal(session: Session, head: str | None = None) -> Verification:
    """Recompute the chain; raise if anything is not what was written."""
    result = verify(session.connection, head)
    if not result.ok:
        raise StorageError(
            str(result.problem),
            where=str(session.journal.path),
            hint=f"{result.entries} entries before it are sound; see `journal restore --help`",
        )
    return result


def backup_journal(session: Session, target: Path | None) -> Path:
    """Copy the journal to a new file, by default into its folder of backups."""
    path = session.journal.path
    if target is None and path is not None:
        return back_up(session.connection, path)
    if target is None or target.exists():
        raise StorageError(
            "there is a file here already", where=str(target), hint="name another for the copy"
        )
    with explained(target):
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
        except OSError as error:
            raise StorageError(
                f"the copy cannot be written: {(error.strerror or 'refused').lower()}",
                where=str(target),
                hint="name another file for it",
            ) from error
        copy_into(session.connection, target)
    return target
