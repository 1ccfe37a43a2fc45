"""A new journal."""

from __future__ import annotations

from pathlib import Path

from journal.domain.errors import StorageError
from journal.storage.database import open_journal


def init_journal(path: Path) -> Path:
    """Make an empty journal, its folder included, and return where it lies."""
    if path.exists():
        raise StorageError(
            "there is a file here already",
            where=str(path),
            hint="name another with --db, or go on with this one",
        )
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder cannot be made: {(error.strerror or 'refused').lower()}",
            where=str(path.absolute().parent),
            hint="name another place with --db",
        ) from error
    open_journal(path, create=True).close()
    return path.absolute()
