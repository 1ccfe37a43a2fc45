"""What single cells say, where venues write it differently from the journal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Fee
from journal.domain.money import EXACT, clip, parse_number

_SCIENTIFIC = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?[eE][+-]?\d{1,2}", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?", re.ASCII)
_GLUED = re.compile(
    r"(?P<number>[+-]?[\d,]*\.?\d+(?:[eE]-\d{1,2})?) ?(?P<unit>[A-Za-z0-9]*[A-Za-z][A-Za-z0-9.]*)",
    re.ASCII,
)
_BRACKETS = re.compile(
    r"(?P<sign>[-+]?) ?(?:[$€£¥]\((?P<a>.*)\)|\((?P<b>.*)\)|(?P<c>.*))", re.ASCII
)
_ID = re.compile(r"[!-<>-~][!-~]{0,127}", re.ASCII)
_MANGLED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_CURRENCY_SIGNS = "$€£¥"
_HALF = Decimal("0.5")
_FLOAT_SLACK = Decimal("0.000001")
# The part of what is traded that no venue's fee is above, taxes included.
HIGHEST_FEE = Decimal("0.05")


def number(cell: str, what: str) -> Decimal:
    """Read a plain number, or one such as `5.0E-7` that a program printed from a float."""
    text = cell.strip(" ")
    if "e" in text.lower() and _SCIENTIFIC.fullmatch(text):
        text = format(Decimal(text), "f")
    return parse_number(text, what)


def grouped(cell: str, what: str, decimal: str = ".") -> Decimal:
    """Read a number with thousands in groups of three, by comma, or by blank or apostrophe.

    `decimal` is the decimal mark of the file: with a comma the points are groups. A comma that
    does not part groups of three is refused, never passed over.
    """
    text = cell.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if re.fullmatch(r"[+-]?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?", text, re.ASCII):
        text = text.replace(" ", "").replace("'", "")
    if decimal == ",":
        if _COMMA_GROUPS.fullmatch(text):
            text = text.replace(".", "")
        elif "." in text:
            raise InputError(f"{what} {clip(cell)!r} is not a number with a decimal comma")
        text = text.replace(",", ".", 1)
    elif _POINT_GROUPS.fullmatch(text):
        text = text.replace(",", "")
    return number(text, what)


def money(cell: str, what: str, decimal: str = ".") -> Decimal:
    """Read an amount as statements print it: `$1,234.50`, `($22.48)`, `$(10.00)`, `- 2.50`."""
    text = cell.strip()
    match = _BRACKETS.fullmatch(text)
    if match is None:
        raise InputError(f"{what} {clip(cell)!r} is not an amount of money")
    inner = match["a"] if match["a"] is not None else match["b"]
    bracketed = inner is not None
    plain = (match["c"] if inner is None else inner).strip(_CURRENCY_SIGNS + " ")
    negative = match["sign"] == "-"
    if bracketed and (negative or plain.startswith(("-", "+"))):
        raise InputError(f"{what} {clip(cell)!r} is negative twice")
    if negative and plain.startswith(("-", "+")):
        raise InputError(f"{what} {clip(cell)!r} has two signs")
    value = grouped(plain, what, decimal)
    return -value if bracketed or negative else value


def glued(cell: str, what: str, units: tuple[str, ...] = ()) -> tuple[Decimal, str]:
    """Read a number with its unit behind it: `0.48SOL`, `99.7 USDT`, `5.11INCH` of unit 1INCH.

    `units` are the units that may stand there: they decide where the number ends. Without them
    the unit begins at the first letter.
    """
    text = cell.strip()
    for unit in sorted(units, key=len, reverse=True):
        if text.endswith(unit) and (head := text.removesuffix(unit).rstrip(" ")):
            return grouped(head, what), unit
    match = _GLUED.fullmatch(text)
    if match is None or units:
        expected = f" in {' or '.join(units)}" if units else " with its unit"
        raise InputError(f"{what} {clip(cell)!r} is not a number{expected}")
    return grouped(match["number"], what), match["unit"]


def positive(value: Decimal, what: str) -> Decimal:
    """Return the value, or refuse zero and less."""
    if value <= 0:
        raise InputError(f"{what} {value} is not above zero")
    return value


def is_rounded_id(text: str) -> bool:
    """Whether a spreadsheet turned an id into a number and rounded it: `8.38977E+18`."""
    return _MANGLED_ID.fullmatch(text) is not None


def identifier(cell: str, what: str) -> str:
    """Read a venue's id as it is, or refuse one that a spreadsheet turned into a number."""
    text = cell.strip(" \t'`")
    if is_rounded_id(text):
        raise InputError(
            f"{what} {clip(text)!r} was rounded by a spreadsheet, so fills cannot be told apart",
            hint="import the file exactly as it was exported",
        )
    if not _ID.fullmatch(text):
        raise InputError(f"{what} {clip(cell)!r} is not an id")
    return text


def check_fee(
    fee: Fee | None, traded: Mapping[str, Decimal], highest: Decimal = HIGHEST_FEE
) -> None:
    """Refuse a fee above this part of what was traded of its coin: a cell was changed.

    `traded` tells by coin how much changed hands; a fee in a third coin cannot be compared. What
    is charged for next to nothing may be rounded up to one step of its last printed decimal.
    """
    if fee is None or fee.currency not in traded:
        return
    amount = abs(traded[fee.currency])
    if abs(fee.amount) > max(EXACT.multiply(amount, highest), _last_digit(fee.amount)):
        raise InputError(
            f"a fee of {fee.amount} {fee.currency} on {amount} is too much: a cell was changed",
            hint="import the file exactly as it was exported",
        )


def _last_digit(value: Decimal) -> Decimal:
    """Return what one step of the last printed digit is worth; a whole number is not rounded."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return Decimal(0)
    return Decimal(1).scaleb(exponent)


def check_amount(
    quantity: Decimal,
    price: Decimal,
    amount: Decimal,
    what: str = "the amount",
    *,
    fee_unknown: bool = False,
) -> None:
    """Refuse a row whose quantity times price is not its amount, printed rounding aside.

    Quantity and price may be rounded to their last printed decimal, the amount rounded or cut
    there, and one part in a million is left to programs that multiply floats. An amount from
    which an unknown fee was taken may differ by as much as a fee can be (see `check_fee`).
    """
    quantity, price, amount = abs(quantity), abs(price), abs(amount)
    product = EXACT.multiply(quantity, price)
    if product == amount:
        return
    rounding = EXACT.multiply(quantity, _last_digit(price)) + EXACT.multiply(
        price, _last_digit(quantity)
    )
    slack = (
        EXACT.multiply(rounding, _HALF)
        + (_last_digit(amount) or Decimal(1))
        + EXACT.multiply(max(amount, product), HIGHEST_FEE if fee_unknown else _FLOAT_SLACK)
    )
    if abs(product - amount) > slack:
        raise InputError(
            f"{quantity} at {price} is not {what} {amount}: a cell was changed",
            hint="import the file exactly as it was exported",
        )
