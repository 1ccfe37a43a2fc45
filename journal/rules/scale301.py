"""An add at a worse price than the average, without a tranche for it.

What it flags
    An entry on top of a held position, below the average entry price for a long (above it for a
    short), with a quantity that matched no tranche. A market order printed in many fills is one
    order: its own parts are not adds to each other. What is bought above a tranche's size is
    SCALE304, not this.

Why it matters
    Averaging down inside a plan is a ladder; outside of one it is hope with more size. The
    average looks better and the loss at the invalidation grows.

Breaks
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 2 @ 96 fee 0.192 USDT

Keeps
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 3 @ 92 fee 0.276 USDT
"""

from __future__ import annotations

from journal.book.adds import unmatched_adds
from journal.book.comparison import Bools, Floats, exceeds
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE301",
    name="unplanned-averaging-down",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="added {unmatched_quantity} at {price}, worse than the average {average_before}, "
    "without a tranche",
    unknown="the history begins inside the position",
)


def _is_worse(price: Floats, average: Floats) -> Bools:
    return exceeds(average, price)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every add: unmatched quantity at a price worse than the average before its group."""
    return (unmatched_adds(book, _is_worse),)
