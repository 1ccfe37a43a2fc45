"""Exact comparisons and the two P&L formulas."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from journal.domain.instrument import Instrument, Kind

EQUAL_WITHIN = Fraction(1, 10**9)


def exceeds(value: Fraction, limit: Fraction) -> bool:
    """Whether value is greater than limit by more than 1e-9 of the larger magnitude."""
    return value - limit > EQUAL_WITHIN * max(abs(value), abs(limit))


def optional(number: Decimal | None) -> Fraction | None:
    """Return an exact fraction, or None where nothing was said."""
    return None if number is None else Fraction(number)


def multiplier(instrument: Instrument) -> Fraction:
    """Return base units (linear) or quote money (inverse) per contract."""
    return Fraction(instrument.known_multiplier())


def profit(
    instrument: Instrument, sign: int, quantity: Fraction, entry: Fraction, exit_: Fraction
) -> Fraction:
    """Return what a round trip makes, in the settlement currency, before fees."""
    size = sign * quantity * multiplier(instrument)
    if instrument.kind is Kind.INVERSE:
        return size * (1 / entry - 1 / exit_)
    return size * (exit_ - entry)


def value(instrument: Instrument, quantity: Fraction, price: Fraction) -> Fraction:
    """Return what a quantity is worth in the settlement currency: the base of fee rates."""
    size = quantity * multiplier(instrument)
    return size / price if instrument.kind is Kind.INVERSE else size * abs(price)


def average(instrument: Instrument, lots: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Return the average price of (quantity, price) lots; None of nothing."""
    total = sum((quantity for quantity, _ in lots), Fraction(0))
    if total == 0:
        return None
    if instrument.kind is Kind.INVERSE:
        return total / sum(quantity / price for quantity, price in lots)
    return sum((quantity * price for quantity, price in lots), Fraction(0)) / total


def quantity_of_money(instrument: Instrument, money: Fraction, price: Fraction) -> Fraction:
    """Return how much a sum of quote money is at a price; inverse contracts are quote money."""
    if instrument.kind is Kind.INVERSE:
        return money / multiplier(instrument)
    return money / abs(price) / multiplier(instrument)


def money_of_quantity(instrument: Instrument, quantity: Fraction, price: Fraction) -> Fraction:
    """Return the quote money in a quantity at a price."""
    if instrument.kind is Kind.INVERSE:
        return quantity * multiplier(instrument)
    return quantity * abs(price) * multiplier(instrument)
