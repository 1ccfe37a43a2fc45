"""The position went above the plan's maximum.

What it flags
    An entry after which more is held than the maximum in force allows, beyond the quantity
    tolerance: in units, or in money as the cost of what is held (not its value now, not all that
    was ever bought). Without a stated maximum it is the ladder's total, and only counts as
    exceeded when both its units and its money are.

Why it matters
    The maximum is what the account can lose on one idea. Every unit above it is risk that no one
    decided to take.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      max          300 USDT
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 1 @ 99 fee 0.099 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      max          300 USDT
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, exceeds, reaches
from journal.book.grouping import group_last
from journal.book.maximum import Maximum, cost_held, maximum_in_force
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE303",
    name="maximum-exceeded",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="holds {position} costing {cost_held}, above the maximum {maximum}",
    unknown="what is held, or the maximum, is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every planned trade's entries by what is held after each."""
    fills, trades = book.fills, book.trades
    position, held = np.abs(fills.position_after), cost_held(book)
    limit = maximum_in_force(book)
    tolerance = book.policies.value("quantity_tolerance", trades.account, trades.opened_latest)
    slack = 1 + tolerance[fills.trade]
    over_units = exceeds(position, limit.units * slack)
    over_money = exceeds(held, limit.money * slack)
    # What is stated is stated in one unit; of a ladder it is enough to keep one of the two.
    within = reaches(limit.units * slack, position) | reaches(limit.money * slack, held)
    broken = np.where(limit.is_ladder, over_units & over_money, over_units | over_money)
    applies = fills.is_entry & fills.is_fill & (fills.version >= 0) & ~fills.is_before_plan
    applies &= trades.is_judged[fills.trade]
    end = group_last(fills.group)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=applies,
            known=fills.opening_known & within,
            broken=broken & fills.opening_known,
            evidence={
                "position": position[end],
                "average_entry": fills.average_entry_after[end],
                "cost_held": held[end],
                "maximum": limit.texts(applies & broken),
                "version": np.append(book.versions.number, 0)[fills.version],
            },
            claim=np.clip(_above(position, held, limit), 0.0, fills.quantity),
        ),
    )


def _above(position: Floats, held: Floats, limit: Maximum) -> Floats:
    """Return the quantity above the maximum itself; of a ladder the smaller of its two."""
    with np.errstate(divide="ignore", invalid="ignore"):
        by_money = (held - limit.money) * position / held
    return np.nan_to_num(np.fmin(position - limit.units, by_money))
