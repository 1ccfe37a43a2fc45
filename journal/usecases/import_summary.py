"""What an import adds up to: fills, trades, trades without a plan, new violations."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import Bools
from journal.book.facts import Facts
from journal.book.judging import judge
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.rules import RULES
from journal.storage.entries import last_entry
from journal.storage.reading import read_facts
from journal.usecases.window import book_of, keep_checkpoints


@dataclass(frozen=True, slots=True)
class Unopened:
    """A trade that ends a position whose beginning the journal never saw.

    `quantity` of `side` is what was sold without having been bought, or the other way round.
    """

    trade: str
    account: str
    instrument: str
    side: str
    quantity: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """`trades` are those that the new fills belong to, `without_plan` those of them planless.

    `unopened` are those whose beginning is missing; their verdicts stay unknown.
    """

    fills: int
    trades: int
    without_plan: int
    new_violations: int
    unopened: list[Unopened]


NOTHING = Summary(0, 0, 0, 0, [])


def summarised(connection: sqlite3.Connection, before: Facts, now: Moment) -> Summary:
    """Compare the journal with what it was before, and note where positions are flat."""
    if last_entry(connection)[1] == before.head:
        return NOTHING
    book = book_of(read_facts(connection), now)
    new = book.fills.is_fill & (book.fills.id > max(before.fills.id, default=0))
    _check_tranches(book, new)
    keep_checkpoints(connection, book)
    known = _violations(book_of(before, now)) if before.fills.id or before.plans.id else set()
    trades = np.unique(book.fills.trade[new])
    return Summary(
        fills=len(np.unique(book.fills.id[new])),
        trades=len(trades),
        without_plan=int((book.trades.plan[trades] < 0).sum()),
        new_violations=len(_violations(book) - known),
        unopened=[_unopened(book, trade) for trade in _without_opening(book, new)],
    )


def _without_opening(book: Book, new: Bools) -> list[int]:
    """Return the trades in which a new fill took more than the journal saw being held."""
    trades = np.unique(book.fills.trade[new & book.fills.oversold])
    return [int(trade) for trade in trades]


def _unopened(book: Book, trade: int) -> Unopened:
    fills, trades = book.fills, book.trades
    rows = np.flatnonzero((fills.trade == trade) & fills.oversold)
    missing = fills.quantity[rows] - fills.held_quantity[rows]
    return Unopened(
        trade=trade_key(book, trade),
        account=book.accounts[trades.account[trade]],
        instrument=book.instruments.symbols[trades.instrument[trade]],
        side="sell" if trades.direction[trade] > 0 else "buy",
        quantity=float(missing.sum()),
        at=to_datetime(int(fills.at[rows[0]])),
    )


def _violations(book: Book) -> set[str]:
    return judge(book, RULES).violation_ids()


def _check_tranches(book: Book, new: Bools) -> None:
    """Refuse a fill that names a tranche its plan lacks; one recorded live was let through."""
    fills = book.fills
    counts = np.append(book.versions.tranche_count, 0)[fills.version]
    wrong = new & fills.is_entry & (fills.named_tranche > counts)
    for row in np.flatnonzero(wrong).tolist():
        fact = int(fills.row[row])
        columns = book.facts.fills
        if columns.recorded_at[fact] is None:
            raise InputError(
                f"the fill of {columns.symbol[fact]} at {columns.at[fact]} UTC names tranche "
                f"{columns.tranche[fact]}, which no plan in force has",
                hint="nothing was imported; correct the number or leave it out",
            )
