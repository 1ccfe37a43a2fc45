"""A rule's sentence as one reader wants it: that reader's clock and marks, names left alone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from journal.reporting.words import Words

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "held since 2026-11-12 14:35:11.450Z, without a stop in force at 2026-11-12 14:50Z",
            "held since 2026-11-12 15:35:11, without a stop in force at 2026-11-12 15:50",
        ),
        ("the plan came at 2026-07-01 23:30Z", "the plan came at 2026-07-02 01:30"),
        ("added 0.5 at 6868, worse than the average 6871.25", None),
        ("opened 0 minutes after T133.2 closed at a loss", None),
        ("entered after -315.448 on the day, past the limit -300", None),
    ],
)
def test_a_rules_sentence_by_the_clock_of_the_zone(message: str, said: str | None) -> None:
    assert Words(BERLIN).sentence(message) == (said or message)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("added 0.5 at 6868, average 6871.25.", "added 0,5 at 6868, average 6871,25."),
        ("opened after T133.2 closed at -0.5", "opened after T133.2 closed at -0,5"),
        ("invalidation 88.5 to 86, ES-2026.03", "invalidation 88,5 to 86, ES-2026.03"),
        ("at 2026-11-12 14:35:11.450Z by 0.2%", "at 2026-11-12 15:35:11 by 0,2%"),
    ],
)
def test_the_marks_of_a_locale_change_numbers_and_no_names(message: str, said: str) -> None:
    assert Words.of(BERLIN, "de").sentence(message) == said
