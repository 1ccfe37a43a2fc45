"""The versions of one plan with their terms in full: what an amendment builds on."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from journal.domain.plan import PlanTerms
from journal.storage.bodies import terms_of
from journal.storage.stored import StoredRow


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version, void or not; number 1 is the lock."""

    id: int
    number: int
    terms: PlanTerms


def versions_of(connection: sqlite3.Connection, plan_id: int) -> list[StoredVersion]:
    """Return all versions of a plan, oldest first."""
    found = _rows(connection, "plan_version", "plan_id", plan_id)
    return [
        StoredVersion(
            row.number("id"), row.number("number"), terms_of(row, _tranches(connection, row))
        )
        for row in found
    ]


def _tranches(connection: sqlite3.Connection, version: StoredRow) -> list[StoredRow]:
    own = version.number("id")
    return [
        row
        for table in ("entry_tranche", "exit_tranche")
        for row in _rows(connection, table, "version_id", own)
    ]


def _rows(connection: sqlite3.Connection, table: str, key: str, value: int) -> list[StoredRow]:
    query = f"SELECT * FROM {table} WHERE {key} = ? ORDER BY +id"  # noqa: S608 - our own names
    cursor = connection.execute(query, (value,))
    names = [column[0] for column in cursor.description]
    return [StoredRow(table, dict(zip(names, row, strict=True))) for row in cursor]
