"""A tranche too small, or too close to the target, to be worth its fees.

What it flags
    An entry tranche whose fees in and out, each at least the minimum fee, are above a share of
    what it makes at the quantity-weighted target, or that makes nothing there. With percentage
    fees alone this is COST601 again; it earns its place where there is a minimum fee per order.

Why it matters
    Each tranche is an order of its own. Below a certain size it only pays the venue.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-01T00:00Z policy
      minimum_fee  1
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        0.3 @ 96
      invalidation 88
      exit         rest @ 110

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-01T00:00Z policy
      minimum_fee  1
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         rest @ 110
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import exceeds
from journal.book.planned_costs import by_tranche, round_trip
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="COST602",
    name="tranche-too-small",
    severity=Severity.MINOR,
    subject=Subject.TRANCHE,
    since="0.1",
    message="tranche {tranche} at {price} pays {costs} in fees to make {profit}",
    unknown="the fee rate, or the price of an exit, is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry tranche of a version with targets."""
    tranches, versions = book.tranches, book.versions
    own = tranches.version
    trip = round_trip(book)
    costs, profit = by_tranche(book, trip.target)
    known = ~np.isnan(profit)
    sign = versions.direction[own]
    # By the prices: an exact zero of money may be an ulp off.
    gains = exceeds(sign * trip.target[own], sign * tranches.price)
    limit = book.policies.value(
        "tranche_cost_share_limit", versions.account, versions.effective_at
    )[own]
    return (
        Verdicts.of(
            Subject.TRANCHE,
            applies=(trip.has_exits & trip.taker_known)[own],
            known=known,
            broken=known & (exceeds(costs, limit * profit) | ~gains),
            evidence={
                "tranche": tranches.number,
                "price": tranches.price,
                "costs": costs,
                "profit": profit,
            },
        ),
    )
