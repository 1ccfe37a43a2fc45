"""A trade was held without any stop on record.

What it flags
    No stop in force when the stop grace after opening has passed, or a stop removed later for
    longer than the grace. A `stop` line in the plan counts as logged at the first fill; the
    invalidation alone is a price, not an order.

Why it matters
    Without a stop the invalidation depends on somebody watching. This rule is also what keeps
    the unknown of STOP501 from being a way out.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T14:35Z stop BTC-USDT 88
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools
from journal.book.grouping import starts_of
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.book.versions import latest

RULE = Rule(
    code="STOP503",
    name="no-stop-logged",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="held from {opened_at} without a stop in force at {checked_at}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade open longer than the stop grace."""
    trades, stops = book.trades, book.stops
    grace = book.policies.span("stop_grace", trades.account, trades.opened_latest)
    checked = trades.opened_at + grace
    end = np.minimum(trades.closed_at, book.as_of)
    event = latest(stops.trade, stops.at, np.arange(len(trades)), checked)
    standing = np.append(stops.price, np.nan)[event]
    missing = np.isnan(standing) | (event < 0)
    late = np.append(stops.is_late, False)[event] & (event >= 0)
    removed, removed_late = _removed_for_long(book)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=trades.is_judged & (end > checked),
            known=~late & ~removed_late,
            broken=(missing & ~late) | removed,
            evidence={"opened_at": trades.opened_at, "checked_at": checked},
        ),
    )


def _removed_for_long(book: Book) -> tuple[Bools, Bools]:
    """Return trades whose stop was out for longer than the grace, and those only claimed so."""
    trades, stops = book.trades, book.stops
    grace = book.policies.span("stop_grace", trades.account, trades.opened_latest)
    end = np.minimum(trades.closed_at, book.as_of)[stops.trade]
    following = np.append(stops.at[1:], 0)
    ends_trade = np.append(starts_of(stops.trade)[1:], True) if len(stops) else np.zeros(0, bool)
    until = np.where(ends_trade, end, np.minimum(following, end))
    out = np.isnan(stops.price) & (until - stops.at > grace[stops.trade])
    count = len(trades)
    proven = np.bincount(stops.trade, out & ~stops.is_late, minlength=count) > 0
    claimed = np.bincount(stops.trade, out & stops.is_late, minlength=count) > 0
    return proven, claimed & ~proven
