"""Stop events on the trades they protect, and the stop in force at each fill."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A

FIRST = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
SOLD = "2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 95 fee 0.3 USDT\n"


def in_force(text: str) -> list[float]:
    """Return the stop in force at each fill."""
    stops: list[float] = book_of(text).fills.stop.tolist()
    return stops


def same(*values: float) -> object:
    return pytest.approx(list(values), nan_ok=True)


def test_no_stop() -> None:
    assert in_force(LADDER_A + FIRST + SOLD) == same(np.nan, np.nan)


def test_the_plans_own_line_stands_from_the_first_fill() -> None:
    book = book_of(LADDER_A + "  stop 88\n" + FIRST + SOLD)
    assert book.fills.stop.tolist() == same(88, 88)
    assert book.stops.at.tolist() == [book.trades.opened_at[0]]
    assert book.stops.id.tolist() == [-1]


@pytest.mark.parametrize(("at", "stop"), [("14:30:05", 95), ("14:30:06", np.nan)])
def test_a_stop_counts_with_the_clock_tolerance_of_the_fill(at: str, stop: float) -> None:
    assert in_force(LADDER_A + FIRST + SOLD + f"2026-01-06T{at}Z stop BTC-USDT 95\n")[1:] == same(
        stop
    )


def test_the_last_of_several_stands_and_none_removes_it() -> None:
    moved = "2026-01-05T15:00:00Z stop BTC-USDT 90\n2026-01-05T16:00:00Z stop BTC-USDT 92\n"
    removed = "2026-01-05T17:00:00Z stop BTC-USDT none\n"
    assert in_force(LADDER_A + FIRST + moved + SOLD)[1] == 92
    assert np.isnan(in_force(LADDER_A + FIRST + moved + removed + SOLD)[1])


def test_a_stop_set_while_the_plan_waits_stands_from_the_first_fill() -> None:
    book = book_of(LADDER_A + "2026-01-05T14:10:00Z stop BTC-USDT 90\n" + FIRST + SOLD)
    assert book.fills.stop.tolist() == same(90, 90)
    assert book.stops.at.tolist() == [book.trades.opened_at[0]]


def test_a_stop_set_after_the_trade_belongs_to_nobody() -> None:
    book = book_of(LADDER_A + FIRST + SOLD + "2026-01-07T14:10:00Z stop BTC-USDT 90\n")
    assert len(book.stops) == 0


def test_a_stop_goes_to_the_trade_that_was_open_then() -> None:
    book = book_of(
        ACCOUNT
        + FIRST
        + "2026-01-05T15:00:00Z stop BTC-USDT 90\n"
        + SOLD
        + "2026-01-07T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
        + "2026-01-07T15:00:00Z stop BTC-USDT 91\n"
        + "2026-01-07T15:30:00Z fill BTC-USDT sell 3 @ 91 fee 0.3 USDT\n"
    )
    assert book.stops.trade.tolist() == [0, 1]
    assert book.fills.stop.tolist() == same(np.nan, 90, np.nan, 91)


def test_an_amended_line_is_a_stop_from_its_own_time() -> None:
    text = (
        LADDER_A
        + "  stop 88\n"
        + FIRST
        + "2026-01-05T15:00:00Z amend BTC-USDT\n  stop 93\n"
        + "2026-01-05T15:30:00Z fill BTC-USDT sell 1 @ 105 fee 0.1 USDT\n"
        + "2026-01-05T16:00:00Z amend BTC-USDT\n  stop none\n"
        + "2026-01-05T16:30:00Z fill BTC-USDT sell 1 @ 105 fee 0.1 USDT\n"
    )
    assert in_force(text) == same(88, 93, np.nan)


def test_an_amendment_that_does_not_touch_the_line_sets_no_stop_again() -> None:
    text = (
        LADDER_A
        + "  stop 88\n"
        + FIRST
        + "2026-01-05T15:00:00Z stop BTC-USDT 95\n"
        + "2026-01-05T15:10:00Z amend BTC-USDT\n  invalidation 89\n"
        + SOLD
    )
    book = book_of(text)
    assert book.fills.stop.tolist() == same(88, 95)
    assert book.stops.price.tolist() == [88, 95]


def test_an_amended_line_after_the_close_is_no_stop() -> None:
    text = LADDER_A + FIRST + SOLD + "2026-01-07T15:00:00Z amend BTC-USDT\n  stop 93\n"
    assert len(book_of(text).stops) == 0


@pytest.mark.parametrize(("recorded", "late"), [("06T15:00:00", False), ("06T15:00:01", True)])
def test_recorded_more_than_a_day_after_the_time_it_claims(recorded: str, *, late: bool) -> None:
    stop = f"2026-01-05T15:00:00Z stop BTC-USDT 90 recorded 2026-01-{recorded}Z\n"
    assert book_of(LADDER_A + FIRST + stop).stops.is_late.tolist() == [late]


def test_a_shorter_log_delay_is_policy() -> None:
    policy = "2026-01-02T00:00:00Z policy\n  log_delay 1\n"
    stop = "2026-01-05T15:00:00Z stop BTC-USDT 90 recorded 2026-01-05T16:00:01Z\n"
    assert book_of(LADDER_A + policy + FIRST + stop).stops.is_late.tolist() == [True]


def test_in_hedge_mode_each_side_has_its_own() -> None:
    text = (
        ACCOUNT
        + "2026-01-05T14:30:00Z fill ACME buy 3 @ 100 fee 0 USDT position long\n"
        + "2026-01-05T14:31:00Z fill ACME sell 3 @ 100 fee 0 USDT position short\n"
        + "2026-01-05T15:00:00Z stop ACME short 105\n"
        + "2026-01-05T15:10:00Z stop ACME long 95\n"
        + "2026-01-05T16:00:00Z fill ACME sell 3 @ 95 fee 0 USDT position long\n"
        + "2026-01-05T16:01:00Z fill ACME buy 3 @ 105 fee 0 USDT position short\n"
    )
    book = book_of(text)
    by_fill = dict(zip(book.fills.id.tolist(), book.fills.stop.tolist(), strict=True))
    assert by_fill[3] == 95
    assert by_fill[4] == 105


def test_written_to_the_minute_a_stop_may_stand_before_its_fill() -> None:
    text = (
        ACCOUNT
        + "2026-01-05T14:30:40Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
        + "2026-01-05T14:30Z stop BTC-USDT 90\n"
        + SOLD
    )
    assert in_force(text) == same(90, 90)
