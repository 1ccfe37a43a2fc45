"""Bybit: what the name of a contract says, the same in its exports and its API.

Sources: "Contract Rules" of Bybit's perpetuals and futures. Linear contracts (settled in USDT or
USDC) are counted in coins, inverse ones (settled in the coin) in contracts of one US dollar, so
the multiplier is 1 for both. `BTCUSDT` and `BTCPERP` (in USDC) are perpetuals, `BTCUSDT-26DEC25`
and `BTC-26DEC25` (in USDC) linear futures, `BTCUSD` the inverse perpetual and `BTCUSDZ25` an
inverse future.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount
from journal.importers.declaring import declared
from journal.importers.reading import Reading

_COIN = r"(?P<base>[A-Z0-9]{1,20}?)"
_DAY = r"\d{1,2}[A-Z]{3}\d{2}"
_NAMES = (
    (Kind.LINEAR, re.compile(_COIN + r"(?P<quote>USDT|USDC)", re.ASCII), None),
    (Kind.LINEAR, re.compile(_COIN + r"PERP", re.ASCII), "USDC"),
    (Kind.LINEAR, re.compile(_COIN + rf"(?P<quote>USDT)-{_DAY}", re.ASCII), None),
    (Kind.LINEAR, re.compile(_COIN + rf"-{_DAY}", re.ASCII), "USDC"),
    (Kind.INVERSE, re.compile(_COIN + r"(?P<quote>USD)(?:[HMUZ]\d{2})?", re.ASCII), None),
)
_OPTION = re.compile(rf"[A-Z0-9]+-{_DAY}-[\d.]+-[CP](?:-[A-Z]+)?", re.ASCII)
_DATED = re.compile(rf"-{_DAY}|USD[HMUZ]\d{{2}}$", re.ASCII)

# A fee that misses its rate by this much or more comes from a cell that lost its decimal mark.
_FAR_OFF = Decimal(2)

# No fee of a derivative is above one in a hundred of its value, or below one in a hundred thousand
# without being zero.
_HIGHEST, _LOWEST = Decimal("0.01"), Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract under the journal's symbol."""

    symbol: str
    kind: Kind
    base: str
    quote: str

    @property
    def settlement(self) -> str:
        """Return the coin of its profits, fees and funding."""
        return self.base if self.kind is Kind.INVERSE else self.quote

    @property
    def terms(self) -> InstrumentTerms:
        """Return what the journal declares of it."""
        return InstrumentTerms(self.kind, self.base, self.quote, Decimal(1))

    def check_fee(self, quantity: Decimal, price: Decimal, rate: Decimal, fee: Decimal) -> None:
        """Refuse a quantity and price that a fee at this rate cannot come from.

        The rates are printed rounded and taxes come on top, so only gross differences count.
        """
        value, charged = self._in_quote(quantity, price, fee)
        expected = abs(EXACT.multiply(value, rate))
        if not expected or not charged:
            return
        if not expected < charged * _FAR_OFF or not charged < expected * _FAR_OFF:
            raise InputError(
                f"{quantity} at {price} and a rate of {rate} do not make a fee of {fee}: "
                "a cell was changed",
                hint="import the file exactly as it was exported",
            )

    def check_proportion(self, quantity: Decimal, price: Decimal, fee: Decimal) -> None:
        """Refuse a fee that is higher or lower than any rate makes it."""
        value, charged = self._in_quote(quantity, price, fee)
        if charged and not value * _LOWEST <= charged <= value * _HIGHEST:
            raise InputError(
                f"a fee of {fee} is out of proportion to {quantity} at {price}: a cell was changed",
                hint="import the file exactly as it was exported",
            )

    def _in_quote(self, quantity: Decimal, price: Decimal, fee: Decimal) -> tuple[Decimal, Decimal]:
        """Return value and size of the fee in the quote currency."""
        if self.kind is Kind.INVERSE:
            return quantity, abs(EXACT.multiply(fee, price))
        return EXACT.multiply(quantity, price), abs(fee)

    def check_value(self, quantity: Decimal, price: Decimal, value: Decimal) -> None:
        """Refuse a value that is not quantity times price, or for inverse ones, by price."""
        if self.kind is Kind.INVERSE:
            check_amount(value, price, quantity, "the quantity")
        else:
            check_amount(quantity, price, value, "the value")


def is_option(name: str) -> bool:
    """Whether the name is that of an option, which the journal cannot hold."""
    return _OPTION.fullmatch(name) is not None


def contract(name: str) -> Contract:
    """Return the contract of that name, or refuse a name of another kind."""
    for kind, pattern, settled_in in _NAMES:
        if match := pattern.fullmatch(name):
            base, quote = match["base"], settled_in or match["quote"]
            symbol = name if _DATED.search(name) else f"{base}-{quote}-PERP"
            return Contract(symbol, kind, base, quote)
    raise InputError(f"{clip(name)!r} is not a contract of Bybit")


def declare(reading: Reading, contracts: Iterable[Contract]) -> Reading:
    """Return the reading with these contracts declared."""
    terms = {each.symbol: each.terms for each in contracts}
    return declared(reading, terms.get)


def spot_fee_coin(side: Side, fee: Decimal, base: str, quote: str) -> str:
    """Return the coin of a spot fee that comes without one.

    A cost is taken from what is received; a rebate is paid in what is given.
    """
    receives_base = (side is Side.BUY) is (fee >= 0)
    return base if receives_base else quote
