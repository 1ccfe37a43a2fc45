"""Taking an act back: a new entry voids what an earlier one wrote; nothing is deleted."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.domain.event import Event, FactKind, Void
from journal.domain.moment import Moment
from journal.storage.entries import EntryReceipt, append
from journal.storage.fact_ids import ids_in
from journal.storage.rows import Resolved, rows_of
from journal.storage.voids import voids_in_force
from journal.usecases.session import Session

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the entry, when it was recorded, and its facts by kind.

    Undoing an undo brings facts back; their kind is then `void`.
    """

    entry: int
    kind: str
    recorded_at: str
    facts: dict[str, int]
    receipt: EntryReceipt


def undo(session: Session, entry: int | None = None, reason: str | None = None) -> Undone:
    """Take back an entry; by default the newest act that is neither an undo nor undone yet."""
    with session.journal.writing() as writing:
        connection, now = writing.connection, session.now()
        number = _newest(connection) if entry is None else entry
        kind, recorded_at = _header(connection, number)
        facts = _standing(connection, number)
        if not facts:
            raise InputError(
                f"entry {number} was taken back already",
                hint="`journal export` shows the history; undo the undo to bring it back",
            )
        voids = (_void(target, target_id, reason, now) for target, target_id in facts)
        rows = (row for void in voids for row in rows_of(void, writing.next_id))
        receipt = append(writing, UNDO, now, rows)
    by_kind = Counter(target.value for target, _ in facts)
    return Undone(number, kind, recorded_at, dict(by_kind), receipt)


def _void(kind: FactKind, target: int, reason: str | None, now: Moment) -> Resolved:
    # Stored by the target's id; the number is how a text would count it.
    return Resolved(Event(now, Void(kind, target, reason), recorded=now), target_id=target)


def _newest(connection: sqlite3.Connection) -> int:
    query = "SELECT number FROM entry WHERE kind <> ? ORDER BY number DESC"
    for (number,) in connection.execute(query, (UNDO,)):
        if _standing(connection, number):
            return int(number)
    raise InputError("there is nothing to take back", hint="every entry was taken back already")


def _header(connection: sqlite3.Connection, number: int) -> tuple[str, str]:
    query = "SELECT kind, recorded_at FROM entry WHERE number = ?"
    found = connection.execute(query, (number,)).fetchone()
    if found is None:
        raise InputError(
            f"there is no entry {number}", hint="without a number the newest act is taken back"
        )
    kind, recorded_at = found
    return str(kind), str(recorded_at)


def _standing(connection: sqlite3.Connection, entry: int) -> list[tuple[FactKind, int]]:
    """Return the facts of an entry that are not void."""
    out = voids_in_force(connection)
    return [(kind, row) for kind, row in ids_in(connection, entry) if row not in out.get(kind, ())]
