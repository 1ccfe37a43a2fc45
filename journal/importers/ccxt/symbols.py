"""ccxt: its unified symbols, and the contract size that the cost of a trade gives away.

`BTC/USDT` is spot, `BTC/USDT:USDT` a linear swap, `BTC/USD:BTC` an inverse one, `-240628` behind
it a date of delivery, a strike and `C` or `P` an option. Amounts of swaps are contracts. Their
size is nowhere in a trade, but the library multiplies it into the cost once it knows the
exchange's markets: a cost that is a power of ten away from price times amount tells the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.instrument import ONE, InstrumentTerms, Kind, check_symbol
from journal.domain.money import EXACT, canonical, clip
from journal.importers.cells import check_amount

_SYMBOL = re.compile(
    r"(?P<base>[A-Za-z0-9.]+)/(?P<quote>[A-Za-z0-9.]+)"
    r"(?::(?P<settle>[A-Za-z0-9.]+)(?:-(?P<expiry>\d{6}))?(?P<option>-[\d.]+-[CP])?)?",
    re.ASCII,
)
# A factor whose digits say that quantity and price are not rounded.
_EXACTLY = Decimal("1.00000000000000000000")
_SIZES = tuple(Decimal(1).scaleb(power) for power in range(-6, 6))


@dataclass(frozen=True, slots=True)
class Market:
    """What a unified symbol says. `kind` None is an option."""

    symbol: str
    kind: Kind | None
    base: str
    quote: str

    def terms(self, sizes: Iterable[Decimal]) -> InstrumentTerms | None:
        """Return the terms of a contract; its size where exactly one fits all of its costs."""
        if self.kind in (Kind.SPOT, None):
            return None
        found = list(sizes)
        # One is also what fits when the library did not know the exchange's markets.
        told = len(found) == 1 and (found[0] != ONE or self.kind is Kind.INVERSE)
        return InstrumentTerms(self.kind, self.base, self.quote, found[0] if told else None)


def market(text: str) -> Market:
    """Read a unified symbol."""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        raise InputError(f"symbol {clip(text)!r} is not written like BTC/USDT or BTC/USDT:USDT")
    base, quote, settle = match["base"], match["quote"], match["settle"]
    if match["option"]:
        return Market(text, None, base, quote)
    if settle is None:
        kind, symbol = Kind.SPOT, f"{base}-{quote}"
    elif settle not in (base, quote):
        raise InputError(f"{clip(text)} settles in {settle}, which is neither of its coins")
    else:
        kind = Kind.LINEAR if settle == quote else Kind.INVERSE
        symbol = f"{base}-{quote}-{match['expiry'] or 'PERP'}"
    check_symbol(symbol)
    return Market(symbol, kind, base, quote)


def sizes_that_fit(
    found: Market, quantity: Decimal, price: Decimal, cost: Decimal
) -> frozenset[Decimal]:
    """Return the contract sizes by which the cost is right; none fits a cell that was changed."""
    if found.kind is Kind.SPOT:
        check_amount(quantity, price, cost, "the cost")
        return frozenset({ONE})
    quantity, price = EXACT.multiply(quantity, _EXACTLY), EXACT.multiply(price, _EXACTLY)
    inverse = found.kind is Kind.INVERSE
    fitting = frozenset(
        size
        for size in _SIZES
        if _fits(EXACT.multiply(quantity, size), price, cost, inverse=inverse)
    )
    if not fitting and not (inverse and _fits(quantity, price, cost, inverse=False)):
        raise InputError(
            f"{canonical(quantity)} at {canonical(price)} is not the cost {canonical(cost)} "
            "by any size of a contract"
        )
    return fitting or frozenset(_SIZES)


def _fits(quantity: Decimal, price: Decimal, cost: Decimal, *, inverse: bool) -> bool:
    try:
        if inverse:
            check_amount(cost, price, quantity)
        else:
            check_amount(quantity, price, cost)
    except InputError:
        return False
    return True
