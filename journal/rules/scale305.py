"""A tranche was filled at a worse price than planned.

What it flags
    A fill that belongs to a tranche, worse than the tranche's price by more than the price
    tolerance. A better price is never a deviation, at any distance. A chased first entry belongs
    to the nearest tranche and shows here.

Why it matters
    The ladder's average and its risk assume the planned prices. Paying up on every tranche turns
    a good plan into a mediocre one without a single bad decision to point at.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 105 fee 0.315 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 98 fee 0.294 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import exceeds, tolerance
from journal.book.risk import loss
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE305",
    name="tranche-off-price",
    severity=Severity.MINOR,
    subject=Subject.FILL,
    since="0.1",
    message="filled at {price}, {worse_by} worse than tranche {tranche} at {tranche_price}",
    unknown="which tranche it filled, or its price, is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every (fill part, tranche) pair; a part shows its worst, and costs all of them."""
    fills, trades, found = book.fills, book.trades, book.allocations
    count = len(fills)
    pair = np.flatnonzero(found.is_entry & ~fills.is_before_plan[found.fill])
    row, number = found.fill[pair], found.tranche[pair]
    planned = book.tranches.price[book.versions.first_tranche[fills.version[row]] + number - 1]
    worse_by = fills.direction[row] * (fills.price[row] - planned)
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    tick = np.nan_to_num(book.instruments.tick[fills.instrument[row]])
    off = exceeds(worse_by, tolerance(planned, share[fills.trade[row]], tick))
    size = found.quantity[pair] * fills.multiplier[row]
    inverse = book.instruments.is_inverse[fills.instrument[row]]
    paid_up = loss(fills.direction[row], size, fills.price[row], planned, inverse)
    cost = np.where(off, paid_up, 0.0)
    worst = np.full(count, -1, np.int64)
    order = np.flatnonzero(off)
    order = order[np.argsort(worse_by[order], kind="stable")]
    worst[row[order]] = order
    matched = np.bincount(row, minlength=count) > 0
    untold = np.bincount(row, np.isnan(worse_by), minlength=count) > 0
    return (
        Verdicts.of(
            Subject.FILL,
            applies=matched & fills.is_fill & trades.is_judged[fills.trade],
            known=fills.opening_known & ~untold,
            broken=(worst >= 0) & fills.opening_known,
            evidence={
                "price": fills.price,
                "tranche": np.append(number, 0)[worst],
                "tranche_price": np.append(planned, np.nan)[worst],
                "worse_by": np.append(worse_by, np.nan)[worst],
            },
            cost=np.bincount(row, cost, minlength=count).astype(np.float64),
        ),
    )
