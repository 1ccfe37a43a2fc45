"""Times as they are typed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.usecases.times import refuse_future, typed_time

BERLIN = ZoneInfo("Europe/Berlin")
NOW = Moment.parse("2026-03-29T22:30:00.000Z")  # half past midnight in Berlin, on the 30th


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("00:15", "2026-03-29T22:15Z"),
        ("9:05", "2026-03-30T07:05Z"),
        ("00:15:20", "2026-03-29T22:15:20Z"),
        ("2026-03-28 14:30", "2026-03-28T13:30Z"),
        ("2026-03-28T14:30Z", "2026-03-28T14:30Z"),
        ("2026-03-28", "2026-03-28"),
    ],
)
def test_typed_time(typed: str, meant: str) -> None:
    assert str(typed_time(typed, BERLIN, NOW)) == meant


def test_a_time_the_clocks_skip() -> None:
    now = Moment.parse("2026-03-29T12:00:00Z")
    with pytest.raises(InputError, match="does not exist in Europe/Berlin"):
        typed_time("02:30", BERLIN, now)


def test_the_future_begins_after_the_difference_of_two_clocks() -> None:
    refuse_future(Moment.parse("2026-03-29T22:30:05Z"), NOW)
    with pytest.raises(InputError, match="is in the future"):
        refuse_future(Moment.parse("2026-03-29T22:30:06Z"), NOW)
