"""Numbers for reading."""

from __future__ import annotations

import pytest

from journal.reporting.readable import money, multiple, number, percent, rate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "?"),
        (97.95918367346938, "97.9592"),
        ("0.01406", "0.01406"),
        (25433.928571, "25433.93"),
        (100.0, "100"),
        (0.000012345678, "0.0000123457"),
        (-3.0, "-3"),
        ("120000000", "120000000"),
    ],
)
def test_prices_and_quantities(value: float | str | None, text: str) -> None:
    assert number(value) == text


def test_money_is_rounded_to_the_cent_half_up() -> None:
    assert [money(each) for each in (566.775, 18.225, -1.005, 0.0, None)] == [
        "566.78",
        "18.23",
        "-1.01",
        "0.00",
        "?",
    ]
    assert [money(each, signed=True) for each in (1234.5, -1e-12, -2.0)] == [
        "+1,234.50",
        "0.00",
        "-2.00",
    ]


def test_a_fraction_of_a_coin_keeps_three_figures() -> None:
    assert [money(each, signed=True) for each in (0.00010456, -0.0875)] == ["+0.000105", "-0.0875"]


def test_multiples_and_rates() -> None:
    assert (multiple(0.75246), multiple(-1.2), multiple(None)) == ("+0.75R", "-1.20R", "?")
    assert (percent(0.0143, 2), percent(None)) == ("1.43%", "?")
    assert rate(10, 12) == "83% (10 of 12)"
    assert rate(0, 0) == "nothing judged yet (n = 0)"
