"""An add in profit, without a tranche for it.

What it flags
    An entry on top of a held position, at the average entry price or better for the trade, with
    a quantity that matched no tranche. With SCALE301 it covers every unmatched add exactly once.

Why it matters
    A winner that is added to outside the plan moves the average towards the price: a small
    pull-back then takes the profit of the part that was planned.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 2 @ 104 fee 0.208 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        2 @ 104
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 2 @ 104 fee 0.208 USDT
"""

from __future__ import annotations

from journal.book.adds import unmatched_adds
from journal.book.comparison import reaches
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE302",
    name="unplanned-averaging-up",
    severity=Severity.MAJOR,
    subject=Subject.FILL,
    since="0.1",
    message="added {unmatched_quantity} at {price}, no worse than the average {average_before}, "
    "without a tranche",
    unknown="the history begins inside the position",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every add: unmatched quantity at the average before its group, or better."""
    return (unmatched_adds(book, reaches),)
