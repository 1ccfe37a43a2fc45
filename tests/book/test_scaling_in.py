"""Scaling in against all-in at tranche 1: every figure worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A

from journal.book.ladder_fills import ladder_fills, laddered
from journal.book.scaling_in import ScaleIn, scale_in

FIRST = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
SECOND = "2026-01-06T14:30:00Z fill BTC-USDT buy 3.125 @ 96 fee 0.3 USDT\n"
THIRD = "2026-01-06T15:30:00Z fill BTC-USDT buy 3.260870 @ 92 fee 0.3 USDT\n"

# What a unit at tranche 1 of ladder A risks: 12 to the invalidation, taker in and out, slippage.
A_UNIT = 12 + 0.1 + 0.088 + 0.044
ALL_IN = 76.182413 / A_UNIT


def sold(quantity: float, price: float, fee: float) -> str:
    return f"2026-01-08T14:30:00Z fill BTC-USDT sell {quantity} @ {price} fee {fee} USDT\n"


def worth(text: str) -> ScaleIn:
    book = book_of(text)
    return scale_in(book, ladder_fills(book, laddered(book, np.arange(len(book.trades)))))


def test_two_tranches_filled_and_sold_at_a_target() -> None:
    found = worth(LADDER_A + FIRST + SECOND + sold(6.125, 110, 0.67375))
    assert found.quantity[0] == pytest.approx(ALL_IN, rel=1e-7)
    assert found.scaled[0] == pytest.approx(3 * 10 + 3.125 * 14 - 0.6 - 0.67375)
    # A unit makes 10 and pays 0.1 in and 0.11 out.
    assert found.all_in[0] == pytest.approx(ALL_IN * 9.79, rel=1e-7)
    assert found.value[0] == pytest.approx(72.47625 - ALL_IN * 9.79, rel=1e-6)
    assert found.value_r[0] == pytest.approx(11.50291 / 76.182413, rel=1e-5)


def test_waiting_for_prices_that_never_came_hurts() -> None:
    found = worth(LADDER_A + FIRST + sold(3, 110, 0.33))
    assert found.value[0] == pytest.approx(29.37 - ALL_IN * 9.79, rel=1e-7)
    assert found.value[0] < 0


def test_at_the_invalidation_both_lose_the_planned_risk_but_for_slippage() -> None:
    found = worth(LADDER_A + FIRST + SECOND + THIRD + sold(9.385870, 88, 0.82595656))
    # Nothing slipped, and the ladder had planned 9.38587 x 0.044 for it, the single tranche less.
    assert found.scaled[0] == pytest.approx(-76.182413 + 9.385870 * 0.044, rel=1e-7)
    assert found.all_in[0] == pytest.approx(-76.182413 + ALL_IN * 0.044, rel=1e-7)


def test_exits_are_the_average_of_the_trade() -> None:
    early = "2026-01-06T10:00:00Z fill BTC-USDT sell 1 @ 104 fee 0 USDT\n"
    found = worth(LADDER_A + FIRST + early + SECOND + sold(5.125, 110, 0))
    out = (104 + 5.125 * 110) / 6.125
    assert found.scaled[0] == pytest.approx(3 * (out - 100) + 3.125 * (out - 96) - 0.6)
    assert found.all_in[0] == pytest.approx(ALL_IN * (out - 100.1), rel=1e-7)


def test_unplanned_quantity_is_on_neither_side() -> None:
    chased = "2026-01-06T16:30:00Z fill BTC-USDT buy 2 @ 105 fee 0.2 USDT\n"
    plain = worth(LADDER_A + FIRST + SECOND + sold(6.125, 110, 0.67375))
    found = worth(LADDER_A + FIRST + SECOND + chased + sold(8.125, 110, 0.89375))
    assert found.value[0] == pytest.approx(plain.value[0], rel=1e-12)


def test_what_an_amendment_added_is_no_part_of_the_frozen_ladder() -> None:
    amended = (
        "2026-01-06T16:00:00Z amend BTC-USDT\n  enter 3 @ 100\n  enter 300 USDT @ 96\n"
        "  enter 300 USDT @ 92\n  enter 2 @ 90\n"
        "2026-01-06T16:30:00Z fill BTC-USDT buy 2 @ 90 fee 0.2 USDT tranche 4\n"
    )
    plain = worth(LADDER_A + FIRST + SECOND + sold(6.125, 110, 0.67375))
    found = worth(LADDER_A + FIRST + SECOND + amended + sold(8.125, 110, 0.89375))
    assert found.value[0] == pytest.approx(plain.value[0], rel=1e-12)


def test_a_fee_in_the_base_coin_is_never_sold() -> None:
    first = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.003 BTC\n"
    found = worth(LADDER_A + first + sold(2.997, 110, 0))
    assert found.scaled[0] == pytest.approx(2.997 * 10 - 0.3)
    assert found.all_in[0] == pytest.approx(ALL_IN * (0.999 * 10 - 0.1), rel=1e-7)


SHORT = (
    "2026-01-05T14:00:00Z plan ACME short\n"
    "  enter 2 @ 100\n  enter 2 @ 105\n  invalidation 110\n"
    "2026-01-05T14:30:00Z fill ACME sell 2 @ 100 fee 0 USD\n"
    "2026-01-05T15:30:00Z fill ACME sell 2 @ 105 fee 0 USD\n"
    "2026-01-06T14:30:00Z fill ACME buy 4 @ 90 fee 0 USD\n"
)


def test_a_short_without_known_rates() -> None:
    found = worth(SHORT)
    # 2 x 10 + 2 x 5 = 30 at risk, 3 units at 100; 2 x 10 + 2 x 15 against 3 x 10
    assert (found.quantity[0], found.value[0]) == (pytest.approx(3), pytest.approx(50 - 30))
    assert found.value_r[0] == pytest.approx(20 / 30)


def test_an_inverse_contract() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:00:00Z plan XBTUSD long
  enter 10000 @ 10000
  enter 10000 @ 8000
  invalidation 5000
2026-01-05T14:30:00Z fill XBTUSD buy 10000 @ 10000 fee 0 XBT
2026-01-05T15:30:00Z fill XBTUSD buy 10000 @ 8000 fee 0 XBT
2026-01-06T14:30:00Z fill XBTUSD sell 20000 @ 20000 fee 0 XBT
"""
    found = worth(text)
    # 2 - 1 and 2 - 1.25 XBT at risk: 1.75, or 17500 contracts at 10000.
    assert found.quantity[0] == pytest.approx(17500)
    assert found.scaled[0] == pytest.approx(1 - 0.5 + 1.25 - 0.5)
    assert found.all_in[0] == pytest.approx(1.75 - 0.875)


@pytest.mark.parametrize(
    ("second", "quantity"),
    # 20 a unit; a fee of 1 in, of 0.8 out, each at least 2: both bind, one does, none does.
    [(1, (36 - 4) / 20), (2, (46.4 - 2) / 21), (4, 69.6 / 21.8)],
)
def test_minimum_fees_are_part_of_the_risk(second: int, quantity: float) -> None:
    text = f"""\
2026-01-01T00:00:00Z account main
  currency USD
  fees     taker 1%
2026-01-01T00:00:00Z policy
  slippage    0
  minimum_fee 2
2026-01-05T14:00:00Z plan ACME long
  enter 1 @ 100
  enter {second} @ 90
  invalidation 80
2026-01-05T14:30:00Z fill ACME buy 1 @ 100 fee 2 USD
2026-01-06T14:30:00Z fill ACME sell 1 @ 120 fee 2 USD
"""
    assert worth(text).quantity[0] == pytest.approx(quantity)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("  enter        300 USDT @ 96\n  enter        300 USDT @ 92\n", "", id="one"),
        pytest.param("05T14:00:00Z plan", "06T00:00:00Z plan", id="late"),
        pytest.param("sell 6.125", "sell 6", id="open"),
        pytest.param("buy 3 @ 100", "buy 3 @ 96 tranche 3 fee 0 USDT\n;", id="not at tranche 1"),
    ],
)
def test_where_the_question_does_not_arise(before: str, after: str) -> None:
    text = LADDER_A + FIRST + SECOND + sold(6.125, 110, 0.67375)
    assert len(worth(text).trades) == 1
    assert before in text
    assert len(worth(text.replace(before, after)).trades) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("  invalidation 88\n", "", id="no risk"),
        pytest.param("invalidation 88", "invalidation 100", id="tranche 1 at the invalidation"),
        pytest.param(" fee 0.3 USDT", "", id="entry fee"),
        pytest.param(" fee 0.67375 USDT", "", id="exit fee"),
    ],
)
def test_what_is_not_known_is_not_zero(before: str, after: str) -> None:
    text = LADDER_A + FIRST + SECOND + sold(6.125, 110, 0.67375)
    assert before in text
    found = worth(text.replace(before, after))
    assert np.isnan(found.value).tolist() == [True]
    assert np.isnan(found.value_r).tolist() == [True]


def test_a_fee_of_an_unplanned_add_is_not_needed() -> None:
    chased = "2026-01-06T16:30:00Z fill BTC-USDT buy 2 @ 105\n"
    found = worth(LADDER_A + FIRST + SECOND + chased + sold(8.125, 110, 0.89375))
    assert not np.isnan(found.value[0])


def test_no_trades_and_no_plans() -> None:
    assert len(worth(LADDER_A).trades) == 0
    assert len(worth(ACCOUNT).trades) == 0
