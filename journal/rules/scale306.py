"""Added at or past the invalidation, or after it had traded.

What it flags
    Any entry, the opening included, at the invalidation in force or beyond it, or after the
    price is known to have traded there: within the trade, since that invalidation took effect,
    and for the first fill since the plan was locked. Fills prove that a price traded, never that
    it did not, so without price bars kept means: not known to have traded.

Why it matters
    Past the invalidation the idea is wrong by the trader's own words. What is bought there is not
    the plan any more, whatever the tranche list says.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 3 @ 88 fee 0.264 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 3 @ 92 fee 0.276 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import reaches
from journal.book.invalidations import standing_since
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE306",
    name="added-after-invalidation",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="added at {price}; the invalidation {invalidation} had traded at {traded_at_price}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry of a trade whose plan gives an invalidation."""
    fills, trades = book.fills, book.trades
    sign, level = fills.direction, fills.invalidation
    here = reaches(sign * level, np.multiply(sign, fills.price))
    opened = trades.opened_at[fills.trade]
    locked = np.append(book.plans.locked_at, 0)[fills.plan]
    since = np.where(fills.had_position, opened, locked)
    since = np.maximum(since, np.append(standing_since(book), 0)[fills.version])
    before = fills.at[fills.group_first] - 1
    low, high = book.path.extremes(fills.instrument, since, before)
    extreme = np.where(sign > 0, low, high)
    earlier = reaches(sign * level, np.multiply(sign, extreme))
    planned = (fills.version >= 0) & ~fills.is_before_plan & ~np.isnan(level)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=planned & fills.is_entry & fills.is_fill & trades.is_judged[fills.trade],
            known=np.ones(len(fills), bool),
            broken=here | earlier,
            evidence={
                "price": fills.price,
                "invalidation": level,
                "traded_at_price": np.where(here, fills.price, extreme),
                "path": np.full(len(fills), "fills", object),
            },
            claim=np.where(fills.is_entry, fills.quantity, 0.0),
        ),
    )
