"""Average entry, realised P&L and the entry fees' share."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A
from long_journal import float_columns, long_journal

from journal.book import stepping

INVERSE = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
"""


def close(*values: float) -> object:
    return pytest.approx(list(values), rel=1e-12, nan_ok=True)


def test_equal_money_buys_more_units_lower_down() -> None:
    fills = book_of(
        LADDER_A
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-06T14:30:00Z fill BTC-USDT buy 3.125 @ 96 fee 0.3 USDT
2026-01-07T14:30:00Z fill BTC-USDT buy 3.260869565217391304347826 @ 92 fee 0.3 USDT
"""
    ).fills
    # 600 / 6.125 and 900 / 9.385869...: not the plain means 98 and 96.
    assert fills.average_entry_after.tolist() == close(100, 97.95918367346938, 95.88882455124493)
    assert fills.average_entry_before.tolist() == close(np.nan, 100, 97.95918367346938)


def test_exits_leave_the_average_and_take_their_share_of_the_entry_fees() -> None:
    fills = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 1 @ 96 fee 0.1 USDT
2026-01-06T14:30:00Z fill BTC-USDT sell 1 @ 110 fee 0.11 USDT
2026-01-06T15:30:00Z fill BTC-USDT sell 3 @ 105 fee 0.315 USDT
"""
    ).fills
    assert fills.average_entry_after.tolist() == close(100, 99, 99, np.nan)
    assert fills.realised_gross.tolist() == close(0, 0, 11, 18)
    assert fills.entry_fee_share.tolist() == close(0, 0, 0.1, 0.3)
    assert fills.realised_net.tolist() == close(0, 0, 10.79, 17.385)


def test_a_short_earns_what_falls() -> None:
    fills = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill ACME sell 3 @ 100 fee 0.3 USDT
2026-01-06T14:30:00Z fill ACME buy 3 @ 90 fee 0.27 USDT
"""
    ).fills
    assert fills.realised_gross.tolist() == close(0, 30)
    assert fills.realised_net.tolist() == close(0, 29.43)


def test_a_base_coin_fee_shrinks_what_is_held_and_not_the_average() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC
2026-01-06T14:30:00Z fill BTC-USDT sell 0.999 @ 110 fee 0 USDT
"""
    )
    fills = book.fills
    assert fills.position_after.tolist() == [0.999, 0.0]
    assert fills.quantity.tolist() == [1.0, 0.999]
    assert fills.held_quantity.tolist() == [0.999, 0.999]
    assert fills.average_entry_after[0] == 100
    assert fills.fee.tolist() == close(0.1, 0)
    assert fills.realised_gross[1] == pytest.approx(9.99)
    assert fills.realised_net[1] == pytest.approx(9.89)


def test_a_base_coin_fee_on_a_derivative_changes_no_position() -> None:
    fills = book_of(
        ACCOUNT
        + """\
2026-01-01T00:00:00Z instrument BTC-USDT-SWAP
  multiplier 1
2026-01-05T14:30:00Z fill BTC-USDT-SWAP buy 1 @ 100 fee 0.001 BTC
"""
    ).fills
    assert fills.position_after.tolist() == [1.0]
    assert fills.fee.tolist() == close(0.1)


def test_inverse_contracts_average_their_reciprocals() -> None:
    book = book_of(
        INVERSE
        + """\
2026-01-05T14:30:00Z fill XBTUSD buy 100 @ 10000 fee 0.00001 XBT
2026-01-05T15:30:00Z fill XBTUSD buy 100 @ 20000 fee 0.000005 XBT
2026-01-06T14:30:00Z fill XBTUSD sell 200 @ 16000 fee 0.0000125 XBT
"""
    )
    fills = book.fills
    assert fills.average_entry_after.tolist() == close(10000, 40000 / 3, np.nan)
    # 200 x (3 / 40000 - 1 / 16000)
    assert fills.realised_gross[2] == pytest.approx(0.0025, rel=1e-12)
    assert book.trades.average_entry[0] == pytest.approx(40000 / 3, rel=1e-12)
    assert book.trades.net[0] == pytest.approx(0.0024725, rel=1e-12)


def test_contracts_count_by_their_multiplier() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-01T00:00:00Z instrument BTC-USDT-SWAP
  multiplier 0.01
2026-01-05T14:30:00Z fill BTC-USDT-SWAP buy 300 @ 100 fee 0.3 USDT
2026-01-06T14:30:00Z fill BTC-USDT-SWAP sell 300 @ 110 fee 0.33 USDT
"""
    )
    assert book.fills.realised_gross[1] == pytest.approx(30)
    assert book.trades.net[0] == pytest.approx(29.37)


def test_a_flip_splits_quantity_and_fee() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill ACME buy 3 @ 100 fee 0.3 USDT
2026-01-06T14:30:00Z fill ACME sell 5 @ 110 fee 0.5 USDT
2026-01-07T14:30:00Z fill ACME buy 2 @ 100 fee 0.2 USDT
"""
    )
    fills = book.fills
    assert fills.quantity.tolist() == close(3, 3, 2, 2)
    assert fills.fee.tolist() == close(0.3, 0.3, 0.2, 0.2)
    assert fills.realised_net.tolist() == close(0, 29.4, 0, 19.6)
    assert book.trades.net.tolist() == close(29.4, 19.6)


def test_an_unknown_fee_makes_the_net_unknown_and_not_the_gross() -> None:
    fills = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100
2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""
    ).fills
    assert fills.realised_gross[1] == pytest.approx(30)
    assert np.isnan(fills.realised_net[1])


def test_dust_leaves_at_the_average_without_profit() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-01T00:00:00Z instrument BTC-USDT
  kind spot
  lot  0.01
2026-01-05T14:30:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC
2026-01-06T14:30:00Z fill BTC-USDT sell 0.99 @ 110 fee 0 USDT
2026-01-07T14:30:00Z fill BTC-USDT buy 1 @ 200 fee 0 USDT
"""
    )
    assert book.trades.count.tolist() == [2, 1]
    assert book.trades.dust[0] == pytest.approx(0.009)
    assert book.trades.gross[0] == pytest.approx(9.9)
    assert book.trades.net[0] == pytest.approx(9.8)  # the whole entry fee of 0.1 leaves as well
    assert book.fills.average_entry_after[2] == 200


def test_thousands_of_parts_average_as_exact_fractions_do() -> None:
    fills = book_of(long_journal(1, trades=2, parts=500)).fills
    held, average = Fraction(0), Fraction(0)
    for row in range(500):
        size = Fraction(fills.quantity[row].item())
        if fills.is_entry[row]:
            price = Fraction(str(fills.price[row]))
            average = (average * held + price * size) / (held + size)
        held += size if fills.is_entry[row] else -size
        assert fills.average_entry_after[row] == pytest.approx(float(average), rel=1e-12)


def test_the_tails_of_long_trades_are_walked_as_they_would_be_stepped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = long_journal(2, trades=3, parts=300)
    walked = float_columns(book_of(text).fills)
    monkeypatch.setattr(stepping, "FEW", 10**9)
    stepped = float_columns(book_of(text).fills)
    assert walked.keys() == stepped.keys()
    for name, column in walked.items():
        assert column == pytest.approx(stepped[name], rel=1e-12, nan_ok=True), name
