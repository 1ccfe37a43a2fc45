"""The size went up after a loss.

What it flags
    A trade whose planned risk is larger than that of the last trade closed before its plan was
    locked, by more than the size-up tolerance, when that trade was a loss. Both are compared in
    the account's currency; without both figures the verdict is unknown.

Why it matters
    Trading larger to win it back makes the losing streak the one with the largest positions.

Breaks
    2026-01-01T00:00Z account main
      currency     USDT
      fees         maker 0.08% taker 0.10%
    2026-01-05T08:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 88 fee 0.264 USDT
    2026-01-06T08:00Z plan BTC-USDT long
      enter        6 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-06T09:00Z fill BTC-USDT buy 6 @ 100 fee 0.6 USDT

Keeps
    2026-01-01T00:00Z account main
      currency     USDT
      fees         maker 0.08% taker 0.10%
    2026-01-05T08:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T10:00Z fill BTC-USDT sell 3 @ 88 fee 0.264 USDT
    2026-01-06T08:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-06T09:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Ints, exceeds
from journal.book.currency import account_rate
from journal.book.losses import closed_net, is_loss, last_before_lock, last_before_opening
from journal.book.tables import Book
from journal.book.verdicts import LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="HABIT703",
    name="size-up-after-loss",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="risks {planned_risk} after losing a trade that risked {risk_before}",
    look_back=LookBack.ACCOUNT,
    unknown="one of the two planned risks is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade whose predecessor on the account was a loss."""
    trades = book.trades
    before = _predecessor(book)
    lost, unclear = is_loss(book)
    unsure = _closed_on_the_day_of_the_lock(book, before)
    was_loss = lost[before] & (before >= 0) & ~unsure
    perhaps = (unclear[before] | unsure) & (before >= 0)
    rate = account_rate(book, trades.account, trades.instrument, trades.opened_latest)
    risk = trades.planned_risk * rate
    risk_before = risk[before]
    slack = 1 + book.policies.value("size_up_tolerance", trades.account, trades.opened_latest)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(was_loss | perhaps) & trades.is_judged,
            known=was_loss & ~np.isnan(risk) & ~np.isnan(risk_before),
            broken=was_loss & exceeds(risk, risk_before * slack),
            evidence={"planned_risk": risk, "risk_before": risk_before},
            cost=-closed_net(book),
            memo=True,
        ),
    )


def _predecessor(book: Book) -> Ints:
    """Return the trade that closed last before each one was decided on, or -1."""
    trades = book.trades
    closed = ~trades.is_open
    by_lock, by_opening = last_before_lock(book, closed), last_before_opening(book, closed)
    return np.where(trades.plan >= 0, by_lock, by_opening)


def _closed_on_the_day_of_the_lock(book: Book, before: Ints) -> Bools:
    """Return where no more is known of the predecessor than that it closed that day."""
    trades = book.trades
    locked = np.append(book.plans.locked_at, NEVER)[trades.plan]
    return np.asarray(trades.closed_latest[before] >= locked)
