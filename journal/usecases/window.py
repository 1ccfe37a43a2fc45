"""The part of the journal that matters now: one account and symbol since it was last flat."""

from __future__ import annotations

import sqlite3

import numpy as np

from journal.book.build import build
from journal.book.clock import NEVER, to_microseconds
from journal.book.comparison import Ints
from journal.book.facts import Facts
from journal.book.tables import Book
from journal.book.verdicts import LookBack
from journal.domain.moment import Moment, Precision
from journal.rules import RULES
from journal.storage.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from journal.storage.reading import Scope, read_facts
from journal.storage.stamps import stamp

SECOND_PART = 2  # of a fill that went through zero
_TRADED = """\
SELECT 1 FROM fill WHERE account = ?1 AND symbol = ?2
UNION ALL SELECT 1 FROM plan WHERE account = ?1 AND symbol = ?2 LIMIT 1
"""
_HEDGED = (
    "SELECT 1 FROM fill WHERE account = ? AND symbol = ? AND position_side IS NOT NULL LIMIT 1"
)

# The rules that a window holds everything for; those that look at a day or at the whole account
# speak in `journal check`.
AT_ONCE = tuple(module for module in RULES if module.RULE.look_back is LookBack.TRADE)


def book_of(facts: Facts, now: Moment) -> Book:
    """Return the book of these facts as of now."""
    return build(facts, to_microseconds(now.at))


def fill_window(
    connection: sqlite3.Connection, account: str, symbol: str, position_side: str | None
) -> Facts:
    """Return what judging the newest fills of one position takes."""
    after = read_checkpoint(connection, account, symbol, position_side)
    return read_facts(connection, Scope(account, symbol, after))


def plan_window(connection: sqlite3.Connection, account: str, symbol: str, at: Moment) -> Facts:
    """Return what telling the plans and trades open at a time takes, of both directions."""
    after = read_checkpoint(connection, account, symbol, None)
    if after and (after.at > stamp(at.at) or _is_hedged(connection, account, symbol)):
        after = None
    return read_facts(connection, Scope(account, symbol, after))


def was_traded(connection: sqlite3.Connection, account: str, symbol: str) -> bool:
    """Tell whether the journal ever held a fill or a plan of this symbol."""
    return connection.execute(_TRADED, (account, symbol)).fetchone() is not None


def _is_hedged(connection: sqlite3.Connection, account: str, symbol: str) -> bool:
    return connection.execute(_HEDGED, (account, symbol)).fetchone() is not None


def keep_checkpoints(connection: sqlite3.Connection, book: Book) -> None:
    """Note where each position was last flat, so that the next fill needs no more than that."""
    # A bare date is sorted by the account's own midnight, which stored times do not show.
    if Precision.DAY in book.facts.fills.at_precision:
        return
    newest = {int(book.fills.lane[row]): row for row in _flat_after(book).tolist()}
    query = "SELECT coalesce(max(id), 0) FROM plan"
    last_plan = int(connection.execute(query).fetchone()[0])
    for row in newest.values():
        write_checkpoint(connection, _checkpoint(book, row, last_plan))


def _flat_after(book: Book) -> Ints:
    """Return the fills that left nothing held and nothing doubtful, in order."""
    fills, trades = book.fills, book.trades
    last = (trades.first + trades.count - 1)[trades.closed_at != NEVER]
    flips = np.append(fills.part[1:] == SECOND_PART, [False])[last]
    result: Ints = last[fills.is_fill[last] & ~flips & ~fills.oversold[last]]
    return result


def _checkpoint(book: Book, row: int, last_plan: int) -> Checkpoint:
    fills, plans, columns = book.fills, book.plans, book.facts.fills
    own = int(fills.row[row])
    beside = (plans.account == fills.account[row]) & (plans.instrument == fills.instrument[row])
    alive = plans.id[beside & (plans.ended_at > fills.at[row])]
    return Checkpoint(
        account=columns.account[own],
        symbol=columns.symbol[own],
        position_side=columns.position_side[own],
        fill_id=columns.id[own],
        at=columns.at[own],
        last_plan=last_plan,
        open_plans=tuple(alive.tolist()),
    )
