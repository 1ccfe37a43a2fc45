"""The worked numbers of money and position, each with its hand computation."""

from __future__ import annotations

from fractions import Fraction

import pytest

from journal.domain.notation import parse
from reference.engine import Reckoning, reckon
from reference.exact import exceeds

LINEAR = """\
2026-01-01T00:00Z account main
  currency USD
2026-01-01T00:00Z instrument X
  kind       linear
  base       X
  quote      USD
  multiplier 1
"""


def journal(text: str, head: str = LINEAR) -> Reckoning:
    return reckon(parse(head + text))


def realised(found: Reckoning) -> list[Fraction | None]:
    return [part.realised_gross for part in found.parts if not part.is_entry]


def test_a_base_coin_fee_shrinks_the_position_and_is_a_fee_at_the_fill_price() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC
2026-01-05T11:00:00Z fill BTC-USDT sell 0.999 @ 110 fee 0 USDT
""",
    )
    bought, sold = found.parts
    assert bought.position_after == Fraction("0.999")
    assert bought.average_after == 100
    assert sold.realised_gross == Fraction("9.99")  # 0.999 x (110 - 100)
    assert sold.realised_net == Fraction("9.89")  # less 0.001 x 100
    assert found.results[0].net == Fraction("9.89")


def test_base_coin_fees_on_both_sides_leave_exactly_the_cash_that_moved() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC
2026-01-05T10:30:00Z fill BTC-USDT buy 1 @ 200 fee 0.002 BTC
2026-01-05T11:00:00Z fill BTC-USDT sell 1.99 @ 150 fee 0.007 BTC
""",
    )
    # 298.50 came in for 100 + 200 that went out; no coin is left: 1 + 1 - 0.003 - 1.99 - 0.007.
    assert found.trades[0].closed is not None
    assert found.results[0].net == Fraction("-1.5")


def test_a_third_coin_fee_takes_the_newest_price_of_the_last_day() -> None:
    found = journal(
        """\
2026-01-04T09:00:00Z price BNB-USDT 500
2026-01-05T09:00:00Z price BNB-USDT 600
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BNB
2026-01-06T09:00:01Z fill BTC-USDT sell 1 @ 100 fee 0.001 BNB
""",
    )
    assert found.parts[0].fee == Fraction("0.6")
    assert found.parts[1].fee is None  # the price is a second too old
    assert found.results[0].fees is None
    assert found.results[0].net is None


def test_a_price_within_the_clock_slack_after_the_fill_counts() -> None:
    text = "2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BNB\n"
    near = journal("2026-01-05T10:00:05Z price BNB-USDT 600\n" + text)
    far = journal("2026-01-05T10:00:06Z price BNB-USDT 600\n" + text)
    assert near.parts[0].fee == Fraction("0.6")
    assert far.parts[0].fee is None


def test_a_fill_through_zero_splits_quantity_and_fee() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill X buy 10 @ 10 fee 1 USD
2026-01-05T10:01:00Z fill X buy 5 @ 12.5 fee 0.5 USD
2026-01-05T10:02:00Z fill X sell 7 @ 14.5 fee 0.7 USD
2026-01-05T10:03:00Z fill X sell 15 @ 17.5 fee 1.5 USD
""",
    )
    assert [part.key for part in found.parts] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2)]
    average = Fraction(325, 30)  # (10 x 10 + 5 x 12.5) / 15
    assert found.parts[2].average_after == average
    assert realised(found) == [7 * (Fraction("14.5") - average), 8 * (Fraction("17.5") - average)]
    # Entry fees 1.5 for 15: 0.7 of them leave with the first 7, 0.8 with the other 8.
    assert found.parts[2].realised_net == 7 * (Fraction("14.5") - average) - Fraction("1.4")
    assert found.parts[3].realised_net == 8 * (Fraction("17.5") - average) - Fraction("1.6")
    opened = found.parts[4]
    assert opened.position_before == 0
    assert opened.position_after == -7
    assert (opened.average_after, opened.fee) == (Fraction("17.5"), Fraction("0.7"))
    assert [trade.direction for trade in found.trades] == ["long", "short"]


def test_inverse_contracts_average_harmonically() -> None:
    head = """\
2026-01-01T00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
"""
    found = journal(
        """\
2026-01-05T10:00:00Z fill XBTUSD buy 100 @ 10000 fee 0 XBT
2026-01-05T10:01:00Z fill XBTUSD buy 100 @ 20000 fee 0 XBT
2026-01-05T10:02:00Z fill XBTUSD sell 200 @ 16000 fee 1.25 USD
""",
        head,
    )
    assert found.parts[1].average_after == Fraction(40000, 3)  # 13333.33, not 15000
    # 200 x (3/40000 - 1/16000) = 0.0025 XBT; 1.25 USD are 0.000078125 XBT at 16000.
    assert realised(found) == [Fraction("0.0025")]
    assert found.results[0].net == Fraction("0.0025") - Fraction("0.000078125")


def test_dust_under_one_lot_is_flat_and_the_next_trade_starts_from_zero() -> None:
    head = "2026-01-01T00:00Z instrument BTC-USDT\n  lot 0.01\n"
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC
2026-01-05T11:00:00Z fill BTC-USDT sell 0.99 @ 110 fee 0 USDT
2026-01-06T11:00:00Z fill BTC-USDT buy 1 @ 120 fee 0 USDT
""",
        head,
    )
    assert found.trades[0].dust == Fraction("0.009")
    assert found.results[0].net == Fraction("9.8")  # 0.99 x 10 - 0.1, nothing on the dust
    assert found.parts[2].position_before == 0
    assert found.parts[2].average_after == 120
    assert found.parts[2].position_after == 1


def test_dust_beyond_zero_makes_no_profit() -> None:
    head = "2026-01-01T00:00Z instrument BTC-USDT\n  lot 0.01\n"
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0.005 BTC
2026-01-05T11:00:00Z fill BTC-USDT sell 1 @ 110 fee 0 USDT
""",
        head,
    )
    assert (found.trades[0].opening_unknown, found.trades[0].dust) == (False, Fraction("-0.005"))
    assert realised(found) == [Fraction("9.95")]  # 0.995 x 10


def test_a_position_of_one_lot_is_held() -> None:
    head = "2026-01-01T00:00Z instrument BTC-USDT\n  lot 0.01\n"
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100
2026-01-05T11:00:00Z fill BTC-USDT sell 0.99 @ 110
""",
        head,
    )
    assert found.trades[0].closed is None


def test_spot_sold_beyond_what_is_held_has_an_unknown_opening() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100
2026-01-05T11:00:00Z fill BTC-USDT sell 2 @ 110
2026-01-05T12:00:00Z fill BTC-USDT sell 3 @ 110
2026-01-05T13:00:00Z fill BTC-USDT sell 4 @ 110
2026-01-05T14:00:00Z fill BTC-USDT buy 1 @ 100
""",
    )
    assert [[part.key for part in trade.parts] for trade in found.trades] == [
        [(1, 1), (2, 1)],
        [(3, 1), (4, 1)],
        [(5, 1)],
    ]
    assert [trade.opening_unknown for trade in found.trades] == [True, True, False]
    assert [part.position_after for part in found.parts] == [1, 0, 0, 0, 1]
    assert realised(found) == [None, None, None]
    assert found.trades[1].closed == found.parts[3].at


def test_hedge_mode_is_two_positions() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill X buy 1 @ 100 position long
2026-01-05T10:01:00Z fill X sell 2 @ 101 position short
2026-01-05T10:02:00Z fill X buy 2 @ 99 position short
2026-01-05T10:03:00Z fill X sell 1 @ 103 position long
""",
    )
    assert [(t.direction.value, len(t.parts)) for t in found.trades] == [("long", 2), ("short", 2)]
    assert realised(found) == [4, 3]


def test_an_opening_gives_the_position_and_without_a_price_nothing_is_known() -> None:
    known = journal(
        "2026-01-02T00:00Z opening X 3 @ 90\n2026-01-05T10:00:00Z fill X sell 1 @ 100 fee 0 USD\n"
    )
    assert realised(known) == [10]
    assert known.parts[0].position_after == 2
    unknown = journal(
        """\
2026-01-02T00:00Z opening X -3
2026-01-05T10:00:00Z fill X buy 3 @ 100
2026-01-05T11:00:00Z fill X buy 1 @ 100
""",
    )
    assert realised(unknown) == [None]
    assert [trade.opening_unknown for trade in unknown.trades] == [True, False]


def test_funding_and_rebates_are_costs_of_the_trade() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill X sell 30 @ 2 fee -0.15 USD
2026-01-05T16:00:00Z funding X 1 USD
2026-01-05T18:00:00Z fill X buy 30 @ 2.1 fee 0.1575 USD
2026-01-05T19:00:00Z funding X 7 USD
""",
    )
    # -3 gross, +0.15 rebate, -0.1575 fee, +1 received; what came after the close is not its own
    assert found.results[0].net == Fraction("-2.0075")


def test_fills_of_one_instant_keep_the_order_of_the_text() -> None:
    found = journal(
        """\
2026-01-05T10:00:00Z fill X buy 1 @ 100
2026-01-05T09:00:00Z fill X buy 2 @ 90
2026-01-05T10:00:00Z fill X sell 3 @ 110
""",
    )
    assert [part.position_after for part in found.parts] == [3, 2, 0]
    assert found.trades[0].opened == found.parts[1].at


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [("1", "1", False), ("1.0000000009", "1", False), ("1.0000000011", "1", True)],
)
def test_closer_than_a_billionth_is_equal(value: str, limit: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert exceeds(Fraction(value), Fraction(limit)) is expected
