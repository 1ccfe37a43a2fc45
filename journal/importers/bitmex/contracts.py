"""BitMEX: what the name of a contract says, and how its costs are counted.

Sources: "Contract Specifications" of each product. The exports count costs and fees in the
smallest unit of the settlement currency, a hundred-millionth XBT or a millionth USDT, and round
the cost of one contract before they multiply. XBTUSD and the XBT futures are inverse, one US
dollar a contract. ETHUSD is a quanto: a contract is worth its price times 0.000001 XBT, so it is
read as a linear contract that is quoted in bitcoin. Futures of other coins (`ADAH20`) are
linear, one coin a contract, quoted in bitcoin. Contracts in USDT count some part of a coin, of
which only that of XBTUSDT is certain here; other quantos in US dollars are asked for, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from journal.domain.errors import InputError
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.money import EXACT, clip

_EXPIRY = r"[FGHJKMNQUVXZ]\d{2}"
_INVERSE = re.compile(rf"XBTUSD|XBT{_EXPIRY}", re.ASCII)
_QUANTO = re.compile(rf"(?P<base>[A-Z0-9]+?)USD(?:{_EXPIRY})?", re.ASCII)
_TETHER = re.compile(rf"(?P<base>[A-Z0-9]+?)USDT(?:{_EXPIRY})?", re.ASCII)
_ALTCOIN = re.compile(rf"(?P<base>[A-Z0-9]+?){_EXPIRY}", re.ASCII)
_MULTIPLIERS = {"ETHUSD": Decimal("0.000001"), "XBTUSDT": Decimal("0.000001")}
_BITCOIN, _SATOSHI = "BTC", Decimal("0.00000001")
_USDT, _MICRO = "USDT", Decimal("0.000001")
_FEW_DIGITS = Context(prec=3)
_PERPETUAL = "XBTUSD"


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract under the journal's symbol; `unit` is what its costs are counted in."""

    symbol: str
    terms: InstrumentTerms
    settlement: str
    unit: Decimal

    def money(self, count: Decimal) -> Decimal:
        """Return an amount of the settlement currency."""
        return EXACT.multiply(count, self.unit)

    def check_cost(self, quantity: Decimal, price: Decimal, cost: Decimal) -> None:
        """Refuse a cost that is not quantity times the rounded cost of one contract."""
        multiplier = self.terms.multiplier
        if multiplier is None:
            return
        # One unit a contract is left to rounding; an inverse cost is compared in contracts.
        scale = price if self.terms.kind is Kind.INVERSE else Decimal(1)
        worth = multiplier if self.terms.kind is Kind.INVERSE else multiplier * price
        counted = EXACT.multiply(self.money(abs(cost)), scale)
        slack = EXACT.multiply(self.money(quantity), scale)
        if abs(EXACT.multiply(quantity, worth) - counted) > slack:
            raise InputError(
                f"{quantity} at {price} do not make a cost of {cost}: a cell was changed",
                hint="import the file exactly as it was exported",
            )

    def apparent_multiplier(self, quantity: Decimal, price: Decimal, cost: Decimal) -> Decimal:
        """Return the multiplier that a cost shows, to the few digits that rounding leaves."""
        return _FEW_DIGITS.divide(self.money(abs(cost)), EXACT.multiply(quantity, price))


def contract(name: str) -> Contract:
    """Return the contract of that name; a multiplier that is not known is None."""
    if _INVERSE.fullmatch(name):
        terms = InstrumentTerms(Kind.INVERSE, _BITCOIN, "USD", Decimal(1))
        symbol = "BTC-USD-PERP" if name == _PERPETUAL else name
        return Contract(symbol, terms, _BITCOIN, _SATOSHI)
    if match := _TETHER.fullmatch(name):
        return _linear(name, match["base"], _USDT, _MICRO)
    if (match := _QUANTO.fullmatch(name)) and match["base"] != "XBT":
        return _linear(name, match["base"], _BITCOIN, _SATOSHI)
    if (match := _ALTCOIN.fullmatch(name)) and not match["base"].endswith("USD"):
        terms = InstrumentTerms(Kind.LINEAR, match["base"], _BITCOIN, Decimal(1))
        return Contract(name, terms, _BITCOIN, _SATOSHI)
    raise InputError(f"{clip(name)!r} is no contract whose terms are known here")


def _linear(name: str, base: str, settlement: str, unit: Decimal) -> Contract:
    coin = _BITCOIN if base == "XBT" else base
    terms = InstrumentTerms(Kind.LINEAR, coin, settlement, _MULTIPLIERS.get(name))
    symbol = f"{coin}-USDT-PERP" if name == f"{base}USDT" else name
    return Contract(symbol, terms, settlement, unit)
