"""Times: the instant, how precisely it was written, and what a clock change does to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from journal.domain.errors import InputError
from journal.domain.moment import Moment, Precision, local_to_utc

BERLIN = ZoneInfo("Europe/Berlin")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "at", "precision", "canonical"),
    [
        ("2026-01-05", utc(2026, 1, 5), Precision.DAY, "2026-01-05"),
        ("2026-01-05T14:30Z", utc(2026, 1, 5, 14, 30), Precision.MINUTE, "2026-01-05T14:30Z"),
        (
            "2026-01-05 14:30:00Z",
            utc(2026, 1, 5, 14, 30),
            Precision.SECOND,
            "2026-01-05T14:30:00Z",
        ),
        (
            "2026-01-05T14:30:01.5+01:00",
            utc(2026, 1, 5, 13, 30, 1, 500_000),
            Precision.MILLISECOND,
            "2026-01-05T13:30:01.500Z",
        ),
        (
            "2026-01-05T14:30:01.0005-05:30",
            utc(2026, 1, 5, 20, 0, 1, 500),
            Precision.MICROSECOND,
            "2026-01-05T20:00:01.000500Z",
        ),
        (
            "2026-07-05T14:30[Europe/Berlin]",
            utc(2026, 7, 5, 12, 30),
            Precision.MINUTE,
            "2026-07-05T12:30Z",
        ),
        ("0999-01-05T14:30Z", utc(999, 1, 5, 14, 30), Precision.MINUTE, "0999-01-05T14:30Z"),
    ],
)
def test_times(text: str, at: datetime, precision: Precision, canonical: str) -> None:
    moment = Moment.parse(text)
    assert moment == Moment(at, precision)
    assert str(moment) == canonical
    assert Moment.parse(canonical) == moment


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-01-05T14:30", "has no time zone"),
        ("2026-1-5", "is not understood"),
        ("05.01.2026", "is not understood"),
        ("2026-01-05T14Z", "is not understood"),
        ("2026-01-05T14:30:01.1234567Z", "is not understood"),
        ("\uff12\uff10\uff12\uff16-01-05", "is not understood"),
        ("2026-02-29", "does not exist"),
        ("2026-01-05T24:00Z", "does not exist"),
        ("2026-01-05T14:30+99:00", "does not exist"),
        ("0001-01-01T00:00+01:00", "does not exist"),
        ("2026-01-05T14:30[Mars/Base]", "is not known"),
        ("2026-01-05T14:30[../passwd]", "is not understood"),
    ],
)
def test_what_is_no_time(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        Moment.parse(text)


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(InputError, match=r"02:30 does not exist in Europe/Berlin"):
        local_to_utc(datetime.fromisoformat("2026-03-29T02:30"), BERLIN)
    assert local_to_utc(datetime.fromisoformat("2026-03-29T03:00"), BERLIN) == utc(2026, 3, 29, 1)


def test_an_hour_that_comes_twice_needs_its_offset() -> None:
    with pytest.raises(InputError, match=r"02:30 happens twice in Europe/Berlin") as refused:
        Moment.parse("2026-10-25T02:30", BERLIN)
    assert refused.value.hint == "give the offset, e.g. 2026-10-25T02:30+02:00"
    summer, winter = (
        Moment.parse(f"2026-10-25T02:30{offset}", BERLIN) for offset in ("+02:00", "+01:00")
    )
    assert winter.at - summer.at == timedelta(hours=1)


def test_the_clock_is_recorded_in_whole_milliseconds() -> None:
    clock = datetime(2026, 1, 5, 14, 30, 1, 123_999, tzinfo=timezone(timedelta(hours=1)))
    assert str(Moment.of(clock)) == "2026-01-05T13:30:01.123Z"


def test_a_moment_is_in_utc() -> None:
    with pytest.raises(ValueError, match="kept in UTC"):
        Moment(datetime(2026, 1, 5, tzinfo=BERLIN), Precision.DAY)
