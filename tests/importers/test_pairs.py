"""Pairs without a mark between their coins."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.pairs import perpetual_symbol, split_pair, spot_symbol


@pytest.mark.parametrize(
    ("text", "coins", "pair"),
    [
        ("BTCUSDT", (), ("BTC", "USDT")),
        ("BTC/USDT", (), ("BTC", "USDT")),
        ("btc_usdt", (), ("btc", "usdt")),
        ("BTCFDUSD", (), ("BTC", "FDUSD")),
        ("USDCUSDT", (), ("USDC", "USDT")),
        ("1INCHBUSD", (), ("1INCH", "BUSD")),
        ("BNBBTC", (), ("BNB", "BTC")),
        ("ADAEUR", (), ("ADA", "EUR")),
        ("BTCAEUR", (), ("BTC", "AEUR")),
        ("GALAUD", (), ("GAL", "AUD")),
        ("DOTUSD", (), ("DOT", "USD")),
        ("BNBUSD", (), ("BNB", "USD")),
        ("BNBBUSD", (), ("BNB", "BUSD")),
        ("USDTUSD", (), ("USDT", "USD")),
        ("USDTTUSD", (), ("USDT", "TUSD")),
        ("ABCXYZ", ("XYZ",), ("ABC", "XYZ")),
        ("ABCXYZ", ("ABC",), ("ABC", "XYZ")),
    ],
)
def test_base_and_quote(text: str, coins: tuple[str, ...], pair: tuple[str, str]) -> None:
    assert split_pair(text, coins) == pair


@pytest.mark.parametrize("text", ["", "USDT", "ABCXYZ", "BTC-", "-USDT", "B TC/USDT"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a pair of two known coins"):
        split_pair(text)


def test_symbols_of_the_journal() -> None:
    assert spot_symbol("LTCBTC") == "LTC-BTC"
    assert perpetual_symbol("XRPBUSD") == "XRP-BUSD-PERP"
