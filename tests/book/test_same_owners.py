"""Trades, plans and days found again in another book of the same journal."""

from __future__ import annotations

from journal_text import book_of

from journal.book.same_owners import same_accounts, same_owners

TEXT = """\
2026-01-01T00:00:00Z account main
2026-01-04T14:00:00Z plan BTC-USDT long
  enter        1 @ 100
2026-01-05T14:30:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 1 @ 99 fee 0 USDT
2026-01-05T16:30:00Z fill BTC-USDT sell 2 @ 101 fee 0 USDT
2026-01-06T14:30:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-01-06T15:30:00Z fill BTC-USDT sell 1 @ 101 fee 0 USDT
"""
# Owners in order: two trades, one plan, two days.


def void(*numbers: int) -> str:
    return TEXT + "".join(f"2026-01-07T00:00:00Z void fill {number}\n" for number in numbers)


def owners(text: str, other: str) -> list[int]:
    return same_owners(book_of(text), book_of(other)).tolist()


def test_nothing_changed() -> None:
    assert owners(TEXT, TEXT) == [0, 1, 2, 3, 4]


def test_a_trade_goes_by_the_first_fill_that_is_left() -> None:
    assert owners(TEXT, void(1)) == [0, 1, 2, 3, 4]
    assert owners(void(1), TEXT) == [0, 1, 2, 3, 4]


def test_a_trade_and_its_day_may_be_gone() -> None:
    assert owners(TEXT, void(4, 5)) == [0, -1, 1, 2, -1]
    assert owners(void(4, 5), TEXT) == [0, 2, 3]
    assert owners(TEXT, void(1, 2, 3)) == [-1, 0, 1, -1, 2]


def test_of_trades_that_became_one_only_the_first_is_the_same() -> None:
    # Without the sale in between the second trade goes on where the first was.
    assert owners(TEXT, void(3)) == [0, -1, 1, 2, -1]


def test_of_a_trade_that_became_several_only_the_first_is_the_same() -> None:
    assert owners(void(3), TEXT) == [0, 2, 3]


def test_accounts_go_by_name() -> None:
    second = "2026-01-01T00:00:00Z account aside\n" + TEXT
    assert same_accounts(book_of(TEXT), book_of(second)).tolist() == [1]
    assert same_accounts(book_of(second), book_of(TEXT)).tolist() == [-1, 0]
