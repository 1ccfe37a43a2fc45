"""A price that nobody printed: one printed amount over another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from journal.domain.errors import InputError
from journal.importers.cells import positive

# A ratio that ends later than this is as good as one that does not.
_MOST_DIGITS = 20
_HALF = Fraction(1, 2)


def exact_price(quote: Decimal, base: Decimal) -> Decimal | None:
    """Return what one of the base costs where that ends, None where it does not."""
    scaled = Fraction(quote) / Fraction(base) * 10**_MOST_DIGITS
    return _shifted(scaled.numerator, _MOST_DIGITS) if scaled.denominator == 1 else None


def unit_price(quote: Decimal, base: Decimal) -> Decimal:
    """Return what one of the base costs, to twenty decimals where that does not end."""
    quote, base = abs(quote), positive(abs(base), "the quantity")
    scaled = round(Fraction(quote) / Fraction(base) * 10**_MOST_DIGITS)
    return _shifted(scaled, _MOST_DIGITS)


def shortest_price(quote: Decimal, base: Decimal) -> Decimal:
    """Return the price of the fewest decimals that gives both amounts as they are printed.

    The amounts are taken as rounded to their last digit, so this is most likely the price that
    they were made from: 32.66407 for 1.80464463 is a price of 18.1.
    """
    paid, bought = Fraction(quote), Fraction(base)
    half_paid, half_bought = _half_step(quote), _half_step(base)
    lowest = (paid - half_paid) / (bought + half_bought)
    highest = (paid + half_paid) / (bought - half_bought)
    for digits in range(_MOST_DIGITS + 1):
        scaled = round(paid / bought * 10**digits)
        if scaled > 0 and lowest <= Fraction(scaled, 10**digits) <= highest:
            return _shifted(scaled, digits)
    raise InputError(f"{quote} for {base} makes no price above zero")


def _half_step(value: Decimal) -> Fraction:
    exponent = value.as_tuple().exponent
    return Fraction(10) ** (exponent if isinstance(exponent, int) else 0) * _HALF


def _shifted(number: int, digits: int) -> Decimal:
    return Decimal((0, tuple(int(digit) for digit in str(number)), -digits))
