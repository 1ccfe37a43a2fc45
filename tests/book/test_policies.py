"""Thresholds in force: dated, by account, over what the account states of itself."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of

from journal.book.clock import HOUR, MINUTE, SECOND, microseconds
from journal.book.comparison import Floats, Ints
from journal.book.policies import Policies

TEXT = """\
2026-01-01T00:00:00Z account main
  currency USDT
  equity   10000
  fees     maker 0.08% taker 0.10%
  risk     2% per trade
  timezone Europe/Berlin
2026-01-01T00:00:00Z account second
2026-02-01T00:00:00Z account main
  fees     taker 0.20%
2026-03-01T00:00:00Z policy
  price_tolerance 1%
  cool_down 45
2026-04-01T00:00:00Z policy account second
  price_tolerance 2%
  taker 0.05%
2026-05-01T00:00:00Z policy recorded 2026-05-10T00:00:00Z
  log_delay 1
"""


@pytest.fixture(scope="module")
def policies() -> Policies:
    return book_of(TEXT).policies


def at(*days: str) -> Ints:
    return microseconds([f"2026-{day} 00:00:00" for day in days])


def main(count: int) -> Ints:
    return np.zeros(count, np.int64)


def value(policies: Policies, key: str, *days: str, account: int = 0) -> Floats:
    return policies.value(key, np.full(len(days), account), at(*days))


def test_the_default_until_a_policy_says_otherwise(policies: Policies) -> None:
    found = value(policies, "price_tolerance", "02-28", "03-01", "05-01")
    assert found.tolist() == [0.002, 0.01, 0.01]


def test_an_accounts_own_policy_is_its_own(policies: Policies) -> None:
    assert value(policies, "price_tolerance", "03-15", "04-02", account=1).tolist() == [0.01, 0.02]
    assert value(policies, "price_tolerance", "04-02").tolist() == [0.01]


def test_the_accounts_terms_are_dated_and_the_policy_goes_first(policies: Policies) -> None:
    assert value(policies, "taker", "01-02", "02-02").tolist() == [0.001, 0.002]
    assert value(policies, "taker", "04-02", account=1).tolist() == [0.0005]
    assert np.isnan(value(policies, "taker", "01-02", account=1)).all()


def test_what_nobody_said_has_no_value(policies: Policies) -> None:
    assert np.isnan(value(policies, "risk_per_trade", "01-02")).all()


def test_what_an_account_states(policies: Policies) -> None:
    days = at("01-02", "02-02")
    assert policies.stated("equity", main(2), days).tolist() == [10000, 10000]
    assert policies.stated("risk_fraction", main(2), days).tolist() == [0.02, 0.02]
    assert np.isnan(policies.stated("equity", main(1) + 1, days[:1])).all()


def test_a_policy_counts_from_when_it_was_recorded(policies: Policies) -> None:
    spans = policies.span("log_delay", main(2), at("05-09", "05-10"))
    assert spans.tolist() == [24 * HOUR, 1 * HOUR]


def test_durations_come_in_microseconds(policies: Policies) -> None:
    assert policies.span("cool_down", main(2), at("02-01", "03-01")).tolist() == [
        30 * MINUTE,
        45 * MINUTE,
    ]
    assert policies.span("clock_tolerance", main(1), at("02-01")).tolist() == [5 * SECOND]


def test_zones_and_currencies(policies: Policies) -> None:
    assert [zone.key for zone in policies.zones] == ["Europe/Berlin", "UTC"]
    assert policies.currencies == ("USDT", None)


def test_the_policy_at_the_opening_holds_for_the_whole_trade() -> None:
    text = """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        6 @ 100
  invalidation 88
  exit         50% @ 110
2026-01-05T14:30:00Z fill BTC-USDT buy 6 @ 100 fee 0 USDT
2026-01-05T15:00:00Z policy
  price_tolerance 5%
2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 106 fee 0 USDT
"""
    assert book_of(text).fills.early_quantity.tolist() == [0, 3]


MONEY = """\
2026-01-01T00:00:00Z account main
  currency USDT
  risk     2% per trade
2026-01-01T00:00:00Z account other
  currency EUR
  risk     1% per trade
2026-02-01T00:00:00Z policy
  risk_per_trade 200 USDT
2026-03-01T00:00:00Z policy account main
  risk_per_trade 0.5%
2026-04-01T00:00:00Z policy
  risk_per_trade default
"""


def test_a_budget_in_money_is_of_accounts_in_that_currency() -> None:
    found = book_of(MONEY).policies
    days = at("01-15", "02-15", "03-15", "04-15")
    fraction, money = found.risk_per_trade(main(4), days)
    np.testing.assert_array_equal(fraction, [0.02, np.nan, 0.005, 0.02])
    np.testing.assert_array_equal(money, [np.nan, 200, np.nan, np.nan])
    fraction, money = found.risk_per_trade(main(4) + 1, days)
    assert fraction.tolist() == [0.01] * 4
    assert np.isnan(money).all()


TAKEN_BACK = """\
2026-01-01T00:00:00Z account main
  fees taker 0.10%
2026-02-01T00:00:00Z policy
  taker 0.2%
  cool_down 45
  SCALE302 off
2026-03-01T00:00:00Z policy
  taker default
  cool_down default
  SCALE302 default
"""


def test_default_takes_back_what_was_set() -> None:
    found = book_of(TAKEN_BACK).policies
    assert value(found, "taker", "02-15", "03-15").tolist() == [0.002, 0.001]
    assert value(found, "cool_down", "02-15", "03-15").tolist() == [45, 30]
    assert found.rule_weight("SCALE302", 3, main(2), at("02-15", "03-15")).tolist() == [0, 3]


def test_of_an_account_and_all_accounts_the_later_statement_counts() -> None:
    text = """\
2026-01-01T00:00:00Z account main
2026-01-01T00:00:00Z account second
2026-02-01T00:00:00Z policy account second
  cool_down 60
2026-03-01T00:00:00Z policy
  cool_down 45
2026-04-01T00:00:00Z policy account second
  cool_down 90
"""
    found = book_of(text).policies
    days = ("02-15", "03-15", "04-15")
    assert value(found, "cool_down", *days).tolist() == [30, 45, 45]
    assert value(found, "cool_down", *days, account=1).tolist() == [60, 45, 90]


def test_day_starts_are_the_accounts_own_and_hold_for_the_whole_journal() -> None:
    text = """\
2026-01-01T00:00:00Z account main
2026-01-01T00:00:00Z account second
2026-02-01T00:00:00Z policy account second
  day_starts 17:00
2026-03-01T00:00:00Z policy
  parity USDT-USD
2026-04-01T00:00:00Z policy
  parity default
"""
    found = book_of(text).policies
    assert found.day_starts == (0, 17 * HOUR)
    assert found.parity == frozenset()
    assert book_of(text.partition("2026-04")[0]).policies.parity == {frozenset(("USDT", "USD"))}
