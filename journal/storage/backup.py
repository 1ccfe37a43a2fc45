"""Copies of a journal by SQLite's own backup: whole even while another program writes.

A plain file copy of an open database may lack whole tables.
"""

from __future__ import annotations

import os
import sqlite3
import time
from itertools import count
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def backups_of(path: Path) -> list[Path]:
    """Return the backups of a journal, oldest first."""
    return sorted(_folder(path).glob(f"{path.stem}-*{path.suffix}"))


def back_up(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy the open journal at `path` into its backups folder and return where the copy lies."""
    folder = _folder(path)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    target = _reserved(folder, path)
    copy_into(connection, target)
    return target


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """Make the database at `target` the same as the open one, in one transaction."""
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def stamped(name: str) -> str:
    """Return a file's name with the time behind it; such names sort by age."""
    return f"{name}-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"


def _folder(path: Path) -> Path:
    return path.with_name(path.name + ".backups")


def _reserved(folder: Path, path: Path) -> Path:
    """Create an empty file of a new name; the number keeps two of one second apart, in order."""
    name = stamped(path.stem)
    for number in count(1):
        target = folder / f"{name}-{number:03d}{path.suffix}"
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
        except FileExistsError:
            continue
        break
    return target
