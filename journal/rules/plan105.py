"""An entry tranche lies at or past the price that ends the idea.

What it flags
    Any entry tranche of a plan version whose price is the invalidation or beyond it: at or below
    it for a long, at or above it for a short.

Why it matters
    Where the idea is wrong there is nothing left to buy. A tranche there doubles the loss at the
    very price that was meant to end it.

Breaks
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 88
      invalidation 88
      exit         rest @ 110

Keeps
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import reaches
from journal.book.judged import judged_versions
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN105",
    name="tranche-beyond-invalidation",
    severity=Severity.MAJOR,
    subject=Subject.VERSION,
    since="0.1",
    message="tranche {tranche} at {price} lies at or past the invalidation {invalidation}",
    unknown="a tranche has no price",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version that gives an invalidation and tranche prices."""
    versions, tranches = book.versions, book.tranches
    count, own = len(versions), tranches.version
    limit = versions.invalidation[own]
    sign = versions.direction[own]
    beyond = reaches(sign * limit, sign * tranches.price)
    priced = ~np.isnan(tranches.price)
    every_price = np.bincount(own, ~priced, minlength=count) == 0
    any_price = np.bincount(own, priced, minlength=count) > 0
    broken = np.bincount(own, beyond, minlength=count) > 0
    first = np.zeros(count, np.int64)
    worst = np.flatnonzero(beyond)[::-1]
    first[own[worst]] = worst
    prices, numbers = np.append(tranches.price, np.nan), np.append(tranches.number, 0)
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=judged_versions(book) & ~np.isnan(versions.invalidation) & any_price,
            known=every_price,
            broken=broken,
            evidence={
                "tranche": numbers[first],
                "price": prices[first],
                "invalidation": versions.invalidation,
            },
        ),
    )
