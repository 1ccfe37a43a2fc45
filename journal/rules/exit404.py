"""More was sold at a target than planned.

What it flags
    Quantity left over after the targets an order reached took their share, beyond the quantity
    tolerance or one lot. N % is of what was entered so far in the trade: with two of three
    tranches filled, 50 % is half of two tranches.

Why it matters
    What is sold too early at the first target is missing at the second, where the plan makes its
    money.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
    2026-01-07T14:30Z fill BTC-USDT sell 1 @ 120 fee 0.12 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
    2026-01-07T14:30Z fill BTC-USDT sell 2 @ 120 fee 0.24 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.costs import exit_cost
from journal.book.grouping import group_any
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT404",
    name="exit-oversized",
    severity=Severity.MINOR,
    subject=Subject.FILL,
    since="0.1",
    message="sold {excess_quantity} more at {price} than exit {target} planned",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every exit whose order took quantity at a target."""
    fills, trades = book.fills, book.trades
    at_target = group_any(fills.target_quantity > 0, fills.group) & ~fills.is_entry
    first, every = np.zeros(len(fills), np.int64), np.arange(len(fills))
    rows = np.flatnonzero(fills.target > 0)[::-1]
    first[fills.group[rows]] = rows
    return (
        Verdicts.of(
            Subject.FILL,
            applies=at_target & trades.is_judged[fills.trade],
            known=fills.opening_known,
            broken=fills.exit_excess_quantity > 0,
            evidence={
                "target": fills.target[np.where(fills.target > 0, every, first[fills.group])],
                "price": fills.price,
                "sold": fills.quantity,
                "planned_quantity": fills.target_quantity,
                "excess_quantity": fills.exit_excess_quantity,
            },
            cost=exit_cost(book, fills.exit_excess_quantity),
        ),
    )
