"""What OKX's symbols say, and what its contracts are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.domain.instrument import Kind
from journal.importers.okx.contracts import Shape, product_of, size_in, terms_of


@pytest.mark.parametrize(
    ("symbol", "settlement", "kind", "base", "quote", "size"),
    [
        ("BTC-USDT-SWAP", "USDT", "linear", "BTC", "USDT", "0.01"),
        ("ETH-USDT-SWAP", None, "linear", "ETH", "USDT", "0.1"),
        ("ETH-USDT-261225", "USDT", "linear", "ETH", "USDT", "0.1"),
        ("SHIB-USDT-SWAP", "USDT", "linear", "SHIB", "USDT", "1000000"),
        ("BTC-USD-SWAP", "BTC", "inverse", "BTC", "USD", "100"),
        ("ETH-USD-SWAP", None, "inverse", "ETH", "USD", "10"),
        ("DOGE-USD-260327", "DOGE", "inverse", "DOGE", "USD", "10"),
        ("BTC-USDC-SWAP", "USDC", "linear", "BTC", "USDC", None),
        ("ZEC-USDT-SWAP", "USDT", "linear", "ZEC", "USDT", None),
        ("BTC-USD_UM_XPERP-310404", "USDC", "linear", "BTC", "USDC", None),
        ("BTC-USD_UM-261225", None, "linear", "BTC", "USD", None),
    ],
)
def test_what_a_contract_is_worth(
    symbol: str, settlement: str | None, kind: str, base: str, quote: str, size: str | None
) -> None:
    terms = terms_of(product_of(symbol), settlement)
    assert terms is not None
    assert (terms.kind, terms.base, terms.quote) == (Kind(kind), base, quote)
    assert terms.multiplier == (Decimal(size) if size else None)


@pytest.mark.parametrize(
    ("symbol", "settlement"),
    [
        ("BTC-USDT-SWAP", "BTC"),
        ("BTC-USDT-SWAP", "USDC"),
        ("BTC-USD-SWAP", "USDT"),
        ("BTC-USD_UM-261225", "BTC"),
    ],
)
def test_a_contract_is_settled_in_one_coin_only(symbol: str, settlement: str) -> None:
    with pytest.raises(InputError, match="is not settled in"):
        terms_of(product_of(symbol), settlement)


@pytest.mark.parametrize(
    ("symbol", "shape"),
    [
        ("BTC-USDT", Shape.SPOT),
        ("1INCH-EUR", Shape.SPOT),
        ("BTC-USD-260626-95000-C", Shape.OPTION),
        ("TAO-USDC-CONVERT", Shape.CONVERSION),
    ],
)
def test_what_has_no_terms(symbol: str, shape: Shape) -> None:
    product = product_of(symbol)
    assert product.shape is shape
    assert terms_of(product) is None


@pytest.mark.parametrize(
    "symbol", ["", "BTC", "BTCUSDT", "BTC-USDT-PERP", "BTC-USDT-2612", "-USDT"]
)
def test_what_is_no_symbol(symbol: str) -> None:
    with pytest.raises(InputError, match="is not a symbol of OKX"):
        product_of(symbol)


@pytest.mark.parametrize(
    ("cell", "size"),
    [
        ("0.001 ETH", "0.001"),
        ("10 USD", "10"),
        ("cont", None),
        ("ETH", None),
        ("0 ETH", None),
        ("5 BTC", None),
    ],
)
def test_a_size_is_a_number_with_a_coin_of_the_contract(cell: str, size: str | None) -> None:
    found = size_in(cell, product_of("ETH-USD_UM_XPERP-310404"))
    assert found == (Decimal(size) if size else None)


def test_a_size_in_the_file_goes_before_the_one_known_here() -> None:
    terms = terms_of(product_of("BTC-USDT-SWAP"), "USDT", Decimal("0.001"))
    assert terms is not None
    assert terms.multiplier == Decimal("0.001")
