"""A new trade within the cool-down after a loss.

What it flags
    A trade opened on the account sooner after a losing trade closed than the cool-down, unless
    its plan was in force before that loss: a resting, pre-committed order is not revenge. Losses
    below a tenth of R do not count; a result that is not known makes the verdict unknown, and so
    does a date without a time on the day of the loss.

Why it matters
    The trade after a loss is the one most often taken for the wrong reason.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 89 fee 0.267 USDT
    2026-01-05T10:10Z fill BTC-USDT buy 3 @ 90 fee 0.27 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 89 fee 0.267 USDT
    2026-01-05T12:00Z fill BTC-USDT buy 3 @ 90 fee 0.27 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import DAY, dated_span
from journal.book.comparison import Bools, Ints
from journal.book.keys import trade_key
from journal.book.losses import closed_net, is_loss, last_before_lock, last_before_opening
from journal.book.tables import Book
from journal.book.verdicts import LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="HABIT701",
    name="revenge-entry",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="opened {minutes} minutes after {losing_trade} closed at a loss",
    look_back=LookBack.DAY,
    unknown="the result of a trade before it is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade opened within a day after a loss on its account."""
    trades = book.trades
    lost, unclear = is_loss(book)
    after_loss, after_unclear = _followed(book, lost), _followed(book, unclear)
    loser = _answered(book, lost)
    too_soon, perhaps = _within_cool_down(book, loser)
    _, perhaps_unclear = _within_cool_down(book, _answered(book, unclear))
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(after_loss | after_unclear) & trades.is_judged,
            known=after_loss & ~perhaps & ~perhaps_unclear,
            broken=too_soon,
            evidence={
                "losing_trade": _names(book, loser, too_soon),
                "minutes": _gap(book, loser)[0] / 6e7,
            },
            cost=-closed_net(book),
            memo=True,
        ),
    )


def _followed(book: Book, chosen: Bools) -> Bools:
    """Return trades opened within a day after one of these closed."""
    other = last_before_opening(book, chosen)
    gap, earlier, _ = _gap(book, other)
    return (other >= 0) & (gap - earlier <= DAY)


def _answered(book: Book, chosen: Bools) -> Ints:
    """Return the last of these that closed before the trade's plan was locked, or it opened."""
    trades = book.trades
    planned = (trades.plan >= 0) & ~trades.is_late
    return np.where(planned, last_before_lock(book, chosen), last_before_opening(book, chosen))


def _within_cool_down(book: Book, other: Ints) -> tuple[Bools, Bools]:
    """Return trades opened within the cool-down after another closed: surely, and possibly."""
    trades = book.trades
    cool_down = book.policies.span("cool_down", trades.account, trades.opened_latest)
    gap, earlier, later = _gap(book, other)
    possibly = (other >= 0) & (gap - earlier < cool_down) & (gap + later >= 0)
    return possibly & (earlier + later == 0), possibly


def _gap(book: Book, other: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the time since the other trade closed, as printed; how much less, and more, it may be.

    Only dates leave room.
    """
    trades = book.trades
    closed_at = trades.closed_at[other]
    earlier = dated_span(closed_at, trades.closed_latest[other])
    later = dated_span(trades.opened_at, trades.opened_latest)
    return trades.opened_at - closed_at, earlier, later


def _names(book: Book, other: Ints, wanted: Bools) -> np.ndarray:
    names = np.full(len(other), "", object)
    for row in np.flatnonzero(wanted).tolist():
        names[row] = trade_key(book, int(other[row]))
    return names
