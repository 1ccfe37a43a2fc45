"""Trading cost more than the plan assumed.

What it flags
    A closed, planned trade whose fees paid plus slippage are above what the plan assumed (taker
    rate on every fill, the policy's slippage on protective exits) by more than the cost
    tolerance. Slippage is measured on entries against their tranche, on target exits against the
    target, on stop exits against the stop, or the invalidation where no stop stood. Better
    prices offset worse ones within the trade; funding is apart.

Why it matters
    A ladder that is right on paper can be executed at a loss. This is the difference between the
    plan and the hand that places the orders.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 101 fee 0.303 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, exceeds
from journal.book.risk import value
from journal.book.slippage import against_plan, against_stop
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="COST603",
    name="costs-above-plan",
    severity=Severity.MINOR,
    subject=Subject.TRADE,
    since="0.1",
    message="paid {paid} in fees and slippage where {expected} was assumed",
    unknown="a fee or the fee rate is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every closed trade with a plan."""
    fills, trades = book.fills, book.trades
    account, at = trades.account, trades.opened_latest
    count = len(trades)

    def total(values: Floats) -> Floats:
        return np.bincount(fills.trade, values, minlength=count).astype(np.float64)

    inverse = book.instruments.is_inverse[fills.instrument]
    traded = np.where(fills.is_fill, fills.quantity, 0.0)
    worth = value(traded * fills.multiplier, fills.price, inverse)
    protective = value(fills.protective_quantity * fills.multiplier, fills.price, inverse)
    paid = trades.fees + total(against_plan(book)) + total(against_stop(book))
    taker = book.policies.value("taker", account, at)
    assumed = book.policies.value("slippage", account, at)
    expected = taker * total(worth) + assumed * total(protective)
    limit = expected * (1 + book.policies.value("cost_tolerance", account, at))
    known = ~np.isnan(paid) & ~np.isnan(expected) & trades.opening_known
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(trades.plan >= 0) & ~trades.is_open,
            known=known,
            broken=known & exceeds(paid, limit),
            evidence={"paid": paid, "fees": trades.fees, "expected": expected},
            cost=paid - expected,
            memo=True,
        ),
    )
