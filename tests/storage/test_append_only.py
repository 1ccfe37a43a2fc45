"""Nothing written is changed or deleted, whichever program tries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from text_writer import TextWriter

from journal.storage.database import open_journal
from journal.storage.schema import FACT_TABLES, triggers_of

FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100"


@pytest.fixture(params=["ours", "another program"])
def connection(request: pytest.FixtureRequest, journal_db: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to a journal with two fills, with and without our settings.

    Other programs leave foreign keys and recursive triggers off.
    """
    with open_journal(journal_db) as journal:
        TextWriter(journal).write(f"{FILL}\n{FILL}\n")
        if request.param == "ours":
            yield journal.connection
            return
    with closing(sqlite3.connect(journal_db, isolation_level=None)) as other:
        yield other


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE fill SET price = '99' WHERE id = 1",
        "UPDATE fill SET tags = tags",
        "DELETE FROM fill WHERE id = 2",
        "UPDATE entry SET kind = 'import'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO fill SELECT * FROM fill WHERE id = 2",
        "REPLACE INTO fill SELECT * FROM fill WHERE id = 1",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 2",
    ],
)
def test_an_edit_is_refused(connection: sqlite3.Connection, edit: str) -> None:
    before = list(connection.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|only added at the end"):
        connection.execute(edit)
    assert list(connection.iterdump()) == before


def _copy_of_fill(connection: sqlite3.Connection, **changed: object) -> None:
    cursor = connection.execute("SELECT * FROM fill WHERE id = 2")
    names = [column[0] for column in cursor.description]
    columns = dict(zip(names, cursor.fetchone(), strict=True)) | changed
    marks = ", ".join(f":{name}" for name in columns)
    connection.execute(f"INSERT INTO fill ({', '.join(columns)}) VALUES ({marks})", columns)  # noqa: S608 - the table's own names


@pytest.mark.parametrize(
    "changed",
    [
        {"id": 3, "entry": 2},  # into an entry that is closed
        {"id": 4, "entry": 3},  # leaving a hole
        {"id": None, "entry": 3},
        {"id": 1, "entry": 3},
    ],
)
def test_a_row_out_of_order_is_refused(
    connection: sqlite3.Connection, changed: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="fill: rows are only added at the end"):
        _copy_of_fill(connection, **changed)


@pytest.mark.parametrize(
    ("number", "previous"), [(3, "''"), (4, "(SELECT max(hash) FROM entry)"), (2, "hash")]
)
def test_an_entry_out_of_order_is_refused(
    connection: sqlite3.Connection, number: int, previous: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="entry: rows are only added at the end"):
        connection.execute(
            "INSERT INTO entry (number, kind, recorded_at, facts, previous_hash, hash) "  # noqa: S608 - the cases above
            f"SELECT {number}, kind, recorded_at, facts, {previous}, hash FROM entry "
            "WHERE number = 1"
        )


@pytest.mark.parametrize("table", ["entry", *FACT_TABLES])
def test_every_table_is_guarded(table: str) -> None:
    for sql in triggers_of(table).values():
        assert f" ON {table} " in sql
        assert "RAISE(ABORT" in sql
