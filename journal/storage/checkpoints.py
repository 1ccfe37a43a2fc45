"""Where positions were last flat: derived, outside the chain, so that judging a fill is instant.

A checkpoint says that after one fill the position was flat and which plans were still open; what
came before cannot matter to the next trade. They are trusted only while every entry was written
by code that keeps them true: each append moves `derived_state.head` on, and a head that is not
the chain's own makes all of them void.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from journal.storage.hashing import Value
from journal.storage.rows import Row


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """After fill `fill_id`, made at `at`, nothing was held on this account, symbol and side.

    `position_side` is None where the account nets. `open_plans` are the plans of that symbol
    which could still bind a fill then; a plan with an id above `last_plan` was locked since.
    """

    account: str
    symbol: str
    position_side: str | None
    fill_id: int
    at: str
    last_plan: int
    open_plans: tuple[int, ...] = ()


_TRUSTED = (
    "(SELECT head FROM derived_state) IS (SELECT hash FROM entry ORDER BY number DESC LIMIT 1)"
)


def read_checkpoint(
    connection: sqlite3.Connection, account: str, symbol: str, position_side: str | None
) -> Checkpoint | None:
    """Return the newest trusted checkpoint, or None: then everything has to be read."""
    row = connection.execute(
        "SELECT fill_id, at, last_plan, open_plans FROM flat_checkpoint "  # noqa: S608 - a constant
        f"WHERE account = ? AND symbol = ? AND position_side = ? AND {_TRUSTED}",
        (account, symbol, position_side or ""),
    ).fetchone()
    if row is None:
        return None
    fill_id, at, last_plan, open_plans = row
    plans = tuple(int(plan) for plan in open_plans.split())
    return Checkpoint(account, symbol, position_side, fill_id, at, last_plan, plans)


def write_checkpoint(connection: sqlite3.Connection, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint in place of the one before, in the transaction that wrote the fill."""
    connection.execute(
        "INSERT OR REPLACE INTO flat_checkpoint "
        "(account, symbol, position_side, fill_id, at, last_plan, open_plans) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            checkpoint.account,
            checkpoint.symbol,
            checkpoint.position_side or "",
            checkpoint.fill_id,
            checkpoint.at,
            checkpoint.last_plan,
            " ".join(str(plan) for plan in checkpoint.open_plans),
        ),
    )


def drop_checkpoints(
    connection: sqlite3.Connection, account: str | None = None, symbol: str | None = None
) -> None:
    """Forget the checkpoints of an account and symbol, of either alone, or all of them."""
    connection.execute(
        "DELETE FROM flat_checkpoint WHERE account = coalesce(?, account) "
        "AND symbol = coalesce(?, symbol)",
        (account, symbol),
    )


def move_forward(connection: sqlite3.Connection, previous: str, head: str) -> None:
    """Follow the chain to its new head; if anything else wrote meanwhile, begin from nothing."""
    moved = connection.execute(
        "UPDATE derived_state SET head = ? WHERE head = ?", (head, previous)
    ).rowcount
    if not moved:
        drop_checkpoints(connection)
        connection.execute("INSERT OR REPLACE INTO derived_state (id, head) VALUES (1, ?)", (head,))


class Touched:
    """What an entry's rows change about the past: the checkpoints it makes untrue.

    A fill or a plan touches checkpoints at or after its own time; an opening those of its symbol;
    a declaration may change what counts as dust; a void may take away anything.
    """

    def __init__(self) -> None:
        self._since: dict[tuple[Value, Value], str] = {}
        self._plan: tuple[Value, Value] = (None, None)

    def see(self, row: Row) -> None:
        """Take note of one written row."""
        table, columns = row
        if table == "fill":
            self._mark(columns["account"], columns["symbol"], columns["at"])
        elif table == "plan":
            self._plan = (columns["account"], columns["symbol"])
        elif table == "plan_version" and columns["number"] == 1:  # directly behind its plan
            self._mark(*self._plan, columns["at"])
        elif table == "opening":
            self._mark(columns["account"], columns["symbol"], "")
        elif table == "instrument_entry":
            self._mark(None, columns["symbol"], "")
        elif table == "void":
            self._mark(None, None, "")

    def _mark(self, account: Value, symbol: Value, at: Value) -> None:
        key = (account, symbol)
        self._since[key] = min(self._since.get(key, str(at)), str(at))

    def drop_from(self, connection: sqlite3.Connection) -> None:
        """Delete the checkpoints that no longer hold."""
        connection.executemany(
            "DELETE FROM flat_checkpoint WHERE account = coalesce(?, account) "
            "AND symbol = coalesce(?, symbol) AND at >= ?",
            [(account, symbol, at) for (account, symbol), at in self._since.items()],
        )
