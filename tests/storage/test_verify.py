"""With the triggers out of the way, every kind of edit is found and its entry named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from test_history import EVERY_KIND
from text_writer import RECORDED

from journal.domain.event import Event, PlanName, Skip
from journal.domain.notation import parse
from journal.storage.database import Journal
from journal.storage.entries import append, last_entry
from journal.storage.hashing import EntryHash, row_hash
from journal.storage.rows import Resolved, rows_of
from journal.storage.verify import verify

TEXT = """\
2026-01-05T14:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 90
  invalidation 88

2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100
2026-01-05T15:30Z fill BTC-USDT buy 3 @ 90
2026-01-05T16:30Z void fill 2
"""


@pytest.fixture
def connection(write: Callable[[str], Journal]) -> sqlite3.Connection:
    """Return a journal of four entries whose triggers are gone."""
    connection = write(TEXT).connection
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    return connection


def test_what_was_written_verifies(write: Callable[[str], Journal]) -> None:
    connection = write(EVERY_KIND).connection
    found = verify(connection)
    assert (found.ok, found.entries, found.head) == (True, *last_entry(connection))
    assert found.entries == len(parse(EVERY_KIND))


def test_an_empty_journal_verifies(journal: Journal) -> None:
    found = verify(journal.connection)
    assert (found.ok, found.entries, found.head) == (True, 0, "")


EDITS = {
    "UPDATE fill SET price = '99' WHERE id = 2": "entry 3: fill 2 was changed",
    "UPDATE fill SET quantity = '3.0' WHERE id = 1": "entry 2: fill 1 was changed",
    "UPDATE fill SET fee = '0' WHERE id = 1": "entry 2: fill 1 was changed",
    "UPDATE fill SET raw = x'00ff' WHERE id = 1": "entry 2: fill 1 was changed",
    "UPDATE fill SET row_hash = 'x' WHERE id = 1": "entry 2: fill 1 was changed",
    "UPDATE fill SET id = 3 - id + 10": "entry 2: row 1 of its 1 is missing",
    "UPDATE fill SET id = 9 WHERE id = 2": "entry 3: fill 9 was changed",
    "UPDATE fill SET entry = 2, ordinal = 2 WHERE id = 2": "entry 2: fill 2 was added to it",
    "DELETE FROM fill WHERE id = 2": "entry 3: row 1 of its 1 is missing",
    "DELETE FROM entry_tranche WHERE id = 1": "entry 1: row 3 of its 4 is missing",
    "DELETE FROM entry_tranche WHERE id = 2": "entry 1: row 4 of its 4 is missing",
    "INSERT INTO entry_tranche SELECT 3, 1, 5, row_hash, 1, 3, unit, amount, '80' "
    "FROM entry_tranche WHERE id = 2": "entry 1: entry_tranche 3 was added to it",
    "INSERT INTO entry_tranche SELECT 3, 9, 1, row_hash, 1, 3, unit, amount, '80' "
    "FROM entry_tranche WHERE id = 2": "entry_tranche 3 belongs to entry 9, which does not exist",
    "UPDATE entry SET recorded_at = '2026-01-01 00:00:00.000000' WHERE number = 2": "entry 2: it is"
    " not what was written: its header, or a row together with its hash",
    "UPDATE entry SET facts = 3 WHERE number = 1": "entry 1: entry_tranche 2 was added to it",
    "DELETE FROM entry WHERE number = 2": "entry 2: it is missing",
    "DELETE FROM entry WHERE number = 1": "entry 1: it is missing",
    "DELETE FROM entry WHERE number = 4": "void 1 belongs to entry 4, which does not exist",
    "UPDATE entry SET hash = 'x' WHERE number = 2": "entry 2: it is not what was written: its"
    " header, or a row together with its hash",
    "UPDATE entry SET previous_hash = 'x' WHERE number = 3": "entry 3: it does not follow the entry"
    " before it",
}


@pytest.mark.parametrize(("edit", "problem"), EDITS.items())
def test_an_edit_is_named(connection: sqlite3.Connection, edit: str, problem: str) -> None:
    assert verify(connection).ok
    connection.execute(edit)
    found = verify(connection)
    assert not found.ok
    assert found.problem == problem


def test_a_row_changed_together_with_its_hash_is_found(connection: sqlite3.Connection) -> None:
    _reprice(connection)
    problem = "entry 2: it is not what was written: its header, or a row together with its hash"
    assert verify(connection).problem == problem


def test_a_rewritten_entry_breaks_the_next_one(connection: sqlite3.Connection) -> None:
    _rehash(connection, _reprice(connection))
    assert verify(connection).problem == "entry 3: it does not follow the entry before it"


def test_a_cut_tail_is_found_by_a_head_kept_elsewhere(connection: sqlite3.Connection) -> None:
    _, kept = last_entry(connection)
    for edit in ("DELETE FROM void", "DELETE FROM entry WHERE number = 4"):
        connection.execute(edit)
    assert verify(connection).ok
    found = verify(connection, kept)
    assert found.entries == 3
    assert found.problem is not None
    assert "the kept head is not in the chain" in found.problem


def test_a_head_kept_earlier_is_met_on_the_way(connection: sqlite3.Connection) -> None:
    (early,) = connection.execute("SELECT hash FROM entry WHERE number = 2").fetchone()
    assert verify(connection, early).ok
    assert not verify(connection, "0" * 64).ok


def test_a_reference_to_nothing_is_found(write: Callable[[str], Journal]) -> None:
    """A skip of a plan that never was, written with the keys off: every hash is right."""
    journal = write("")
    journal.connection.execute("PRAGMA foreign_keys = OFF")
    skip = Resolved(Event(RECORDED, Skip(PlanName("BTC-USDT"), 1)), plan_id=7)
    with journal.writing() as writing:
        append(writing, "skip", RECORDED, rows_of(skip, writing.next_id))
    assert verify(journal.connection).problem == "skip 1 refers to a missing plan"


def _header(connection: sqlite3.Connection, number: int) -> dict[str, str | int | None]:
    row = connection.execute("SELECT * FROM entry WHERE number = ?", (number,))
    names = [each[0] for each in row.description]
    header = dict(zip(names, row.fetchone(), strict=True))
    del header["hash"]
    return header


def _reprice(connection: sqlite3.Connection) -> str:
    """Change the first fill and its row hash, as someone would who knows the format."""
    connection.execute("UPDATE fill SET price = '95' WHERE id = 1")
    row = connection.execute("SELECT * FROM fill WHERE id = 1")
    columns = dict(zip([each[0] for each in row.description], row.fetchone(), strict=True))
    own = row_hash("fill", 1, columns)
    connection.execute("UPDATE fill SET row_hash = ? WHERE id = 1", (own,))
    return own


def _rehash(connection: sqlite3.Connection, own: str) -> None:
    digest = EntryHash()
    digest.add(own)
    entry = digest.close(_header(connection, 2))
    connection.execute("UPDATE entry SET hash = ? WHERE number = 2", (entry,))
