"""Binance: what its futures are by their names.

USD-margined contracts (BTCUSDT, ETHBTC, dated BTCUSDT_240628) count in base units: the exchange's
own terms give them no contract size, so the multiplier is 1. Coin-margined ones (BTCUSD_PERP,
BTCUSD_240628) count contracts of 100 US dollars for BTC and 10 for every other coin
(`contractSize` of the exchange's list of contracts), and settle in the coin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip

_NAME = re.compile(r"(?P<pair>[A-Z0-9]+)(?:_(?P<expiry>PERP|\d{6}))?", re.ASCII)
_DOLLAR = "USD"
_QUOTES = ("USDT", "USDC", "BUSD", "USD1", "BTC", "ETH")
_CONTRACT_SIZES = {"BTC": Decimal(100)}
_CONTRACT_SIZE = Decimal(10)


@dataclass(frozen=True, slots=True)
class Contract:
    """A future: the journal's symbol and its terms."""

    symbol: str
    terms: InstrumentTerms

    @property
    def is_inverse(self) -> bool:
        """Whether it is coin-margined."""
        return self.terms.kind is Kind.INVERSE


def contract(name: str, quote: str = "") -> Contract:
    """Return what a name of the futures says; `quote` where its row tells it."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise _unknown(name)
    pair, expiry = match["pair"], match["expiry"]
    if expiry and pair.endswith(_DOLLAR) and pair != _DOLLAR:
        return _coin_margined(name, pair.removesuffix(_DOLLAR), expiry)
    quotes = (quote,) if quote else _QUOTES
    found = next((each for each in quotes if pair.endswith(each) and pair != each), None)
    if found is None or expiry == "PERP":
        raise _unknown(name)
    base = pair.removesuffix(found)
    symbol = name if expiry else f"{base}-{found}-PERP"
    check_symbol(symbol)
    return Contract(symbol, InstrumentTerms(Kind.LINEAR, base, found, Decimal(1)))


def _coin_margined(name: str, base: str, expiry: str) -> Contract:
    symbol = f"{base}-{_DOLLAR}-PERP" if expiry == "PERP" else name
    size = _CONTRACT_SIZES.get(base, _CONTRACT_SIZE)
    return Contract(symbol, InstrumentTerms(Kind.INVERSE, base, _DOLLAR, size))


def _unknown(name: str) -> InputError:
    return InputError(f"{clip(name)!r} is no contract of Binance that is known here")
