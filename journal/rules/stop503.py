"""A trade was held without any stop on record.

What it flags
    No stop in force when the stop grace after opening has passed, or a stop removed later for
    longer than the grace. A `stop` line in the plan counts as logged at the first fill; the
    invalidation alone is a price, not an order. Where only a stop recorded much later than the
    time it claims makes the difference, the verdict is unknown.

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

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Ints
from journal.book.grouping import starts_of
from journal.book.standing import removed_again, stop_at, with_and_without_late
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="STOP503",
    name="no-stop-logged",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="held since {opened_at}, without a stop in force at {missing_at}",
    unknown="the stop was recorded too late to prove that it stood",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade open longer than the stop grace."""
    trades = book.trades
    grace = book.policies.span("stop_grace", trades.account, trades.opened_latest)
    missing_at, proven_at = (
        _first_missing(book, counted, grace) for counted in with_and_without_late(book)
    )
    missing, proven = missing_at < NEVER, proven_at < NEVER
    end = np.minimum(trades.closed_at, book.as_of)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=trades.is_judged & (end > trades.opened_at + grace),
            known=(missing == proven) & trades.opening_known,
            broken=missing & proven & trades.opening_known,
            evidence={"opened_at": trades.opened_at, "missing_at": missing_at},
        ),
    )


def _first_missing(book: Book, counted: Bools, grace: Ints) -> Ints:
    """Return when the grace first ran out in each trade without a stop in force, else never.

    Only the stop events that are counted are read: the grace runs from the opening, and from
    every removal to the next stop or the end.
    """
    trades, stops = book.trades, book.stops
    rows = np.flatnonzero(counted)
    rows = rows[~removed_again(stops.trade[rows], stops.price[rows])]
    owner, at = stops.trade[rows], stops.at[rows]
    following = np.append(np.where(starts_of(owner)[1:], NEVER, at[1:]), NEVER)[: len(rows)]
    until = np.minimum(following, np.minimum(trades.closed_at, book.as_of)[owner])
    out = np.isnan(stops.price[rows]) & (until - at > grace[owner])
    result = np.full(len(trades), NEVER, np.int64)
    np.minimum.at(result, owner[out], (at + grace[owner])[out])
    checked = trades.opened_at + grace
    standing = stop_at(book, np.arange(len(trades)), checked, counted)
    return np.where(np.isnan(standing), checked, result)
