"""Names of Bybit's contracts, and what fees must be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.instrument import Kind
from journal.importers.bybit.contracts import (
    contract,
    is_option,
    spot_fee_coin,
)


@pytest.mark.parametrize(
    ("name", "symbol", "kind", "settlement"),
    [
        ("BTCUSDT", "BTC-USDT-PERP", Kind.LINEAR, "USDT"),
        ("1000PEPEUSDT", "1000PEPE-USDT-PERP", Kind.LINEAR, "USDT"),
        ("BTCPERP", "BTC-USDC-PERP", Kind.LINEAR, "USDC"),
        ("BTCUSD", "BTC-USD-PERP", Kind.INVERSE, "BTC"),
        ("BTCUSDZ25", "BTCUSDZ25", Kind.INVERSE, "BTC"),
        ("BTC-26DEC25", "BTC-26DEC25", Kind.LINEAR, "USDC"),
        ("BTCUSDT-5DEC25", "BTCUSDT-5DEC25", Kind.LINEAR, "USDT"),
    ],
)
def test_a_name_says_what_the_contract_is(
    name: str, symbol: str, kind: Kind, settlement: str
) -> None:
    traded = contract(name)
    assert (traded.symbol, traded.kind, traded.settlement) == (symbol, kind, settlement)
    assert traded.terms.multiplier == 1


@pytest.mark.parametrize("name", ["", "BTC", "USDT", "BTCEUR", "BTC-26DEC25-100000-C", "btcusdt"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="is not a contract of Bybit"):
        contract(name)


def test_options_are_known_by_their_names() -> None:
    assert is_option("BTC-26DEC25-100000-C")
    assert is_option("ETH-5DEC25-2800.5-P-USDT")
    assert not is_option("BTC-26DEC25")


def test_a_fee_must_be_near_its_rate() -> None:
    linear, inverse = contract("BTCUSDT"), contract("BTCUSD")
    rate = Decimal("0.00055")
    linear.check_fee(Decimal("0.01"), Decimal(60000), rate, Decimal("0.33"))
    linear.check_fee(Decimal("0.01"), Decimal(60000), rate, Decimal("0.36"))  # with a tax on top
    inverse.check_fee(Decimal(6000), Decimal(60000), rate, Decimal("0.000055"))
    with pytest.raises(InputError, match="do not make a fee"):
        linear.check_fee(Decimal("0.1"), Decimal(60000), rate, Decimal("0.33"))
    with pytest.raises(InputError, match="do not make a fee"):
        inverse.check_fee(Decimal(6000), Decimal(600000), rate, Decimal("0.000055"))


def test_a_value_is_quantity_by_price_or_the_other_way_around() -> None:
    contract("BTCUSDT").check_value(Decimal("0.01"), Decimal(60000), Decimal(600))
    contract("BTCUSD").check_value(Decimal(6000), Decimal(60000), Decimal("0.1"))
    with pytest.raises(InputError, match="is not the quantity"):
        contract("BTCUSD").check_value(Decimal(6000), Decimal(60000), Decimal("0.2"))


def test_costs_are_taken_from_what_is_received_and_rebates_paid_in_what_is_given() -> None:
    cost, rebate = Decimal("0.1"), Decimal("-0.1")
    assert spot_fee_coin(Side.BUY, cost, "ICP", "USDT") == "ICP"
    assert spot_fee_coin(Side.SELL, cost, "ICP", "USDT") == "USDT"
    assert spot_fee_coin(Side.BUY, rebate, "ICP", "USDT") == "USDT"
    assert spot_fee_coin(Side.SELL, rebate, "ICP", "USDT") == "ICP"
