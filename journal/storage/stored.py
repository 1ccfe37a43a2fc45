"""Rows as they lie in the tables, read back one after another in the order of the chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge

from journal.storage.hashing import Value
from journal.storage.schema import FACT_TABLES


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of a fact table, with access by what a column holds."""

    table: str
    columns: dict[str, Value]

    @property
    def place(self) -> tuple[int, int]:
        """Return the entry and the position in it."""
        return self.number("entry"), self.number("ordinal")

    def text(self, name: str) -> str:
        """Return a text that is always there."""
        return str(self.columns[name])

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None where nothing was said."""
        value = self.columns[name]
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """Return a whole number that is always there."""
        return int(self.columns[name] or 0)

    def number_or_none(self, name: str) -> int | None:
        """Return a whole number, or None where nothing was said."""
        value = self.columns[name]
        return None if value is None else int(value)

    def decimal(self, name: str) -> Decimal:
        """Return an exact decimal that is always there."""
        return Decimal(self.text(name))

    def decimal_or_none(self, name: str) -> Decimal | None:
        """Return an exact decimal, or None where nothing was said."""
        text = self.text_or_none(name)
        return None if text is None else Decimal(text)

    def __str__(self) -> str:
        return f"{self.table} {self.columns['id']}"


def stored_rows(
    connection: sqlite3.Connection, table: str, condition: str = "", values: Sequence[Value] = ()
) -> Iterator[StoredRow]:
    """Return the rows of a table in the order they were written; `condition` is `WHERE ...`."""
    query = f"SELECT * FROM {table} {condition} ORDER BY id"  # noqa: S608 - our own names; values are bound
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (StoredRow(table, dict(zip(names, row, strict=True))) for row in cursor)


def rows_in_order(connection: sqlite3.Connection) -> Iterator[StoredRow]:
    """Return all fact rows in chain order; ids only ever grow, so nothing needs sorting."""
    return merge(
        *(stored_rows(connection, table) for table in FACT_TABLES), key=lambda row: row.place
    )
