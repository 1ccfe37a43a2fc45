"""The times of Flex queries in all the formats that their settings offer."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.ibkr.times import FlexClock, check_zone
from journal.importers.zones import zone_of

_NEW_YORK = zone_of("America/New_York")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("20260705;093004", "2026-07-05T13:30:04Z"),
        ("20260105;093004", "2026-01-05T14:30:04Z"),
        ("20260705093004", "2026-07-05T13:30:04Z"),
        ("2026-07-05,09:30:04", "2026-07-05T13:30:04Z"),
        ("2026-07-05, 09:30:04", "2026-07-05T13:30:04Z"),
        ("2026-07-05T09:30:04-05:00", "2026-07-05T14:30:04Z"),
        ("20260705;093004 EDT", "2026-07-05T13:30:04Z"),
        ("20260705;093004 EST", "2026-07-05T14:30:04Z"),
        ("05-JUL-26 09:30:04", "2026-07-05T13:30:04Z"),
        ("07/05/2026;093004", "2026-07-05T13:30:04Z"),
        ("07/05/26;09:30:04", "2026-07-05T13:30:04Z"),
        ("20260705", "2026-07-05"),
        ("05-Jul-26", "2026-07-05"),
    ],
)
def test_a_time_is_read_in_the_account_s_zone_unless_it_names_one(text: str, at: str) -> None:
    assert str(FlexClock(_NEW_YORK, day_first=False).read(text, "dateTime")) == at


def test_a_day_above_twelve_anywhere_in_the_file_tells_days_from_months() -> None:
    american = FlexClock.of(["01/02/2026", "01/13/2026"], None, "file")
    european = FlexClock.of(["01/02/26", "13/01/26"], None, "file")
    assert str(american.read("01/02/2026", "date")) == "2026-01-02"
    assert str(european.read("01/02/26", "date")) == "2026-02-01"
    for texts in (["01/02/2026", "12/12/2026"], ["13/01/2026", "01/13/2026"]):
        with pytest.raises(InputError, match="could be day/month or month/day") as caught:
            FlexClock.of(texts, None, "file")
        assert "yyyyMMdd" in str(caught.value.hint)


@pytest.mark.parametrize("text", ["2026-07-05 9:30", "05-JUX-26", "20260705;093004 XYZ", "MULTI"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        FlexClock(_NEW_YORK, day_first=False).read(text, "dateTime")


def test_the_zone_is_asked_for_only_where_a_clock_stands_alone() -> None:
    dates = FlexClock.of(["20260705", "20260705;093004 EDT"], None, "file")
    assert not check_zone(dates, ["20260705", "20260705;093004 EDT"], "flex.xml")
    with pytest.raises(InputError, match="no time zone"):
        check_zone(dates, ["20260705;093004"], "flex.xml")
