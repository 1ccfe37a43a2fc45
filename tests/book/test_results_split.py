"""Clean against breached, planned against unplanned: every cell worked by hand."""

from __future__ import annotations

import pytest
from journal_text import book_of

from journal.book.judging import Judgement, judge
from journal.book.keys import trade_key
from journal.book.rolling import EVER
from journal.reporting.statistics import SplitLine, statistics
from journal.rules import plan101, scale302

HEAD = """\
2026-01-01T00:00:00Z account main
  currency USDT
  fees     taker 0%
2026-01-01T00:00:00Z policy
  slippage 0
"""


def planned(day: int, sold: int, added: str = "") -> str:
    """Return a planned trade that risks 10 and sells a unit bought at 100."""
    date = f"2026-01-{day:02d}"
    size = 2 if added else 1
    return (
        f"{date}T09:00:00Z plan AAA-USDT long\n  enter 1 @ 100\n  invalidation 90\n"
        f"{date}T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT\n{added}"
        f"{date}T12:00:00Z fill AAA-USDT sell {size} @ {sold} fee 0 USDT\n"
    )


def chased(day: int, sold: int) -> str:
    """Return a planned trade with an unplanned add at 104."""
    add = f"2026-01-{day:02d}T11:00:00Z fill AAA-USDT buy 1 @ 104 fee 0 USDT\n"
    return planned(day, sold, add)


def planless(day: int, sold: int) -> str:
    date = f"2026-01-{day:02d}"
    return (
        f"{date}T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT\n"
        f"{date}T12:00:00Z fill AAA-USDT sell 1 @ {sold} fee 0 USDT\n"
    )


def measured(text: str) -> tuple[Judgement, SplitLine]:
    judgement = judge(book_of(HEAD + text), (plan101, scale302))
    codes = frozenset({"PLAN101", "SCALE302"})
    return judgement, statistics(judgement, EVER, codes, judgement.violations()).split


def test_every_cell() -> None:
    text = "".join(
        [planned(5, 120), planned(6, 95), chased(7, 110), planless(8, 103), planless(9, 97)]
    )
    judgement, found = measured(text)
    assert (found.clean.trades, found.clean.won.part) == (2, 1)
    assert (found.breached.trades, found.breached.won.part) == (3, 2)
    # +20 and -5 on a risk of 10; the add made 10 + 6 on the same risk
    assert found.clean.r.mean == pytest.approx((2.0 - 0.5) / 2)
    assert (found.breached.r.n, found.breached.r.mean) == (1, pytest.approx(1.6))
    assert [each.net for each in found.clean.nets] == [pytest.approx(15)]
    assert [each.net for each in found.breached.nets] == [pytest.approx(16 + 3 - 3)]
    assert (found.planned.trades, found.unplanned.trades) == (3, 2)
    assert found.planned.nets[0].net == pytest.approx(31)
    assert found.unplanned.nets[0].net == pytest.approx(0)
    keys = [trade_key(judgement.book, trade) for trade in (2, 3)]
    assert found.bad_wins == keys
    (tax,) = found.taxes
    # the add lost -6, the planless ones -3 and 3; gross 15 + 16
    assert (tax.cost, tax.unknown, tax.gross) == (pytest.approx(-6), 0, pytest.approx(31))
    assert tax.share == pytest.approx(-6 / 31)


def test_open_and_half_known_trades_are_left_out() -> None:
    open_trade = "2026-01-20T10:00:00Z fill BBB-USDT buy 1 @ 100 fee 0 USDT\n"
    text = planless(8, 103) + planned(9, 120).replace("sell 1 @ 120 fee 0 USDT", "sell 1 @ 120")
    _, found = measured(text + open_trade)
    assert (found.clean.trades, found.breached.trades, found.unknown) == (0, 1, 1)


def test_no_share_of_a_loss() -> None:
    _, found = measured(planless(8, 90))
    (tax,) = found.taxes
    assert (tax.cost, tax.gross, tax.share) == (10, -10, None)


def test_no_share_of_nothing() -> None:
    _, found = measured(planless(8, 100))
    (tax,) = found.taxes
    assert (tax.cost, tax.gross, tax.share) == (0, 0, None)


def test_twenty_trades_have_an_interval() -> None:
    days = range(5, 25)
    _, found = measured("".join(planned(day, 100 + day % 3) for day in days))
    assert found.clean.r.n == 20
    interval = found.clean.r.interval
    assert interval is not None
    assert found.clean.r.mean is not None
    assert 0 < interval.low < found.clean.r.mean < interval.high < 0.2
