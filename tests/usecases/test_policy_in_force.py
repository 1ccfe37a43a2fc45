"""The policy in force at the right instant, as it is shown and as verdicts are judged by it."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from journal_text import book_of, facts_of

from journal.book.clock import microseconds
from journal.book.judging import judge
from journal.book.violation import Violation
from journal.domain.moment import Moment
from journal.domain.policy import SETTINGS, SettingUnit, budget_in_money
from journal.rules import RULES
from journal.usecases.policy_in_force import PolicyInForce, policy_in_force

TEXT = """\
2026-01-01T00:00:00Z account main
  currency USDT
  fees     taker 0.10%
  risk     2% per trade
2026-01-01T00:00:00Z account second
  currency EUR
2026-02-01T00:00:00Z policy
  cool_down 45
  risk_per_trade 200 USDT
  SCALE302 off
2026-02-10T00:00:00Z policy account second
  cool_down 60
  SCALE302 critical
2026-03-01T00:00:00Z policy recorded 2026-03-05T00:00:00Z
  cool_down default
  risk_per_trade 0.5%
  taker 0.05%
"""


def moment(text: str) -> datetime:
    return Moment.parse(text).at


def shown(at: str, account: str = "main", text: str = TEXT) -> PolicyInForce:
    return policy_in_force(facts_of(text), account, moment(at))


@pytest.mark.parametrize(
    ("at", "account", "cool_down", "risk", "taker"),
    [
        ("2026-01-31T23:59:59Z", "main", "30", "0.02", "0.001"),
        ("2026-02-01T00:00:00Z", "main", "45", "200 USDT", "0.001"),
        ("2026-02-15T00:00:00Z", "main", "45", "200 USDT", "0.001"),
        ("2026-02-15T00:00:00Z", "second", "60", None, None),
        ("2026-03-04T23:59:59Z", "main", "45", "200 USDT", "0.001"),
        ("2026-03-05T00:00:00Z", "main", "30", "0.005", "0.0005"),
        ("2026-03-05T00:00:00Z", "second", "30", "0.005", "0.0005"),
    ],
)
def test_the_last_statement_by_then_counts_from_when_it_was_recorded(
    at: str, account: str, cool_down: str, risk: str | None, taker: str | None
) -> None:
    found = shown(at, account)
    assert found.value("cool_down") == cool_down
    assert found.value("risk_per_trade") == risk
    assert found.value("taker") == taker


def test_what_is_written_later_may_count_from_earlier() -> None:
    text = TEXT + "2026-02-20T00:00:00Z policy\n  cool_down 50\n"
    assert shown("2026-02-25T00:00:00Z", text=text).value("cool_down") == "50"
    assert shown("2026-03-06T00:00:00Z", text=text).value("cool_down") == "30"


def test_a_line_says_who_set_it_and_since_when() -> None:
    lines = {line.key: line for line in shown("2026-02-15T00:00:00Z").settings}
    assert (lines["cool_down"].source, lines["cool_down"].since) == ("policy", moment("2026-02-01"))
    assert (lines["taker"].source, lines["taker"].since) == ("account", moment("2026-01-01"))
    assert (lines["stop_grace"].source, lines["stop_grace"].since) == ("default", None)
    assert len(lines) == len(SETTINGS)


def test_only_rules_that_are_judged_otherwise_are_listed() -> None:
    (off,) = shown("2026-02-05T00:00:00Z").rules
    assert (off.code, off.severity, off.own_severity) == ("SCALE302", "off", "major")
    (raised,) = shown("2026-02-15T00:00:00Z", "second").rules
    assert (raised.severity, raised.since) == ("critical", moment("2026-02-10"))
    assert shown("2026-01-15T00:00:00Z").rules == []


def test_what_is_shown_is_what_rules_are_judged_by() -> None:
    book = book_of(TEXT)
    numeric = [each for each in SETTINGS if each.unit not in (SettingUnit.CLOCK, SettingUnit.PAIRS)]
    for code, account in enumerate(book.accounts):
        for day in ("01-15", "02-01", "02-05", "02-15", "03-03", "03-06"):
            at = microseconds([f"2026-{day} 00:00:00"])
            found = shown(f"2026-{day}T00:00:00Z", account)
            owner = np.array([code])
            for setting in numeric:
                text = found.value(setting.key)
                if setting.unit is SettingUnit.BUDGET:
                    fraction, money = book.policies.risk_per_trade(owner, at)
                    judged = money if text and budget_in_money(text) else fraction
                    wanted = text and text.split()[0]
                else:
                    judged, wanted = book.policies.value(setting.key, owner, at), text
                expected = [np.nan if wanted is None else float(wanted)]
                np.testing.assert_array_equal(judged, expected, setting.key)


ACCOUNT = """\
2026-01-01T00:00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.10%
"""


def violations(text: str) -> list[Violation]:
    return judge(book_of(ACCOUNT + text), RULES).violations()


def broken(text: str) -> set[str]:
    return {violation.id for violation in violations(text)}


ADD = """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 1 @ 101 fee 0 USDT
2026-01-06T14:30:00Z fill BTC-USDT sell 4 @ 102 fee 0 USDT
"""


@pytest.mark.parametrize(
    ("at", "severity"),
    [
        ("2026-01-05T14:29:59Z", "minor"),
        ("2026-01-05T14:30:05Z", "minor"),  # within the clock tolerance
        ("2026-01-05T14:30:06Z", "major"),
        ("2026-01-05T15:00:00Z", "major"),
    ],
)
def test_a_trade_is_judged_by_the_policy_when_it_opened(at: str, severity: str) -> None:
    found = violations(f"{at} policy\n  SCALE302 minor\n{ADD}")
    assert [each.severity for each in found if each.id == "SCALE302-F2"] == [severity]


def test_a_rule_switched_off_does_not_reach_a_trade_that_is_open() -> None:
    off = "{} policy\n  SCALE302 off\n"
    assert "SCALE302-F2" not in broken(off.format("2026-01-05T14:00:00Z") + ADD)
    assert "SCALE302-F2" in broken(off.format("2026-01-05T15:00:00Z") + ADD)


PLAN = """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  invalidation 88
  exit         rest @ 110
"""
# Planned risk: 3 x 12, and 0.1 % of 300 and of 264, and 0.05 % of 264: 36.696.


@pytest.mark.parametrize(
    ("budget", "at", "is_broken"),
    [
        ("30 USDT", "2026-01-05T14:00:00Z", True),
        ("30 USDT", "2026-01-05T14:00:01Z", False),
        ("36.696 USDT", "2026-01-05T13:00:00Z", False),
        ("36.69 USDT", "2026-01-05T13:00:00Z", True),
        ("0.36%", "2026-01-05T13:00:00Z", True),
        ("0.37%", "2026-01-05T13:00:00Z", False),
    ],
)
def test_a_plan_is_judged_by_the_policy_at_its_lock(budget: str, at: str, is_broken: bool) -> None:  # noqa: FBT001 - the answer
    text = f"{at} policy\n  risk_per_trade {budget}\n{PLAN}"
    assert ("RISK201-P1.1" in broken(text)) == is_broken


def test_a_budget_in_another_currency_is_none() -> None:
    other = "2026-01-01T00:00:00Z account other\n  currency EUR\n"
    text = "2026-01-02T00:00:00Z policy\n  risk_per_trade 30 EUR\n"
    assert "RISK201-P1.1" not in broken(other + text + PLAN)


@pytest.mark.parametrize(
    ("at", "is_broken"), [("2026-01-05T00:00:00Z", True), ("2026-01-05T00:00:01Z", False)]
)
def test_a_day_is_judged_by_the_policy_at_its_start(at: str, is_broken: bool) -> None:  # noqa: FBT001 - the answer
    text = f"{at} policy\n  max_trades_per_day 1\n"
    for hour in (10, 12):
        text += f"2026-01-05T{hour}:00:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT\n"
        text += f"2026-01-05T{hour + 1}:00:00Z fill BTC-USDT sell 1 @ 101 fee 0 USDT\n"
    assert ("HABIT702-main.2026-01-05" in broken(text)) == is_broken
