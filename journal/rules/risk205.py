"""An entry after the day's loss limit was reached.

What it flags
    Any entry, planned or not, on a day of the account on which the realised net P&L before it,
    over all instruments, fees and funding included, had reached the daily loss limit. Unrealised
    losses are not counted. A flip books its loss first and is judged on what it opens.

Why it matters
    The limit exists for the hour in which nobody thinks clearly. Orders left resting are not
    exempt: cancelling them is part of stopping.

Breaks
    2026-01-01T00:00Z account main
      currency     USDT
      equity       1000
      fees         maker 0.08% taker 0.10%
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 89 fee 0.267 USDT
    2026-01-05T11:00Z fill BTC-USDT buy 3 @ 90 fee 0.27 USDT

Keeps
    2026-01-01T00:00Z account main
      currency     USDT
      equity       1000
      fees         maker 0.08% taker 0.10%
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 95 fee 0.285 USDT
    2026-01-05T11:00Z fill BTC-USDT buy 3 @ 90 fee 0.27 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import reaches
from journal.book.costs import entry_cost_per_unit
from journal.book.currency import equity
from journal.book.days import policy_day_start, realised_before
from journal.book.tables import Book
from journal.book.verdicts import LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="RISK205",
    name="daily-loss-limit-passed",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="entered after {realised} on the day, past the limit {limit}",
    look_back=LookBack.DAY,
    unknown="a fee, an exchange rate or the equity of the day is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry by what its account-day had realised before it."""
    fills, trades = book.fills, book.trades
    start = policy_day_start(book, fills.account, fills.at)
    share = book.policies.value("daily_loss_limit", fills.account, start)
    limit = -share * equity(book, fills.account, start)
    realised = realised_before(book)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=fills.is_entry & fills.is_fill & trades.is_judged[fills.trade],
            known=~np.isnan(realised) & ~np.isnan(limit),
            broken=reaches(limit, realised),
            evidence={"realised": realised, "limit": limit},
            cost=entry_cost_per_unit(book) * fills.quantity,
            memo=True,
        ),
    )
