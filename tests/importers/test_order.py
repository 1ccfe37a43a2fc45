"""Newest-first files."""

from __future__ import annotations

import pytest

from journal.domain.notation import parse
from journal.importers.order import oldest_first
from journal.importers.reading import Row


@pytest.mark.parametrize(
    ("minutes", "order"),
    [
        ("30 31 32", "0 1 2"),
        ("32 31 30", "2 1 0"),
        ("32 31 31 30", "3 2 1 0"),
        ("30 30 30", "0 1 2"),
        ("30 31 29 32", "0 1 2 3"),
        ("32 29 31 30", "3 2 1 0"),
        ("30", "0"),
        ("", ""),
    ],
)
def test_a_file_is_turned_as_a_whole_or_left(minutes: str, order: str) -> None:
    rows = [
        Row(parse(f"2026-01-05T14:{minute}Z price BTC-USDT 1")[0], number)
        for number, minute in enumerate(minutes.split())
    ]
    assert [row.number for row in oldest_first(rows)] == [int(n) for n in order.split()]
