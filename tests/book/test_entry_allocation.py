"""Entry fills to tranches: the steps of the rule contract, one after the other."""

from __future__ import annotations

import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A

from journal.book.tables import Book

UNITS = (
    ACCOUNT
    + """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        40 @ 100
  enter        30 @ 97
  enter        30 @ 94
  invalidation 90
  exit         rest @ 112
"""
)


def rows(book: Book) -> list[tuple[int, int, object]]:
    """Return (fill, tranche, quantity) of every entry row."""
    found = book.allocations
    return [
        (int(book.fills.id[fill]), int(tranche), pytest.approx(quantity, rel=1e-9))
        for fill, tranche, quantity, is_entry in zip(
            found.fill, found.tranche, found.quantity, found.is_entry, strict=True
        )
        if is_entry
    ]


def bought(*fills: str, plan: str = UNITS) -> Book:
    """Return the book of a plan and buys of BTC-USDT, an hour apart."""
    lines = [
        f"2026-01-05T{15 + hour}:00:00Z fill BTC-USDT buy {fill} fee 0 USDT"
        for hour, fill in enumerate(fills)
    ]
    return book_of(plan + "\n".join(lines))


def classes(book: Book, row: int) -> tuple[float, float, float]:
    """Return planned, excess and unmatched quantity of a part."""
    fills = book.fills
    columns = (fills.planned_quantity, fills.excess_quantity, fills.unmatched_quantity)
    return tuple(pytest.approx(float(column[row])) for column in columns)  # type: ignore[return-value]


def test_a_ladder_filled_as_planned() -> None:
    book = bought("40 @ 100", "30 @ 97", "30 @ 94")
    assert rows(book) == [(1, 1, 40), (2, 2, 30), (3, 3, 30)]
    assert book.fills.tranche.tolist() == [1, 2, 3]
    assert book.tranches.used.tolist() == [1, 1, 1]


def test_a_named_tranche_wins_at_any_distance_and_its_surplus_is_excess() -> None:
    book = bought("40 @ 100", "31 @ 99 tranche 3")
    assert rows(book) == [(1, 1, 40), (2, 3, 30)]
    assert classes(book, 1) == (30, 1, 0)


def test_a_named_tranche_that_is_full_takes_nothing_and_leaves_excess() -> None:
    book = bought("40 @ 100", "5 @ 100 tranche 1")
    assert rows(book) == [(1, 1, 40)]
    assert classes(book, 1) == (0, 5, 0)


def test_a_buy_too_far_above_the_next_tranche_is_unmatched() -> None:
    book = bought("40 @ 100", "30 @ 97", "20 @ 95.5")
    assert rows(book) == [(1, 1, 40), (2, 2, 30)]
    assert classes(book, 2) == (0, 0, 20)


def test_a_buy_0_96_percent_above_matches() -> None:
    book = bought("40 @ 100", "30 @ 97", "20 @ 94.9")
    assert rows(book)[2] == (3, 3, 20)
    assert book.tranches.used[2] == pytest.approx(2 / 3)


def test_of_two_candidates_the_nearest_takes_it_then_the_next() -> None:
    # 94.2 lies 0.2 above tranche 3 and 2.8 below tranche 2: nearest first, 30, then 5 more.
    book = bought("40 @ 100", "35 @ 94.2")
    assert rows(book) == [(1, 1, 40), (2, 3, 30), (2, 2, 5)]
    assert book.fills.tranche.tolist() == [1, 3]


def test_of_two_equally_near_tranches_the_one_met_first_by_price() -> None:
    book = bought("40 @ 100", "10 @ 95.5", plan=UNITS.replace("94", "94.6").replace("97", "96.4"))
    assert rows(book)[1] == (2, 2, 10)


def test_a_gap_through_two_tranches_fills_both_with_one_fill() -> None:
    book = bought("40 @ 100", "60 @ 91")
    assert rows(book) == [(1, 1, 40), (2, 3, 30), (2, 2, 30)]
    assert classes(book, 1) == (60, 0, 0)


def test_300_usdt_at_95_fill_300_usdt_at_96() -> None:
    book = bought("3 @ 100", "3.157895 @ 95", plan=LADDER_A)
    assert rows(book)[1] == (2, 2, 3.157895)
    assert classes(book, 1) == (3.157895, 0, 0)
    assert book.tranches.used[1] == pytest.approx(1.01052640)  # the units: 3.157895 / 3.125


def test_a_tranche_takes_one_percent_more_than_it_planned() -> None:
    assert classes(bought("3.03 @ 100", plan=LADDER_A), 0) == (3.03, 0, 0)
    assert classes(bought("3.02 @ 100", plan=LADDER_A), 0) == (3.02, 0, 0)


def test_more_than_one_percent_too_much_is_excess_all_of_it() -> None:
    plan = LADDER_A.replace("  enter        300 USDT @ 96\n  enter        300 USDT @ 92\n", "")
    assert classes(bought("3.5 @ 100", plan=plan), 0) == (3, 0.5, 0)
    assert classes(bought("3.0301 @ 100", plan=plan), 0) == (3, 0.0301, 0)


def test_a_tranche_within_one_percent_of_full_takes_no_more_fills() -> None:
    book = bought("39.6 @ 100", "1 @ 100")
    assert rows(book) == [(1, 1, 39.6)]
    assert classes(book, 1) == (0, 0, 1)


def test_a_tranche_just_short_of_that_takes_another() -> None:
    book = bought("39.5 @ 100", "0.5 @ 100")
    assert rows(book) == [(1, 1, 39.5), (2, 1, 0.5)]


def test_a_chased_opening_takes_the_nearest_tranche_at_any_distance() -> None:
    book = bought("3 @ 105", plan=LADDER_A)
    assert rows(book) == [(1, 1, 3)]
    assert classes(book, 0) == (3, 0, 0)


def test_all_parts_of_the_opening_order_may_be_chased() -> None:
    book = bought("2 @ 105 order 1", "1 @ 106 order 1", plan=LADDER_A)
    assert rows(book) == [(1, 1, 2), (2, 1, 1)]


def test_what_is_too_much_of_a_chased_opening_finds_no_second_tranche() -> None:
    assert classes(bought("4 @ 105", plan=LADDER_A), 0) == (3, 1, 0)


def test_only_the_opening_may_be_chased() -> None:
    assert classes(bought("3 @ 100", "3 @ 98", plan=LADDER_A), 1) == (0, 0, 3)


def test_the_other_fill_of_an_order_that_matched_is_excess() -> None:
    book = bought("40 @ 100", "30 @ 97 order 9", "5 @ 99 order 9")
    assert classes(book, 2) == (0, 5, 0)


def test_the_fill_before_the_one_that_matched_is_excess_as_well() -> None:
    book = bought("40 @ 100", "5 @ 99 order 9", "30 @ 97 order 9")
    assert classes(book, 1) == (0, 5, 0)


def test_an_order_that_never_matched_is_unmatched() -> None:
    book = bought("40 @ 100", "5 @ 99 order 9", "30 @ 98.5 order 9")
    assert classes(book, 1) == (0, 0, 5)
    assert classes(book, 2) == (0, 0, 30)


def test_a_skipped_tranche_is_no_candidate_but_may_be_named() -> None:
    skip = "2026-01-05T15:30:00Z skip BTC-USDT tranche 3\n"
    assert classes(bought("40 @ 100", "30 @ 94", plan=UNITS + skip), 1) == (30, 0, 0)
    assert rows(bought("40 @ 100", "30 @ 94", plan=UNITS + skip))[1] == (2, 2, 30)
    assert rows(bought("40 @ 100", "30 @ 94 tranche 3", plan=UNITS + skip))[1] == (2, 3, 30)


def test_a_skip_counts_within_the_clock_tolerance_of_the_fill() -> None:
    near = "2026-01-05T16:00:05Z skip BTC-USDT tranche 3\n"
    far = "2026-01-05T16:00:06Z skip BTC-USDT tranche 3\n"
    assert rows(bought("40 @ 100", "20 @ 94.9", plan=UNITS + far))[1] == (2, 3, 20)
    assert rows(bought("40 @ 100", "20 @ 94.9", plan=UNITS + near))[1] == (2, 2, 20)


def test_before_a_late_plan_fills_use_tranches_up_but_are_unplanned() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 92
  invalidation 88
  exit         rest @ 110
2026-01-05T15:30:00Z fill BTC-USDT buy 2 @ 100 fee 0 USDT
2026-01-05T16:30:00Z fill BTC-USDT buy 3 @ 92 fee 0 USDT
"""
    )
    fills = book.fills
    assert fills.is_before_plan.tolist() == [True, False, False]
    assert fills.unplanned_quantity.tolist() == [3, 2, 0]
    assert fills.unmatched_quantity.tolist() == [0, 2, 0]  # tranche 1 is used up
    assert book.tranches.used.tolist() == [1, 1]


def test_before_a_late_plan_no_opening_is_chased() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 105 fee 0 USDT
2026-01-05T15:00:00Z plan BTC-USDT long
  enter        3 @ 100
  invalidation 88
  exit         rest @ 110
2026-01-05T15:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
"""
    )
    assert rows(book) == [(2, 1, 3)]


def test_an_amended_ladder_keeps_what_was_used_by_number() -> None:
    amend = """\
2026-01-05T15:30:00Z amend BTC-USDT
  enter        80 @ 100
  enter        30 @ 97
"""
    book = bought("40 @ 100", "40 @ 100", "1 @ 100", plan=UNITS + amend)
    assert rows(book) == [(1, 1, 40), (2, 1, 40)]
    assert classes(book, 2) == (0, 0, 1)


def test_a_tranche_whose_price_is_missing_is_matched_by_name_only() -> None:
    plan = UNITS.replace("30 @ 97", "30")
    assert classes(bought("40 @ 100", "30 @ 97", plan=plan), 1) == (0, 0, 30)
    assert rows(bought("40 @ 100", "30 @ 97 tranche 2", plan=plan))[1] == (2, 2, 30)


def test_short_tranches_match_from_below() -> None:
    plan = (
        ACCOUNT
        + """\
2026-01-05T14:00:00Z plan ACME short
  enter        3 @ 100
  enter        300 USDT @ 96
  invalidation 112
  exit         rest @ 90
2026-01-05T14:30:00Z fill ACME sell 3.125 @ 96 fee 0 USDT
2026-01-05T15:30:00Z fill ACME sell 3 @ 99 fee 0 USDT
2026-01-05T16:30:00Z fill ACME sell 1 @ 98.9 fee 0 USDT
"""
    )
    assert rows(book_of(plan)) == [(1, 2, 3.125), (2, 1, 3)]


def test_contracts_of_a_money_tranche_count_by_their_multiplier() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-01T00:00:00Z instrument BTC-USDT-SWAP
  multiplier 0.01
2026-01-05T14:00:00Z plan BTC-USDT-SWAP long
  enter        300 USDT @ 100
  invalidation 88
  exit         rest @ 110
2026-01-05T14:30:00Z fill BTC-USDT-SWAP buy 310 @ 100 fee 0 USDT
"""
    )
    assert rows(book) == [(1, 1, 300)]
    assert book.fills.excess_quantity.tolist() == [10]


def test_inverse_contracts_of_a_money_tranche_are_money_themselves() -> None:
    book = book_of(
        """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:00:00Z plan XBTUSD long
  enter        300 USD @ 10000
  invalidation 9000
  exit         rest @ 12000
2026-01-05T14:30:00Z fill XBTUSD buy 310 @ 9900 fee 0 XBT
"""
    )
    assert rows(book) == [(1, 1, 300)]


def test_the_chased_opening_takes_the_nearest_of_those_still_open() -> None:
    skipped = [
        f"2026-01-05T14:{10 + number}:00Z skip BTC-USDT tranche {number}\n" for number in (1, 2, 3)
    ]
    one, _, _ = skipped
    assert rows(bought("1 @ 105", plan=LADDER_A + one)) == [(1, 2, 1)]
    all_given_up = bought("1 @ 105", plan=LADDER_A + "".join(skipped))
    assert classes(all_given_up, 0) == (0, 0, 1)


def test_a_tranche_whose_units_are_whole_is_filled_though_money_is_left() -> None:
    book = bought("3 @ 100", "3.125 @ 90 tranche 2", "0.2 @ 95", plan=LADDER_A)
    assert rows(book) == [(1, 1, 3), (2, 2, 3.125)]
    assert classes(book, 2) == (0, 0, 0.2)


def test_a_tranche_whose_money_is_whole_is_filled_though_units_are_left() -> None:
    text = ACCOUNT + (
        "2026-01-05T14:00:00Z plan ACME short\n"
        "  enter        300 USDT @ 96\n"
        "  enter        300 USDT @ 110\n"
        "  invalidation 112\n"
        "2026-01-05T14:30:00Z fill ACME sell 3.061224 @ 98 fee 0 USDT\n"
        "2026-01-05T15:30:00Z fill ACME sell 0.05 @ 98 fee 0 USDT\n"
    )
    book = book_of(text)
    assert rows(book) == [(1, 1, 3.061224)]
    assert classes(book, 1) == (0, 0, 0.05)
