"""What is held now, what it is worth at the last known price, and what protects it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.keys import trade_key
from journal.book.risk import value
from journal.book.tables import Book
from journal.reporting.plan_names import plan_label
from journal.reporting.trade_lines import in_order
from journal.reporting.values import direction_word, known
from journal.usecases.selection import Selection


@dataclass(frozen=True, slots=True)
class PositionLine:
    """One open position; `quantity` is signed.

    `cost_held` is what was paid for it, `exposure` what it is worth at `mark`, the last price
    known to the journal: both without sign, in quote money (inverse contracts: in the base coin).
    """

    trade: str
    plan: str | None
    account: str
    instrument: str
    direction: str
    quantity: float
    average_entry: float | None
    cost_held: float | None
    exposure: float | None
    mark: float | None
    mark_at: datetime | None
    unrealised_pnl: float | None
    realised_net: float | None
    stop: float | None
    invalidation: float | None
    break_even: float | None
    currency: str


def list_positions(book: Book, selection: Selection) -> list[PositionLine]:
    """Return the open positions in the order they were opened."""
    trades = book.trades
    chosen = selection.chooses(book, trades.account, trades.instrument) & trades.is_open
    return [_line(book, int(row)) for row in in_order(book, np.flatnonzero(chosen))]


def _line(book: Book, row: int) -> PositionLine:
    trades, code = book.trades, book.trades.instrument[row]
    size = np.array(trades.held[row] * trades.multiplier[row])
    inverse = book.instruments.is_inverse[code]
    marked = not np.isnan(trades.mark[row])
    return PositionLine(
        trade=trade_key(book, row),
        plan=plan_label(book, int(trades.plan[row])),
        account=book.accounts[trades.account[row]],
        instrument=book.instruments.symbols[code],
        direction=direction_word(trades.direction[row]),
        quantity=float(trades.direction[row] * trades.held[row]),
        average_entry=known(trades.average_held[row]),
        cost_held=known(float(value(size, trades.average_held[row], inverse))),
        exposure=known(float(value(size, trades.mark[row], inverse))),
        mark=known(trades.mark[row]),
        mark_at=to_datetime(int(trades.mark_at[row])) if marked else None,
        unrealised_pnl=known(trades.unrealised[row]),
        realised_net=known(_realised_net(book, row)),
        stop=known(stop_in_force(book, row)),
        invalidation=known(invalidation_in_force(book, row)),
        break_even=known(trades.break_even[row]),
        currency=book.instruments.known[code].settlement,
    )


def _realised_net(book: Book, trade: int) -> float:
    """Return what the exits so far made after their fees, and the funding so far."""
    fills, trades = book.fills, book.trades
    own = slice(trades.first[trade], trades.first[trade] + trades.count[trade])
    exits = ~fills.is_entry[own]
    return float(fills.realised_net[own][exits].sum() + trades.funding[trade])


def stop_in_force(book: Book, trade: int) -> float:
    """Return the stop standing at the end of a trade so far, NaN without one."""
    stops = book.stops
    own = np.flatnonzero((stops.trade == trade) & (stops.at <= book.as_of))
    return float(stops.price[own[-1]]) if len(own) else np.nan


def invalidation_in_force(book: Book, trade: int) -> float:
    """Return the invalidation of the newest version of a trade's plan, NaN without one."""
    plan = book.trades.plan[trade]
    if plan < 0:
        return np.nan
    return float(book.versions.invalidation[book.plans.last_version[plan]])
