"""Whose clock a time was printed by, and the two days a year on which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from journal.domain.errors import InputError
from journal.importers.zones import (
    RepeatedHour,
    asked_zone,
    fixed_offset,
    zone_in_name,
    zone_of,
)


def _utc(zone: str, *parts: int, repeated: RepeatedHour | None = None) -> str:
    naive = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - the zone is what is tested
    return zone_of(zone, repeated).utc(naive).isoformat()


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("UTC", "2026-01-05T12:00:00+00:00"),
        ("UTC+8", "2026-01-05T04:00:00+00:00"),
        ("UTC+02:00", "2026-01-05T10:00:00+00:00"),
        ("GMT-04", "2026-01-05T16:00:00+00:00"),
        ("+0530", "2026-01-05T06:30:00+00:00"),
        ("Europe/Berlin", "2026-01-05T11:00:00+00:00"),
    ],
)
def test_noon_by_other_clocks(zone: str, at: str) -> None:
    assert _utc(zone, 2026, 1, 5, 12) == at


@pytest.mark.parametrize("text", ["UTC+15", "EST5", "8", "UTC 8", "", "UTC+8:3"])
def test_other_words_are_no_offset(text: str) -> None:
    assert fixed_offset(text) is None


def test_a_repeated_hour_is_asked_for_and_taken_as_told() -> None:
    """Berlin, 25 October 2026: 03:00 summer time (01:00 UTC) becomes 02:00 once more."""
    with pytest.raises(InputError, match=r"02:30 happens twice in Europe/Berlin.*--repeated-hour"):
        _utc("Europe/Berlin", 2026, 10, 25, 2, 30)
    first = _utc("Europe/Berlin", 2026, 10, 25, 2, 30, repeated=RepeatedHour.FIRST)
    second = _utc("Europe/Berlin", 2026, 10, 25, 2, 30, repeated=RepeatedHour.SECOND)
    assert (first, second) == ("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00")


@pytest.mark.parametrize("repeated", [None, *RepeatedHour])
def test_a_skipped_hour_is_refused_whatever_was_told(repeated: RepeatedHour | None) -> None:
    with pytest.raises(InputError, match="02:30 does not exist in Europe/Berlin"):
        _utc("Europe/Berlin", 2026, 3, 29, 2, 30, repeated=repeated)


def test_other_hours_do_not_need_to_be_told_apart() -> None:
    for repeated in (None, *RepeatedHour):
        assert _utc("Europe/Berlin", 2026, 7, 1, 12, repeated=repeated).startswith("2026-07-01T10")


def test_a_zone_that_nobody_told_is_asked_for() -> None:
    with pytest.raises(InputError, match="no time zone"):
        asked_zone(None)
    assert asked_zone(zone_of("UTC")).info is UTC


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Trade History 2026-03(UTC+3).csv", "UTC+3"),
        ("trades (UTC-05:30) (1).csv", "UTC-05:30"),
        ("trades (UTC).csv", "UTC"),
        ("trades_2023~UTC+8.csv", "UTC+8"),
        ("pack (UTC+8).zip/trades (UTC+8).csv", "UTC+8"),
        ("pack (UTC+8).zip/trades (UTC+3).csv", None),
        ("trades UTC-05-2026.csv", None),
        ("trades(UTC+99).csv", None),
        ("UTC+20260305.csv", None),
        ("trades.csv", None),
    ],
)
def test_a_name_tells_an_offset_or_none(name: str, zone: str | None) -> None:
    assert zone_in_name(name) == zone
