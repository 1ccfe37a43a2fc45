"""What is drawn of a trade: its plan beside its fills (the journal: worked_week.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from worked_week import WORKED, judged, wall, week_report

from journal.book.keys import trade_key
from journal.reporting.charts import ladder
from journal.reporting.ladders import LadderPicture, ladder_picture, pictured
from journal.reporting.report import Report
from journal.reporting.sections.ladders import trade_blocks
from journal.usecases.review import Asked, report


def picture(key: str, found: Report | None = None) -> LadderPicture:
    found = found or week_report()
    (row,) = (row for row in pictured(found) if trade_key(found.book, row) == key)
    return ladder_picture(found, row)


def rows(frame: pd.DataFrame) -> list[list[object]]:
    return [list(row) for row in frame.itertuples(index=False)]


def march(day: int, hour: int, minute: int = 0) -> datetime:
    return wall(f"03-{day:02d} {hour:02d}:{minute:02d}")


def test_a_ladder_beside_its_fills() -> None:
    """Average (2 x 100 + 2 x 95.5) / 4 = 97.75; selling does not move it."""
    found = picture("T3")
    assert (found.symbol, found.direction, found.currency) == ("BTC-USDT", "long", "USDT")
    assert (found.begin, found.end) == (march(2, 9), march(5, 10))
    assert rows(found.tranches) == [[1, 100.0, 2.0, "filled", 2.0], [2, 95.0, 2.0, "filled", 2.0]]
    assert rows(found.exits) == [[1, 110.0, 2.0], [2, 120.0, 0.0]]
    assert rows(found.fills) == [
        [march(2, 9), 100.0, 2.0, True, True, False, "tranche 1", "F3"],
        [march(2, 15), 95.5, 2.0, True, True, False, "tranche 2", "F4"],
        [march(4, 10), 111.0, 2.0, False, False, False, "exit 1", "F7"],
        [march(5, 10), 98.3, 2.0, False, False, False, "at the stop or the invalidation", "F9"],
    ]
    assert found.average["price"].tolist() == [100.0, 97.75, 97.75, 97.75]
    assert rows(found.stops) == [[march(2, 9), 90.0], [march(4, 10, 5), 98.5]]
    assert rows(found.levels) == [[march(2, 9), 90.0]]
    assert rows(found.breaches) == [[march(2, 15), 95.5, 1, "SCALE305-F4", "tranche-off-price"]]


def test_a_short_and_what_was_too_early() -> None:
    short = picture("T8")
    assert short.direction == "short"
    assert short.fills[["is_buy", "role"]].to_numpy().tolist() == [
        [False, "tranche 1"],
        [True, "exit 1"],
    ]
    early = picture("T10")
    assert early.fills["unplanned"].tolist() == [False, True]
    assert early.fills["role"].tolist() == ["tranche 1", "before its target"]
    assert early.exits["taken"].tolist() == [0.0]


def test_no_plan_draws_no_levels_and_keeps_the_margin_for_the_picture() -> None:
    found = picture("T5")
    levels = (found.tranches, found.exits, found.stops, found.levels)
    assert all(level.empty for level in levels)
    assert found.fills["role"].tolist() == ["unplanned", "exit without a plan"]
    assert [row[2] for row in rows(found.breaches)] == [1, 2]  # both at the first fill
    assert ladder.figure(found).layout.margin.r == 24
    assert ladder.figure(picture("T3")).layout.margin.r > 100


def test_an_open_trade_is_drawn_to_now_within_the_days_reported() -> None:
    """From the 7th at 09:00 to the end of the week are 39 hours; a tenth goes on into the 9th."""
    found = picture("T14")
    assert (found.begin, found.end) == (march(7, 9), march(9, 3, 54))
    sunday = report(judged(WORKED, datetime(2026, 3, 8, 12, tzinfo=UTC)), Asked(week="2026-W10"))
    assert picture("T14", sunday).end == march(8, 12)


def test_an_open_trade_is_drawn_to_what_happened_after_the_days_reported() -> None:
    later = datetime(2026, 6, 1, tzinfo=UTC)
    moved = WORKED + "2026-03-11T10:00Z stop XRP-USDT 1.9\n"
    found = picture("T14", report(judged(moved, later), Asked(week="2026-W10")))
    assert found.end == march(11, 19, 42)  # 97 hours and 9.7
    amended = WORKED + '2026-03-12T08:00Z amend held "higher low"\n  invalidation 1.9\n'
    assert picture("T14", report(judged(amended, later), Asked(week="2026-W10"))).end == march(
        12, 19, 54
    )


def test_a_plan_amended_while_open_steps_its_level() -> None:
    text = WORKED + '2026-03-08T08:00Z amend held "higher low"\n  invalidation 1.9\n  stop 1.9\n'
    found = picture("T14", report(judged(text), Asked(week="2026-W10")))
    assert rows(found.levels) == [[march(7, 9), 1.8], [march(8, 8), 1.9]]
    assert rows(found.stops) == [[march(7, 9), 1.8], [march(8, 8), 1.9]]


def test_times_are_those_of_the_accounts_clock() -> None:
    text = WORKED.replace("taker 0.1%\n", "taker 0.1%\n  timezone Asia/Tokyo\n")
    assert picture("T3", report(judged(text), Asked(week="2026-W10"))).begin == march(2, 18)


def test_what_was_held_before_at_an_unknown_price_is_drawn_all_the_same() -> None:
    held = """\
2026-03-02T09:00Z opening XRP-USDT 5
2026-03-02T10:00Z fill XRP-USDT sell 5 @ 3 fee 0.015 USDT
2026-03-03T09:00Z opening ADA-USDT 5
"""
    found = report(judged(held), Asked(week="2026-W10"))
    assert found.trades.size
    for row in found.trades.tolist():
        blocks = [type(block).__name__ for block in trade_blocks(found, row)]
        sold = (~ladder_picture(found, row).fills["is_entry"]).any()
        # of ADA no price is known at all: it has its sentence, and no picture of nothing
        assert ("Chart" in blocks) == bool(sold), blocks
        assert "Text" in blocks


def test_rings_that_would_lie_over_each_other_are_one() -> None:
    """Of a day's trade, breaches within 5 % of the time and 8 % of the height share a ring."""
    shown = picture("T3")
    marks = pd.DataFrame(
        [
            [march(2, 15), 95.5, 1, "A", "a"],
            [march(2, 16), 95.6, 2, "B", "b"],
            [march(2, 16), 110.0, 3, "C", "c"],
            [march(4, 15), 95.5, 4, "D", "d"],
        ],
        columns=["at", "price", "mark", "id", "name"],
    )
    (rings,) = [
        each for each in ladder.figure(replace(shown, breaches=marks)).data if each.name == "breach"
    ]
    assert list(rings.text) == ["1·2", "3", "4"]
    assert list(rings.customdata) == ["A<br>B", "C", "D"]


def test_many_breaches_at_one_place_are_told_as_a_run() -> None:
    shown = picture("T3")
    marks = pd.DataFrame(
        [[march(2, 15), 95.5, mark, "A", "a"] for mark in (1, 2, 3, 4, 5, 7, 8)],
        columns=["at", "price", "mark", "id", "name"],
    )
    (rings,) = [
        each for each in ladder.figure(replace(shown, breaches=marks)).data if each.name == "breach"
    ]
    assert list(rings.text) == ["1-5·7·8"]


def test_breaches_without_a_price_keep_their_number_in_the_picture() -> None:
    held = "2026-03-02T09:00Z opening XRP-USDT 5\n2026-03-02T10:00Z fill XRP-USDT buy 1 @ 3\n"
    found = report(judged(held, datetime(2026, 3, 9, tzinfo=UTC)), Asked(week="2026-W10"))
    (row,) = found.trades
    shown = ladder_picture(found, int(row))
    (rings,) = [each for each in ladder.figure(shown).data if each.name == "breach"]
    marks = sorted(int(mark) for text in rings.text for mark in text.split("·"))
    assert marks == list(range(1, len(shown.breaches) + 1))
    assert all(price == pytest.approx(3.0) for price in rings.y)
