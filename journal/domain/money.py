"""Exact decimal numbers: one grammar to read them, one canonical text to keep them.

Prices, quantities and fees travel as `decimal.Decimal` from the keyboard or the file to the
database and back. Floats never enter: they are refused here, not rounded.
"""

from __future__ import annotations

import re
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
)

from journal.domain.errors import InputError

# Wide enough that the product of two limit-length numbers is still exact.
EXACT = Context(
    prec=160, traps=[Inexact, FloatOperation, InvalidOperation, DivisionByZero, Overflow]
)

MAX_INTEGER_DIGITS = 30
MAX_FRACTION_DIGITS = 30

# `Decimal()` itself takes "1_000", full-width digits, NaN and 1e400: the door is narrower.
_NUMBER = re.compile(r"[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))", re.ASCII)


def parse_number(text: str, what: str = "number") -> Decimal:
    """Read a plain decimal such as `-12.50`; `what` names it in the error.

    Raises `InputError` for anything else: exponents, separators, NaN, infinities, or more than
    30 digits on either side of the point.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise InputError(
            f"{what} {clip(text)!r} is not a number",
            hint="write plain digits with a decimal point, e.g. 1234.5",
        )
    whole, fraction = match[1] or "", match[2] or match[3] or ""
    if (
        len(whole.lstrip("0")) > MAX_INTEGER_DIGITS
        or len(fraction.rstrip("0")) > MAX_FRACTION_DIGITS
    ):
        raise InputError(
            f"{what} {clip(text)!r} has too many digits",
            hint=f"at most {MAX_INTEGER_DIGITS} digits on either side of the point",
        )
    return Decimal(text)


def canonical(number: Decimal) -> str:
    """Return the one text of a number: no exponent, no trailing zeros, no negative zero."""
    if not number.is_finite():
        msg = f"{number} is not a finite number"
        raise ValueError(msg)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def require_decimal(value: object, what: str) -> None:
    """Raise `TypeError` unless the value is a finite Decimal: a float in money is a bug of ours."""
    if not isinstance(value, Decimal) or not value.is_finite():
        msg = f"{what} must be a finite Decimal, not {value!r}"
        raise TypeError(msg)


def clip(text: str, limit: int = 40) -> str:
    """Shorten what a user typed for an error message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
