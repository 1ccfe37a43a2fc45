"""Held past the invalidation, or sold worse than it.

What it flags
    An exit worse than the invalidation in force by more than the price tolerance, or a price
    known to have traded past it by that much while the position was held and not closed within
    the grace. A gap through a stop that stood at the invalidation or better, sold at once, is
    kept. Closed in profit without price bars and without such a stop on record is unknown: nobody
    can tell whether it was held through. So is a stop that was recorded long after the time it
    claims.

Why it matters
    The invalidation is where the planned risk ends. Every loss beyond it was not planned, and
    the trades that come back teach the habit that ends accounts.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 85 fee 0.255 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      stop         88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import MINUTE
from journal.book.comparison import Bools, Floats, Ints, exceeds, tolerance
from journal.book.grouping import last_of_trade
from journal.book.risk import loss
from journal.book.standing import (
    first_traded_past,
    invalidation_at,
    stop_at,
    stop_stood_throughout,
    with_and_without_late,
)
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT402",
    name="held-past-invalidation",
    severity=Severity.CRITICAL,
    subject=Subject.TRADE,
    since="0.1",
    message="held to {worst_price}, past the invalidation {invalidation}, "
    "for {minutes_held} minutes",
    unknown="neither prices nor a stop tell whether it was held through",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade whose plan gave an invalidation while it was open."""
    fills, trades = book.fills, book.trades
    exits = ~fills.is_entry & ~fills.is_before_plan
    worse = exits & exceeds(_worse_by(book), _tolerance(book))
    told = ~_any(book, exits & np.isnan(_worse_by(book)))
    traded_at, traded = first_traded_past(book)
    grace = book.policies.span("invalidation_grace", trades.account, trades.opened_latest)
    end = np.where(trades.is_open, book.as_of, trades.closed_at)
    held_through = (traded_at >= 0) & (end - traded_at > grace)
    claimed, proven = stop_stood_throughout(book)
    gapped = (claimed | proven) & _sold_at_once(book, worse)
    broken = (_any(book, worse) & ~gapped) | held_through
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=_has_invalidation(book, end) & trades.is_judged,
            known=claimed & proven & told & trades.opening_known,
            broken=broken & trades.opening_known,
            evidence={
                **_worst(book, worse, traded_at, traded),
                "minutes_held": np.where(traded_at >= 0, (end - traded_at) / MINUTE, np.nan),
                "path": np.full(len(trades), "fills", object),
            },
            cost=_cost(book, worse),
        ),
    )


def _worse_by(book: Book) -> Floats:
    fills = book.fills
    result: Floats = fills.direction * (fills.invalidation - fills.price)
    return result


def _tolerance(book: Book) -> Floats:
    fills, trades = book.fills, book.trades
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    return tolerance(
        fills.invalidation, share[fills.trade], book.instruments.tick[fills.instrument]
    )


def _any(book: Book, marked: Bools) -> Bools:
    return np.bincount(book.fills.trade, marked, minlength=len(book.trades)) > 0


def _has_invalidation(book: Book, end: Ints) -> Bools:
    """Return trades with an invalidation at one of their fills, or at their end."""
    at_fills = _any(book, ~np.isnan(book.fills.invalidation))
    at_end = invalidation_at(book, np.arange(len(book.trades)), end)
    return np.asarray(at_fills | ~np.isnan(at_end))


def _sold_at_once(book: Book, worse: Bools) -> Bools:
    """Return closed trades that sold nothing past the invalidation before their last order."""
    fills, trades = book.fills, book.trades
    last_group = fills.group[last_of_trade(fills.trade)]
    earlier = worse & (fills.group != last_group[fills.trade])
    return ~_any(book, earlier) & ~trades.is_open


def _worst(book: Book, worse: Bools, traded_at: Ints, traded: Floats) -> dict[str, Floats]:
    """Return what was in force at the worst exit, or when the invalidation was first passed."""
    fills, every = book.fills, np.arange(len(book.trades))
    rows = np.flatnonzero(worse)
    rows = rows[np.argsort(-(fills.direction * fills.price)[rows], kind="stable")]
    row = np.full(len(book.trades), -1, np.int64)
    row[fills.trade[rows]] = rows
    sold = row >= 0
    claimed, _ = with_and_without_late(book)
    return {
        "worst_price": np.where(sold, np.append(fills.price, np.nan)[row], traded),
        "invalidation": np.where(
            sold,
            np.append(fills.invalidation, np.nan)[row],
            invalidation_at(book, every, traded_at),
        ),
        "stop": np.where(
            sold,
            np.append(fills.stop, np.nan)[row],
            stop_at(book, every, traded_at, claimed),
        ),
    }


def _cost(book: Book, worse: Bools) -> Floats:
    """Return what was lost beyond the invalidation; NaN while the trade is open."""
    fills, trades = book.fills, book.trades
    inverse = book.instruments.is_inverse[fills.instrument]
    size = fills.quantity * fills.multiplier
    lost = loss(fills.direction, size, fills.invalidation, fills.price, inverse)
    total = np.bincount(fills.trade, np.where(worse, lost, 0.0), minlength=len(trades))
    return np.where(trades.is_open, np.nan, total)
