"""What has been taken back: voids in force, themselves voidable."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from journal.domain.event import FactKind

# Kind of fact to the ids of the rows taken back (see `journal.storage.rows.TABLE_OF`).
Voided = Mapping[FactKind, frozenset[int]]


Place = tuple[int, int]
"""Where a row stands in the chain: its entry, and its ordinal in it."""


def voids_in_force(connection: sqlite3.Connection, until: Place | None = None) -> Voided:
    """Return the facts that are void now, or were just after a void at some place.

    A void that was taken back itself does not count.
    """
    taken: dict[FactKind, set[int]] = {}
    # Newest first: only a later void can undo an earlier one.
    newest_first = "SELECT id, target_kind, target_id FROM void {} ORDER BY id DESC"
    condition = "" if until is None else "WHERE (entry, ordinal) <= (?, ?)"
    for void_id, kind, target in connection.execute(newest_first.format(condition), until or ()):
        if void_id not in taken.get(FactKind.VOID, ()):
            taken.setdefault(FactKind(kind), set()).add(target)
    return {kind: frozenset(ids) for kind, ids in taken.items()}
