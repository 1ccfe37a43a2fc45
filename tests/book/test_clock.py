"""Times as integers: stored texts, days of a zone, and the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from journal.book.clock import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    UNKNOWN_TIME,
    local_days,
    local_midnights,
    microseconds,
    to_datetime,
    to_microseconds,
    widths,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def days(*times: str, zone: ZoneInfo = BERLIN, day_starts: int = 0) -> list[str]:
    found = local_days(microseconds([f"2026-{time}" for time in times]), zone, day_starts)
    return [str(np.datetime64(int(day), "D"))[5:] for day in found]


def test_stored_texts() -> None:
    found = microseconds(["1970-01-01 00:00:01.000002", None, "1969-12-31 23:59:59"])
    assert found.tolist() == [SECOND + 2, UNKNOWN_TIME, -SECOND]


def test_datetimes_there_and_back() -> None:
    at = datetime(2026, 1, 5, 14, 30, 0, 123456, tzinfo=UTC)
    assert to_datetime(to_microseconds(at)) == at


def test_how_much_each_written_time_may_mean() -> None:
    found = widths(["day", "minute", "second", "millisecond", "microsecond"])
    assert found.tolist() == [DAY, MINUTE, SECOND, 0, 0]


def test_a_day_is_a_day_of_the_zone() -> None:
    assert days("01-05 22:59:59", "01-05 23:00:00") == ["01-05", "01-06"]
    assert days("01-05 04:59:59", "01-05 05:00:00", zone=NEW_YORK) == ["01-04", "01-05"]


def test_the_short_day_of_spring_has_23_hours() -> None:
    assert days("03-28 22:59:59", "03-28 23:00:00", "03-29 21:59:59", "03-29 22:00:00") == [
        "03-28",
        "03-29",
        "03-29",
        "03-30",
    ]


def test_the_long_day_of_autumn_has_25_hours() -> None:
    assert days("10-24 21:59:59", "10-24 22:00:00", "10-25 22:59:59", "10-25 23:00:00") == [
        "10-24",
        "10-25",
        "10-25",
        "10-26",
    ]


def test_a_day_may_start_at_another_hour() -> None:
    starts = 17 * HOUR
    assert days("01-05 21:59:59", "01-05 22:00:00", zone=NEW_YORK, day_starts=starts) == [
        "01-04",
        "01-05",
    ]


def test_zones_off_by_half_an_hour() -> None:
    india = ZoneInfo("Asia/Kolkata")
    assert days("01-05 18:29:59", "01-05 18:30:00", zone=india) == ["01-05", "01-06"]


@pytest.mark.parametrize(
    ("date", "midnight"),
    [
        ("2026-01-05", "2026-01-04 23:00:00"),
        ("2026-03-29", "2026-03-28 23:00:00"),
        ("2026-03-30", "2026-03-29 22:00:00"),
    ],
)
def test_a_date_begins_at_midnight_of_the_zone(date: str, midnight: str) -> None:
    found = local_midnights(microseconds([f"{date} 00:00:00"] * 2), BERLIN)
    assert found.tolist() == microseconds([midnight] * 2).tolist()
