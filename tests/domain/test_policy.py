"""One policy setting: what may be written, and the one text it is kept in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.domain.notation import format_events, parse
from journal.domain.policy import SETTINGS, budget_in_money, canonical_setting, check_for_account


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("cool_down", "45", "45"),
        ("cool_down", "045.50", "45.5"),
        ("slippage", "0.10%", "0.001"),
        ("maker", "-0.02%", "-0.0002"),
        ("taker", "-1", "-1"),
        ("open_risk_limit", "100%", "1"),
        ("risk_per_trade", "2%", "0.02"),
        ("risk_per_trade", "0.005", "0.005"),
        ("risk_per_trade", "200.0 usdt", "200 USDT"),
        ("risk_per_trade", "200USDT", "200 USDT"),
        ("risk_per_trade", "default", "default"),
        ("taker", "default", "default"),
        ("day_starts", "09:30", "09:30"),
        ("day_starts", "default", "default"),
        ("parity", "usdt-usd, USDC-USD", "USDT-USD USDC-USD"),
        ("max_trades_per_day", "3.0", "3"),
        ("SCALE302", "off", "off"),
        ("SCALE302", "default", "default"),
    ],
)
def test_a_setting_has_one_text(key: str, written: str, kept: str) -> None:
    assert canonical_setting(key, written) == kept
    assert canonical_setting(key, kept) == kept


def test_every_default_is_a_setting_of_its_own_key() -> None:
    for setting in SETTINGS:
        if setting.default:
            assert canonical_setting(setting.key, setting.default) == setting.default


@pytest.mark.parametrize(
    ("key", "written", "said"),
    [
        ("cool_down", "-1", "cool_down must not be below 0"),
        ("taker", "-1.1", "taker must not be below -1"),
        ("max_trades_per_day", "2.5", "max_trades_per_day must be a whole number"),
        ("risk_per_trade", "0 USDT", "risk_per_trade of 0 USDT is not above zero"),
        ("risk_per_trade", "-5 USDT", "risk_per_trade of -5 USDT is not above zero"),
        ("risk_per_trade", "1e400", "risk_per_trade '1e400' is not a number"),
        ("risk_per_trade", "200", "risk_per_trade 200 is above 1"),
        ("open_risk_limit", "200 USDT", "open_risk_limit '200 USDT' is not a number"),
        ("SCALE302", "OFF", "SCALE302 'OFF' is not a severity"),
        ("day_starts", "24:00", "day_starts '24:00' is not a time of day"),
        ("parity", "USDTUSD", "parity 'USDTUSD' is not a pair"),
    ],
)
def test_what_no_setting_is(key: str, written: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        canonical_setting(key, written)
    assert refused.value.what == said


def test_a_budget_in_money_has_a_currency() -> None:
    assert budget_in_money("200 USDT") == (Decimal(200), "USDT")
    assert budget_in_money("0.02") is None
    assert budget_in_money("default") is None


def test_an_account_has_its_own_currency_and_shares_all_parities() -> None:
    check_for_account({"risk_per_trade": "200 USDT"}, "main", "USDT")
    check_for_account({"risk_per_trade": "0.02"}, "main", None)
    for settings, currency in (
        ({"risk_per_trade": "200 USDT"}, "EUR"),
        ({"risk_per_trade": "200 USDT"}, None),
        ({"parity": "USDT-USD"}, "USDT"),
    ):
        with pytest.raises(InputError):
            check_for_account(settings, "main", currency)


def test_a_policy_comes_back_as_it_was_written() -> None:
    text = """\
2026-01-01T00:00Z account main recorded 2026-01-01T00:00Z
  currency     USDT

2026-01-02T00:00Z policy account main recorded 2026-01-02T00:00Z
  risk_per_trade 200 USDT
  cool_down    default
  SCALE302     off
  SCALE301     default

2026-01-03T00:00Z policy
  parity       USDT-USD USDC-USD
  day_starts   default
"""
    assert format_events(parse(text), {}) == text
