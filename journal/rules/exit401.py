"""A portion already sold is bought back outside the plan.

What it flags
    After a scale-out, an entry in the same trade with any quantity the plan does not hold: no
    tranche, too much for its tranche, or before the plan. The price does not matter; a cheaper
    buy-back is luck and shows as a negative cost. After flat it is a new trade (PLAN101).

Why it matters
    Scaling out pays twice in costs when the sold part is chased. Most of what a plan earns at its
    first target is lost by buying it back because the price moved on.

Breaks
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
    2026-01-06T15:30Z fill BTC-USDT buy 2 @ 112 fee 0.224 USDT
    2026-01-07T15:30Z fill BTC-USDT sell 4 @ 105 fee 0.42 USDT

Keeps
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      enter        2 @ 92
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
    2026-01-06T15:30Z fill BTC-USDT buy 2 @ 92 fee 0.184 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats
from journal.book.grouping import starts_of
from journal.book.stepping import steps
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT401",
    name="sold-portion-chased",
    severity=Severity.MAJOR,
    subject=Subject.FILL,
    since="0.1",
    message="bought back {unplanned_quantity} at {price} outside the plan, "
    "after an exit at {last_exit_price}",
    unknown="the history begins inside the position",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry whose order group comes after an exit of its trade."""
    fills = book.fills
    after_exit = fills.is_entry & fills.is_fill & (fills.exited_before_group > 0)
    broken = (fills.unplanned_quantity > 0) & fills.opening_known
    return (
        Verdicts.of(
            Subject.FILL,
            applies=after_exit & book.trades.is_judged[fills.trade],
            known=fills.opening_known & ~np.isnan(fills.unplanned_quantity),
            broken=broken,
            evidence={
                "last_exit_price": fills.last_exit_price,
                "last_exit_at": fills.last_exit_at,
                "sold_so_far": fills.exited_before_group,
                "unplanned_quantity": fills.unplanned_quantity,
                "price": fills.price,
            },
            claim=_bought_back(book, np.where(after_exit & broken, fills.unplanned_quantity, 0.0)),
        ),
    )


def _bought_back(book: Book, unplanned: Floats) -> Floats:
    """Return the units that were sold before: at most sold so far less what came back earlier."""
    fills = book.fills
    bought = np.zeros(len(fills))
    rows = np.flatnonzero(unplanned > 0)
    begins = np.flatnonzero(starts_of(fills.trade[rows]))
    count = np.diff(np.append(begins, len(rows)))
    so_far = np.zeros(len(begins))
    for trade, place in steps(begins, count, to_the_end=True):
        row = rows[place]
        bought[row] = np.clip(fills.exited_so_far[row] - so_far[trade], 0.0, unplanned[row])
        so_far[trade] += bought[row]
    return bought
