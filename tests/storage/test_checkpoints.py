"""Checkpoints are trusted only while every entry since was written by code that keeps them true."""

from __future__ import annotations

import pytest
from text_writer import TextWriter

from journal.storage.checkpoints import (
    Checkpoint,
    drop_checkpoints,
    read_checkpoint,
    write_checkpoint,
)
from journal.storage.database import Journal
from journal.storage.verify import verify

TRADE = """\
2026-01-05T09:00Z plan BTC-USDT long
  enter 1 @ 100
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100
2026-01-05T11:00Z fill BTC-USDT sell 1 @ 101
"""
FLAT = Checkpoint("main", "BTC-USDT", None, 2, "2026-01-05 11:00:00.000000", 1, (3, 4))


@pytest.fixture
def writer(journal: Journal) -> TextWriter:
    """Return a writer into a journal with one closed trade and its checkpoint."""
    writer = TextWriter(journal)
    writer.write(TRADE)
    with journal.writing() as writing:
        write_checkpoint(writing.connection, FLAT)
    return writer


def found(writer: TextWriter, side: str | None = None) -> Checkpoint | None:
    return read_checkpoint(writer.journal.connection, "main", "BTC-USDT", side)


def test_a_checkpoint_comes_back(writer: TextWriter) -> None:
    assert found(writer) == FLAT
    assert found(writer, "long") is None
    assert read_checkpoint(writer.journal.connection, "main", "ETH-USDT", None) is None


def test_a_newer_one_takes_its_place(writer: TextWriter) -> None:
    newer = Checkpoint("main", "BTC-USDT", None, 9, "2026-01-06 11:00:00.000000", 1)
    write_checkpoint(writer.journal.connection, newer)
    assert found(writer) == newer


@pytest.mark.parametrize(
    "later",
    [
        "2026-01-05T12:00Z fill BTC-USDT buy 1 @ 100",
        "2026-01-05T10:30Z fill ETH-USDT buy 1 @ 100",
        "2026-01-05T10:30Z fill BTC-USDT buy 1 @ 100 account second",
        "2026-01-05T10:30Z plan BTC-USDT long as LATER account second\n  enter 1 @ 100",
        "2026-01-06T12:00Z plan BTC-USDT long as LATER\n  enter 1 @ 100",
        "2026-01-05T10:30Z stop BTC-USDT 95",
        '2026-01-05T10:30Z note BTC-USDT "x"',
        "2026-01-05T10:30Z price BTC-USDT 95",
    ],
)
def test_what_comes_after_leaves_it(writer: TextWriter, later: str) -> None:
    writer.write(later)
    assert found(writer) == FLAT


@pytest.mark.parametrize(
    "earlier",
    [
        "2026-01-05T10:30Z fill BTC-USDT buy 1 @ 100",
        "2026-01-05T11:00Z fill BTC-USDT buy 1 @ 100",
        "2026-01-05T10:30Z plan BTC-USDT long as LATE\n  enter 1 @ 100",
        "2026-01-01T00:00Z opening BTC-USDT 1",
        "2026-02-01T00:00Z instrument BTC-USDT\n  lot 2",
        "2026-02-01T00:00Z void fill 1",
    ],
)
def test_what_changes_the_past_drops_it(writer: TextWriter, earlier: str) -> None:
    writer.write(earlier)
    assert found(writer) is None


def test_an_entry_by_other_code_makes_all_of_them_void(writer: TextWriter) -> None:
    """As an older program would leave it: a new entry, the derived tables not moved on."""
    connection = writer.journal.connection
    (head,) = connection.execute("SELECT head FROM derived_state").fetchone()
    writer.write("2026-01-05T12:00Z price BTC-USDT 95")
    connection.execute("UPDATE derived_state SET head = ?", (head,))
    assert found(writer) is None
    writer.write("2026-01-05T12:00Z price BTC-USDT 95")
    assert found(writer) is None
    assert connection.execute("SELECT count(*) FROM flat_checkpoint").fetchone() == (0,)
    write_checkpoint(connection, FLAT)
    assert found(writer) == FLAT


@pytest.mark.parametrize(
    ("account", "symbol", "kept"),
    [("main", "BTC-USDT", 2), ("main", None, 1), (None, "BTC-USDT", 1), (None, None, 0)],
)
def test_dropping_some_or_all(
    journal: Journal, account: str | None, symbol: str | None, kept: int
) -> None:
    for key in (("main", "BTC-USDT"), ("main", "ETH-USDT"), ("second", "BTC-USDT")):
        write_checkpoint(journal.connection, Checkpoint(*key, None, 1, FLAT.at, 0))
    drop_checkpoints(journal.connection, account, symbol)
    (count,) = journal.connection.execute("SELECT count(*) FROM flat_checkpoint").fetchone()
    assert count == kept


def test_the_chain_does_not_depend_on_them(writer: TextWriter) -> None:
    writer.journal.connection.execute("DELETE FROM flat_checkpoint")
    writer.journal.connection.execute("DELETE FROM derived_state")
    assert verify(writer.journal.connection).ok
    writer.write("2026-01-05T12:00Z price BTC-USDT 95")
    assert verify(writer.journal.connection).ok
