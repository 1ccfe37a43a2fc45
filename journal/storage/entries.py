"""Writing an act: its fact rows and the entry that closes them, as the next link of the chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from journal.domain.moment import Moment
from journal.storage.checkpoints import Touched, move_forward
from journal.storage.hashing import NO_HASH, EntryHash, Value, row_hash
from journal.storage.rows import Row
from journal.storage.schema import FACT_TABLES
from journal.storage.stamps import stamp

# Rows held at once while writing: an import of any size needs no more memory than this.
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Writing:
    """An open writing transaction, and the ids it has given out."""

    connection: sqlite3.Connection
    _last: dict[str, int] = field(default_factory=dict)

    def next_id(self, table: str) -> int:
        """Give out the id of the table's next row; rows are written in that order."""
        last = self._last.get(table)
        if last is None:
            query = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608 - a table of ours
            last = int(self.connection.execute(query).fetchone()[0])
        self._last[table] = last + 1
        return last + 1


@dataclass(frozen=True, slots=True)
class EntryReceipt:
    """A written entry: its number, its hash (the chain's new head) and how many rows it holds."""

    number: int
    hash: str
    facts: int


def last_entry(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return number and hash of the newest entry; 0 and the empty hash in a new journal."""
    query = "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1"
    number, head = connection.execute(query).fetchone() or (0, NO_HASH)
    return int(number), str(head)


def append(
    writing: Writing,
    kind: str,
    recorded_at: Moment,
    rows: Iterable[Row],
    *,
    source: str | None = None,
) -> EntryReceipt:
    """Write one act; `kind` is its verb, `source` where it came from.

    `rows` may be a generator. What it yields is numbered, hashed and inserted in chunks; the
    entry's own row comes last, because its hash covers all of them.
    """
    connection = writing.connection
    number, previous = last_entry(connection)
    number += 1
    digest = EntryHash()
    touched = Touched()
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        _insert(connection, _chained(chunk, number, digest))
        for row in chunk:
            touched.see(row)
    header: dict[str, Value] = {
        "number": number,
        "kind": kind,
        "recorded_at": stamp(recorded_at.at),
        "source": source,
        "facts": digest.facts,
        "previous_hash": previous,
    }
    header["hash"] = digest.close(header)
    _insert(connection, {"entry": [header]})
    touched.drop_from(connection)
    move_forward(connection, previous, str(header["hash"]))
    return EntryReceipt(number, str(header["hash"]), digest.facts)


def _chained(chunk: list[Row], number: int, digest: EntryHash) -> dict[str, list[dict[str, Value]]]:
    """Return the rows by table with entry, ordinal and hash filled in."""
    tables: dict[str, list[dict[str, Value]]] = {}
    for table, columns in chunk:
        ordinal = digest.facts + 1
        own_hash = row_hash(table, ordinal, columns)
        digest.add(own_hash)
        chain: dict[str, Value] = {"entry": number, "ordinal": ordinal, "row_hash": own_hash}
        tables.setdefault(table, []).append(columns | chain)
    return {table: tables[table] for table in FACT_TABLES if table in tables}


def _insert(connection: sqlite3.Connection, tables: dict[str, list[dict[str, Value]]]) -> None:
    for table, rows in tables.items():
        names = list(rows[0])
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{name}"' for name in names)
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        # Every row of a table is built by one function: the columns stand in the same order.
        connection.executemany(insert, (tuple(row.values()) for row in rows))
