"""What has been taken back: voids in force, themselves voidable."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from journal.domain.event import FactKind

# Kind of fact to the ids of the rows taken back (see `journal.storage.rows.TABLE_OF`).
Voided = Mapping[FactKind, frozenset[int]]


def voids_in_force(connection: sqlite3.Connection) -> Voided:
    """Return the facts that are void now; a void that was taken back itself does not count."""
    taken: dict[FactKind, set[int]] = {}
    # Newest first: only a later void can undo an earlier one.
    newest_first = "SELECT id, target_kind, target_id FROM void ORDER BY id DESC"
    for void_id, kind, target in connection.execute(newest_first):
        if void_id not in taken.get(FactKind.VOID, ()):
            taken.setdefault(FactKind(kind), set()).add(target)
    return {kind: frozenset(ids) for kind, ids in taken.items()}
