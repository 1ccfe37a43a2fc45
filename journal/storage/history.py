"""The journal as events again, in the order they were written: what a text export is made of.

Everything is there, what was taken back included; each event says what its directive said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from journal.domain.event import Event, FactKind
from journal.domain.instrument import Instrument
from journal.storage.events import EventReader, Target
from journal.storage.instruments import fold_instruments
from journal.storage.reading import DEFAULT_ACCOUNT
from journal.storage.snapshot import snapshot
from journal.storage.stored import StoredRow, rows_in_order


def first_account(connection: sqlite3.Connection) -> str:
    """Return the account that facts without one belong to: the first ever stated."""
    row = connection.execute("SELECT name FROM account_entry ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else DEFAULT_ACCOUNT


def all_instruments(connection: sqlite3.Connection) -> dict[str, Instrument]:
    """Return every instrument any fact names, void or not, for formatting the events."""
    query = " UNION ".join(
        f"SELECT symbol, account FROM {table}"  # noqa: S608 - our own names
        for table in ("fill", "plan", "stop", "note", "funding", "opening", "price")
    )
    named = connection.execute(query).fetchall()
    stated = connection.execute(
        "SELECT name, currency FROM account_entry WHERE currency IS NOT NULL ORDER BY id"
    )
    return fold_instruments(connection, named, dict(stated.fetchall()), first_account(connection))


def read_events(connection: sqlite3.Connection) -> Iterator[Event]:
    """Return all events as of one moment; exhaust or close the iterator to end the transaction."""
    with snapshot(connection):
        reader = EventReader(
            first_account(connection), all_instruments(connection), _void_targets(connection)
        )
        for rows in _facts(connection):
            yield reader.event(rows)


def _void_targets(connection: sqlite3.Connection) -> frozenset[Target]:
    rows = connection.execute("SELECT target_kind, target_id FROM void")
    return frozenset((FactKind(kind), target) for kind, target in rows)


def _facts(connection: sqlite3.Connection) -> Iterator[list[StoredRow]]:
    """Return the rows of each fact together, its own first."""
    together: list[StoredRow] = []
    for row in rows_in_order(connection):
        if row.table == "imported_file":
            continue
        if together and not _continues(row):
            yield together
            together = []
        together.append(row)
    if together:
        yield together


def _continues(row: StoredRow) -> bool:
    """Tell whether a row says more of the fact before it."""
    match row.table:
        case "plan_version":
            return row.number("number") == 1
        case "policy_setting":
            return row.number("id") != row.number("first_id")
        case table:
            return table in ("entry_tranche", "exit_tranche")
