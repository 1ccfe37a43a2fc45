"""More trades opened in a day than the policy allows.

What it flags
    A day of the account on which more trades were opened than the limit. Tranches and partial
    fills of one trade do not count; each side of a flip does. Where a trade's beginning is not
    known, it may have been opened earlier: if that decides, the verdict is unknown.

Why it matters
    Past a handful of trades a day the plan is no longer what decides.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-01T00:00Z policy
      max_trades_per_day 1
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 101 fee 0.303 USDT
    2026-01-05T12:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-01T00:00Z policy
      max_trades_per_day 1
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 101 fee 0.303 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.losses import closed_net
from journal.book.sequence import in_time
from journal.book.tables import Book
from journal.book.verdicts import LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="HABIT702",
    name="too-many-trades",
    severity=Severity.MAJOR,
    subject=Subject.DAY,
    since="0.1",
    message="{trades} trades opened in a day that allows {limit}",
    look_back=LookBack.DAY,
    unknown="the number of trades that day is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every account-day on which a trade was opened."""
    days = book.days
    limit = book.policies.value("max_trades_per_day", days.account, days.started_at)
    opened = book.trades.opening_known & (days.of_trade >= 0)
    surely = np.bincount(days.of_trade[opened], minlength=len(days))
    return (
        Verdicts.of(
            Subject.DAY,
            applies=days.trades > 0,
            known=days.trades <= limit,
            broken=surely > limit,
            evidence={"trades": days.trades, "limit": limit},
            cost=_beyond(book, limit),
            memo=True,
        ),
    )


def _beyond(book: Book, limit: Floats) -> Floats:
    """Return minus the net P&L of the trades beyond each day's limit, in opening order."""
    trades, day = book.trades, book.days.of_trade
    opened = np.flatnonzero((day >= 0) & trades.has_entry)
    order = opened[np.lexsort((in_time(book.fills)[trades.first[opened]], day[opened]))]
    own = day[order]
    first = np.flatnonzero(np.diff(own, prepend=-1))
    rank: Ints = np.arange(len(own)) - np.repeat(first, np.diff(np.append(first, len(own))))
    net = np.where(rank >= limit[own], -closed_net(book)[order], 0.0)
    return np.bincount(own, net, minlength=len(book.days)).astype(np.float64)
