"""What OKX trades: what a symbol says, and what one contract is worth.

Source of the sizes: `ctVal` and `ctType` of OKX's public instruments (API v5,
`/public/instruments`), as copied at different times into crypto-contract-value (2022), the data of
two trading programs (2024, 2026) and answers kept as test data (2026). Only those stand here on
which at least two agree and none differs: OKX has changed some, such as ZEC. All others are asked
for. A coin-margined contract is worth 100 US dollars for BTC and 10 for every other coin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip

# Coins per contract that is quoted and settled in USDT, perpetual or dated.
_COINS = """
BTC 0.01       ETH 0.1        SOL 1          XRP 100        DOGE 1000      ADA 100
BNB 0.01       AVAX 1         LINK 1         DOT 1          LTC 1          BCH 0.1
TRX 1000       XLM 100        ETC 10         EOS 10         ATOM 1         FIL 0.1
NEAR 10        UNI 1          AAVE 0.1       ICP 0.01       SHIB 1000000   PEPE 10000000
SUI 1          WIF 1          WLD 1          HYPE 0.1       ARB 10         OP 1
TON 1          INJ 0.1        RENDER 1       TURBO 10000    FLOW 10        GALA 10
1INCH 1        ALGO 10        APE 0.1        API3 1         AXS 0.1        BAND 1
BAT 10         BSV 1          CFX 10         CHZ 10         COMP 0.1       CRV 1
DYDX 1         EGLD 0.1       ENS 0.1        FTM 10         GMT 1          GRT 10
IMX 1          IOST 1000      IOTA 10        JST 100        KNC 1          KSM 0.1
LPT 0.1        LRC 10         MANA 10        MASK 1         MATIC 10       MINA 1
MKR 0.01       NEO 1          ONT 10         PEOPLE 100     QTUM 1         RSR 100
RVN 10         SAND 10        SNX 1          STORJ 10       SUSHI 1        THETA 10
TRB 0.1        UMA 0.1        XTZ 1          YFI 0.0001     YGG 1          ZIL 100
ZRX 10
"""
_WORDS = _COINS.split()
_SIZES: Mapping[str, Decimal] = {
    coin: Decimal(size) for coin, size in zip(_WORDS[::2], _WORDS[1::2], strict=True)
}
_DOLLARS = {"BTC": Decimal(100)}
_DOLLARS_OTHERWISE = Decimal(10)

_PARTS = re.compile(
    r"(?P<base>[A-Za-z0-9.]+)-(?P<quote>[A-Za-z0-9.]+)(?P<margin>_[A-Z_]+)?(?:-(?P<rest>.+))?",
    re.ASCII,
)
_EXPIRY = re.compile(r"\d{6}", re.ASCII)
_OPTION = re.compile(r"\d{6}-[\d.]+-[CP]", re.ASCII)
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([A-Za-z]\w*)", re.ASCII)


class Shape(StrEnum):
    """The sorts of instruments, by their symbols."""

    SPOT = "spot"
    CONTRACT = "contract"
    OPTION = "option"
    CONVERSION = "currency conversion"


@dataclass(frozen=True, slots=True)
class Product:
    """What a symbol says. `in_dollars`: margined in dollars or their coins whatever its quote."""

    symbol: str
    shape: Shape
    base: str
    quote: str
    in_dollars: bool


def product_of(symbol: str) -> Product:
    """Read a symbol such as BTC-USDT, BTC-USD-SWAP or ETH-USDT-261225."""
    match = _PARTS.fullmatch(symbol)
    shape = _shape(match["rest"]) if match else None
    if match is None or shape is None:
        raise InputError(f"{clip(symbol)!r} is not a symbol of OKX")
    check_symbol(symbol)
    return Product(symbol, shape, match["base"], match["quote"], match["margin"] is not None)


def _shape(rest: str | None) -> Shape | None:
    if rest is None:
        return Shape.SPOT
    if rest == "SWAP" or _EXPIRY.fullmatch(rest):
        return Shape.CONTRACT
    if rest == "CONVERT":
        return Shape.CONVERSION
    return Shape.OPTION if _OPTION.fullmatch(rest) else None


def terms_of(
    product: Product, settlement: str | None = None, size: Decimal | None = None
) -> InstrumentTerms | None:
    """Return the terms of a contract, None for spot, whose symbol says all.

    `settlement` is the coin in which its fees are paid, where the file tells; `size` what the
    file says a contract is worth, which goes before what is known here.
    """
    if product.shape is not Shape.CONTRACT:
        return None
    by_name = product.base if product.quote == "USD" and not product.in_dollars else product.quote
    paid_in = settlement or by_name
    if paid_in == product.base:
        if by_name != product.base:
            raise _odd(product, paid_in)
        dollars = _DOLLARS.get(product.base, _DOLLARS_OTHERWISE)
        return InstrumentTerms(Kind.INVERSE, product.base, product.quote, size or dollars)
    if paid_in != product.quote and not product.in_dollars:
        raise _odd(product, paid_in)
    coins = _SIZES.get(product.base) if paid_in == product.quote == "USDT" else None
    return InstrumentTerms(Kind.LINEAR, product.base, paid_in, size or coins)


def _odd(product: Product, settlement: str) -> InputError:
    return InputError(f"{product.symbol} is not settled in {clip(settlement)}: a cell was changed")


def size_in(cell: str, product: Product) -> Decimal | None:
    """Return what a contract is worth where a cell such as `0.001 ETH` says it."""
    match = _SIZE.fullmatch(cell)
    if match is None or match[2] not in (product.base, product.quote):
        return None
    return Decimal(match[1]) or None
