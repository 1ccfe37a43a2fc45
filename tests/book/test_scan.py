"""Positions, trade cuts and fills through zero, in exact integers."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.scan import Lane, decimals, positions, scaled, scan


def lane(*deltas: int, lot: int = 0, floor: int = 0, closing: str | None = None) -> Lane:
    """Return a lane; `closing` marks its moves with a c where the venue says that they close."""
    said = None if closing is None else [mark == "c" for mark in closing]
    return Lane(list(deltas), digits=0, lot=lot, floor=floor, closing=said)


@pytest.mark.parametrize(
    ("text", "digits"), [("3", 0), ("0.5", 1), ("-12.340", 3), ("0.00000000000000000001", 20)]
)
def test_digits_behind_the_point(text: str, digits: int) -> None:
    assert decimals(text) == digits


def test_texts_become_integers_at_one_scale() -> None:
    assert scaled(["3", "0.5", "12.34", "-0.01"], 2) == [300, 50, 1234, -1]


def test_a_round_trip_in_two_steps() -> None:
    found = scan(lane(3, 2, -4, -1))
    assert found.after.tolist() == [3, 5, 1, 0]
    assert found.before.tolist() == [0, 3, 5, 1]
    assert found.is_entry.tolist() == [True, True, False, False]
    assert found.starts.tolist() == [True, False, False, False]
    assert found.direction.tolist() == [1, 1, 1, 1]
    assert found.held.tolist() == [3, 2, 4, 1]


def test_a_flip_is_two_parts_of_one_fill() -> None:
    found = scan(lane(3, -5, 2))
    assert found.move.tolist() == [0, 1, 1, 2]
    assert found.part.tolist() == [1, 1, 2, 1]
    assert found.before.tolist() == [0, 3, 0, -2]
    assert found.after.tolist() == [3, 0, -2, 0]
    assert found.direction.tolist() == [1, 1, -1, -1]
    assert found.is_entry.tolist() == [True, False, True, False]
    assert found.starts.tolist() == [True, False, True, False]
    assert found.held.tolist() == [3, 3, 2, 2]
    assert found.share.tolist() == [1.0, 0.6, 0.4, 1.0]
    assert not found.oversold.any()


def test_flips_one_after_the_other() -> None:
    found = scan(lane(1, -2, 2, -2))
    assert found.after.tolist() == [1, 0, -1, 0, 1, 0, -1]
    assert found.direction.tolist() == [1, 1, -1, -1, 1, 1, -1]


def test_a_short_trade() -> None:
    found = scan(lane(-3, -1, 4))
    assert found.direction.tolist() == [-1, -1, -1]
    assert found.is_entry.tolist() == [True, True, False]


def test_less_than_a_lot_is_flat_and_the_next_trade_starts_from_zero() -> None:
    found = scan(lane(1000, -999, 500, -500, lot=10))
    assert found.after.tolist() == [1000, 0, 500, 0]
    assert found.starts.tolist() == [True, False, True, False]


def test_a_whole_lot_is_held() -> None:
    assert positions(lane(1000, -990, lot=10)) == [1000, 10]
    assert positions(lane(-1000, 990, lot=10)) == [-1000, -10]
    assert positions(lane(-1000, 991, lot=10)) == [-1000, 0]


def test_without_a_lot_one_unit_of_the_last_digit_is_held() -> None:
    assert positions(lane(1000, -999)) == [1000, 1]


def test_selling_less_than_a_lot_too_much_closes_and_is_not_oversold() -> None:
    found = scan(lane(1000, -1005, lot=10, floor=1))
    assert found.after.tolist() == [1000, 0]
    assert found.oversold.tolist() == [False, False]
    assert found.held.tolist() == [1000, 1000]


def test_spot_sold_beyond_what_is_held_is_flat_and_oversold() -> None:
    found = scan(lane(3, -5, 2, floor=1))
    assert found.after.tolist() == [3, 0, 2]
    assert found.part.tolist() == [1, 1, 1]
    assert found.oversold.tolist() == [False, True, False]
    assert found.starts.tolist() == [True, False, True]


def test_sales_from_nothing_are_one_long_trade_of_unknown_beginning() -> None:
    found = scan(lane(-2, -1, 4, floor=1))
    assert found.direction.tolist() == [1, 1, 1]
    assert found.is_entry.tolist() == [False, False, True]
    assert found.oversold.tolist() == [True, True, False]
    assert found.starts.tolist() == [True, False, True]


def test_a_hedged_short_side_never_goes_long() -> None:
    found = scan(lane(-3, 5, -2, floor=-1))
    assert found.after.tolist() == [-3, 0, -2]
    assert found.direction.tolist() == [-1, -1, -1]
    assert found.oversold.tolist() == [False, True, False]


def test_three_sold_that_were_never_seen_bought_open_no_short() -> None:
    found = scan(lane(-3, 2, -2, closing="c--"))
    assert found.after.tolist() == [0, 2, 0]
    assert found.direction.tolist() == [1, 1, 1]
    assert found.is_entry.tolist() == [False, True, False]
    assert found.oversold.tolist() == [True, False, False]
    assert found.starts.tolist() == [True, True, False]
    assert found.held.tolist() == [0, 2, 2]


def test_a_close_takes_what_is_held_and_never_crosses() -> None:
    found = scan(lane(-3, 5, -1, closing="-c-"))
    assert found.after.tolist() == [-3, 0, -1]
    assert found.part.tolist() == [1, 1, 1]
    assert found.direction.tolist() == [-1, -1, -1]
    assert found.oversold.tolist() == [False, True, False]
    assert found.held.tolist() == [3, 3, 1]
    assert found.share.tolist() == [1.0, 1.0, 1.0]
    assert found.starts.tolist() == [True, False, True]


def test_a_close_of_all_or_a_part_is_an_exit_like_any_other() -> None:
    found = scan(lane(5, -2, -3, closing="-cc"))
    assert found.after.tolist() == [5, 3, 0]
    assert not found.oversold.any()
    assert found.starts.tolist() == [True, False, False]


def test_a_close_in_the_direction_of_what_is_held_is_taken_as_an_add() -> None:
    found = scan(lane(3, 2, -5, closing="-c-"))
    assert found.after.tolist() == [3, 5, 0]
    assert found.is_entry.tolist() == [True, True, False]
    assert not found.oversold.any()


def test_closes_while_flat_are_one_trade_for_each_direction() -> None:
    found = scan(lane(-3, -1, 2, 2, -4, closing="cccc-"))
    assert found.after.tolist() == [0, 0, 0, 0, -4]
    assert found.direction.tolist() == [1, 1, -1, -1, -1]
    assert found.starts.tolist() == [True, False, True, False, True]
    assert found.oversold.tolist() == [True, True, True, True, False]


def test_less_than_a_lot_closed_too_much_is_not_oversold() -> None:
    found = scan(lane(1000, -1005, closing="-c", lot=10))
    assert found.after.tolist() == [1000, 0]
    assert found.oversold.tolist() == [False, False]
    assert positions(lane(1000, -995, closing="-c", lot=10)) == [1000, 0]


def test_a_close_beside_a_floor_says_nothing_new() -> None:
    moves = (3, -5, -1, 2)
    plain, said = scan(lane(*moves, floor=1)), scan(lane(*moves, floor=1, closing="-ccc"))
    assert said.after.tolist() == plain.after.tolist() == [3, 0, 0, 2]
    assert said.oversold.tolist() == plain.oversold.tolist()
    assert said.is_entry.tolist() == plain.is_entry.tolist()


def test_a_hundred_million_tokens_with_18_decimals_are_exact() -> None:
    whole = 10**26
    found = scan(lane(whole, 1, -whole, -1))
    assert found.after.tolist() == [whole, whole + 1, 1, 0]
    assert found.after.dtype == object
    assert found.starts.tolist() == [True, False, False, False]


def test_sums_that_pass_int64_are_exact() -> None:
    almost = (1 << 61) + 1
    found = scan(lane(almost, almost, almost, almost, -4 * almost))
    assert found.after.tolist() == [almost, 2 * almost, 3 * almost, 4 * almost, 0]


def test_small_quantities_stay_int64() -> None:
    assert scan(lane(3, -3)).after.dtype == np.int64


def test_no_moves_at_all() -> None:
    assert len(scan(lane()).move) == 0
