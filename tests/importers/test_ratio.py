"""Prices out of two amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.domain.money import canonical
from journal.importers.ratio import exact_price, shortest_price


@pytest.mark.parametrize(
    ("quote", "base", "exact"),
    [("256.3500", "0.03", "8545"), ("1", "8", "0.125"), ("1", "3", None), ("64.6129", "7", None)],
)
def test_a_price_that_ends_is_exact(quote: str, base: str, exact: str | None) -> None:
    found = exact_price(Decimal(quote), Decimal(base))
    assert found == (None if exact is None else Decimal(exact))


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
