"""The plan came after the first fill.

What it flags
    A plan whose first version claims a time after the trade's first fill, or was really recorded
    after it. The fill's own width is allowed for: a plan typed at 14:00:20 precedes a fill that
    the venue prints as 14:00. A plan that came in as text without a recorded time is unknown, and
    so is one whose trade began before the history does.

Why it matters
    A plan written when the position is already open describes what was done. Only what was
    decided before the first fill can be kept.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T14:10:00Z plan BTC-USDT long recorded 2026-01-05T14:10:00Z
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00:20Z plan BTC-USDT long recorded 2026-01-05T14:00:20Z
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import DAY, UNKNOWN_TIME
from journal.book.comparison import Ints
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN102",
    name="plan-after-fill",
    severity=Severity.CRITICAL,
    subject=Subject.TRADE,
    since="0.1",
    message="the plan came at {effective_at}, after the first fill at {first_fill_at}",
    unknown="when the plan was really recorded cannot be proven, or the fill has only a date",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade with a plan by when its first version was recorded."""
    trades, fills, versions = book.trades, book.fills, book.versions
    planned = trades.plan >= 0
    locked = np.append(book.plans.first_version, -1)[trades.plan]

    def of_lock(column: Ints) -> Ints:
        times: Ints = np.append(column, UNKNOWN_TIME)[locked]
        return times

    recorded_at, effective_at = of_lock(versions.recorded_at), of_lock(versions.effective_at)
    first = trades.first
    same_day = (fills.at_width[first] == DAY) & (effective_at >= fills.at[first])
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=planned & trades.is_judged,
            known=(recorded_at != UNKNOWN_TIME) & ~same_day & trades.opening_known,
            broken=trades.is_late,
            evidence={
                "claimed_at": of_lock(versions.at),
                "recorded_at": recorded_at,
                "effective_at": effective_at,
                "first_fill_at": fills.at[first],
                "head": np.full(len(trades), book.facts.head, object),
            },
            claim=np.where(fills.is_before_plan & fills.is_entry, fills.quantity, 0.0),
        ),
    )
