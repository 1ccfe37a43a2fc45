"""What reviews decided, read apart from the facts of trading: no verdict depends on it."""

from __future__ import annotations

import sqlite3

from journal.domain.event import Event, FactKind
from journal.storage import bodies
from journal.storage.snapshot import snapshot
from journal.storage.stamps import moment
from journal.storage.stored import stored_rows
from journal.storage.voids import voids_in_force


def read_reviews(connection: sqlite3.Connection) -> list[Event]:
    """Return the reviews that are not void, in the order written; an account of None is all."""
    with snapshot(connection):
        gone = voids_in_force(connection).get(FactKind.REVIEW, frozenset())
        rows = [row for row in stored_rows(connection, "review") if row.number("id") not in gone]
    return [
        Event(
            at=moment(row.text("at"), row.text("at_precision")),
            body=bodies.review_body(row),
            account=row.text_or_none("account"),
            recorded=bodies.moment_of(row, "recorded_at", "recorded_precision"),
            tags=tuple(row.text("tags").split()),
        )
        for row in rows
    ]
