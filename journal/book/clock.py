"""Times as int64 microseconds since 1970 UTC, with the width they were written in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from journal.book.comparison import Ints
from journal.domain.moment import Precision

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NEVER = np.iinfo(np.int64).max
"""Later than everything: the end of what has not ended."""

UNKNOWN_TIME = np.iinfo(np.int64).min
"""A time nobody stated."""

_WIDTHS = {
    Precision.DAY.value: DAY,
    Precision.MINUTE.value: MINUTE,
    Precision.SECOND.value: SECOND,
    Precision.MILLISECOND.value: 0,
    Precision.MICROSECOND.value: 0,
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(texts: Sequence[str | None]) -> Ints:
    """Return stored UTC texts as int64 microseconds; None becomes `UNKNOWN_TIME`."""
    return np.array(["NaT" if text is None else text for text in texts], "datetime64[us]").astype(
        np.int64
    )


def written_date(at: str, precision: str) -> date | None:
    """Return the date of a stored time that was written as a date alone, None for all others."""
    return date.fromisoformat(at[:10]) if precision == Precision.DAY else None


def widths(precisions: Sequence[str]) -> Ints:
    """Return how many microseconds each written time may mean."""
    return np.fromiter((_WIDTHS[name] for name in precisions), np.int64, len(precisions))


def dated_span(at: Ints, latest: Ints) -> Ints:
    """Return how much later an instant may be of which only the date was written; else 0."""
    span = latest - at
    return np.where(span >= DAY, span, 0)


def to_microseconds(at: datetime) -> int:
    """Return an aware datetime as microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def to_datetime(at: int) -> datetime:
    """Return microseconds since 1970 as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=int(at))


def local_midnights(at: Ints, zone: ZoneInfo) -> Ints:
    """Return, for dates kept as midnight UTC, the instants their day begins in a zone."""
    days, where = np.unique(at, return_inverse=True)
    starts = [to_microseconds(to_datetime(day).replace(tzinfo=zone)) for day in days]
    return np.array(starts, np.int64)[where]


@lru_cache(maxsize=1 << 18)
def _offset(hour: int, zone: ZoneInfo) -> int:
    """Return how far a zone's clock is ahead of UTC in an hour since 1970, in microseconds."""
    offset = to_datetime(hour * HOUR).astimezone(zone).utcoffset() or timedelta(0)
    return offset // timedelta(microseconds=1)


def local_days(at: Ints, zone: ZoneInfo, day_starts: int = 0) -> Ints:
    """Return the calendar day (days since 1970) of instants in a zone, from `day_starts` (us)."""
    hours, where = np.unique(at // HOUR, return_inverse=True)
    shift = np.array([_offset(hour, zone) for hour in hours.tolist()], np.int64)
    result: Ints = (at + shift[where] - day_starts) // DAY
    return result
