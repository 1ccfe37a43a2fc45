"""More was sold at a target than planned.

What it flags
    Quantity left over after the targets an order reached took their share, beyond the quantity
    tolerance or one lot. N % is of what was entered so far in the trade: with two of three
    tranches filled, 50 % is half of two tranches. Where a trail may explain the rest and the best
    price is not known, the verdict is unknown.

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

from journal.book.comparison import Ints
from journal.book.costs import exit_cost
from journal.book.grouping import group_any
from journal.book.tables import Book
from journal.book.targets import entered_so_far, planned_units
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT404",
    name="exit-oversized",
    severity=Severity.MINOR,
    subject=Subject.FILL,
    since="0.1",
    message="sold {sold} at {price}, {excess_quantity} more than planned there",
    unknown="how much the target took is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every exit whose order took quantity at a target."""
    fills, trades = book.fills, book.trades
    at_target = group_any(fills.target_quantity > 0, fills.group)
    has_exits = np.append(book.versions.exit_count, 0)[fills.version] > 0
    # What share of an unknown position a sale was, nobody can tell.
    untold = ~fills.opening_known & ~fills.is_before_plan & has_exits
    excess = fills.exit_excess_quantity
    told = ~np.isnan(excess) & (fills.undecided_quantity == 0)
    target = _target(book)
    planned = np.full(len(fills), np.nan)
    planned[target > 0] = planned_units(book, np.flatnonzero(target > 0), target[target > 0])
    return (
        Verdicts.of(
            Subject.FILL,
            applies=(at_target | untold) & ~fills.is_entry & trades.is_judged[fills.trade],
            known=told,
            broken=excess > 0,
            evidence={
                "target": target,
                "price": fills.price,
                "planned_share": planned,
                "entered_so_far": entered_so_far(book),
                "sold": fills.quantity,
                "excess_quantity": excess,
            },
            cost=exit_cost(book, excess),
        ),
    )


def _target(book: Book) -> Ints:
    """Return the number of the exit each part took at first, or the first part of its order."""
    fills = book.fills
    first = np.full(len(fills), -1, np.int64)
    rows = np.flatnonzero(fills.target > 0)[::-1]
    first[fills.group[rows]] = rows
    own = np.where(fills.target > 0, np.arange(len(fills)), first[fills.group])
    return np.append(fills.target, 0)[own]
