"""Fees in other coins, and funding: priced by what the journal knew then."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT

from journal.book.tables import Book

BUY = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.001 BNB\n"


def fee_of(*lines: str) -> float:
    """Return the fee of the last fill written."""
    fills = book_of(ACCOUNT + "\n".join(lines) + "\n" + BUY).fills
    return float(fills.fee[np.argmax(fills.id)])


@pytest.mark.parametrize(
    ("at", "fee"),
    [
        ("2026-01-04T14:30:00", 0.6),
        ("2026-01-05T14:30:05", 0.6),
        ("2026-01-05T14:30:06", np.nan),
        ("2026-01-04T14:29:59", np.nan),
    ],
)
def test_a_rate_is_at_most_24_hours_old_at_the_fill(at: str, fee: float) -> None:
    assert fee_of(f"{at}Z price BNB-USDT 600") == pytest.approx(fee, nan_ok=True)


def test_the_newest_rate_counts() -> None:
    prices = ["2026-01-05T12:00:00Z price BNB-USDT 500", "2026-01-05T13:00:00Z price BNB-USDT 600"]
    assert fee_of(*prices) == pytest.approx(0.6)
    assert fee_of(*reversed(prices)) == pytest.approx(0.6)


def test_a_pair_is_looked_up_either_way_round() -> None:
    assert fee_of("2026-01-05T12:00:00Z price USDT-BNB 0.002") == pytest.approx(0.5)


def test_of_both_ways_round_the_newer_counts() -> None:
    straight = "2026-01-05T12:00:00Z price BNB-USDT 600"
    inverted = "2026-01-05T{}:00:00Z price USDT-BNB 0.002"
    assert fee_of(straight, inverted.format(13)) == pytest.approx(0.5)
    assert fee_of(straight, inverted.format(11)) == pytest.approx(0.6)


def test_a_fill_proves_its_price_for_every_account() -> None:
    other = "2026-01-01T00:00:00Z account other\n  currency USDT\n"
    fill = "2026-01-05T12:00:00Z fill BNB-USDT buy 1 @ 600 fee 0 USDT account other"
    assert fee_of(other + fill) == pytest.approx(0.6)


def test_a_contracts_price_is_no_rate() -> None:
    swap = "2026-01-01T00:00:00Z instrument BNB-USDT-SWAP\n  multiplier 1\n"
    assert np.isnan(fee_of(swap + "2026-01-05T12:00:00Z price BNB-USDT-SWAP 600"))


def test_without_a_rate_the_fee_is_unknown_and_never_one_to_one() -> None:
    assert np.isnan(fee_of())


def test_a_parity_the_policy_lists_is_one_to_one() -> None:
    assert fee_of("2026-01-02T00:00:00Z policy\n  parity BNB-USDT") == pytest.approx(0.001)
    assert fee_of("2026-01-02T00:00:00Z policy\n  parity USDT-BNB") == pytest.approx(0.001)


def test_a_rebate_is_a_negative_fee() -> None:
    book = book_of(ACCOUNT + BUY.replace("0.001 BNB", "-0.05 USDT"))
    assert book.fills.fee.tolist() == [-0.05]


def test_an_inverse_contracts_fee_in_its_quote_is_divided_by_the_price() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:30:00Z fill XBTUSD buy 100 @ 10000 fee 1 USD
"""
    assert book_of(text).fills.fee.tolist() == pytest.approx([0.0001])


SWAP = (
    ACCOUNT
    + """\
2026-01-01T00:00:00Z instrument BTC-USDT-SWAP
  multiplier 1
2026-01-05T14:30:00Z fill BTC-USDT-SWAP buy 3 @ 100 fee 0 USDT
2026-01-07T14:30:00Z fill BTC-USDT-SWAP sell 3 @ 110 fee 0 USDT
"""
)


def funded(*lines: str) -> Book:
    return book_of(SWAP + "\n".join(lines))


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        ("2026-01-05T14:29:59", 0),
        ("2026-01-05T14:30:00", -1.2),
        ("2026-01-06T00:00:00", -1.2),
        ("2026-01-07T14:30:05", -1.2),
        ("2026-01-07T14:30:06", 0),
    ],
)
def test_funding_is_a_cost_of_the_trade_that_was_open(at: str, amount: float) -> None:
    trades = funded(f"{at}Z funding BTC-USDT-SWAP -1.2 USDT").trades
    assert trades.funding.tolist() == pytest.approx([amount])
    assert trades.net.tolist() == pytest.approx([30 + amount])


def test_funding_adds_up() -> None:
    book = funded(
        "2026-01-06T00:00:00Z funding BTC-USDT-SWAP -1.2 USDT",
        "2026-01-06T08:00:00Z funding BTC-USDT-SWAP 0.2 USDT",
    )
    assert book.trades.funding.tolist() == pytest.approx([-1.0])


def test_funding_in_another_coin_needs_a_rate() -> None:
    paid = "2026-01-06T00:00:00Z funding BTC-USDT-SWAP -0.001 BNB"
    assert np.isnan(funded(paid).trades.net[0])
    rate = "2026-01-05T20:00:00Z price BNB-USDT 600"
    assert funded(rate, paid).trades.net.tolist() == pytest.approx([29.4])


def test_in_hedge_mode_funding_names_its_side() -> None:
    text = SWAP.replace("fee 0 USDT\n", "fee 0 USDT position long\n") + (
        "2026-01-05T15:00:00Z fill BTC-USDT-SWAP sell 1 @ 100 fee 0 USDT position short\n"
        "2026-01-06T00:00:00Z funding BTC-USDT-SWAP -1.2 USDT position long\n"
        "2026-01-06T00:00:00Z funding BTC-USDT-SWAP 0.4 USDT position short\n"
    )
    trades = book_of(text).trades
    paid = dict(zip(trades.direction.tolist(), trades.funding.tolist(), strict=True))
    assert paid == {1: -1.2, -1: 0.4}
