"""Exit fills to exit tranches: target, protective, trail, excess or early."""

from __future__ import annotations

import pytest
from journal_text import book_of
from ladder_a import ACCOUNT

from journal.book.tables import Book

PLAN = (
    ACCOUNT
    + """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        6 @ 100
  enter        4 @ 92
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
2026-01-05T14:30:00Z fill BTC-USDT buy 6 @ 100 fee 0 USDT
"""
)
TRAIL = PLAN.replace("rest @ 120", "rest trail 3% after exit 1")


def sold(*fills: str, plan: str = PLAN, between: str = "") -> Book:
    """Return the book of a plan and sales of BTC-USDT, an hour apart."""
    lines = [
        f"2026-01-06T{12 + hour}:00:00Z fill BTC-USDT sell {fill} fee 0 USDT"
        for hour, fill in enumerate(fills)
    ]
    return book_of(plan + between + "\n".join(lines))


def split(book: Book, row: int) -> dict[str, float]:
    """Return the classes of an exit that have any quantity."""
    fills = book.fills
    columns = {
        "target": fills.target_quantity,
        "protective": fills.protective_quantity,
        "trail": fills.trail_quantity,
        "excess": fills.exit_excess_quantity,
        "early": fills.early_quantity,
        "undecided": fills.undecided_quantity,
    }
    found = {name: float(column[row]) for name, column in columns.items() if column[row]}
    assert sum(found.values()) == pytest.approx(float(fills.quantity[row]))
    return found


def targets(book: Book) -> list[tuple[int, int, object]]:
    found = book.allocations
    return [
        (int(book.fills.id[fill]), int(number), pytest.approx(quantity, rel=1e-9))
        for fill, number, quantity, is_entry in zip(
            found.fill, found.tranche, found.quantity, found.is_entry, strict=True
        )
        if not is_entry
    ]


def test_sold_as_planned() -> None:
    book = sold("3 @ 110", "3 @ 120")
    assert targets(book) == [(2, 1, 3), (3, 2, 3)]
    assert split(book, 1) == {"target": 3}
    assert split(book, 2) == {"target": 3}


def test_everything_sold_at_130_is_exit_1_and_then_the_rest() -> None:
    book = sold("6 @ 130")
    assert targets(book) == [(2, 1, 3), (2, 2, 3)]
    assert split(book, 1) == {"target": 6}


def test_everything_sold_at_112_is_exit_1_and_excess() -> None:
    book = sold("6 @ 112")
    assert targets(book) == [(2, 1, 3)]
    assert split(book, 1) == {"target": 3, "excess": 3}


def test_the_rest_of_an_order_that_took_a_target_is_excess() -> None:
    book = sold("3 @ 112 order 7", "3 @ 111 order 7")
    assert split(book, 2) == {"excess": 3}


def test_the_same_as_two_orders_is_early() -> None:
    assert split(sold("3 @ 112", "3 @ 111"), 2) == {"early": 3}


def test_before_any_target_it_is_early() -> None:
    assert split(sold("3 @ 105"), 1) == {"early": 3}


def test_the_percentage_is_of_what_was_entered_so_far() -> None:
    again = "2026-01-05T15:30:00Z fill BTC-USDT buy 4 @ 92 fee 0 USDT\n"
    assert split(sold("5 @ 110", between=again), 2) == {"target": 5}
    assert split(sold("5 @ 110"), 1) == {"target": 3, "excess": 2}


def test_two_of_three_tranches_make_50_percent_3_0625() -> None:
    plan = """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 3.125 @ 96 fee 0 USDT
"""
    book = sold("4 @ 110", plan=ACCOUNT + plan)
    assert split(book, 2) == {"target": 3.0625, "excess": pytest.approx(0.9375)}


def test_one_percent_more_than_the_exit_is_still_the_target() -> None:
    assert split(sold("3.03 @ 110"), 1) == {"target": 3.03}
    assert split(sold("3.04 @ 110"), 1) == {"target": 3, "excess": pytest.approx(0.04)}


def test_an_exit_within_one_percent_of_full_is_done() -> None:
    assert split(sold("2.97 @ 110", "0.5 @ 110"), 2) == {"early": 0.5}
    assert split(sold("2.96 @ 110", "0.04 @ 110"), 2) == {"target": 0.04}


def test_rounding_to_a_lot_is_within_the_target() -> None:
    lot = "2026-01-01T00:00:00Z instrument BTC-USDT\n  kind spot\n  lot  0.5\n"
    assert split(sold("3.5 @ 110", plan=lot + PLAN), 1) == {"target": 3.5}
    assert split(sold("4 @ 110", plan=lot + PLAN), 1) == {"target": 3, "excess": 1}


def test_a_target_is_reached_within_the_price_tolerance() -> None:
    # 0.2 % of 110 is 0.22.
    assert split(sold("3 @ 109.78"), 1) == {"target": 3}
    assert split(sold("3 @ 109.77"), 1) == {"early": 3}


def test_one_tick_is_the_least_price_tolerance() -> None:
    tick = "2026-01-01T00:00:00Z instrument BTC-USDT\n  kind spot\n  tick 1\n"
    assert split(sold("3 @ 109", plan=tick + PLAN), 1) == {"target": 3}


def test_at_the_invalidation_it_is_protective_and_through_it_as_well() -> None:
    # 0.2 % of 88 is 0.176.
    assert split(sold("6 @ 88"), 1) == {"protective": 6}
    assert split(sold("6 @ 80"), 1) == {"protective": 6}
    assert split(sold("6 @ 88.176"), 1) == {"protective": 6}
    assert split(sold("6 @ 88.18"), 1) == {"early": 6}


def test_at_the_stop_in_force_it_is_protective() -> None:
    stop = "2026-01-06T09:00:00Z stop BTC-USDT 111\n"
    assert split(sold("6 @ 109", between=stop), 1) == {"protective": 6}
    moved = stop + "2026-01-06T10:00:00Z stop BTC-USDT 100\n"
    assert split(sold("6 @ 109", between=moved), 1) == {"early": 6}
    removed = stop + "2026-01-06T10:00:00Z stop BTC-USDT none\n"
    assert split(sold("6 @ 109", between=removed), 1) == {"early": 6}


def test_a_reached_target_comes_before_the_stop() -> None:
    stop = "2026-01-06T09:00:00Z stop BTC-USDT 111\n"
    assert split(sold("6 @ 110.9", between=stop), 1) == {"target": 3, "protective": 3}


def test_a_liquidation_is_protective_at_any_price() -> None:
    assert split(sold("6 @ 95 liquidation"), 1) == {"protective": 6}


def test_a_trail_sells_at_3_percent_below_the_best_known_price() -> None:
    best = "2026-01-06T12:30:00Z price BTC-USDT 118\n"
    # 118 x 0.97 = 114.46
    assert split(sold("3 @ 110", "3 @ 114.46", plan=TRAIL, between=best), 2) == {"trail": 3}
    assert split(sold("3 @ 110", "3 @ 114.5", plan=TRAIL, between=best), 2) == {"undecided": 3}


def test_the_fill_that_activates_the_trail_counts_as_its_best_price() -> None:
    # 110 x 0.97 = 106.7
    assert split(sold("3 @ 110", "3 @ 106.7", plan=TRAIL), 2) == {"trail": 3}
    assert split(sold("3 @ 110", "3 @ 107", plan=TRAIL), 2) == {"undecided": 3}


def test_a_better_price_before_the_trail_was_active_does_not_count() -> None:
    before = "2026-01-06T11:00:00Z price BTC-USDT 200\n"
    assert split(sold("3 @ 110", "3 @ 108", plan=TRAIL, between=before), 2) == {"undecided": 3}


def test_before_its_exit_a_trail_explains_nothing() -> None:
    assert split(sold("3 @ 90", plan=TRAIL), 1) == {"early": 3}


def test_a_trail_without_an_exit_before_it_runs_from_the_first_fill() -> None:
    plan = PLAN.replace("exit         50% @ 110\n  exit         rest @ 120", "trail 3%")
    assert split(sold("6 @ 97", plan=plan), 1) == {"trail": 6}
    assert split(sold("6 @ 97.01", plan=plan), 1) == {"undecided": 6}


def test_a_short_trails_from_below() -> None:
    plan = """\
2026-01-05T14:00:00Z plan ACME short
  enter        6 @ 100
  invalidation 112
  exit         50% @ 90
  exit         rest trail 3% after exit 1
2026-01-05T14:30:00Z fill ACME sell 6 @ 100 fee 0 USDT
2026-01-06T12:00:00Z fill ACME buy 3 @ 90 fee 0 USDT
2026-01-06T12:30:00Z price ACME 80
2026-01-06T13:00:00Z fill ACME buy 3 @ {} fee 0 USDT
"""
    assert split(book_of(ACCOUNT + plan.format("82.4")), 2) == {"trail": 3}
    assert split(book_of(ACCOUNT + plan.format("82.3")), 2) == {"undecided": 3}


def test_money_is_sold_by_the_target_price() -> None:
    plan = PLAN.replace("50% @ 110", "330 USDT @ 110")
    assert split(sold("4 @ 115", plan=plan), 1) == {"target": 3, "excess": 1}


def test_units_are_sold_as_given() -> None:
    plan = PLAN.replace("50% @ 110", "2 @ 110")
    assert split(sold("3 @ 115", plan=plan), 1) == {"target": 2, "excess": 1}


def test_the_nearest_target_to_the_entry_comes_first_whatever_its_number() -> None:
    plan = PLAN.replace(
        "50% @ 110\n  exit         rest @ 120", "2 @ 120\n  exit         rest @ 110"
    )
    assert targets(sold("6 @ 125", plan=plan)) == [(2, 2, 6)]


def test_a_short_exits_below() -> None:
    plan = """\
2026-01-05T14:00:00Z plan ACME short
  enter        6 @ 100
  invalidation 112
  exit         50% @ 90
  exit         rest @ 80
2026-01-05T14:30:00Z fill ACME sell 6 @ 100 fee 0 USDT
2026-01-06T12:00:00Z fill ACME buy 3 @ 90.18 fee 0 USDT
2026-01-06T13:00:00Z fill ACME buy 1 @ 90 fee 0 USDT
2026-01-06T14:00:00Z fill ACME buy 2 @ 113 fee 0 USDT
"""
    book = book_of(ACCOUNT + plan)
    assert [split(book, row) for row in (1, 2, 3)] == [
        {"target": 3},
        {"early": 1},
        {"protective": 2},
    ]


def test_exits_before_a_late_plan_have_no_class() -> None:
    book = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 6 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT sell 1 @ 110 fee 0 USDT
2026-01-05T16:00:00Z plan BTC-USDT long
  enter        6 @ 100
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
2026-01-05T16:30:00Z fill BTC-USDT sell 3 @ 110 fee 0 USDT
"""
    )
    fills = book.fills
    assert fills.target_quantity.tolist() == [0, 0, 3]
    assert fills.early_quantity.tolist() == [0, 0, 0]
