"""Violations as they are listed: ids, order, groups, waivers, currency."""

from __future__ import annotations

from journal_text import book_of
from ladder_a import ACCOUNT

from journal.book.judging import judge
from journal.book.violation import Violation
from journal.rules import exit401, plan101, plan105, scale301

RULES = (plan101, plan105, scale301, exit401)
TEXT = (
    ACCOUNT
    + """\
2026-01-04T14:00:00Z plan ETH-USDT long
  enter        3 @ 88
  invalidation 88
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 1 @ 99 fee 0 USDT order 5
2026-01-05T15:30:01Z fill BTC-USDT buy 1 @ 98 fee 0 USDT order 5
2026-01-06T15:30:00Z fill BTC-USDT sell 5 @ 90 fee 0 USDT
"""
)


def violations(text: str) -> list[Violation]:
    return judge(book_of(text), RULES).violations()


def test_one_violation_a_subject_and_one_an_order_in_order_of_time() -> None:
    found = violations(TEXT)
    assert [violation.id for violation in found] == ["PLAN105-P1.1", "PLAN101-F1", "SCALE301-F2"]
    assert [violation.subject for violation in found] == ["P1.1", "F1", "F2"]
    assert [violation.trade for violation in found] == [None, 0, 0]
    assert [violation.plan for violation in found] == [0, None, None]
    assert [violation.cost for violation in found] == [None, 30, 17]
    assert [violation.currency for violation in found] == ["USDT", "USDT", "USDT"]


def test_a_violation_keeps_its_id_when_earlier_history_is_imported() -> None:
    earlier = "2026-01-02T14:30:00Z fill BTC-USDT buy 1 @ 50 fee 0 USDT\n"
    closed = "2026-01-03T14:30:00Z fill BTC-USDT sell 1 @ 60 fee 0 USDT\n"
    before = {violation.id for violation in violations(TEXT)}
    assert before < {violation.id for violation in violations(TEXT + earlier + closed)}


def test_a_waiver_is_shown_and_the_violation_still_counts() -> None:
    text = TEXT + '2026-01-07T09:00:00Z waive SCALE301-F2 "hedged elsewhere"\n'
    assert [violation.waived for violation in violations(text)] == [None, None, "hedged elsewhere"]


def test_the_currency_is_that_of_profit_and_loss() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:30:00Z fill XBTUSD buy 100 @ 10000 fee 0 XBT
"""
    assert [violation.currency for violation in violations(text)] == ["XBT"]


def test_what_another_rule_owns_is_said_and_not_counted_twice() -> None:
    text = TEXT.replace("sell 5 @ 90", "sell 1 @ 90") + (
        "2026-01-06T16:30:00Z fill BTC-USDT buy 1 @ 91 fee 0 USDT\n"
        "2026-01-06T17:30:00Z fill BTC-USDT sell 5 @ 90 fee 0 USDT\n"
    )
    found = {violation.id: violation for violation in violations(text)}
    assert found["EXIT401-F5"].cost == 1
    assert found["SCALE301-F5"].cost == 0
    assert found["SCALE301-F5"].evidence["owned_by_others"] == "1"
    assert found["PLAN101-F1"].evidence["owned_by_others"] == "3"
    assert "owned_by_others" not in found["EXIT401-F5"].evidence


def test_rolled_up_an_order_in_many_parts_counts_once() -> None:
    counts = judge(book_of(TEXT), RULES)
    broken = [judged.verdicts.broken.sum() for judged in counts.judged]
    assert broken == [1, 1, 2, 0]
