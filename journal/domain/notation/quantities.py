"""Sizes, units and prices: what a number means on an instrument, and how it is written."""

from __future__ import annotations

from decimal import Decimal, Inexact

from journal.domain.errors import InputError
from journal.domain.instrument import Instrument, Kind
from journal.domain.money import EXACT, canonical, clip, parse_number
from journal.domain.notation.words import Words
from journal.domain.plan import Size, SizeUnit

CONTRACTS = "contracts"


def read_size(words: Words, instrument: Instrument, what: str, *following: str) -> Size:
    """Read `3`, `3 BTC`, `2 contracts`, `300 USDT` or `50%`."""
    if (words.peek() or "").startswith("@"):
        raise InputError(f"the {what} before `@` is missing")
    amount = words.number(what)
    if words.starts_with_number() and not _is_unit(words.peek(), instrument):
        return Size(SizeUnit.UNITS, amount)  # a forgotten `@`, which the caller asks for
    unit = words.unit(*following)
    if unit is None:
        return Size(SizeUnit.UNITS, amount)
    if unit == "%":
        return Size(SizeUnit.FRACTION, EXACT.scaleb(amount, -2))
    if unit.upper() == instrument.quote.upper():
        return Size(SizeUnit.MONEY, amount)
    return Size(SizeUnit.UNITS, _units(amount, unit, instrument))


def read_quantity(words: Words, instrument: Instrument, *following: str) -> Decimal:
    """Read a quantity executed or held: units only, of either sign."""
    amount = words.number("quantity")
    if words.starts_with_number() and not _is_unit(words.peek(), instrument):
        return amount
    unit = words.unit(*following)
    if unit is None:
        return amount
    if unit.upper() == instrument.quote.upper():
        raise InputError(
            f"a quantity is not given in money such as {unit}",
            hint=f"write how much was traded in {_units_of(instrument)}",
        )
    return _units(amount, unit, instrument)


def _is_unit(word: str | None, instrument: Instrument) -> bool:
    """Tell a coin such as 1INCH from a number."""
    return word is not None and word.partition("@")[0].upper() == instrument.base.upper()


def _units(amount: Decimal, unit: str, instrument: Instrument) -> Decimal:
    if instrument.counts_contracts and unit.lower() == CONTRACTS:
        return amount
    if unit.upper() != instrument.base.upper():
        raise InputError(
            f"the unit {clip(unit)!r} does not belong to {instrument.symbol}",
            hint=f"units: {_units_of(instrument)}, or {instrument.quote} for money",
        )
    if instrument.kind is Kind.INVERSE:
        raise InputError(
            f"{instrument.symbol} is not counted in {instrument.base}",
            hint=f"write contracts, or {instrument.quote} for money",
        )
    return _contracts(amount, instrument)


def _contracts(amount: Decimal, instrument: Instrument) -> Decimal:
    multiplier = instrument.known_multiplier()
    try:
        contracts = EXACT.divide(amount, multiplier)
        return parse_number(canonical(contracts), "contracts")
    except (Inexact, InputError) as error:
        raise InputError(
            f"{canonical(amount)} {instrument.base} is no exact number of contracts"
            f" of {canonical(multiplier)} {instrument.base}",
            hint="write the number of contracts",
        ) from error


def _units_of(instrument: Instrument) -> str:
    if instrument.kind is Kind.SPOT:
        return instrument.base
    return CONTRACTS if instrument.kind is Kind.INVERSE else f"{CONTRACTS} or {instrument.base}"


def check_price(price: Decimal, what: str, instrument: Instrument) -> Decimal:
    """Refuse a price at or below zero where none can be: linear contracts have seen them."""
    if price <= 0 and instrument.kind is not Kind.LINEAR:
        raise InputError(
            f"{what} {canonical(price)} is not above zero",
            hint=f"{instrument.symbol} is {instrument.kind}: only linear contracts go below",
        )
    return price


def read_price(words: Words, instrument: Instrument, what: str = "price") -> Decimal:
    """Read a price that stands without `@`."""
    return check_price(parse_number(words.take(what), what), what, instrument)


def read_at_price(words: Words, instrument: Instrument, what: str = "price") -> Decimal:
    """Read `@ PRICE`."""
    return check_price(words.at_price(what), what, instrument)


def percent_text(fraction: Decimal) -> str:
    """Write a fraction as a percentage."""
    return f"{canonical(EXACT.scaleb(fraction, 2))}%"


def size_text(size: Size, instrument: Instrument) -> str:
    """Write a size: units bare, money with its currency."""
    if size.amount is None:
        return "rest"
    if size.unit is SizeUnit.FRACTION:
        return percent_text(size.amount)
    text = canonical(size.amount)
    return f"{text} {instrument.quote}" if size.unit is SizeUnit.MONEY else text
