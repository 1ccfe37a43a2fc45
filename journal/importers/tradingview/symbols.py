"""TradingView's symbols: an exchange, a colon and the exchange's own name.

Paper Trading counts shares and coins as they are, and futures in contracts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip
from journal.importers import cme
from journal.importers.pairs import split_pair

_SYMBOL = re.compile(r"(?:([A-Z0-9_]{1,20}):)?([A-Za-z0-9][A-Za-z0-9._/-]{0,40}!?)", re.ASCII)
_FUTURE = re.compile(r"([A-Z0-9]{1,6}?)(?:(\d)!|[FGHJKMNQUVXZ]20\d{2})", re.ASCII)
_CURRENCY_PAIR = re.compile(r"([A-Z]{3})([A-Z]{3})", re.ASCII)

_US_SHARES = frozenset({"NASDAQ", "NYSE", "AMEX", "ARCA", "NYSEARCA", "BATS", "CBOE", "OTC"})
_COIN_EXCHANGES = frozenset(
    {
        "BINANCE", "BINANCEUS", "BITFINEX", "BITGET", "BITMEX", "BITSTAMP", "BYBIT", "COINBASE",
        "CRYPTO", "CRYPTOCOM", "GATEIO", "GEMINI", "HTX", "HYPERLIQUID", "KRAKEN", "KUCOIN",
        "MEXC", "OKX", "PHEMEX", "POLONIEX",
    }
)  # fmt: skip
_CURRENCIES = frozenset(
    {
        "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "NZD", "CAD", "SEK", "NOK", "DKK", "PLN",
        "CZK", "HUF", "TRY", "ZAR", "MXN", "SGD", "HKD", "CNH",
    }
)  # fmt: skip
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Market:
    """What a symbol stands for. `size` is base units of one piece or contract, where known."""

    symbol: str
    base: str
    quote: str | None = None
    size: Decimal | None = None
    spot: bool = False

    @property
    def terms(self) -> InstrumentTerms | None:
        """Return what is declared: nothing where the symbol says it, no size where unknown."""
        if self.spot:
            return None
        return InstrumentTerms(Kind.LINEAR, self.base, self.quote, self.size)


def market_of(text: str) -> Market:
    """Return what is traded under a symbol such as `NASDAQ:WCT` or `BINANCE:TRXUSDT.P`."""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        raise InputError(f"Symbol {clip(text)!r} is not like NASDAQ:AAPL")
    exchange, name = match[1] or "", match[2]
    if exchange in _COIN_EXCHANGES:
        return _coins(name)
    if future := _FUTURE.fullmatch(name):
        product = future[1]
        size = cme.POINT_VALUES.get(product)
        return Market(name.removesuffix("!"), product, cme.CURRENCY if size else None, size)
    check_symbol(name)
    pair = _CURRENCY_PAIR.fullmatch(name)
    if pair and exchange not in _US_SHARES and {*pair.groups()} <= _CURRENCIES:
        return Market(name, pair[1], pair[2], _ONE)
    if exchange in _US_SHARES:
        return Market(name, name, "USD", _ONE)
    return Market(name, name)


def _coins(name: str) -> Market:
    base, quote = split_pair(name.removesuffix(".P"))
    if name.endswith(".P"):
        # Contracts quoted in dollars may be inverse ones, of a dollar each.
        return Market(f"{base}-{quote}-PERP", base, quote, None if quote == "USD" else _ONE)
    return Market(f"{base}-{quote}", base, quote, _ONE, spot=True)
