"""A small journal whose every figure is worked by hand in the tests beside it.

Eight trades in two currencies: a ladder, an unplanned loss, a short with funding, one whose fee
is not known, one in dollars sold too early, one still open, and one of the week before. Slippage
is set to nothing, so that a plan's risk is: size x distance, and 0.1 % of both sides' money.
"""

from __future__ import annotations

from datetime import UTC, datetime

from journal_text import book_of

from journal.book.judging import Judgement, judge
from journal.reporting.report import Report
from journal.rules import RULES
from journal.usecases.review import Asked, report

AS_OF = datetime(2026, 3, 9, 8, tzinfo=UTC)

WORKED = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.1%
2026-01-01T00:00Z account us
  currency USD
  equity   10000
  fees     taker 0%
2026-01-01T00:00Z policy
  slippage 0
2026-01-01T00:00Z instrument BTC-USDT-PERP
  multiplier 1

2026-02-24T08:00Z plan BTC-USDT long as early  #range
  thesis       "Range low"
  enter        2 @ 100
  invalidation 90
  stop         90
  exit         rest @ 110
2026-02-24T09:00Z fill BTC-USDT buy 2 @ 100 fee 0.2 USDT
2026-02-25T09:00Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT

2026-03-02T08:00Z plan BTC-USDT long as ladder  #range
  thesis       "Range low again"
  enter        2 @ 100
  enter        2 @ 95
  invalidation 90
  stop         90
  exit         50% @ 110
  exit         rest @ 120
2026-03-02T09:00Z fill BTC-USDT buy 2 @ 100 fee 0.2 USDT
2026-03-02T15:00Z fill BTC-USDT buy 2 @ 95.5 fee 0.191 USDT
2026-03-03T12:00Z fill ETH-USDT buy 1 @ 50 fee 0.05 USDT
2026-03-03T18:00Z fill ETH-USDT sell 1 @ 45 fee 0.045 USDT
2026-03-04T10:00Z fill BTC-USDT sell 2 @ 111 fee 0.222 USDT
2026-03-04T10:05Z stop BTC-USDT 98.5
2026-03-04T11:00Z plan BTC-USDT-PERP short as fade  #fade
  thesis       "Range high"
  enter        1 @ 60
  invalidation 66
  stop         66
  exit         rest @ 54
2026-03-04T12:00Z fill BTC-USDT-PERP sell 1 @ 60 fee 0.06 USDT
2026-03-05T00:00Z funding BTC-USDT-PERP 0.5 USDT
2026-03-05T10:00Z fill BTC-USDT sell 2 @ 98.3 fee 0.1966 USDT
2026-03-05T14:00Z plan AAPL long as earnings account us  #earnings
  thesis       "Gap held"
  enter        10 @ 20
  invalidation 18
  stop         18
  exit         rest @ 22
2026-03-05T15:00Z fill AAPL buy 10 @ 20 fee 1 USD account us
2026-03-06T11:00Z fill SOL-USDT buy 1 @ 10
2026-03-06T12:00Z fill BTC-USDT-PERP buy 1 @ 54 fee 0.054 USDT
2026-03-06T15:00Z fill AAPL sell 10 @ 21 fee 1 USD account us
2026-03-07T08:00Z plan XRP-USDT long as held  #range
  thesis       "Support"
  enter        10 @ 2
  invalidation 1.8
  stop         1.8
  exit         rest @ 3
2026-03-07T09:00Z fill XRP-USDT buy 10 @ 2 fee 0.02 USDT
2026-03-07T10:00Z fill SOL-USDT sell 1 @ 12 fee 0.012 USDT
"""


def wall(text: str) -> datetime:
    """Return what a clock on the wall shows, e.g. `03-04 10:05` of that year."""
    return datetime.fromisoformat(f"2026-{text}")


def judged(text: str, as_of: datetime = AS_OF) -> Judgement:
    """Return a journal text as a judged book."""
    return judge(book_of(text, as_of), RULES)


def week_report(week: str = "2026-W10", **asked: str) -> Report:
    """Return the report of a week of the worked journal."""
    return report(judged(WORKED), Asked(week=week, **asked))
