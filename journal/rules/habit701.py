"""A new trade within the cool-down after a loss.

What it flags
    A trade opened on the account sooner after a losing trade closed than the cool-down, unless
    its plan was in force before that loss: a resting, pre-committed order is not revenge. Small
    losses below a tenth of R do not count; an unknown result makes the verdict unknown.

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

from journal.book.clock import DAY, NEVER
from journal.book.comparison import Bools, Ints
from journal.book.keys import trade_key
from journal.book.losses import is_loss, last_close
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
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade opened within a day after a loss on its account."""
    trades = book.trades
    every = np.arange(len(trades))
    lost, known = is_loss(book)
    loser = last_close(book, lost & known, trades.account, trades.opened_at, every)
    unclear = last_close(book, ~known, trades.account, trades.opened_at, every)
    cool_down = book.policies.span("cool_down", trades.account, trades.opened_latest)
    after_loss, too_soon = _after(book, loser, cool_down)
    after_unclear, perhaps = _after(book, unclear, cool_down)
    gap = trades.opened_at - np.append(trades.closed_at, NEVER)[loser]
    names = [trade_key(book, int(trade)) if trade >= 0 else "" for trade in loser]
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(after_loss | after_unclear) & trades.is_judged,
            known=~perhaps,
            broken=too_soon,
            evidence={
                "losing_trade": np.array(names, object),
                "minutes": np.where(loser >= 0, gap / 6e7, np.nan),
            },
            cost=-trades.net,
            memo=True,
        ),
    )


def _after(book: Book, other: Ints, cool_down: Ints) -> tuple[Bools, Bools]:
    """Return trades opened within a day after another closed, and those too soon after it."""
    trades = book.trades
    closed = np.append(trades.closed_at, NEVER)[other]
    gap = np.where(other >= 0, trades.opened_at - closed, NEVER)
    locked = np.append(book.plans.locked_at, NEVER)[trades.plan]
    committed = (trades.plan >= 0) & (locked <= closed)
    return (other >= 0) & (gap < DAY), (other >= 0) & (gap < cool_down) & ~committed
