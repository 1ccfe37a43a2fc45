"""Verdicts counted once per trade or plan, by the time and account of their subjects."""

from __future__ import annotations

from journal_text import book_of

from journal.book.clock import to_microseconds
from journal.book.judging import judge
from journal.book.rolling import Period
from journal.book.tally import adherence, tally
from journal.domain.moment import Moment
from journal.rules import RULES

JOURNAL = """\
2026-01-01T00:00Z account one
2026-01-01T00:00Z account two
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT order 1
2026-01-05T11:00Z fill BTC-USDT buy 1 @ 90 fee 0 USDT order 2
2026-01-05T12:00Z fill BTC-USDT buy 1 @ 80 fee 0 USDT order 3
2026-01-05T13:00Z fill BTC-USDT sell 3 @ 110 fee 0 USDT
2026-01-06T10:00Z plan ETH-USDT long account two
  enter 1 @ 100
  invalidation 90
2026-01-06T11:00Z fill ETH-USDT buy 1 @ 100 fee 0 USDT account two
2026-01-07T10:00Z plan SOL-USDT long
  enter 1 @ 80
  invalidation 90
"""

JUDGEMENT = judge(book_of(JOURNAL), RULES)


def instant(text: str) -> int:
    return to_microseconds(Moment.parse(text).at)


def counted(period: Period, code: str) -> tuple[int, int, int, int]:
    found = tally(JUDGEMENT, period)[code]
    return found["kept"], found["broken"], found["unknown"], found["not_applicable"]


def test_an_owner_counts_once_by_its_weightiest_verdict() -> None:
    assert counted(Period(), "SCALE301") == (0, 1, 0, 1)
    assert counted(Period(), "PLAN101") == (1, 1, 0, 0)
    # the plan that never traded is an owner of its own
    assert counted(Period(), "PLAN105") == (1, 1, 0, 0)


def test_a_verdict_belongs_to_the_time_of_its_subject() -> None:
    sixth = Period(instant("2026-01-06T00:00Z"), instant("2026-01-07T00:00Z"))
    assert counted(sixth, "PLAN101") == (1, 0, 0, 0)
    assert counted(sixth, "PLAN105") == (1, 0, 0, 0)
    assert counted(sixth, "SCALE301") == (0, 0, 0, 1)
    until_the_first_add = Period(until=instant("2026-01-05T11:00Z"))
    assert counted(until_the_first_add, "SCALE301") == (0, 0, 0, 1)


def test_accounts_and_trades() -> None:
    assert counted(Period(accounts=frozenset({1})), "PLAN101") == (1, 0, 0, 0)
    assert counted(Period(accounts=frozenset({0})), "PLAN105") == (0, 1, 0, 0)
    assert counted(Period(trades=frozenset({0})), "PLAN105") == (0, 0, 0, 0)
    assert counted(Period(trades=frozenset({1})), "PLAN105") == (1, 0, 0, 0)


def test_adherence_and_coverage() -> None:
    counts = {
        "A": {"kept": 6, "broken": 2, "unknown": 1, "not_applicable": 9},
        "B": {"kept": 0, "broken": 0, "unknown": 1, "not_applicable": 0},
    }
    found = adherence(counts)
    assert (found.kept, found.broken, found.unknown) == (6, 2, 2)
    assert (found.adherence, found.coverage) == (0.75, 0.8)
    nothing = adherence({"A": {"kept": 0, "broken": 0, "unknown": 0, "not_applicable": 3}})
    assert (nothing.adherence, nothing.coverage) == (None, None)
