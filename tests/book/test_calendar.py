"""Days, weeks and months by the account's own calendar."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of

from journal.book.calendar import Unit, label, numbered
from journal.book.clock import to_microseconds
from journal.domain.moment import Moment

BOOK = book_of(
    "2026-01-01T00:00Z account main\n  currency USDT\n  timezone Europe/Berlin\n"
    "2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT\n"
)


@pytest.mark.parametrize(
    ("time", "day", "week", "month"),
    [
        ("2026-01-04T22:59Z", "2026-01-04", "2026-W01", "2026-01"),
        ("2026-01-04T23:00Z", "2026-01-05", "2026-W02", "2026-01"),
        ("2025-12-28T12:00Z", "2025-12-28", "2025-W52", "2025-12"),
        ("2025-12-31T12:00Z", "2025-12-31", "2026-W01", "2025-12"),
        ("2026-01-31T23:30Z", "2026-02-01", "2026-W05", "2026-02"),
    ],
)
def test_an_instant_belongs_to_the_accounts_day(time: str, day: str, week: str, month: str) -> None:
    at = np.array([to_microseconds(Moment.parse(time).at)])
    found = {
        unit: label(unit, int(numbered(BOOK, unit)(np.zeros(1, np.int64), at)[0])) for unit in Unit
    }
    assert found == {Unit.DAY: day, Unit.WEEK: week, Unit.MONTH: month}
