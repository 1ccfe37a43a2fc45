"""Times in the one format of their column."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.times import TimeFormat, epoch_ms
from journal.importers.zones import zone_of


@pytest.mark.parametrize(
    ("pattern", "text", "at"),
    [
        ("YYYY-MM-DD hh:mm:ss", "2025-10-20 10:44:26", "2025-10-20T10:44:26Z"),
        ("YY-MM-DD hh:mm:ss", "26-03-17 09:34:12", "2026-03-17T09:34:12Z"),
        ("hh:mm YYYY-MM-DD", "01:00 2026-02-23", "2026-02-23T01:00Z"),
        ("M/D/YYYY, h:mm:ss AP", "1/26/2020, 6:32:04 PM", "2020-01-26T18:32:04Z"),
        ("M/D/YYYY h:mm:ss AP", "1/5/2026 12:00:00 AM", "2026-01-05T00:00:00Z"),
        ("M/D/YYYY h:mm:ss AP", "1/5/2026 12:00:00 pm", "2026-01-05T12:00:00Z"),
        ("YYYYMMDD;hhmmss", "20260126;115715", "2026-01-26T11:57:15Z"),
        ("YYYY-MM-DDThh:mm:ss.fZ", "2026-01-05T10:00:00.5Z", "2026-01-05T10:00:00.500Z"),
        ("YYYY-MM-DDThh:mm:ss.fZ", "2026-01-05T10:00:00.123456789Z", "2026-01-05T10:00:00.123456Z"),
        ("YYYYMMDD", "20230522", "2023-05-22"),
        ("YYYY-MM-DDThh:mm:ssZZ", "2026-01-05T10:00:00+02:00", "2026-01-05T08:00:00Z"),
        ("YYYY-MM-DDThh:mmZZ", "2026-01-05T10:00-0330", "2026-01-05T13:30Z"),
        ("YYYY-MM-DDThh:mm:ssZZ", "2026-01-05T10:00:00Z", "2026-01-05T10:00:00Z"),
    ],
)
def test_each_format_reads_its_own_text(pattern: str, text: str, at: str) -> None:
    assert str(TimeFormat(pattern).read(text)) == at
    assert TimeFormat(pattern).fits(text)


def test_a_local_time_becomes_utc_and_a_bare_date_stays_the_date() -> None:
    zone = zone_of("UTC+8")
    assert str(TimeFormat("YYYY-MM-DD hh:mm").read("2026-01-05 03:00", zone)) == "2026-01-04T19:00Z"
    assert str(TimeFormat("YYYY-MM-DD").read("2026-01-05", zone)) == "2026-01-05"


@pytest.mark.parametrize(
    ("pattern", "text", "problem"),
    [
        ("YYYY-MM-DD hh:mm:ss", "2025-10-20 10:44", "is not written like YYYY-MM-DD hh:mm:ss"),
        ("YYYY-MM-DD hh:mm:ss", "2025-13-20 10:44:26", "does not exist"),
        ("YYYY-MM-DD hh:mm:ss", "2025-02-29 10:44:26", "does not exist"),
        ("YYYY-MM-DD hh:mm:ss", "2025-02-20 24:00:00", "does not exist"),
        ("M/D/YYYY h:mm AP", "1/5/2026 13:00 PM", "hour 13 has no PM"),
        ("M/D/YYYY h:mm AP", "1/5/2026 0:30 AM", "hour 0 has no AM"),
        ("YYYY-MM-DD", "\uff12026-01-05", "is not written like"),
        ("YYYY-MM-DDThh:mmZZ", "2026-01-05T10:00+29:00", "is farther from UTC than any clock"),
    ],
)
def test_other_texts_are_refused(pattern: str, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        TimeFormat(pattern).read(text)


def test_an_offset_in_the_text_comes_before_the_zone_asked_for() -> None:
    printed = TimeFormat("YYYY-MM-DD hh:mm ZZ")
    assert str(printed.read("2026-01-05 03:00 +01", zone_of("UTC+8"))) == "2026-01-05T02:00Z"
    assert printed.parts == {"year", "month", "day", "hour", "minute", "offset"}


def test_milliseconds_since_1970() -> None:
    assert str(epoch_ms("1499865549590")) == "2017-07-12T13:19:09.590Z"
    for text in ("", "1499865549", "0499865549590", "149986554959000", "1.5e12", "-1499865549590"):
        with pytest.raises(InputError, match="is not a time in milliseconds"):
            epoch_ms(text)
