"""Order groups, runs, and what came before along a trade."""

from __future__ import annotations

import numpy as np
from journal_text import book_of
from ladder_a import ACCOUNT

from journal.book.grouping import group_any, group_last, last_row_before, starts_of, sums_before
from journal.book.versions import effective_times, latest


def ints(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def bools(*values: int) -> np.ndarray:
    return np.array(values, bool)


def groups(*fills: str) -> list[int]:
    lines = [f"2026-01-05T14:30:{fill} fee 0 USDT" for fill in fills]
    group: list[int] = book_of(ACCOUNT + "\n".join(lines)).fills.group.tolist()
    return group


def test_one_order_id_is_one_group() -> None:
    fills = ["00Z fill X buy 1 @ 100 {}", "01Z fill X buy 1 @ 100 {}", "01Z fill X buy 1 @ 100 {}"]
    orders = ["order a", "order a", "order b"]
    assert groups(*(f.format(o) for f, o in zip(fills, orders, strict=True))) == [0, 0, 1]


def test_without_ids_one_timestamp_is_one_group() -> None:
    assert groups("00Z fill X buy 1 @ 100", "00Z fill X buy 1 @ 99", "01Z fill X buy 1 @ 98") == [
        0,
        0,
        1,
    ]


def test_a_fill_with_an_id_and_one_without_are_two() -> None:
    assert groups("00Z fill X buy 1 @ 100 order a", "00Z fill X buy 1 @ 99") == [0, 1]


def test_the_other_side_ends_a_group() -> None:
    assert groups(
        "00Z fill X buy 2 @ 100 order a",
        "00Z fill X sell 1 @ 99 order a",
        "00Z fill X buy 1 @ 98 order a",
    ) == [0, 1, 2]


def test_the_second_part_of_a_flip_begins_its_own_group() -> None:
    assert groups("00Z fill X buy 2 @ 100", "01Z fill X sell 3 @ 99", "01Z fill X sell 1 @ 98") == [
        0,
        1,
        2,
        2,
    ]


def test_group_columns_hold_what_was_so_before_its_first_fill() -> None:
    fills = book_of(
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill X buy 2 @ 100 fee 0 USDT
2026-01-05T14:31:00Z fill X sell 1 @ 101 fee 0 USDT
2026-01-05T14:32:00Z fill X buy 1 @ 98 fee 0 USDT order a
2026-01-05T14:33:00Z fill X buy 1 @ 90 fee 0 USDT order a
"""
    ).fills
    assert fills.group_first.tolist() == [0, 1, 2, 2]
    assert fills.group_price.tolist() == [100, 101, 98, 98]
    assert fills.had_position.tolist() == [False, True, True, True]
    assert fills.group_average_before.tolist()[1:] == [100, 100, 100]
    assert fills.exited_before_group.tolist() == [0, 0, 1, 1]
    assert fills.last_exit_price.tolist()[2:] == [101, 101]


def test_where_runs_begin() -> None:
    assert starts_of(ints(1, 1, 2, 1)).tolist() == [True, False, True, True]
    assert starts_of(ints()).tolist() == []


def test_the_last_marked_row_before() -> None:
    found = last_row_before(bools(1, 0, 1, 0, 1, 0), ints(0, 0, 0, 0, 1, 1))
    assert found.tolist() == [-1, 0, 0, 2, -1, 4]
    assert last_row_before(bools(), ints()).tolist() == []


def test_any_and_last_of_a_group() -> None:
    group = ints(0, 0, 1, 2, 2)
    assert group_any(bools(0, 1, 0, 1, 0), group).tolist() == [True, True, False, True, True]
    assert group_last(group).tolist() == [1, 1, 2, 4, 4]
    assert group_any(bools(), ints()).tolist() == []
    assert group_last(ints()).tolist() == []


def test_sums_before_stay_with_their_owner() -> None:
    values = np.array([1.0, 0.0, 2.0, 4.0, 8.0, 0.0])
    assert sums_before(values, ints(0, 0, 0, 1, 1, 1)).tolist() == [0, 1, 1, 0, 4, 12]
    assert sums_before(np.zeros(2), ints(0, 0)).tolist() == [0, 0]


def test_the_latest_event_of_an_owner_at_an_instant() -> None:
    found = latest(
        ints(0, 0, 1, 0), ints(10, 20, 15, 20), ints(0, 0, 0, 1, 2), ints(9, 10, 25, 20, 99)
    )
    # Of two events at 20 the later written counts.
    assert found.tolist() == [-1, 0, 3, 2, -1]
    assert latest(ints(), ints(), ints(0), ints(5)).tolist() == [-1]


def test_decisions_count_from_the_later_of_claim_and_record() -> None:
    assert effective_times(ints(5, 5, 5), ints(9, 1, np.iinfo(np.int64).min)).tolist() == [9, 5, 5]
