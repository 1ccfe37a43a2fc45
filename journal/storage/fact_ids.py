"""The ids of facts, by kind and by entry: what a void names."""

from __future__ import annotations

import sqlite3

from journal.domain.event import FactKind
from journal.storage.rows import TABLE_OF
from journal.storage.voids import Place

# A plan's first version belongs to the plan, and settings of one policy block to the first.
_OWN_FACT = {FactKind.AMEND: "number > 1", FactKind.POLICY: "id = first_id"}


def ids_of(connection: sqlite3.Connection, kind: FactKind) -> list[int]:
    """Return the ids of all facts of a kind, void or not, in the order of the chain."""
    query = f"SELECT id FROM {TABLE_OF[kind]} WHERE {_condition(kind)} ORDER BY id"  # noqa: S608 - our own names
    return [int(row_id) for (row_id,) in connection.execute(query)]


def ids_in(connection: sqlite3.Connection, entry: int) -> list[tuple[FactKind, int]]:
    """Return the facts that one entry wrote."""
    found = []
    for kind, table in TABLE_OF.items():
        query = f"SELECT id FROM {table} WHERE entry = ? AND {_condition(kind)} ORDER BY id"  # noqa: S608 - our own names
        found += [(kind, int(row_id)) for (row_id,) in connection.execute(query, (entry,))]
    return found


def ids_behind(connection: sqlite3.Connection, place: Place) -> dict[FactKind, frozenset[int]]:
    """Return the facts written behind a place in the chain, by kind."""
    found = {}
    for kind, table in TABLE_OF.items():
        query = f"SELECT id FROM {table} WHERE (entry, ordinal) > (?, ?) AND {_condition(kind)}"  # noqa: S608 - our own names
        found[kind] = frozenset(int(row_id) for (row_id,) in connection.execute(query, place))
    return found


def _condition(kind: FactKind) -> str:
    return _OWN_FACT.get(kind, "TRUE")
