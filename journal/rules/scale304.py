"""More was bought at a tranche than it planned.

What it flags
    Quantity left over after a tranche took what it had room for, in an order that matched or
    named one, beyond the quantity tolerance. A money tranche is full by its units or by its
    money, whichever is more lenient, so 300 USDT at a better price is never too much.

Why it matters
    The size of a tranche is where the average and the risk of the ladder come from. A bit more
    each time is how a plan's maximum is reached one tranche too early.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3.5 @ 100 fee 0.35 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3.02 @ 100 fee 0.302 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.grouping import group_sum, sums_before
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.book.versions import latest

RULE = Rule(
    code="SCALE304",
    name="tranche-oversized",
    severity=Severity.MAJOR,
    subject=Subject.FILL,
    since="0.1",
    message="entered {excess_quantity} more than tranche {tranche} had room for",
    unknown="which tranche took how much is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry whose order matched or named a tranche."""
    fills, trades = book.fills, book.trades
    tranche = np.maximum(fills.tranche, fills.named_tranche)
    last = np.full(len(fills), -1, np.int64)
    rows = np.flatnonzero(tranche > 0)
    last[fills.group[rows]] = rows
    matched = last[fills.group] >= 0
    tranche = np.where(tranche > 0, tranche, tranche[last[fills.group]])
    excess = fills.excess_quantity
    applies = matched & fills.is_entry & fills.is_fill & ~fills.is_before_plan
    applies &= (fills.plan >= 0) & trades.is_judged[fills.trade]
    return (
        Verdicts.of(
            Subject.FILL,
            applies=applies,
            known=fills.opening_known & ~np.isnan(excess),
            broken=(excess > 0) & fills.opening_known,
            evidence={
                "tranche": tranche,
                "planned": _planned(book, tranche, applies),
                "used_before": _used_before(book, tranche),
                "excess_quantity": group_sum(excess, fills.group),
            },
            claim=excess,
        ),
    )


def _planned(book: Book, tranche: Ints, applies: Bools) -> Floats:
    """Return the units that each part's tranche was planned with."""
    planned = np.full(len(tranche), np.nan)
    row = np.flatnonzero(applies)
    place = book.versions.first_tranche[book.fills.version[row]] + tranche[row] - 1
    planned[row] = book.tranches.quantity[place]
    return planned


def _used_before(book: Book, tranche: Ints) -> Floats:
    """Return the units that went to each part's tranche before its order group."""
    fills, found = book.fills, book.allocations
    entry = np.flatnonzero(found.is_entry)
    width = int(max(tranche.max(initial=0), found.tranche.max(initial=0))) + 1
    owner = fills.trade[found.fill] * width + found.tranche
    entry = entry[np.argsort(owner[entry], kind="stable")]
    so_far = sums_before(found.quantity[entry], owner[entry]) + found.quantity[entry]
    asked = fills.trade * width + tranche
    last = latest(owner[entry], found.fill[entry], asked, fills.group_first - 1)
    return np.where(last >= 0, np.append(so_far, 0.0)[last], 0.0)
