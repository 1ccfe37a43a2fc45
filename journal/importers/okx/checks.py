"""Checks of one number of a Trading History by others: a cell that was changed is noticed."""

from __future__ import annotations

from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Fill
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.money import EXACT, clip
from journal.importers.cells import number
from journal.importers.okx.columns import Column, worth_of
from journal.importers.okx.contracts import Product
from journal.importers.table import TableRow

# Balances are rounded to eight places, and one part in a million is left to floats.
_ROUNDING = Decimal("0.00000005")
_SLACK = Decimal("0.000001")

# A fee is between these parts of what was traded, or there is none.
_HIGHEST_FEE = Decimal("0.01")
_HIGHEST_FORCED_FEE = Decimal("0.1")
_LOWEST_FEE = Decimal("0.000001")

# Moneys of which none was worth twice another since these exports exist.
_ALIKE = frozenset({"USD", "EUR", "GBP", "CHF"})
_DOLLARS = frozenset({"USD", "USDT", "USDC", "USDG", "USDS", "FDUSD"})
_NO_MORE_THAN = 2

LEFT_OUT = frozenset({"", "--"})

# Zeros of exports that print all numbers with eight places.
_PADDED_ZEROS = frozenset({"0.00000000", "0E-8"})


def told(line: TableRow, column: Column) -> Decimal:
    """Read a number that may be left out, which says the same as zero."""
    cell = line[column]
    return Decimal(0) if cell in LEFT_OUT else number(cell, column)


def check_balance(line: TableRow, expected: Decimal) -> None:
    """Refuse a row whose balances did not change by this; some rows leave both out."""
    account = told(line, Column.BALANCE_CHANGE)
    position = told(line, Column.POSITION_CHANGE)
    if account == position == 0:
        return
    check_change(EXACT.add(account, position), expected)


def check_change(change: Decimal, expected: Decimal) -> None:
    """Refuse a balance that changed by something else than the other cells say."""
    largest = max(abs(change), abs(expected))
    slack = EXACT.add(_ROUNDING, EXACT.multiply(largest, _SLACK))
    if abs(EXACT.subtract(change, expected)) > slack:
        raise InputError(
            f"the balance changed by {change}, and not by {expected} as the other cells say: "
            "one was changed"
        )


def check_ledger(line: TableRow) -> None:
    """Refuse a row of a contract whose balances did not change by PnL and fee."""
    check_balance(line, EXACT.add(told(line, Column.PNL), told(line, Column.FEE)))


def check_fee(fill: Fill, terms: InstrumentTerms, multiplier: Decimal) -> None:
    """Refuse a fill whose fee is beyond all rates: price, amount or fee are not these."""
    if fill.fee is None or not fill.fee.amount:
        return
    traded = EXACT.multiply(fill.quantity, multiplier)
    fee, rounding = abs(fill.fee.amount), _ROUNDING
    if terms.kind is Kind.INVERSE:
        fee, rounding = (EXACT.multiply(each, fill.price) for each in (fee, rounding))
    else:
        traded = EXACT.multiply(traded, fill.price)
    rate = _HIGHEST_FORCED_FEE if fill.is_liquidation else _HIGHEST_FEE
    highest = EXACT.add(EXACT.multiply(traded, rate), rounding)
    lowest = EXACT.subtract(EXACT.multiply(traded, _LOWEST_FEE), rounding)
    if not lowest <= fee <= highest:
        raise InputError(
            f"a fee of {fill.fee.amount} {fill.fee.currency} does not fit {fill.quantity} "
            f"contracts at {fill.price}: a cell was changed"
        )


def check_places(line: TableRow) -> None:
    """Refuse a price without places where all numbers are printed with eight."""
    padded = any(
        line[column] in _PADDED_ZEROS
        for column in (Column.PNL, Column.POSITION_CHANGE, Column.POSITION_BALANCE)
    )
    if padded and "." not in line[Column.PRICE]:
        raise InputError(
            f"Filled Price {clip(line[Column.PRICE])!r} has lost its decimal mark",
            hint="import the file exactly as it was exported",
        )


def check_worth(line: TableRow, product: Product) -> None:
    """Refuse a price that its worth in the account's own money cannot be, where that is told."""
    worth = worth_of(line)
    if worth is None:
        return
    money, cell = worth
    if not cell or not (money == product.quote or _alike(money, product.quote)):
        return
    price, value = number(line[Column.PRICE], Column.PRICE), number(cell, f"Filled_price-{money}")
    if not value:
        return
    if not value / _NO_MORE_THAN <= price <= value * _NO_MORE_THAN:
        raise InputError(f"Filled Price {price} is not worth {value} {money}: a cell was changed")


def _alike(money: str, quote: str) -> bool:
    return money in _ALIKE and (quote in _ALIKE or quote in _DOLLARS)
