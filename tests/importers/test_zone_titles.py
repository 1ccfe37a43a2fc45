"""The clock that a column's title names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from journal.domain.errors import InputError
from journal.importers.importer import Sample
from journal.importers.source import SourceFile
from journal.importers.zone_titles import without_zones, zone_for, zone_of_titles
from journal.importers.zones import UTC_ZONE


@pytest.mark.parametrize(
    ("title", "hour"),
    [("Time(UTC)", 12), ("Time(UTC+8)", 4), ("Time(UTC-04:30)", 16), ("Time (UTC+02:00)", 10)],
)
def test_the_title_is_plain_and_its_clock_known(title: str, hour: int) -> None:
    file, zone = zone_of_titles(SourceFile("t.csv", f"{title},Filled (USDT)\n1,2\n".encode()))
    assert file.text() == "Time,Filled (USDT)\n1,2\n"
    assert file.sha256 == SourceFile("t.csv", f"{title},Filled (USDT)\n1,2\n".encode()).sha256
    assert zone is not None
    assert zone.utc(datetime(2026, 1, 2, 12)).hour == hour  # noqa: DTZ001 - a wall clock
    assert without_zones(Sample.of(title.encode())).header() == ["Time"]


def test_a_file_that_names_none_stays_as_it_is() -> None:
    plain = SourceFile("t.csv", b"Time,Fee\n")
    assert zone_of_titles(plain) == (plain, None)


def test_two_clocks_refuse_the_file() -> None:
    with pytest.raises(InputError, match=r"no clock or several: UTC\+1, UTC\+2"):
        zone_of_titles(SourceFile("t.csv", b"Ordered(UTC+1),Filled(UTC+2)\n"))


def test_the_same_clock_written_twice_is_one() -> None:
    _, zone = zone_of_titles(SourceFile("t.csv", b"Ordered(UTC+01:00),Filled(UTC+1)\n"))
    assert zone is not None
    assert zone.utc(datetime(2026, 1, 2, 12)) == datetime(2026, 1, 2, 11, tzinfo=UTC)  # noqa: DTZ001


def test_the_clock_is_asked_for_where_nothing_names_it() -> None:
    plain = SourceFile("t.csv", b"Time,Fee\n")
    assert zone_for(plain, None, UTC_ZONE) is UTC_ZONE
    assert zone_for(plain, UTC_ZONE, None) is UTC_ZONE
    with pytest.raises(InputError, match="no time zone") as caught:
        zone_for(plain, None, None)
    assert caught.value.where == "t.csv"
