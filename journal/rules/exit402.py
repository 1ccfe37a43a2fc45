"""Held past the invalidation, or sold worse than it.

What it flags
    An exit worse than the invalidation in force by more than the price tolerance, or a price
    known to have traded past it by that much while the position was held and not closed within
    the grace. A gap through a stop that stood at the invalidation or better, sold at once, is
    kept. Closed in profit without price bars and without a stop on record is unknown: nobody can
    tell whether it was held through.

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

from journal.book.comparison import Bools, Floats, exceeds, tolerance
from journal.book.grouping import last_of_trade, starts_of
from journal.book.risk import loss
from journal.book.standing import first_traded_past, stop_stood_throughout
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT402",
    name="held-past-invalidation",
    severity=Severity.CRITICAL,
    subject=Subject.TRADE,
    since="0.1",
    message="held past the invalidation {invalidation}: {worst_price}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade whose plan gave an invalidation while it was open."""
    fills, trades = book.fills, book.trades
    sign = fills.direction
    slack = _tolerance(book, fills.invalidation)
    exits = ~fills.is_entry & ~fills.is_before_plan & (fills.version >= 0)
    worse = exits & exceeds(sign * (fills.invalidation - fills.price), slack)
    stood = stop_stood_throughout(book)
    gapped = stood & _sold_at_once(book, worse)
    sold_worse = _any(book, worse)
    traded_at, traded = first_traded_past(book)
    grace = book.policies.span("invalidation_grace", trades.account, trades.opened_latest)
    end = np.where(trades.is_open, book.as_of, trades.closed_at)
    held_through = (traded_at >= 0) & (end - traded_at > grace)
    last = last_of_trade(fills.trade)
    level = np.append(book.versions.invalidation, np.nan)[fills.version[last]]
    worst = _worst_exit(book, worse)
    lost = loss(sign, fills.quantity * fills.multiplier, fills.invalidation, fills.price,
                book.instruments.is_inverse[fills.instrument])  # fmt: skip
    cost = np.bincount(fills.trade, np.where(worse, lost, 0.0), minlength=len(trades))
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=_any(book, ~np.isnan(fills.invalidation) & ~fills.is_before_plan)
            & trades.is_judged,
            known=(gapped | stood) & trades.opening_known,
            broken=(sold_worse | held_through) & ~gapped & trades.opening_known,
            evidence={
                "invalidation": level,
                "stop": fills.stop[last],
                "worst_price": np.where(np.isnan(worst), traded, worst),
                "minutes_held": np.where(traded_at >= 0, (end - traded_at) / 6e7, np.nan),
                "path": np.full(len(trades), "fills", object),
            },
            cost=np.where(trades.is_open, np.nan, cost),
        ),
    )


def _tolerance(book: Book, level: Floats) -> Floats:
    fills, trades = book.fills, book.trades
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    tick = np.nan_to_num(book.instruments.tick[fills.instrument])
    return tolerance(level, share[fills.trade], tick)


def _any(book: Book, marked: Bools) -> Bools:
    return np.bincount(book.fills.trade, marked, minlength=len(book.trades)) > 0


def _sold_at_once(book: Book, worse: Bools) -> Bools:
    """Return trades whose exits past the invalidation were one order group that ended them."""
    fills, trades = book.fills, book.trades
    rows = np.flatnonzero(worse)
    begins = rows[starts_of(fills.group[rows])]
    number = np.bincount(fills.trade[begins], minlength=len(trades))
    last = last_of_trade(fills.trade)
    ends = worse[last] & ~trades.is_open
    return np.asarray((number == 1) & ends)


def _worst_exit(book: Book, worse: Bools) -> Floats:
    fills = book.fills
    worst = np.full(len(book.trades), np.nan)
    rows = np.flatnonzero(worse)
    rows = rows[np.argsort(-(fills.direction * fills.price)[rows], kind="stable")]
    worst[fills.trade[rows]] = fills.price[rows]
    return worst
