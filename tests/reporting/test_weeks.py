"""Weeks and days in an account's own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from journal.domain.errors import InputError
from journal.reporting.weeks import days_between, week_named, week_of

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_week_begins_on_monday_at_midnight_there() -> None:
    week = week_named("2026-W43", BERLIN)
    assert (week.first, week.last) == (date(2026, 10, 19), date(2026, 10, 25))
    # the clocks go back on its last day: it ends an hour later by UTC
    assert week.since == datetime(2026, 10, 18, 22, tzinfo=UTC)
    assert week.until == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_the_week_of_an_instant_depends_on_the_zone() -> None:
    late_on_sunday = datetime(2026, 1, 11, 23, 30, tzinfo=UTC)
    assert week_of(late_on_sunday, ZoneInfo("UTC")).label == "2026-W02"
    assert week_of(late_on_sunday, BERLIN).label == "2026-W03"
    assert week_of(datetime(2027, 1, 1, tzinfo=UTC), BERLIN).label == "2026-W53"


def test_days_from_and_to() -> None:
    days = days_between("2026-01-08", "2026-01-08", BERLIN)
    assert (days.until - days.since).total_seconds() == 86_400


@pytest.mark.parametrize("text", ["2026-W00", "2026-W54", "2026-47", "W47", "2026-W477", ""])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(InputError, match="is not a week"):
        week_named(text, BERLIN)
