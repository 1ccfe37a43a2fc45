"""What became of each entry tranche."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from journal_text import AS_OF, book_of
from ladder_a import ACCOUNT, LADDER_A

from journal.book.states import STATES

FIRST = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
CLOSED = "2026-01-08T14:30:00Z fill BTC-USDT sell {} @ {} fee 0.3 USDT\n"


def states(text: str, as_of: datetime = AS_OF) -> list[str]:
    return [STATES[state] for state in book_of(text, as_of).tranches.state]


def test_a_waiting_plan() -> None:
    assert states(LADDER_A) == ["open", "open", "open"]


def test_filled_partial_and_open_while_the_trade_is() -> None:
    second = "2026-01-06T14:30:00Z fill BTC-USDT buy 1 @ 96 fee 0.1 USDT\n"
    assert states(LADDER_A + FIRST + second) == ["filled", "partial", "open"]


@pytest.mark.parametrize(("size", "state"), [("2.97", "filled"), ("2.96", "partial")])
def test_99_percent_is_filled(size: str, state: str) -> None:
    text = LADDER_A + FIRST.replace("buy 3", f"buy {size}")
    assert states(text)[0] == state


def test_a_short_that_sold_all_the_money_of_a_tranche_has_filled_it() -> None:
    text = """\
2026-01-05T14:00:00Z plan ACME short
  enter        300 USD @ 96
  invalidation 110
2026-01-05T14:30:00Z fill ACME sell {} @ 97 fee 0 USD
"""
    # 300 / 97 is 98.97 % of 3.125 units, and all of the money; 3.06 are 98.94 % of it.
    assert states(text.format("3.092784")) == ["filled"]
    assert states(text.format("3.06")) == ["partial"]


def test_not_reached_cannot_be_told_from_fills_and_typed_prices() -> None:
    assert states(LADDER_A + FIRST + CLOSED.format(3, 110)) == ["filled", "unfilled", "unfilled"]


def test_a_typed_price_shows_that_a_tranche_was_missed() -> None:
    price = "2026-01-06T14:30:00Z price BTC-USDT 95.99\n"
    text = LADDER_A + FIRST + price + CLOSED.format(3, 110)
    assert states(text) == ["filled", "missed", "unfilled"]


def test_touched_is_not_traded_through() -> None:
    price = "2026-01-06T14:30:00Z price BTC-USDT 96\n"
    text = LADDER_A + FIRST + price + CLOSED.format(3, 110)
    assert states(text) == ["filled", "unfilled", "unfilled"]


@pytest.mark.parametrize(("price", "state"), [("95.9", "missed"), ("95.91", "unfilled")])
def test_traded_through_is_by_one_tick(price: str, state: str) -> None:
    tick = "2026-01-01T00:00:00Z instrument BTC-USDT\n  kind spot\n  tick 0.1\n"
    typed = f"2026-01-06T14:30:00Z price BTC-USDT {price}\n"
    assert states(tick + LADDER_A + FIRST + typed + CLOSED.format(3, 110))[1] == state


def test_a_deeper_tranches_fill_shows_that_the_shallower_one_was_reached() -> None:
    third = "2026-01-06T14:30:00Z fill BTC-USDT buy 3.26 @ 92 fee 0.3 USDT tranche 3\n"
    text = LADDER_A + FIRST + third + CLOSED.format("6.26", 110)
    assert states(text) == ["filled", "missed", "filled"]


def test_the_closing_fill_counts() -> None:
    assert states(LADDER_A + FIRST + CLOSED.format(3, 88)) == ["filled", "missed", "missed"]


def test_prices_before_the_lock_and_after_the_end_do_not_count() -> None:
    before = "2026-01-05T13:59:59Z price BTC-USDT 80\n"
    after = "2026-01-08T14:30:01Z price BTC-USDT 80\n"
    text = LADDER_A + before + FIRST + CLOSED.format(3, 110) + after
    assert states(text) == ["filled", "unfilled", "unfilled"]


def test_what_lapsed_before_it_was_reached_was_not_missed() -> None:
    until = LADDER_A + "  until 2026-01-06T00:00:00Z\n" + FIRST
    later = "2026-01-07T14:30:00Z price BTC-USDT 80\n"
    assert states(until + later + CLOSED.format(3, 110))[1] == "unfilled"
    earlier = "2026-01-05T20:30:00Z price BTC-USDT 80\n"
    assert states(until + earlier + CLOSED.format(3, 110))[1] == "missed"


def test_a_bound_plan_past_its_until_has_lapsed_while_the_trade_is_open() -> None:
    text = LADDER_A + "  until 2026-01-06T00:00:00Z\n" + FIRST
    assert states(text)[1] == "unfilled"
    assert states(text, datetime(2026, 1, 6, tzinfo=UTC))[1] == "open"


def test_skipped_in_writing_before_the_end() -> None:
    skip = "2026-01-06T14:30:00Z skip BTC-USDT tranche 2\n"
    late = "2026-01-08T14:30:01Z skip BTC-USDT tranche 3\n"
    assert states(LADDER_A + FIRST + skip) == ["filled", "skipped", "open"]
    ended = states(LADDER_A + FIRST + skip + CLOSED.format(3, 110) + late)
    assert ended == ["filled", "skipped", "unfilled"]


def test_what_was_used_outweighs_a_skip() -> None:
    skip = "2026-01-06T14:30:00Z skip BTC-USDT tranche 1\n"
    assert states(LADDER_A + FIRST.replace("buy 3", "buy 1") + skip)[0] == "partial"


def test_a_cancelled_plan() -> None:
    cancel = "2026-01-06T14:30:00Z cancel BTC-USDT\n"
    assert states(LADDER_A + cancel) == ["unfilled"] * 3


def test_a_tranche_kept_by_an_amendment_stood_since_the_lock() -> None:
    other = "2026-01-05T13:00:00Z plan OTHER long\n  enter 3 @ 100\n"
    text = (
        ACCOUNT
        + other
        + """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 92
  invalidation 80
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:30:00Z price BTC-USDT 91
2026-01-05T16:00:00Z amend BTC-USDT
  enter        3 @ 100
  enter        3 @ {}
2026-01-08T14:30:00Z fill BTC-USDT sell 3 @ 110 fee 0 USDT
"""
    )
    assert states(text.format(92)) == ["open", "filled", "missed", "filled", "missed"]
    assert states(text.format("91.5"))[4] == "unfilled"


def test_another_plans_tranche_at_the_same_price_stood_for_itself() -> None:
    plan = "2026-01-05T{}:00:00Z plan BTC-USDT long\n  enter 3 @ 92\n"
    cancel = "2026-01-05T{}:00:00Z cancel BTC-USDT\n"
    price = "2026-01-05T15:00:00Z price BTC-USDT 91\n"
    text = plan.format(14) + price + cancel.format(16) + plan.format(17) + cancel.format(18)
    assert states(ACCOUNT + text) == ["missed", "unfilled"]


def test_a_plan_is_over_in_the_very_second_of_its_end() -> None:
    text = LADDER_A + "2026-01-06T14:30:00Z cancel BTC-USDT\n"
    assert states(text, datetime(2026, 1, 6, 14, 30, tzinfo=UTC)) == ["unfilled"] * 3
    assert states(text, datetime(2026, 1, 6, 14, 29, 59, tzinfo=UTC)) == ["open"] * 3


def test_inverse_contracts_are_the_money_of_a_tranche() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:00:00Z plan XBTUSD long
  enter        300 USD @ 10000
  invalidation 9000
2026-01-05T14:30:00Z fill XBTUSD buy {} @ 10000 fee 0 XBT
"""
    assert states(text.format(150)) == ["partial"]
    assert states(text.format(298)) == ["filled"]
