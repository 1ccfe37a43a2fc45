"""Journals of every earlier schema: upgraded, they hold what they held, and can hold the new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from text_writer import RECORDED, TextWriter

from journal.domain.event import Event, FactKind
from journal.domain.fill import Fee, Fill, Side
from journal.domain.moment import Moment, Precision
from journal.storage.database import Journal, open_journal
from journal.storage.entries import EntryReceipt, Writing, append
from journal.storage.migration import migrations_folder, transactional_engine
from journal.storage.reading import read_facts
from journal.storage.rows import Origin, Resolved, Row, file_row, rows_of
from journal.storage.schema import broken_triggers
from journal.storage.verify import verify
from journal.storage.voids import voids_in_force


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """Return a journal as the first migration built it."""
    return _built(tmp_path / "old.db", "0001")


@pytest.fixture
def second_schema(tmp_path: Path) -> Path:
    """Return a journal as it was before there were reviews."""
    return _built(tmp_path / "second.db", "0002")


def _built(path: Path, revision: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations_folder()))
        config.attributes["engine"] = transactional_engine(connection)
        command.upgrade(config, revision)
    return path


def _write_as_then(path: Path) -> EntryReceipt:
    """Import a file of two fills, without the columns that came later."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        receipt = append(Writing(connection), "import", RECORDED, _rows(Writing(connection)))
        connection.execute("COMMIT")
    return receipt


def _rows(writing: Writing) -> Iterator[Row]:
    file = file_row("fills.csv", "ab" * 32, "okx", 2, writing.next_id)
    yield _older(writing, file)
    for number, side in enumerate(Side, start=1):
        at = Moment(datetime(2026, 1, 5, 14, number, tzinfo=UTC), Precision.SECOND)
        fee = Fee(Decimal("0.3"), "USDT")
        fill = Fill("BTC-USDT-SWAP", side, Decimal(3), Decimal(100), fee, is_liquidation=True)
        fact = Resolved(Event(at, fill), account="main", origin=Origin(1, number, f"row {number}"))
        for row in rows_of(fact, writing.next_id):
            yield _older(writing, row)


def _older(writing: Writing, row: Row) -> Row:
    info = writing.connection.execute(f"PRAGMA table_info({row.table})")
    known = {name for _, name, *_ in info}
    return Row(row.table, {name: value for name, value in row.columns.items() if name in known})


def test_the_fills_of_the_first_schema_are_still_what_was_written(first_schema: Path) -> None:
    receipt = _write_as_then(first_schema)
    with open_journal(first_schema) as journal:
        assert journal.upgrade is not None
        assert journal.upgrade.revision == "0001"
        found = verify(journal.connection, head=receipt.hash)
        assert (found.entries, found.head, found.problem) == (1, receipt.hash, None)
        assert broken_triggers(journal.connection) == []
        fills = read_facts(journal.connection).fills
        assert (fills.side, fills.is_liquidation, fills.closes) == (
            ["buy", "sell"], [1, 1], [None, None],
        )  # fmt: skip


def test_what_came_later_is_stored_beside_them_and_guarded(first_schema: Path) -> None:
    _write_as_then(first_schema)
    with open_journal(first_schema) as journal:
        TextWriter(journal).write(
            "2026-01-05T14:30Z fill BTC-USDT-SWAP sell 3 @ 100 closing\n"
            "2026-01-05T14:31Z fill BTC-USDT-SWAP sell 3 @ 100\n"
        )
        assert read_facts(journal.connection).fills.closes == [None, None, 1, None]
        assert verify(journal.connection).ok
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            journal.connection.execute("UPDATE fill SET closes = NULL")
        journal.connection.execute("DROP TRIGGER fill_no_update")
        journal.connection.execute("UPDATE fill SET closes = NULL WHERE id = 3")
        assert verify(journal.connection).problem == "entry 2: fill 3 was changed"


VOIDED = """\
2026-01-05T14:30Z fill BTC-USDT-SWAP sell 3 @ 100
2026-01-05T14:31Z fill BTC-USDT-SWAP sell 3 @ 100
2026-01-05T14:32Z void fill 2 "typed twice"
2026-01-05T14:33Z void void 1
"""
REVIEWED = """\
2026-01-11T18:00Z review 2026-W02
  action "Log the stop"
2026-01-11T18:01Z void review 1
"""


def test_voids_are_taken_over_and_may_then_name_a_review(second_schema: Path) -> None:
    """Their table is built anew; what was written into it, and what guards it, is the same."""
    with closing(sqlite3.connect(second_schema, isolation_level=None)) as connection:
        before = TextWriter(Journal(connection)).write(VOIDED)[-1]
        rows = connection.execute("SELECT * FROM void").fetchall()
    with open_journal(second_schema) as journal:
        connection = journal.connection
        assert verify(connection, head=before.hash).ok
        assert connection.execute("SELECT * FROM void").fetchall() == rows
        assert broken_triggers(connection) == []
        assert read_facts(connection).fills.id == [1, 2]
        TextWriter(journal).write(REVIEWED)
        assert verify(connection).ok
        assert voids_in_force(connection)[FactKind.REVIEW] == {1}
        for change in (
            "UPDATE void SET reason = 'x'",
            "DELETE FROM void",
            "UPDATE review SET kept = 'yes'",
            "DELETE FROM review",
        ):
            with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                connection.execute(change)
