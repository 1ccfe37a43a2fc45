"""Days, weeks and months of an account as numbers, to roll verdicts up by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import numpy as np

from journal.book.comparison import Ints
from journal.book.days import account_day
from journal.book.rolling import Stretches
from journal.book.tables import Book

_WEEK = 7
_MONDAY = 3  # 1970 began on a Thursday
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unit(StrEnum):
    """A stretch of the calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def numbered(book: Book, unit: Unit) -> Stretches:
    """Return what numbers each instant by the account's own calendar."""

    def number(account: Ints, at: Ints) -> Ints:
        days = account_day(book, account, at)
        if unit is Unit.DAY:
            return days
        if unit is Unit.WEEK:
            return (days + _MONDAY) // _WEEK
        months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return months

    return number


def label(unit: Unit, number: int) -> str:
    """Return what people call a numbered stretch: 2026-01-05, 2026-W02, 2026-01."""
    if unit is Unit.MONTH:
        return str(np.datetime64(number, "M"))
    day = number if unit is Unit.DAY else number * _WEEK - _MONDAY
    date = (_EPOCH + timedelta(days=day)).date()
    if unit is Unit.DAY:
        return date.isoformat()
    year, week, _ = date.isocalendar()
    return f"{year}-W{week:02d}"
