"""Planned risk, filled risk and break-even, against numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import LADDER_A

from journal.book.risk import break_even
from journal.book.tables import Book

FIRST = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"


def exactly(value: float) -> object:
    return pytest.approx(value, rel=1e-9)


def risk_of(text: str) -> float:
    return float(book_of(text).versions.planned_risk[0])


def test_ladder_a() -> None:
    versions = book_of(LADDER_A).versions
    # 3 x 12 + 3.125 x 8 + 3.260869565 x 4, fees in 0.9, out 825.956522 x 0.1 %, slippage 0.05 %
    assert versions.planned_risk[0] == exactly(74.04347826086956 + 0.9 + 0.82595652 + 0.41297826)
    assert versions.planned_risk[0] == pytest.approx(76.182413, abs=5e-7)
    assert versions.planned_quantity[0] == exactly(3 + 300 / 96 + 300 / 92)
    assert versions.planned_money[0] == exactly(900)
    assert versions.planned_average[0] == exactly(95.88882455124493)
    assert versions.costs_known[0]


def test_without_a_taker_rate_the_costs_are_left_out_and_marked() -> None:
    text = LADDER_A.replace("  fees     maker 0.08% taker 0.10%\n", "")
    versions = book_of(text).versions
    assert versions.planned_risk[0] == exactly(74.04347826086956)
    assert not versions.costs_known[0]


def test_a_minimum_fee_counts_for_each_tranche_and_for_one_exit() -> None:
    text = LADDER_A + "2026-01-02T00:00:00Z policy\n  minimum_fee 1\n"
    assert risk_of(text) == exactly(74.04347826086956 + 3 + 1 + 0.41297826)


def test_a_minimum_fee_below_the_percentage_changes_nothing() -> None:
    text = LADDER_A + "2026-01-02T00:00:00Z policy\n  minimum_fee 0.1\n"
    assert risk_of(text) == exactly(76.18241304)


def test_slippage_and_taker_are_those_at_the_lock() -> None:
    before = LADDER_A + "2026-01-05T13:00:00Z policy\n  slippage 0.1%\n  taker 0.2%\n"
    after = LADDER_A + "2026-01-05T15:00:00Z policy\n  slippage 0.1%\n  taker 0.2%\n"
    assert risk_of(before) == exactly(74.04347826 + 1.8 + 1.65191304 + 0.82595652)
    assert risk_of(after) == exactly(76.18241304)


@pytest.mark.parametrize(
    ("line", "instead"),
    [("  invalidation 88\n", ""), ("300 USDT @ 96", "300 USDT"), ("3 @ 100", "@ 100")],
)
def test_a_piece_that_is_missing_leaves_the_risk_unknown(line: str, instead: str) -> None:
    assert np.isnan(risk_of(LADDER_A.replace(line, instead)))


def test_a_ladder_without_a_tranche_has_no_risk_figure() -> None:
    text = "2026-01-05T14:00:00Z plan BTC-USDT long\n  invalidation 88\n  exit rest @ 110\n"
    assert np.isnan(risk_of(text))


def test_a_tranche_past_the_invalidation_risks_nothing_but_its_costs() -> None:
    text = """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 80
  invalidation 88
"""
    assert risk_of(text) == exactly(36)


def test_a_short_ladder() -> None:
    text = """\
2026-01-05T14:00:00Z plan ACME short
  enter        3 @ 100
  enter        2 @ 104
  invalidation 110
"""
    assert risk_of(text) == exactly(3 * 10 + 2 * 6)


def test_contracts_count_by_their_multiplier() -> None:
    text = """\
2026-01-01T00:00:00Z instrument BTC-USDT-SWAP
  multiplier 0.01
2026-01-05T14:00:00Z plan BTC-USDT-SWAP long
  enter        300 @ 100
  enter        300 USDT @ 96
  invalidation 88
"""
    assert risk_of(text) == exactly(36 + 25)


def test_inverse_contracts_risk_base_coin() -> None:
    text = """\
2026-01-01T00:00:00Z account main
  fees taker 0.10%
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:00:00Z plan XBTUSD long
  enter        100 @ 10000
  enter        100 USD @ 20000
  invalidation 8000
"""
    versions = book_of(text).versions
    # 100 x (1/8000 - 1/10000) + 100 x (1/8000 - 1/20000); 0.015 XBT in, 0.025 out
    assert versions.planned_risk[0] == exactly(0.0025 + 0.0075 + 0.000015 + 0.000025 + 0.0000125)
    assert versions.planned_average[0] == exactly(40000 / 3)


def frozen(book: Book) -> float:
    return float(book.trades.planned_risk[0])


def test_the_risk_is_frozen_at_the_first_fill() -> None:
    wider = "2026-01-05T{}:00:00Z amend BTC-USDT\n  invalidation 80\n"
    before = book_of(LADDER_A + "2026-01-05T14:10:00Z amend BTC-USDT\n  invalidation 80\n" + FIRST)
    after = book_of(LADDER_A + FIRST + wider.format(16))
    assert frozen(before) == exactly(float(before.versions.planned_risk[1]))
    assert frozen(after) == exactly(76.18241304)


def test_a_late_plan_risks_what_its_first_version_says() -> None:
    plan = LADDER_A.replace("14:00:00Z plan", "15:00:00Z plan")
    book = book_of(plan + FIRST + "2026-01-05T16:00:00Z amend BTC-USDT\n  invalidation 80\n")
    assert frozen(book) == exactly(76.18241304)


def test_r_is_net_over_planned_risk() -> None:
    book = book_of(
        LADDER_A + FIRST + "2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT"
    )
    assert book.trades.net[0] == exactly(29.37)
    assert book.trades.r_multiple[0] == exactly(29.37 / 76.18241304)


def test_filled_risk_of_the_first_tranche() -> None:
    # 3 x 12 + 0.3 + 264 x 0.15 %
    assert book_of(LADDER_A + FIRST).trades.filled_risk[0] == exactly(36.696)


def test_filled_risk_counts_unplanned_quantity_against_the_frozen_invalidation() -> None:
    book = book_of(
        LADDER_A
        + FIRST
        + "2026-01-05T15:00:00Z amend BTC-USDT\n  invalidation 80\n"
        + "2026-01-05T15:30:00Z fill BTC-USDT buy 2 @ 99 fee 0.2 USDT\n"
    )
    # 36 + 0.3 + 0.396, and 2 x 11 + 0.2 + 176 x 0.15 %
    assert book.trades.filled_risk[0] == exactly(36.696 + 22.464)


def test_filled_risk_needs_a_plan() -> None:
    assert np.isnan(book_of(FIRST).trades.filled_risk[0])


def one(value: float) -> np.ndarray:
    return np.array([value])


@pytest.mark.parametrize(("direction", "price"), [(1, 100.20020020020021), (-1, 99.80019980019980)])
def test_break_even_of_100_at_0_10_percent(direction: int, price: float) -> None:
    found = break_even(
        np.array([direction]),
        one(100.0),
        fee_paid=one(0.3),
        entry_value=one(300.0),
        taker=one(0.001),
        inverse=np.array([False]),
    )
    assert found[0] == exactly(price)


def test_break_even_takes_the_fee_that_was_paid_and_else_the_taker_rate() -> None:
    def long(fee: float) -> np.ndarray:
        rest = (one(300.0), one(0.001), np.array([False]))
        return break_even(np.array([1]), one(100.0), one(fee), *rest)

    paid, unpaid = long(3.0), long(np.nan)
    assert paid[0] == exactly(101 / 0.999)
    assert unpaid[0] == exactly(100.2002002002)


def test_a_trade_shows_the_break_even_of_what_is_held() -> None:
    book = book_of(
        LADDER_A + FIRST + "2026-01-06T14:30:00Z fill BTC-USDT sell 1 @ 110 fee 0.11 USDT"
    )
    assert book.trades.break_even[0] == exactly(100.2002002002)


def test_break_even_of_an_inverse_contract_leaves_nothing() -> None:
    bought, paid, taker = 10000.0, 0.002, 0.001
    found = break_even(
        np.array([1]), one(bought), one(paid), one(1.0), one(taker), np.array([True])
    )
    out = float(found[0])
    # Per unit of money: 1/in - 1/out earned, fees on 1/in and on 1/out paid.
    assert 1 / bought - 1 / out - paid / bought - taker / out == pytest.approx(0, abs=1e-18)
