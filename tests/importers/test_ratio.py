"""Prices out of two amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.domain.money import canonical
from journal.importers.ratio import exact_price, shortest_price, unit_price


@pytest.mark.parametrize(
    ("quote", "base", "exact"),
    [("256.3500", "0.03", "8545"), ("1", "8", "0.125"), ("1", "3", None), ("64.6129", "7", None)],
)
def test_a_price_that_ends_is_exact(quote: str, base: str, exact: str | None) -> None:
    found = exact_price(Decimal(quote), Decimal(base))
    assert found == (None if exact is None else Decimal(exact))


@pytest.mark.parametrize(
    ("amount", "quantity", "price"),
    [
        ("-1872.48", "12.64", "148.139240506329113924050633"[:24]),
        ("-1852.5", "12.5", "148.2"),
        ("0.000531", "0.015", "0.0354"),
        ("3", "0.002", "1500"),
        ("1", "3", "0.33333333333333333333"),
    ],
)
def test_a_unit_price_ends_after_twenty_decimals(amount: str, quantity: str, price: str) -> None:
    assert unit_price(Decimal(amount), Decimal(quantity)) == Decimal(price)


def test_nothing_has_no_price() -> None:
    with pytest.raises(InputError, match="the quantity 0 is not above zero"):
        unit_price(Decimal(1), Decimal(0))


@pytest.mark.parametrize(
    ("quote", "base", "price"),
    [
        ("32.66407", "1.80464463", "18.1"),
        ("2125.86360", "60.00000000", "35.43106"),
        ("58.904901", "0.49500000", "118.9998"),
        ("0.3", "2.2", "0.14"),
        ("10.00000000", "3", "3"),
    ],
)
def test_the_shortest_price_is_the_one_the_amounts_came_from(
    quote: str, base: str, price: str
) -> None:
    assert shortest_price(Decimal(quote), Decimal(base)) == Decimal(price)


def test_amounts_without_a_price_are_refused() -> None:
    with pytest.raises(InputError, match="makes no price above zero"):
        shortest_price(Decimal("0.00000000000000000001"), Decimal("1000.0000"))


@given(
    price=st.decimals("0.0001", 90_000, places=5),
    base=st.decimals("0.01", 500, places=8),
)
def test_a_price_found_again_gives_the_amount_as_printed(price: Decimal, base: Decimal) -> None:
    quote = (price * base).quantize(Decimal("0.00001"))
    if quote > Decimal("0.00005"):
        found = shortest_price(quote, base)
        assert abs(found * base - quote) <= Decimal("0.00001") + found * Decimal("0.00000001")
        assert _decimals(found) <= _decimals(price)


def _decimals(number: Decimal) -> int:
    return len(canonical(number).partition(".")[2])
