"""Exact decimals: what is read, what is refused, and the one text of a number."""

from __future__ import annotations

from decimal import Decimal, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.domain.money import EXACT, canonical, clip, parse_number, require_decimal

THIRTY = "123456789012345678901234567890"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12.50", "12.5"),
        ("-12.50", "-12.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("-0.00", "0"),
        (f"{THIRTY}.{THIRTY}", f"{THIRTY}.12345678901234567890123456789"),
        ("0" * 50 + "1", "1"),
    ],
)
def test_numbers_and_their_canonical_text(text: str, value: str) -> None:
    assert canonical(parse_number(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "1_000",
        "1,000.5",
        "1e4",
        "NaN",
        "Infinity",
        "0x1",
        " 1",
        "1 ",
        "\uff11",
        "--1",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(InputError, match=r"price .* is not a number"):
        parse_number(text, "price")


@pytest.mark.parametrize("text", [f"1{THIRTY}", f"0.{THIRTY}1"])
def test_too_many_digits(text: str) -> None:
    with pytest.raises(InputError, match="has too many digits"):
        parse_number(text)


def test_canonical_has_no_exponent_and_no_trailing_zeros() -> None:
    assert canonical(Decimal("1E+3")) == "1000"
    assert canonical(Decimal("1E-12")) == "0.000000000001"
    assert canonical(Decimal(100)) == "100"
    with pytest.raises(ValueError, match="not a finite number"):
        canonical(Decimal("NaN"))


@given(st.integers(-(10**60) + 1, 10**60 - 1))
def test_canonical_text_keeps_every_digit(units: int) -> None:
    number = EXACT.scaleb(units, -30)
    text = canonical(number)
    assert parse_number(text) == number
    assert canonical(parse_number(text)) == text


def test_exact_arithmetic_refuses_to_round() -> None:
    assert EXACT.multiply(parse_number(THIRTY), parse_number(THIRTY)) == int(THIRTY) ** 2
    with pytest.raises(Inexact):
        EXACT.divide(Decimal(1), Decimal(3))


@pytest.mark.parametrize("value", [1.5, 1, "1", None, Decimal("NaN"), Decimal("Infinity")])
def test_only_finite_decimals_are_money(value: object) -> None:
    with pytest.raises(TypeError, match="fee must be a finite Decimal"):
        require_decimal(value, "fee")


def test_clip() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("abcd", 3) == "ab…"
