"""Instruments: what a symbol says of itself, and what a declaration adds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.domain.errors import InputError
from journal.domain.instrument import Instrument, InstrumentTerms, Kind, infer

ONE = Decimal(1)


@pytest.mark.parametrize(
    ("symbol", "kind", "base", "quote", "multiplier"),
    [
        ("BTC-USDT", Kind.SPOT, "BTC", "USDT", None),
        ("btc/usdt", Kind.SPOT, "BTC", "USDT", None),
        ("1INCH-USDT", Kind.SPOT, "1INCH", "USDT", None),
        ("BTC-USDT-SWAP", Kind.LINEAR, "BTC", "USDT", None),
        ("ETH-USD-PERP", Kind.LINEAR, "ETH", "USD", None),
        ("BTC-PERP", Kind.LINEAR, "BTC", "EUR", None),
        ("BTC-USDT-260327", Kind.LINEAR, "BTC", "USDT", None),
        ("ES-2026-03", Kind.LINEAR, "ES", "EUR", None),
        ("CL-2020-05-19", Kind.LINEAR, "CL", "EUR", None),
        ("AAPL", Kind.LINEAR, "AAPL", "EUR", ONE),
        ("BRK.B", Kind.LINEAR, "BRK.B", "EUR", ONE),
    ],
)
def test_inferred(
    symbol: str, kind: Kind, base: str, quote: str, multiplier: Decimal | None
) -> None:
    assert infer(symbol, "EUR") == Instrument(symbol, kind, base, quote, multiplier)


def test_a_ticker_without_an_account_is_in_dollars() -> None:
    assert infer("AAPL").quote == "USD"


@pytest.mark.parametrize("symbol", ["", "-BTC", "BTC USDT", "BTC#1", 'B"', "Ä-USDT", "x" * 65])
def test_what_is_no_symbol(symbol: str) -> None:
    with pytest.raises(InputError, match="is not a symbol"):
        infer(symbol)


def test_what_says_nothing_has_to_be_declared() -> None:
    with pytest.raises(InputError, match="nothing is known of the instrument 'BTC_USDT'"):
        infer("BTC_USDT")


def test_fees_of_inverse_contracts_are_in_the_base_coin() -> None:
    assert Instrument("XBTUSD", Kind.INVERSE, "XBT", "USD").settlement == "XBT"
    assert infer("BTC-USDT-SWAP").settlement == "USDT"


def test_a_multiplier_is_asked_for_never_guessed() -> None:
    assert infer("BTC-USDT").known_multiplier() == ONE
    assert infer("AAPL").known_multiplier() == ONE
    with pytest.raises(InputError, match="the contract multiplier of ES-2026-03 is not known"):
        infer("ES-2026-03").known_multiplier()


def test_a_declaration_keeps_what_it_does_not_say() -> None:
    first = InstrumentTerms(multiplier=Decimal(50), tick=Decimal("0.25"))
    future = first.applied("ES-2026-03", None, "USD")
    assert future == Instrument(
        "ES-2026-03", Kind.LINEAR, "ES", "USD", Decimal(50), tick=Decimal("0.25")
    )
    later = InstrumentTerms(quote="EUR").applied("ES-2026-03", future, "USD")
    assert (later.quote, later.multiplier) == ("EUR", Decimal(50))


def test_a_full_declaration_needs_no_symbol_that_speaks() -> None:
    terms = InstrumentTerms(kind=Kind.INVERSE, base="XBT", quote="USD")
    assert terms.applied("XBT_USD", None, None) == Instrument("XBT_USD", Kind.INVERSE, "XBT", "USD")
    with pytest.raises(InputError, match="nothing is known"):
        InstrumentTerms(kind=Kind.INVERSE).applied("XBT_USD", None, None)


def test_a_ticker_declared_as_spot_has_multiplier_one() -> None:
    assert InstrumentTerms(kind=Kind.SPOT).applied("GOLD", None, "EUR").multiplier == ONE


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        (InstrumentTerms(multiplier=Decimal(0)), "multiplier of BTC-USDT must be above zero"),
        (InstrumentTerms(lot=Decimal(-1)), "lot of BTC-USDT must be above zero"),
        (InstrumentTerms(multiplier=Decimal(2)), "BTC-USDT is spot: it has no multiplier"),
        (InstrumentTerms(maintenance_margin=ONE), "mmr of BTC-USDT is not between 0% and 100%"),
    ],
)
def test_impossible_terms(terms: InstrumentTerms, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        terms.applied("BTC-USDT", None, None)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="tick must be a finite Decimal"):
        Instrument("BTC-USDT", Kind.SPOT, "BTC", "USDT", tick=0.1)  # type: ignore[arg-type]
