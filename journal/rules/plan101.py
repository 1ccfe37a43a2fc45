"""No plan was in force when the trade opened.

What it flags
    A trade, opened since the journal began, whose first fill met no plan: none was ever locked
    for it, or the last one had been cancelled, had expired, or had ended with an earlier trade.
    A plan locked while the trade was open belongs to PLAN102 instead.

Why it matters
    Without a plan there is no size, no way out and no price that ends the idea, so nothing that
    follows can be kept or broken. Orders left resting after a stop-out fill without a plan too:
    they should have been cancelled.

Breaks
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 95 fee 0.285 USDT

Keeps
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints
from journal.book.keys import plan_key
from journal.book.tables import ENDS, Book
from journal.book.verdicts import Column, Rule, Severity, Subject, Verdicts
from journal.book.versions import latest, side_key

RULE = Rule(
    code="PLAN101",
    name="no-plan",
    severity=Severity.CRITICAL,
    subject=Subject.TRADE,
    since="0.1",
    message="opened at {price} without a plan{nearest}",
    unknown="the history begins inside the position",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade since the journal began that no late plan claims."""
    trades, fills = book.trades, book.fills
    planless = trades.plan < 0
    nearest = _nearest_ended(book)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=trades.is_judged & ~trades.is_late,
            known=trades.opening_known,
            broken=planless & trades.opening_known,
            evidence={
                "opened_at": trades.opened_at,
                "price": fills.price[trades.first],
                "quantity": fills.quantity[trades.first],
                "nearest": _described(book, np.where(planless, nearest, -1)),
            },
            claim=np.where(fills.is_entry & fills.is_fill, fills.quantity, 0.0),
        ),
    )


def _nearest_ended(book: Book) -> Ints:
    """Return the newest plan of the trade's side that was locked before it opened, or -1."""
    plans, trades = book.plans, book.trades
    sides = [
        side_key(table.account, table.instrument, table.direction) for table in (plans, trades)
    ]
    return latest(sides[0], plans.locked_at, sides[1], trades.opened_at)


def _described(book: Book, plan: Ints) -> Column:
    """Return for each trade how its nearest plan had ended, empty where there was none."""
    described = np.full(len(plan), "", object)
    for trade in np.flatnonzero(plan >= 0):
        key, why = plan_key(book, int(plan[trade])), ENDS[book.plans.end[plan[trade]]]
        described[trade] = f" ({key} was {why} before)"
    return described
