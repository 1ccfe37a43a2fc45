"""SQLite's refusals in the words of someone who wants their fill logged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journal.domain.errors import StorageError

_READ_ONLY_HINT = "check the rights of the file and of its folder, where SQLite keeps its journal"

_MEANING = {
    sqlite3.SQLITE_BUSY: (
        "the journal is locked by another program",
        "close that program, or try again in a moment",
    ),
    sqlite3.SQLITE_READONLY: ("the journal cannot be written", _READ_ONLY_HINT),
    sqlite3.SQLITE_CANTOPEN: ("the journal or its folder cannot be opened", _READ_ONLY_HINT),
    sqlite3.SQLITE_PERM: ("the journal cannot be opened", _READ_ONLY_HINT),
    sqlite3.SQLITE_FULL: ("the disk is full: nothing was written", "free some space and try again"),
    sqlite3.SQLITE_IOERR: (
        "the disk failed while reading or writing the journal",
        "check the disk, then run `journal verify`",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this is not a journal: the file is not an SQLite database",
        "name another file with --db, or make a new journal with `journal init`",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the journal file is damaged",
        "get back the newest backup with `journal restore`",
    ),
}

_PRIMARY_CODE = 0xFF  # extended result codes carry the primary one in the low byte


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Raise `StorageError` where the file is at fault; errors in our SQL pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        meaning = _MEANING.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
        if meaning is None:
            raise
        what, hint = meaning
        raise StorageError(what, where=str(path) if path else None, hint=hint) from error
