"""More was bought at a tranche than it planned.

What it flags
    Quantity left over after a tranche took what it had room for, in an order that matched or
    named one, beyond the quantity tolerance. A money tranche is full by its units or by its
    money, whichever is more lenient, so 300 USDT at a better price is never too much.

Why it matters
    The size of a tranche is where the average and the risk of the ladder come from. A bit more
    each time is how a plan's maximum is reached one tranche too early.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3.5 @ 100 fee 0.35 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3.02 @ 100 fee 0.302 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.grouping import group_any
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE304",
    name="tranche-oversized",
    severity=Severity.MAJOR,
    subject=Subject.FILL,
    since="0.1",
    message="bought {excess_quantity} more than tranche {tranche} had room for",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry whose order matched or named a tranche."""
    fills, trades = book.fills, book.trades
    tranche = np.maximum(fills.tranche, fills.named_tranche)
    matched = group_any(tranche > 0, fills.group)
    first = np.zeros(len(fills), np.int64)
    rows = np.flatnonzero(tranche > 0)[::-1]
    first[fills.group[rows]] = rows
    shown = np.where(tranche > 0, tranche, tranche[first[fills.group]])
    applies = matched & fills.is_entry & fills.is_fill & ~fills.is_before_plan
    return (
        Verdicts.of(
            Subject.FILL,
            applies=applies & (fills.plan >= 0) & trades.is_judged[fills.trade],
            known=fills.opening_known,
            broken=(fills.excess_quantity > 0) & fills.opening_known,
            evidence={
                "tranche": shown,
                "planned_price": fills.planned_price,
                "quantity": fills.quantity,
                "excess_quantity": fills.excess_quantity,
            },
            claim=fills.excess_quantity,
        ),
    )
