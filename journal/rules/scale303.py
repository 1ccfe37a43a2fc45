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

from journal.book.comparison import exceeds
from journal.book.maximum import cost_held, maximum_in_force
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE303",
    name="maximum-exceeded",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="holds {position} costing {cost_held}, above the maximum {maximum}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every planned trade's entries by what is held after each."""
    fills, trades = book.fills, book.trades
    position, held = np.abs(fills.position_after), cost_held(book)
    limit = maximum_in_force(book)
    slack = (
        1
        + book.policies.value("quantity_tolerance", trades.account, trades.opened_latest)[
            fills.trade
        ]
    )
    over_units = exceeds(position, limit.units * slack)
    over_money = exceeds(held, limit.money * slack)
    broken = np.where(limit.is_ladder, over_units & over_money, over_units | over_money)
    with np.errstate(divide="ignore", invalid="ignore"):
        above_money = (held - limit.money) * position / held
    above = np.where(limit.is_ladder, np.fmin(position - limit.units, above_money), np.nan)
    above = np.where(limit.is_ladder, above, np.fmax(position - limit.units, above_money))
    planned = (fills.version >= 0) & ~fills.is_before_plan
    known = fills.opening_known & ~(np.isnan(limit.units) & np.isnan(limit.money))
    return (
        Verdicts.of(
            Subject.FILL,
            applies=planned & fills.is_entry & fills.is_fill & trades.is_judged[fills.trade],
            known=known,
            broken=broken & known,
            evidence={
                "position": position,
                "average_entry": fills.average_entry_after,
                "cost_held": held,
                "maximum": limit.text,
                "version": np.append(book.versions.number, 0)[fills.version],
            },
            claim=np.clip(np.nan_to_num(above), 0.0, fills.quantity),
        ),
    )
