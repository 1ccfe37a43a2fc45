"""The fee of a fill is not known.

What it flags
    A fill without a fee, or with a fee in a third coin that no price at most a day old can value.
    A fee of zero that the file or the trader stated is known. What the account's rate would make
    it is shown as an estimate, and changes nothing.

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

from journal.book.comparison import Bools, Floats
from journal.book.risk import value
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.domain.fill import Liquidity

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
    fills = book.fills
    unknown = np.isnan(fills.fee)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=fills.is_fill,
            known=~unknown,
            broken=unknown,
            evidence={"fee": _why(book, unknown), "estimated_fee": _estimate(book)},
        ),
    )


def _why(book: Book, unknown: Bools) -> np.ndarray:
    fills, facts = book.fills, book.facts.fills
    reasons = np.full(len(fills), "", object)
    for part in np.flatnonzero(unknown & fills.is_fill).tolist():
        row = int(fills.row[part])
        missing = facts.fee[row] is None
        coin = facts.fee_currency[row]
        reasons[part] = "is missing" if missing else f"in {coin} has no known rate"
    return reasons


def _estimate(book: Book) -> Floats:
    """Return the fee at the account's rate: maker where the fill says so, else taker."""
    fills, trades, policies = book.fills, book.trades, book.policies
    account, at = trades.account, trades.opened_latest
    taker, maker = (policies.value(key, account, at)[fills.trade] for key in ("taker", "maker"))
    made = [liquidity == Liquidity.MAKER for liquidity in book.facts.fills.liquidity]
    openings = [False] * len(book.facts.openings.id)
    worth = value(
        fills.quantity * fills.multiplier,
        fills.price,
        book.instruments.is_inverse[fills.instrument],
    )
    return worth * np.where(np.array(made + openings, bool)[fills.row], maker, taker)
