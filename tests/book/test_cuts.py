"""Where trades begin: known or not, and whether the journal had started."""

from __future__ import annotations

import numpy as np
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


ACME = "2026-01-{} fill ACME {} @ {} fee 0 USDT{}\n".format


def test_three_sold_to_close_that_the_journal_never_saw_bought() -> None:
    """Netted contracts: no short was opened, and the trade after it is known again."""
    book = book_of(
        ACCOUNT
        + ACME("05T14:30:00Z", "sell 2", 100, " closing")
        + ACME("05T14:31:00Z", "sell 1", 101, " closing")
        + ACME("06T14:30:00Z", "buy 3", 90, "")
        + ACME("06T15:30:00Z", "sell 3", 95, " closing")
    )
    assert book.fills.trade.tolist() == [0, 0, 1, 1]
    assert book.trades.direction.tolist() == [1, 1]
    assert book.trades.opening_known.tolist() == [False, True]
    assert np.isnan(book.trades.net[0])
    assert book.trades.net[1] == 15


def test_a_close_of_more_than_was_seen_leaves_only_its_own_trade_unknown() -> None:
    book = book_of(
        ACCOUNT
        + ACME("05T14:30:00Z", "sell 3", 100, "")
        + ACME("05T15:30:00Z", "buy 5", 90, " closing")
        + ACME("06T14:30:00Z", "buy 1", 100, "")
        + ACME("06T15:30:00Z", "sell 2", 110, "")
    )
    assert book.fills.trade.tolist() == [0, 0, 1, 1, 2]
    assert book.trades.direction.tolist() == [-1, 1, -1]
    assert book.trades.opening_known.tolist() == [False, True, True]
    assert book.fills.position_after.tolist() == [-3, 0, 1, 0, -1]


def test_a_balance_written_down_makes_the_close_known() -> None:
    book = book_of(
        ACCOUNT
        + "2026-01-02T00:00:00Z opening ACME 3 @ 90\n"
        + ACME("05T14:30:00Z", "sell 3", 100, " closing")
    )
    assert book.trades.opening_known.tolist() == [True]
    assert book.trades.net.tolist() == [30]
