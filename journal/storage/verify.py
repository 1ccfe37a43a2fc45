"""Recomputing the chain: whether every fact is still what was written, and none is missing.

Finds any edit, however it got past the triggers. A tail cut off, or all of it written anew, shows
only against a head that was kept elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from journal.storage.hashing import NO_HASH, EntryHash, Value, row_hash
from journal.storage.snapshot import snapshot
from journal.storage.stored import StoredRow, rows_in_order


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the chain holds: entries and head up to the first problem, which None means none."""

    entries: int
    head: str
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return self.problem is None


def verify(connection: sqlite3.Connection, head: str | None = None) -> Verification:
    """Recompute every hash; `head` is one that was kept, of this or an earlier state."""
    number, previous = 0, NO_HASH
    met = {NO_HASH}
    with snapshot(connection):
        groups = groupby(rows_in_order(connection), key=lambda row: row.number("entry"))
        entry, rows = next(groups, (0, iter(())))
        for header in _headers(connection):
            number += 1
            own: Iterator[StoredRow] = rows if entry == number else iter(())
            problem = _broken_link(header, number, previous) or _broken_rows(header, own)
            if problem:
                return Verification(number - 1, previous, f"entry {number}: {problem}")
            if entry == number:
                entry, rows = next(groups, (0, iter(())))
            previous = str(header["hash"])
            met.add(previous)
        problem = _left_over(rows) or _dangling(connection)
    if problem is None and head is not None and head not in met:
        problem = "the kept head is not in the chain: its tail was cut off, or it was written anew"
    return Verification(number, previous, problem)


def _headers(connection: sqlite3.Connection) -> Iterator[dict[str, Value]]:
    cursor = connection.execute("SELECT * FROM entry ORDER BY number")
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _broken_link(header: dict[str, Value], number: int, previous: str) -> str | None:
    if header["number"] != number:
        return "it is missing"
    if header["previous_hash"] != previous:
        return "it does not follow the entry before it"
    return None


def _broken_rows(header: dict[str, Value], rows: Iterator[StoredRow]) -> str | None:
    """Return what is wrong with the rows of an entry, or with the entry itself."""
    digest = EntryHash()
    for row in rows:
        ordinal = row.place[1]
        if ordinal > digest.facts + 1:
            break
        if ordinal <= digest.facts or ordinal > int(header["facts"] or 0):
            return f"{row} was added to it"
        found = row_hash(row.table, ordinal, row.columns)
        if found != row.columns["row_hash"]:
            return f"{row} was changed"
        digest.add(found)
    if digest.facts != header["facts"]:
        return f"row {digest.facts + 1} of its {header['facts']} is missing"
    said = {name: value for name, value in header.items() if name != "hash"}
    if digest.close(said) != header["hash"]:
        return "it is not what was written: its header, or a row together with its hash"
    return None


def _left_over(rows: Iterator[StoredRow]) -> str | None:
    row = next(rows, None)
    return (
        None
        if row is None
        else f"{row} belongs to entry {row.number('entry')}, which does not exist"
    )


def _dangling(connection: sqlite3.Connection) -> str | None:
    found = connection.execute("PRAGMA foreign_key_check").fetchone()
    return found and f"{found[0]} {found[1]} refers to a missing {found[2]}"
