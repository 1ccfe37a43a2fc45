"""The fee of a fill is not known.

What it flags
    A fill without a fee, or with a fee in a third coin that no price at most a day old can value.
    A fee of zero that the file or the trader stated is known.

Why it matters
    Every net figure of the trade, its R multiple and the cost of its breaches are unknown until
    the fee is. An unknown fee is never counted as zero.

Breaks
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100

Keeps
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="LOG802",
    name="fee-unknown",
    severity=Severity.MINOR,
    subject=Subject.FILL,
    since="0.1",
    message="the fee {fee}",
    counts_in_score=False,
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every fill by whether its fee is known in the settlement currency."""
    fills, facts = book.fills, book.facts.fills
    stated = np.array([fee is not None for fee in facts.fee], bool)
    coins = np.array([coin or "" for coin in facts.fee_currency], object)
    row = np.where(fills.is_fill, fills.row, -1)
    in_coin = np.append(coins, "")[row]
    why = np.where(
        np.append(stated, False)[row],
        np.array([f"in {coin} has no known rate" for coin in in_coin], object),
        "is missing",
    )
    return (
        Verdicts.of(
            Subject.FILL,
            applies=fills.is_fill,
            known=np.ones(len(fills), bool),
            broken=np.isnan(fills.fee),
            evidence={"fee": why},
        ),
    )
