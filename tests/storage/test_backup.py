"""Backups are whole and private; a restore is checked first and can itself be undone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from text_writer import TextWriter

from journal.domain.errors import StorageError
from journal.storage.backup import back_up, backups_of
from journal.storage.database import Journal, open_journal
from journal.storage.restore import restore
from journal.storage.verify import verify

FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100"


@pytest.fixture
def backup(journal: Journal, journal_db: Path) -> Path:
    """Return a backup with one fill of a journal that has two."""
    TextWriter(journal).write(FILL)
    saved = back_up(journal.connection, journal_db)
    TextWriter(journal).write(FILL)
    return saved


def _fills(path: Path) -> int:
    with open_journal(path, readonly=True) as journal:
        (count,) = journal.connection.execute("SELECT count(*) FROM fill").fetchone()
    return int(count)


def test_a_backup_lies_beside_the_journal_and_is_private(backup: Path, journal_db: Path) -> None:
    assert backup.parent == journal_db.with_name("journal.db.backups")
    assert (backup.parent.stat().st_mode & 0o777, backup.stat().st_mode & 0o777) == (0o700, 0o600)
    assert _fills(backup) == 1


def test_backups_of_one_second_are_all_kept_in_order(journal: Journal, journal_db: Path) -> None:
    saved = [back_up(journal.connection, journal_db) for _ in range(3)]
    assert backups_of(journal_db) == saved
    assert len(set(saved)) == 3


def test_a_backup_can_be_made_inside_a_writing_transaction_of_another(
    journal: Journal, journal_db: Path
) -> None:
    """It shows the state before that transaction."""
    TextWriter(journal).write(FILL)
    with open_journal(journal_db) as other, journal.writing():
        assert _fills(back_up(other.connection, journal_db)) == 1


def test_restoring_brings_the_earlier_state_and_keeps_the_later_one(
    backup: Path, journal: Journal, journal_db: Path
) -> None:
    restored = restore(backup, journal_db)
    assert (restored.verification.entries, _fills(journal_db)) == (1, 1)
    assert restored.kept is not None
    assert _fills(restored.kept) == 2
    # The journal that was open all the while goes on from what was restored.
    TextWriter(journal).write(FILL)
    assert verify(journal.connection).entries == 2
    assert restore(restored.kept, journal_db).verification.entries == 2


def test_restoring_a_lost_journal(backup: Path, journal: Journal, journal_db: Path) -> None:
    journal.close()
    journal_db.unlink()
    assert restore(backup, journal_db).kept is None
    assert _fills(journal_db) == 1
    assert journal_db.stat().st_mode & 0o777 == 0o600


def test_restoring_over_a_damaged_journal_sets_it_aside(
    backup: Path, journal: Journal, journal_db: Path
) -> None:
    journal.close()
    journal_db.write_bytes(b"not a database, not even nearly" * 300)
    kept = restore(backup, journal_db).kept
    assert kept is not None
    assert kept.read_bytes().startswith(b"not a database")
    assert _fills(journal_db) == 1


def test_a_backup_that_was_edited_is_refused(backup: Path, journal_db: Path) -> None:
    with sqlite3.connect(backup) as connection:
        connection.execute("DROP TRIGGER fill_no_update")
        connection.execute("UPDATE fill SET price = '99'")
    connection.close()
    with pytest.raises(StorageError) as caught:
        restore(backup, journal_db)
    assert str(caught.value) == (
        f"{backup}: the backup is not what was written: entry 1: fill 1 was changed\n"
        "nothing was changed; try an older backup"
    )
    assert _fills(journal_db) == 2


def test_a_missing_backup_names_the_newest_there_is(backup: Path, journal_db: Path) -> None:
    with pytest.raises(StorageError, match=f"the newest one is {backup}"):
        restore(journal_db.with_name("nowhere.db"), journal_db)


def test_another_programs_file_is_never_overwritten(backup: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos.db"
    with closing(sqlite3.connect(photos)) as other:
        other.execute("CREATE TABLE photo (id INTEGER)")
    before = photos.read_bytes()
    with pytest.raises(StorageError, match="belongs to another program"):
        restore(backup, photos)
    assert photos.read_bytes() == before


def test_nothing_is_left_lying_about(backup: Path, journal_db: Path) -> None:
    restore(backup, journal_db)
    names = {each.name for each in journal_db.parent.iterdir()}
    assert names <= {"journal.db", "journal.db.backups", "journal.db-wal", "journal.db-shm"}
