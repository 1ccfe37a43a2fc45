"""Stops that open trades owe: the first one, one taken out, and the one at break-even."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.breakeven import breakeven_trigger
from journal.book.clock import UNKNOWN_TIME, to_datetime
from journal.book.comparison import exceeds, tolerance
from journal.book.tables import Book
from journal.usecases.list_positions import stop_in_force


@dataclass(frozen=True, slots=True)
class StopDue:
    """A stop that a trade owes, at break-even `at` that price or anywhere (None)."""

    what: str
    at: float | None
    due_at: datetime
    is_overdue: bool


def stops_due(book: Book, trade: int) -> list[StopDue]:
    """Return what an open trade owes now."""
    owed = (_missing(book, trade), _at_break_even(book, trade))
    return [due for due in owed if due is not None]


def _grace(book: Book, key: str, trade: int) -> int:
    own = slice(trade, trade + 1)
    trades = book.trades
    return int(book.policies.span(key, trades.account[own], trades.opened_latest[own])[0])


def _missing(book: Book, trade: int) -> StopDue | None:
    """Return a stop due because none stands: since the opening, or since it was removed."""
    if not np.isnan(stop_in_force(book, trade)):
        return None
    stops = book.stops
    own = np.flatnonzero((stops.trade == trade) & (stops.at <= book.as_of))
    removed_at = int(stops.at[own[-1]]) if len(own) else UNKNOWN_TIME
    since = max(int(book.trades.opened_at[trade]), removed_at)
    return _due(book, "stop", None, since + _grace(book, "stop_grace", trade))


def _at_break_even(book: Book, trade: int) -> StopDue | None:
    """Return the stop promised at break-even, until it stands there or better."""
    trades, trigger = book.trades, int(breakeven_trigger(book)[trade])
    if trigger < 0:
        return None
    level, sign = float(trades.break_even[trade]), int(trades.direction[trade])
    tick = np.nan_to_num(book.instruments.tick[trades.instrument[trade]])
    own = slice(trade, trade + 1)
    share = book.policies.value("price_tolerance", trades.account[own], trades.opened_latest[own])
    stop = stop_in_force(book, trade)
    worse = exceeds(sign * (level - stop), tolerance(level, share, tick))
    if not np.isnan(stop) and not worse[0]:
        return None
    grace = _grace(book, "breakeven_grace", trade)
    return _due(book, "stop at break-even", level, int(book.fills.at[trigger]) + grace)


def _due(book: Book, what: str, price: float | None, at: int) -> StopDue:
    return StopDue(what, price, to_datetime(at), at < book.as_of)
