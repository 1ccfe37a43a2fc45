"""The trade lost more than the plan risked.

What it flags
    A closed trade whose net loss is above its planned risk, frozen at the first fill, by more
    than the loss tolerance. Loosening the invalidation on the way does not move the limit.

Why it matters
    This is the sum of everything else: size, stops, costs. It is a consequence, not a decision,
    so its cost is shown and never added to the others.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 80 fee 0.24 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 88 fee 0.264 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import exceeds
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="RISK203",
    name="loss-beyond-plan",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="lost {lost} where {planned_risk} was planned",
    unknown="a fee or the planned risk is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every closed trade with a plan."""
    trades, fills = book.trades, book.fills
    slack = 1 + book.policies.value("loss_tolerance", trades.account, trades.opened_latest)
    lost = -trades.net
    over = exceeds(lost, trades.planned_risk * slack)
    costs_known = np.append(book.versions.costs_known, False)[trades.risk_version]
    decidable = ~np.isnan(trades.net) & ~np.isnan(trades.planned_risk)
    unplanned = np.bincount(fills.trade, fills.unplanned_quantity, minlength=len(trades))
    level = np.append(book.versions.invalidation, np.nan)[trades.risk_version]
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(trades.plan >= 0) & ~trades.is_open & trades.is_judged,
            known=decidable & ~over,
            broken=over & costs_known,
            evidence={
                "lost": lost,
                "planned_risk": trades.planned_risk,
                "past_invalidation": trades.direction * (level - trades.average_exit),
                "unplanned_quantity": unplanned,
            },
            cost=lost - trades.planned_risk,
            memo=True,
        ),
    )
