"""The fills and funding of an account and symbol as events, to compare a venue's file with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from decimal import Decimal

from journal.domain.event import Body, Event, FactKind
from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.domain.plan import Direction
from journal.storage.bodies import fill_body, funding_body, moment_of, opening_body
from journal.storage.rows import TABLE_OF
from journal.storage.stamps import moment
from journal.storage.stored import StoredRow
from journal.storage.voids import voids_in_force

_BODIES: dict[FactKind, Callable[[StoredRow], Body]] = {
    FactKind.FILL: fill_body,
    FactKind.FUNDING: funding_body,
}


def executions(
    connection: sqlite3.Connection, account: str, symbols: Collection[str]
) -> Iterator[tuple[int, Event]]:
    """Return what the venue did on an account in these symbols, without what is void.

    The number is that of the fact among those of its kind.
    """
    out = voids_in_force(connection)
    for kind, body in _BODIES.items():
        voided = out.get(kind, frozenset())
        for symbol in symbols:
            for row in _rows(connection, TABLE_OF[kind], account, symbol):
                if (number := row.number("id")) not in voided:
                    yield (
                        number,
                        Event(
                            at=moment(row.text("at"), row.text("at_precision")),
                            body=body(row),
                            account=account,
                            recorded=moment_of(row, "recorded_at", "recorded_precision"),
                        ),
                    )


def held_before(
    connection: sqlite3.Connection,
    account: str,
    symbol: str,
    position_side: Direction | None,
    at: datetime,
) -> Decimal:
    """Return the position that fills and openings before an instant make, long > 0."""
    moves = [
        (event.at.at, number, event.body.quantity * event.body.side.sign, event.body.closes)
        for number, event in executions(connection, account, [symbol])
        if isinstance(event.body, Fill) and event.body.position_side is position_side
    ]
    voided = voids_in_force(connection).get(FactKind.OPENING, frozenset())
    for row in _rows(connection, TABLE_OF[FactKind.OPENING], account, symbol):
        opening = opening_body(row)
        if row.number("id") not in voided and opening.direction is position_side:
            begun = moment(row.text("at"), row.text("at_precision")).at
            moves.append((begun, 0, opening.quantity, False))
    held = Decimal()
    for moved_at, _, change, closes in sorted(moves):
        if moved_at < at:
            after = EXACT.add(held, change)
            held = after if not closes or after * held > 0 else Decimal()
    return held


def fill_with_id(connection: sqlite3.Connection, account: str, fill: Fill) -> int | None:
    """Return the fill that already has this one's venue id and side, unless it is void."""
    query = "SELECT id FROM fill WHERE account = ? AND symbol = ? AND venue_id = ? AND side = ?"
    voided = voids_in_force(connection).get(FactKind.FILL, frozenset())
    found = connection.execute(query, (account, fill.symbol, fill.venue_id, fill.side.value))
    return next((int(row_id) for (row_id,) in found if row_id not in voided), None)


def _rows(
    connection: sqlite3.Connection, table: str, account: str, symbol: str
) -> Iterator[StoredRow]:
    query = f"SELECT * FROM {table} WHERE account = ? AND symbol = ? ORDER BY +id"  # noqa: S608 - our own names
    cursor = connection.execute(query, (account, symbol))
    names = [column[0] for column in cursor.description]
    return (StoredRow(table, dict(zip(names, row, strict=True))) for row in cursor)
