"""Which plan a trade has, how plans end, and the version each fill is judged by."""

from __future__ import annotations

import pytest
from journal_text import book_of
from ladder_a import ACCOUNT, LADDER_A

from journal.book.tables import ALIVE, CANCELLED, COMPLETED, ENDS, EXPIRED, Book

BUY = "{}Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
SELL = "{}Z fill BTC-USDT sell 3 @ 110 fee 0.3 USDT\n"


def plan(locked: str, *details: str) -> str:
    """Return a plan logged live: such a one may be locked while another is open."""
    header = f"{locked}Z plan BTC-USDT long recorded {locked}Z"
    lines = [header, "  enter 3 @ 100", "  invalidation 88"]
    return "\n".join([*lines, *(f"  {detail}" for detail in details)]) + "\n"


def ends(book: Book) -> list[str]:
    return [ENDS[end] for end in book.plans.end]


def test_the_names_of_ends() -> None:
    assert [ENDS[end] for end in (ALIVE, CANCELLED, EXPIRED, COMPLETED)] == [
        "alive",
        "cancelled",
        "expired",
        "completed",
    ]


def test_bound_by_the_first_fill_and_completed_when_flat() -> None:
    book = book_of(
        LADDER_A + BUY.format("2026-01-05T14:30:00") + SELL.format("2026-01-06T14:30:00")
    )
    assert book.trades.plan.tolist() == [0]
    assert book.trades.is_late.tolist() == [False]
    assert book.plans.trade.tolist() == [0]
    assert ends(book) == ["completed"]
    assert book.plans.ended_at.tolist() == book.trades.closed_at.tolist()


def test_an_open_trade_keeps_its_plan_alive() -> None:
    book = book_of(LADDER_A + BUY.format("2026-01-05T14:30:00"))
    assert ends(book) == ["alive"]


def test_a_waiting_plan_that_expires() -> None:
    book = book_of(ACCOUNT + plan("2026-01-05T14:00:00", "until 2026-01-06T00:00:00Z"))
    assert ends(book) == ["expired"]
    assert book.plans.trade.tolist() == [-1]


def test_a_bound_plan_past_its_until_is_completed_when_flat() -> None:
    book = book_of(
        ACCOUNT
        + plan("2026-01-05T14:00:00", "until 2026-01-06T00:00:00Z")
        + BUY.format("2026-01-05T14:30:00")
        + SELL.format("2026-01-08T14:30:00")
    )
    assert ends(book) == ["completed"]
    assert book.plans.ended_at.tolist() == book.trades.closed_at.tolist()


def test_cancelled_before_it_would_have_expired_and_after() -> None:
    cancelled = "2026-01-05T20:00:00Z cancel BTC-USDT\n"
    first = plan("2026-01-05T14:00:00", "until 2026-01-06T00:00:00Z")
    assert ends(book_of(ACCOUNT + first + cancelled)) == ["cancelled"]
    expired = first.replace("2026-01-06T00", "2026-01-05T19")
    assert ends(book_of(ACCOUNT + expired + cancelled)) == ["expired"]


def test_an_amended_until_counts_from_its_own_time() -> None:
    short = plan("2026-01-05T14:00:00", "until 2026-01-06T00:00:00Z")
    prolonged = short + "2026-01-05T20:00:00Z amend BTC-USDT\n  until 2026-01-09T00:00:00Z\n"
    too_late = short + "2026-01-06T20:00:00Z amend BTC-USDT\n  until 2026-01-09T00:00:00Z\n"
    buy = BUY.format("2026-01-07T14:30:00")
    assert book_of(ACCOUNT + prolonged + buy).trades.plan.tolist() == [0]
    assert book_of(ACCOUNT + too_late + buy).trades.plan.tolist() == [-1]


def test_a_re_entry_needs_a_new_plan() -> None:
    book = book_of(
        ACCOUNT
        + plan("2026-01-05T14:00:00")
        + BUY.format("2026-01-05T14:30:00")
        + SELL.format("2026-01-06T14:30:00")
        + BUY.format("2026-01-06T15:30:00")
        + SELL.format("2026-01-06T16:30:00")
        + plan("2026-01-06T17:00:00")
        + BUY.format("2026-01-06T17:30:00")
        + SELL.format("2026-01-06T18:30:00")
        + BUY.format("2026-01-06T19:30:00")
    )
    assert book.trades.plan.tolist() == [0, -1, 1, -1]


def test_a_plan_locked_while_a_planned_trade_is_open_waits_for_the_next() -> None:
    book = book_of(
        ACCOUNT
        + plan("2026-01-05T14:00:00")
        + BUY.format("2026-01-05T14:30:00")
        + plan("2026-01-05T20:00:00")
        + SELL.format("2026-01-06T14:30:00")
        + BUY.format("2026-01-06T15:30:00")
    )
    assert book.trades.plan.tolist() == [0, 1]
    assert book.trades.is_late.tolist() == [False, False]


def test_a_plan_locked_during_a_planless_trade_is_late_for_it_and_gone_for_the_next() -> None:
    book = book_of(
        ACCOUNT
        + BUY.format("2026-01-05T14:30:00")
        + plan("2026-01-05T20:00:00")
        + SELL.format("2026-01-06T14:30:00")
        + BUY.format("2026-01-06T15:30:00")
    )
    assert book.trades.plan.tolist() == [0, -1]
    assert book.trades.is_late.tolist() == [True, False]


def test_of_two_late_plans_the_first_binds_and_the_second_waits() -> None:
    book = book_of(
        ACCOUNT
        + BUY.format("2026-01-05T14:30:00")
        + plan("2026-01-05T20:00:00")
        + plan("2026-01-05T21:00:00")
        + SELL.format("2026-01-06T14:30:00")
        + BUY.format("2026-01-06T15:30:00")
    )
    assert book.trades.plan.tolist() == [0, 1]


def test_late_plans_of_several_planless_trades() -> None:
    book = book_of(
        ACCOUNT
        + BUY.format("2026-01-05T14:30:00")
        + plan("2026-01-05T20:00:00")
        + SELL.format("2026-01-06T14:30:00")
        + BUY.format("2026-01-06T15:30:00")
        + plan("2026-01-06T15:45:00")
        + SELL.format("2026-01-06T16:30:00")
        + BUY.format("2026-01-06T17:30:00")
    )
    assert book.trades.plan.tolist() == [0, 1, -1]
    assert book.trades.is_late.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("amended", "version"),
    [("15:29:59", 1), ("15:30:00", 1), ("15:30:05", 1), ("15:30:06", 0)],
)
def test_the_version_in_force_at_a_fill(amended: str, version: int) -> None:
    book = book_of(
        LADDER_A
        + BUY.format("2026-01-05T14:30:00")
        + f"2026-01-05T{amended}Z amend BTC-USDT\n  invalidation 90\n"
        + BUY.format("2026-01-05T15:30:00")
    )
    assert book.fills.version.tolist() == [0, version]
    assert book.fills.invalidation.tolist() == [88, [88, 90][version]]


def test_before_a_late_plan_its_first_version_counts() -> None:
    book = book_of(
        ACCOUNT
        + BUY.format("2026-01-05T14:30:00")
        + plan("2026-01-05T20:00:00")
        + "2026-01-05T21:00:00Z amend BTC-USDT\n  invalidation 90\n"
        + SELL.format("2026-01-06T14:30:00")
    )
    assert book.fills.version.tolist() == [0, 1]
    assert book.fills.is_before_plan.tolist() == [True, False]


def test_without_a_plan_there_is_no_version() -> None:
    book = book_of(ACCOUNT + BUY.format("2026-01-05T14:30:00"))
    assert book.fills.version.tolist() == [-1]
    assert book.fills.plan.tolist() == [-1]


def test_sales_of_what_was_never_bought_bind_no_plan() -> None:
    sold = "2026-01-05T{}:00Z fill BTC-USDT sell 3 @ 100 fee 0 USDT\n"
    book = book_of(
        ACCOUNT
        + sold.format("13:30")
        + plan("2026-01-05T13:35:00")
        + sold.format("13:40")
        + BUY.format("2026-01-05T14:30:00")
    )
    assert book.trades.plan.tolist() == [-1, 0]
    assert book.trades.is_late.tolist() == [False, False]
