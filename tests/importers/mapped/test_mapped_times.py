"""The formats of a table's times: told apart, and proved from its values."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.mapped.clock import PrintedTimes
from journal.importers.mapped.proving import is_clock, proof


@pytest.mark.parametrize(
    "patterns",
    [
        ("DD/MM/YYYY", "MM/DD/YYYY"),
        ("D/M/YYYY", "MM/DD/YYYY"),
        ("YY-MM-DD", "DD-MM-YY"),
        ("DD.MM.YYYY hh:mm", "MM.DD.YYYY h:mm"),
    ],
)
def test_formats_that_some_text_could_be_either_of_are_refused(patterns: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="could be either"):
        PrintedTimes(patterns)


@pytest.mark.parametrize(
    "patterns",
    [
        ("YYYY-MM-DD", "MM/DD/YYYY"),
        ("M/D/YYYY", "MM/DD/YYYY"),
        ("YYYY-MM-DD hh:mm:ss", "YYYY-MM-DD hh:mm:ss.f", "YYYY-MM-DD"),
    ],
)
def test_formats_that_can_be_told_apart(patterns: tuple[str, ...]) -> None:
    assert PrintedTimes(patterns).patterns == patterns


@pytest.mark.parametrize(
    ("values", "patterns"),
    [
        (["2026-03-04", "2026-11-30"], ("YYYY-MM-DD",)),
        (["2026-03-04T10:00:00Z"], ("YYYY-MM-DDThh:mm:ssZZ",)),
        (["2026-03-04 10:00:00+02:00", "2026-03-04 10:00:00-0500"], ("YYYY-MM-DD hh:mm:ssZZ",)),
        (
            ["2026-03-04 10:00:00", "2026-03-04 10:00:00.125"],
            ("YYYY-MM-DD hh:mm:ss", "YYYY-MM-DD hh:mm:ss.f"),
        ),
        (["3/14/2026 9:05 AM", "11/2/2026 12:30 PM"], ("M/D/YYYY h:mm AP",)),
        (["14.3.26", "2.11.26"], ("D.M.YY",)),
        (["20260304;091500"], ("YYYYMMDD;hhmmss",)),
        (["1767611400123"], ("milliseconds",)),
        (["1767611400"], ("seconds",)),
    ],
)
def test_what_values_prove(values: list[str], patterns: tuple[str, ...]) -> None:
    found = proof(values)
    assert (found.patterns, found.doubts, found.unreadable) == (patterns, (), ())
    for value in values:
        assert PrintedTimes(found.patterns).fits(value)


def test_values_that_prove_nothing_leave_a_doubt() -> None:
    found = proof(["26-03-04", "2026-01-05", "soon"])
    assert found.patterns == ("YYYY-MM-DD",)
    ((value, several),) = found.doubts
    assert (value, set(several)) == ("26-03-04", {"DD-MM-YY", "YY-MM-DD"})
    assert found.unreadable == ("soon",)


def test_values_that_contradict_each_other_prove_no_order() -> None:
    found = proof(["14/03/2026", "03/14/2026"])
    assert found.patterns == ()
    ((_, several),) = found.doubts
    assert {"DD/MM/YYYY", "MM/DD/YYYY"} <= set(several)


def test_a_clock_alone() -> None:
    assert is_clock(["9:30 AM", "15:02:41.5"])
    assert not is_clock(["9:30 AM", "yesterday"])
    assert not is_clock([])
