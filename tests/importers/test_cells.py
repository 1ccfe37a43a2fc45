"""Numbers as venues print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Fee
from journal.importers.cells import (
    check_amount,
    check_fee,
    glued,
    grouped,
    identifier,
    is_rounded_id,
    money,
    number,
    positive,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5.0E-7", "0.0000005"),
        ("0E-8", "0"),
        ("1.5e3", "1500"),
        (" 12.50 ", "12.5"),
        (".42", "0.42"),
    ],
)
def test_numbers_of_programs(cell: str, value: str) -> None:
    assert number(cell, "x") == Decimal(value)


@pytest.mark.parametrize("cell", ["", "1e400", "1e99", "NaN", "1,5", "1_000", "\uff11", "--", "1e"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(InputError):
        number(cell, "x")


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1,500.0000050000", ".", "1500.000005"),
        ("493,545.00", ".", "493545"),
        ("4 106.170", ".", "4106.17"),
        ("4\u00a0106.170", ".", "4106.17"),
        ("1'234.5", ".", "1234.5"),
        ("12.50", ".", "12.5"),
        ("1.234,56", ",", "1234.56"),
        ("0,62", ",", "0.62"),
        ("4 106,170", ",", "4106.17"),
    ],
)
def test_thousands_in_groups_of_three(cell: str, decimal: str, value: str) -> None:
    assert grouped(cell, "x", decimal) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [("1,5", "."), ("1,23,456", "."), ("1.5", ","), ("1,5,0", ","), ("1 5", ".")],
)
def test_marks_that_part_no_groups_are_refused(cell: str, decimal: str) -> None:
    with pytest.raises(InputError, match="x "):
        grouped(cell, "x", decimal)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$3.98", "3.98"),
        ("($22.48)", "-22.48"),
        ("$(10.00)", "-10"),
        ("-$3320.05", "-3320.05"),
        ("\u20ac3343.11", "3343.11"),
        ("-\u20ac597.49", "-597.49"),
        ("- 2.50", "-2.5"),
        ("$1,330.10", "1330.1"),
        ("90.00 $", "90"),
        ("5", "5"),
    ],
)
def test_amounts_as_statements_print_them(cell: str, value: str) -> None:
    assert money(cell, "x") == Decimal(value)


@pytest.mark.parametrize("cell", ["", "$", "(-5)", "--5", "-(5)", "$5)", "5 EUR"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(InputError, match="x "):
        money(cell, "x")


@pytest.mark.parametrize(
    ("cell", "units", "value", "unit"),
    [
        ("0.48SOL", (), "0.48", "SOL"),
        ("99.687126000000000000 USDT", (), "99.687126", "USDT"),
        ("2,500.0000000000ADA", (), "2500", "ADA"),
        ("5.11INCH", ("1INCH", "USDT"), "5.1", "1INCH"),
        ("0.01612653BNB", ("BNB",), "0.01612653", "BNB"),
    ],
)
def test_numbers_with_their_unit(cell: str, units: tuple[str, ...], value: str, unit: str) -> None:
    assert glued(cell, "x", units) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("cell", "units"), [("0.48", ()), ("SOL", ()), ("5SOL", ("BTC",)), ("", ())]
)
def test_a_number_without_its_unit_is_refused(cell: str, units: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="is not a number"):
        glued(cell, "x", units)


def test_ids_are_kept_and_those_rounded_by_a_spreadsheet_refused() -> None:
    assert identifier(" 2200000000355489633\t", "x") == "2200000000355489633"
    for cell in ("8.38977E+18", "8,38977E+18", "1E18"):
        with pytest.raises(InputError, match="was rounded by a spreadsheet"):
            identifier(cell, "x")
    for cell in ("", "=1+1", "a b", "x" * 129):
        with pytest.raises(InputError, match="is not an id"):
            identifier(cell, "x")


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("3", "100", "300"),
        ("0.0416", "6236.39", "259.44"),  # 259.4338..., printed in cents
        ("1.61", "0.007393", "0.01190273"),
        ("-3", "100", "300"),
        ("127", "8564.53", "1087694.7"),  # the price rounded from 8564.525...
    ],
)
def test_an_amount_that_fits(quantity: str, price: str, amount: str) -> None:
    check_amount(Decimal(quantity), Decimal(price), Decimal(amount))


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("3", "67000.5", "201.0015"),  # 0.003 that lost its point
        ("1", "67000.5", "67.0005"),
        ("3", "100", "303"),
        ("0.0416", "6236.39", "259.99"),
    ],
)
def test_an_amount_that_does_not_fit_is_refused(quantity: str, price: str, amount: str) -> None:
    with pytest.raises(InputError, match="a cell was changed"):
        check_amount(Decimal(quantity), Decimal(price), Decimal(amount))


def test_zero_and_less_are_not_above_zero() -> None:
    assert positive(Decimal("0.1"), "x") == Decimal("0.1")
    for value in ("0", "-1"):
        with pytest.raises(InputError, match=r"x .* is not above zero"):
            positive(Decimal(value), "x")


def test_ids_that_a_spreadsheet_rounded() -> None:
    assert is_rounded_id("8,38977E+18")
    assert not is_rounded_id("8389774412E")


def test_a_fee_above_a_twentieth_of_what_was_traded_of_its_coin_is_refused() -> None:
    traded = {"BTC": Decimal(-100), "USD": Decimal(1)}
    check_fee(Fee(Decimal(5), "BTC"), traded)
    with pytest.raises(InputError, match=r"a fee of -5.1 BTC on 100 is too much"):
        check_fee(Fee(Decimal("-5.1"), "BTC"), traded)
    with pytest.raises(InputError, match=r"a fee of 1.1 BTC on 100 is too much"):
        check_fee(Fee(Decimal("1.1"), "BTC"), traded, Decimal("0.01"))


def test_a_fee_rounded_up_to_its_last_decimal_is_one() -> None:
    check_fee(Fee(Decimal("0.01"), "EUR"), {"EUR": Decimal("0.05")})
    for fee in ("0.02", "1"):
        with pytest.raises(InputError, match="is too much"):
            check_fee(Fee(Decimal(fee), "EUR"), {"EUR": Decimal("0.05")})


def test_a_fee_in_a_third_coin_or_an_unknown_one_has_nothing_to_be_compared_to() -> None:
    check_fee(Fee(Decimal(5), "BNB"), {"BTC": Decimal(1)})
    check_fee(None, {"BTC": Decimal(1)})


def test_an_unknown_fee_may_be_missing_from_an_amount() -> None:
    check_amount(Decimal(5), Decimal(10), Decimal("49.77"), fee_unknown=True)
    with pytest.raises(InputError, match="a cell was changed"):
        check_amount(Decimal(5), Decimal(10), Decimal("49.77"))
    with pytest.raises(InputError, match="a cell was changed"):
        check_amount(Decimal(5), Decimal(10), Decimal(40), fee_unknown=True)
