"""Sold before the target without the stop, the invalidation or a written reason.

What it flags
    Exit quantity below the next target that neither the stop in force, the invalidation nor a
    trail explains, unless a note tagged `#exit` was written by then. One note covers the next
    exit order only; a reason typed afterwards is a waiver. Where a trail may explain it and the
    best price is not known, or only a stop that was recorded much later, the verdict is unknown.

Why it matters
    Profits taken early are the quiet half of indiscipline: they feel prudent and leave the
    losses of the plan without the gains that pay for them.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 104 fee 0.208 USDT
    2026-01-07T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:00Z note BTC-USDT "earnings tonight"  #exit
    2026-01-06T14:30Z fill BTC-USDT sell 4 @ 104 fee 0.416 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.allocating import protects
from journal.book.comparison import Bools
from journal.book.costs import exit_cost
from journal.book.grouping import group_any
from journal.book.notes import exit_reasons
from journal.book.standing import stop_at, with_and_without_late
from journal.book.tables import Book
from journal.book.targets import next_target
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="EXIT403",
    name="exit-before-target",
    severity=Severity.MAJOR,
    subject=Subject.FILL,
    since="0.1",
    message="sold {early_quantity} at {price}, before the target {next_target}",
    unknown="the best price of the trail, or when the stop was set, is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every exit of a trade whose plan says where to get out."""
    fills, trades = book.fills, book.trades
    has_exits = np.append(book.versions.exit_count, 0)[fills.version] > 0
    planned = has_exits & ~fills.is_before_plan & ~fills.is_liquidation
    early = fills.early_quantity > 0
    told = ~np.isnan(fills.early_quantity + fills.undecided_quantity + fills.protective_quantity)
    # What took quantity at a target is a trail or an excess, and never early.
    at_target = group_any(fills.target_quantity > 0, fills.group)
    undecided = (fills.undecided_quantity > 0) & ~at_target
    excused, late_stop = exit_reasons(book), _late_stop_decides(book)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=planned & ~fills.is_entry & trades.is_judged[fills.trade],
            known=fills.opening_known & (excused | (told & ~undecided & ~late_stop)),
            broken=early & ~excused & ~late_stop,
            evidence={
                "early_quantity": fills.early_quantity,
                "price": fills.price,
                "next_target": next_target(book, early),
                "stop": fills.stop,
                "invalidation": fills.invalidation,
            },
            cost=exit_cost(book, fills.early_quantity),
        ),
    )


def _late_stop_decides(book: Book) -> Bools:
    """Return exits that are early or protective only by a stop recorded too late to prove it."""
    fills, trades = book.fills, book.trades
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    tick = book.instruments.tick[fills.instrument]
    _, proven = with_and_without_late(book)
    protected = np.zeros(len(fills), bool)
    for level in (fills.invalidation, stop_at(book, fills.trade, fills.at_latest, proven)):
        protected |= protects(fills, level, share[fills.trade], tick)
    claimed = (fills.protective_quantity > 0) & ~protected
    return claimed | ((fills.early_quantity > 0) & protected)
