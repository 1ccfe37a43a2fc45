"""Newest-first files."""

from __future__ import annotations

import pytest

from journal.domain.notation import parse
from journal.importers.order import oldest_first, oldest_first_by_symbol
from journal.importers.reading import Row


@pytest.mark.parametrize(
    ("minutes", "order"),
    [
        ("30 31 32", "0 1 2"),
        ("32 31 30", "2 1 0"),
        ("32 31 31 30", "3 2 1 0"),
        ("30 30 30", "0 1 2"),
        ("30 31 29 32", "2 0 1 3"),
        ("32 29 31 31 30", "1 4 3 2 0"),
        ("30", "0"),
        ("", ""),
    ],
)
def test_a_file_is_left_or_turned_as_a_whole_and_sorted_only_if_shuffled(
    minutes: str, order: str
) -> None:
    rows = [
        Row(parse(f"2026-01-05T14:{minute}Z price BTC-USDT 1")[0], number)
        for number, minute in enumerate(minutes.split())
    ]
    assert [row.number for row in oldest_first(rows)] == [int(n) for n in order.split()]


def test_ids_decide_inside_an_instant_of_a_shuffled_file_by_their_value() -> None:
    text = "".join(
        f"2026-01-05T14:{minute}Z fill BTC-USDT buy 1 @ 100 id {venue_id}\n"
        for minute, venue_id in [("31", "t-10"), ("30", "t-1"), ("31", "t-9"), ("29", "t-0")]
    )
    rows = [Row(event, number) for number, event in enumerate(parse(text))]
    assert [row.number for row in oldest_first(rows)] == [3, 1, 2, 0]


@pytest.mark.parametrize(
    ("minutes", "order"), [("30 30 30", "2 1 0"), ("30 31 31", "0 1 2"), ("31 31 30", "2 1 0")]
)
def test_a_file_of_one_instant_runs_in_the_direction_the_venue_is_known_for(
    minutes: str, order: str
) -> None:
    rows = [
        Row(parse(f"2026-01-05T14:{minute}Z price BTC-USDT 1")[0], number)
        for number, minute in enumerate(minutes.split())
    ]
    found = oldest_first(rows, usually_newest_first=True)
    assert [row.number for row in found] == [int(n) for n in order.split()]


def test_a_file_that_lists_symbol_after_symbol_keeps_each_symbol_s_own_direction() -> None:
    fills = ["32 A 1", "31 A 2", "31 A 3", "30 B 4", "31 B 5", "31 B 6"]
    rows = [
        Row(parse(f"2026-01-05T14:{minute}Z fill {symbol} buy {number} @ 100")[0], int(number))
        for minute, symbol, number in map(str.split, fills)
    ]
    # A runs backwards, B forwards: 31 is 3, 2 in the first and 5, 6 in the second.
    assert [row.number for row in oldest_first_by_symbol(rows)] == [4, 3, 2, 5, 6, 1]
