"""Scaling out against everything at the first and at the last exit, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A

from journal.book.scaling_out import ScaleOut, scale_out

BOUGHT = "2026-01-05T14:30:00Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT\n"
HALF = "2026-01-06T14:30:00Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT\n"
REST = "2026-01-07T14:30:00Z fill BTC-USDT sell 2 @ 120 fee 0.24 USDT\n"


def worth(text: str) -> ScaleOut:
    book = book_of(text)
    return scale_out(book, np.arange(len(book.trades)))


def values(text: str) -> tuple[float, float]:
    found = worth(text)
    (first,), (last,) = found.against_first.tolist(), found.against_last.tolist()
    return first, last


def test_two_exits() -> None:
    # 220 + 240 - 0.46 against 4 x 109.89 and 4 x 119.88
    assert values(ACCOUNT + BOUGHT + HALF + REST) == (pytest.approx(19.98), pytest.approx(-19.98))


def test_in_r_where_there_is_a_plan() -> None:
    planned = worth(LADDER_A + BOUGHT.replace("buy 4", "buy 3") + HALF + REST.replace("2 @", "1 @"))
    # 220 + 120 - 0.46 against 3 x 109.89; the fee of the last exit is 0.24 for its one unit
    assert planned.against_first[0] == pytest.approx(9.87)
    assert planned.against_first_r[0] == pytest.approx(9.87 / 76.182413)
    assert planned.against_last[0] == pytest.approx(339.54 - 3 * 119.76)
    assert planned.against_last_r[0] == pytest.approx((339.54 - 3 * 119.76) / 76.182413)
    assert np.isnan(worth(ACCOUNT + BOUGHT + HALF + REST).against_first_r).tolist() == [True]


ADDED = (
    "2026-01-05T14:30:00Z fill BTC-USDT buy 10 @ 100 fee 0 USDT\n"
    "2026-01-06T14:30:00Z fill BTC-USDT sell 5 @ 110 fee 0 USDT\n"
    "2026-01-06T15:30:00Z fill BTC-USDT buy 5 @ 112 fee 0 USDT\n"
)


def test_units_entered_after_the_first_exit_keep_the_exits_after_them() -> None:
    out = "2026-01-07T15:30:00Z fill BTC-USDT sell 10 @ 105 fee 0 USDT\n"
    # The ten at 110 instead of 5 at 110 and 5 at 105; all fifteen at 105.
    assert values(ACCOUNT + ADDED + out) == (pytest.approx(-25), pytest.approx(550 - 5 * 105))


def test_late_units_share_the_exits_after_them() -> None:
    out = (
        "2026-01-07T15:30:00Z fill BTC-USDT sell 4 @ 120 fee 0 USDT\n"
        "2026-01-07T16:30:00Z fill BTC-USDT sell 6 @ 105 fee 0 USDT\n"
    )
    # The five added keep (4 x 120 + 6 x 105) / 10 = 111: the others made 550 + 1110 - 555.
    assert values(ACCOUNT + ADDED + out)[0] == pytest.approx(550 + 1110 - 5 * 111 - 10 * 110)


def test_a_short_turns_it_over() -> None:
    text = ACCOUNT + (
        "2026-01-05T14:30:00Z fill ACME sell 4 @ 100 fee 0 USDT\n"
        "2026-01-06T14:30:00Z fill ACME buy 3 @ 90 fee 0.3 USDT\n"
        "2026-01-07T14:30:00Z fill ACME buy 1 @ 80 fee 0.1 USDT\n"
    )
    assert values(text) == (pytest.approx(10), pytest.approx(-30))


def test_an_inverse_contract_in_base_coin() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:30:00Z fill XBTUSD buy 300 @ 10000 fee 0 XBT
2026-01-06T14:30:00Z fill XBTUSD sell 100 @ 12500 fee 0 XBT
2026-01-06T15:30:00Z fill XBTUSD sell 200 @ 20000 fee 0 XBT
"""
    first = 200 * (1 / 12500 - 1 / 20000)
    assert values(text) == (pytest.approx(first), pytest.approx(-first / 2))


def test_one_order_in_two_parts_is_one_exit() -> None:
    parts = HALF.replace("\n", " order x1\n") + REST.replace("\n", " order x1\n")
    assert len(worth(ACCOUNT + BOUGHT + parts).trades) == 0
    more = BOUGHT.replace("buy 4", "buy 5")
    last = "2026-01-08T14:30:00Z fill BTC-USDT sell 1 @ 130 fee 0 USDT\n"
    # The first group's average is 115, less 0.115 a unit.
    assert values(ACCOUNT + more + parts + last)[0] == pytest.approx(130 - 114.885)


def test_an_exits_fee_is_needed_and_an_entrys_is_not() -> None:
    text = ACCOUNT + BOUGHT + HALF + REST
    assert np.isnan(values(text.replace(" fee 0.24 USDT", ""))).all()
    assert values(text.replace(" fee 0.4 USDT", ""))[0] == pytest.approx(19.98)


def test_one_exit_or_an_open_trade_tell_nothing() -> None:
    assert len(worth(ACCOUNT + BOUGHT + HALF).trades) == 0
    assert len(worth(ACCOUNT + BOUGHT + HALF.replace("sell 2", "sell 4")).trades) == 0
    still_open = REST.replace("sell 2", "sell 1")
    assert len(worth(ACCOUNT + BOUGHT + HALF + still_open).trades) == 0
    assert len(worth(ACCOUNT).trades) == 0


def test_equal_exits_are_no_difference_at_all() -> None:
    same = REST.replace("120 fee 0.24", "110 fee 0.22")
    assert values(ACCOUNT + BOUGHT + HALF + same) == (0.0, 0.0)
