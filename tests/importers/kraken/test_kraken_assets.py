"""Kraken's names of assets and pairs, among them those that can be read in two ways."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.kraken.assets import asset, base_and_quote, pair


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("XXBT", "BTC"),
        ("XBT", "BTC"),
        ("ZEUR", "EUR"),
        ("XXDG", "DOGE"),
        ("XETH", "ETH"),
        ("DOT.S", "DOT"),
        ("XBT.M", "BTC"),
        ("EUR.HOLD", "EUR"),
        ("XTZ", "XTZ"),
        ("ZRX", "ZRX"),
        ("KFEE", "KFEE"),
    ],
)
def test_an_asset_has_one_common_name(text: str, name: str) -> None:
    assert asset(text) == name


@pytest.mark.parametrize(
    ("text", "base", "quote"),
    [
        ("XXBTZEUR", "BTC", "EUR"),
        ("XLTCZEUR", "LTC", "EUR"),
        ("XETHXXBT", "ETH", "BTC"),
        ("ZEURZUSD", "EUR", "USD"),
        ("XXBTZEUR.d", "BTC", "EUR"),
        ("XBTUSDT", "BTC", "USDT"),
        ("ADAEUR", "ADA", "EUR"),
        ("XTZEUR", "XTZ", "EUR"),
        ("CHZUSD", "CHZ", "USD"),
        ("ICXXBT", "ICX", "BTC"),
        ("SNXETH", "SNX", "ETH"),
        ("ZRXXBT", "ZRX", "BTC"),
        ("ETHPYUSD", "ETH", "PYUSD"),
        ("USDTZUSD", "USDT", "USD"),
        ("USDCUSDT", "USDC", "USDT"),
        ("BTC/USD", "BTC", "USD"),
        ("XBT/EUR", "BTC", "EUR"),
    ],
)
def test_a_pair_has_one_base_and_one_quote(text: str, base: str, quote: str) -> None:
    assert pair(text) == (base, quote)


@pytest.mark.parametrize("text", ["", "EUR", "/EUR", "BTC/", "BTCFOO"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a"):
        pair(text)


def test_the_stronger_currency_is_the_quote() -> None:
    assert base_and_quote("BTC", "EUR") == base_and_quote("EUR", "BTC") == ("BTC", "EUR")
    assert base_and_quote("EUR", "USD") == ("EUR", "USD")
    assert base_and_quote("USDT", "EUR") == ("USDT", "EUR")
    assert base_and_quote("BTC", "ETH") == ("ETH", "BTC")
    assert base_and_quote("SOL", "ADA") is None
    assert base_and_quote("EUR", "EUR") is None
