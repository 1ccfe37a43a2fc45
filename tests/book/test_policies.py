"""Thresholds in force: dated, by account, over what the account states of itself."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.clock import HOUR, MINUTE, SECOND, microseconds
from journal.book.comparison import Floats, Ints
from journal.book.policies import Policies
from journal_text import book_of

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
