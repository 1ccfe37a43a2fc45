"""Where trades begin: known or not, and whether the journal had started."""

from __future__ import annotations

import pytest
from journal_text import book_of
from ladder_a import ACCOUNT

BUY = "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT\n"


def test_without_an_account_entry_the_journal_starts_with_its_first_directive() -> None:
    assert book_of(BUY).trades.is_judged.tolist() == [True]


@pytest.mark.parametrize(("at", "judged"), [("12-31T23:59:59", False), ("01-01T00:00:00", True)])
def test_the_journal_starts_with_the_day_of_the_account_entry(at: str, *, judged: bool) -> None:
    year = 2025 if at.startswith("12") else 2026
    text = ACCOUNT + f"{year}-{at}Z fill BTC-USDT buy 3 @ 100 fee 0 USDT\n"
    assert book_of(text).trades.is_judged.tolist() == [judged]


def test_an_earlier_account_entry_starts_it_earlier() -> None:
    earlier = "2025-12-01T00:00:00Z account main\n  currency USDT\n"
    text = ACCOUNT + earlier + "2025-12-31T00:00:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT\n"
    assert book_of(text).trades.is_judged.tolist() == [True]


def test_a_balance_from_before_the_journal_is_not_judged_and_its_price_is_its_average() -> None:
    book = book_of(
        ACCOUNT + "2026-01-02T00:00:00Z opening BTC-USDT 5 @ 90\n" + BUY.replace("buy 3", "buy 5")
    )
    assert book.trades.is_judged.tolist() == [False]
    assert book.trades.opening_known.tolist() == [True]
    assert book.fills.average_entry_after.tolist() == [90, 95]


def test_a_balance_without_a_price_leaves_the_opening_unknown() -> None:
    book = book_of(ACCOUNT + "2026-01-02T00:00:00Z opening BTC-USDT 5\n" + BUY)
    assert book.trades.opening_known.tolist() == [False]
    assert book.trades.net.tolist() == pytest.approx([float("nan")], nan_ok=True)


def test_unknown_until_flat_and_known_again_after() -> None:
    text = ACCOUNT + (
        "2026-01-05T13:30:00Z fill BTC-USDT sell 3 @ 100 fee 0 USDT\n"
        "2026-01-05T13:40:00Z fill BTC-USDT sell 2 @ 100 fee 0 USDT\n"
    )
    trades = book_of(text + BUY).trades
    assert trades.opening_known.tolist() == [False, True]
    assert trades.count.tolist() == [2, 1]


def test_an_open_trade_has_no_end() -> None:
    book = book_of(ACCOUNT + BUY)
    assert book.trades.is_open.tolist() == [True]
