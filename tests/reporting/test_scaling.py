"""Scaling over many trades: grouped, averaged in R, and never added up across currencies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pytest
from journal_text import book_of

from journal.book.tables import Book
from journal.reporting.scaling import Scaling, measure_scaling, scaling_columns, summarised
from journal.reporting.scaling_frames import (
    by_filled_frame,
    comparisons_frame,
    depth_frame,
    filled_tranches_frame,
    gaps_frame,
    scaled_trades_frame,
)

HEAD = """\
2026-01-01T00:00:00Z account main
  currency USD
  fees     taker 0%
2026-01-01T00:00:00Z policy
  slippage 0
"""


def ladder(day: int, out: int, tags: str = "", symbol: str = "AAA-USD", second: int = 95) -> str:
    """Return a trade of 1 @ 100 and 1 @ `second`, stopped at 90, both sold at once.

    With 95 it risks 10 + 5: all-in is 1.5 at 100, and scaling in makes 2 x out - 195 against
    1.5 x out - 150, or half of out - 90 more.
    """
    date, money = f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}", symbol.split("-")[1]
    return (
        f"{date}T09:00:00Z plan {symbol} long {tags}\n"
        f"  enter 1 @ 100\n  enter 1 @ {second}\n  invalidation 90\n"
        f"{date}T10:00:00Z fill {symbol} buy 1 @ 100 fee 0 {money}\n"
        f"{date}T11:00:00Z fill {symbol} buy 1 @ {second} fee 0 {money}\n"
        f"{date}T12:00:00Z fill {symbol} sell 2 @ {out} fee 0 {money}\n"
    )


def scaled_out(day: int, prices: Sequence[int]) -> str:
    """Return an unplanned trade that sells a unit at each price."""
    date = f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}"
    sold = "".join(
        f"{date}T1{hour}:00:00Z fill BBB-USD sell 1 @ {price} fee 0 USD\n"
        for hour, price in enumerate(prices, start=1)
    )
    return f"{date}T10:00:00Z fill BBB-USD buy {len(prices)} @ 100 fee 0 USD\n{sold}"


def measured(text: str) -> tuple[Book, Scaling]:
    book = book_of(HEAD + text)
    return book, measure_scaling(book, np.arange(len(book.trades)))


def test_a_mean_in_r_with_its_n() -> None:
    _, found = measured(ladder(5, 120) + ladder(6, 90) + ladder(7, 96))
    mine = found.total.scale_in
    # 15, 0 and 3 on a risk of 15 each
    assert (mine.r.n, mine.r.mean, mine.r.interval) == (3, pytest.approx(18 / 15 / 3), None)
    assert (mine.positive.part, mine.positive.whole, mine.unknown) == (2, 3, 0)
    (money,) = mine.sums
    assert (money.currency, money.trades, money.total, money.mean) == ("USD", 3, 18, 6)


def test_twenty_trades_have_an_interval_and_nineteen_have_none() -> None:
    text = "".join(ladder(day, 100 + day) for day in range(5, 24))
    assert measured(text)[1].total.scale_in.r.interval is None
    mine = measured(text + ladder(25, 100))[1].total.scale_in.r
    assert mine.mean is not None
    assert mine.interval is not None
    assert 0 < mine.interval.low < mine.mean < mine.interval.high


def test_currencies_are_added_apart() -> None:
    _, found = measured(ladder(5, 120) + ladder(6, 110, symbol="AAA-EUR"))
    assert [(each.currency, each.total) for each in found.total.scale_in.sums] == [
        ("EUR", 10),
        ("USD", 15),
    ]
    assert [each.currency for each in found.depth[0].sums] == ["EUR", "USD"]


def test_unknown_ones_are_counted_and_not_averaged() -> None:
    unknown = ladder(6, 110).replace("sell 2 @ 110 fee 0 USD", "sell 2 @ 110")
    _, found = measured(ladder(5, 120) + unknown)
    assert (found.total.scale_in.r.n, found.total.scale_in.unknown) == (1, 1)
    assert [line.unknown for line in found.depth] == [1, 1]


def test_groups_by_setup_tranches_and_spacing() -> None:
    three = ladder(8, 120).replace("enter 1 @ 95\n", "enter 1 @ 95\n  enter 1 @ 92\n")
    _, found = measured(
        ladder(5, 120, "#a #b") + ladder(6, 110, "#b") + ladder(7, 120, second=98) + three
        + scaled_out(9, [110, 120])
    )  # fmt: skip
    setups = {group.label: group.scale_in.r.n for group in found.by_setup}
    assert setups == {"(no plan)": 0, "(no tag)": 2, "a": 1, "b": 2}
    assert {group.label: group.scale_in.r.n for group in found.by_tranches} == {"2": 3, "3": 1}
    spacings = {group.label: group.scale_in.r.n for group in found.by_spacing}
    # 5 %; 2 %; (100 - 92) / 2 = 4 %
    assert spacings == {"2% to 4%": 1, "4% to 8%": 3}
    by_name = {group.label: group for group in found.by_setup}
    assert by_name["b"].scale_in.r.mean == pytest.approx((15 + 10) / 15 / 2)
    assert by_name["(no plan)"].against_first.positive.whole == 1


def test_a_plan_that_came_late_has_no_number_of_tranches() -> None:
    plan, first, second, out = ladder(5, 120, "#a").split("2026-01-06T")[1:]
    late = plan.replace("09:00:00Z", "10:30:00Z")
    sold = [out.replace("sell 2", "sell 1"), "13:00:00Z fill AAA-USD sell 1 @ 110 fee 0 USD\n"]
    _, found = measured("".join(f"2026-01-06T{said}" for said in [first, late, second, *sold]))
    assert (found.by_tranches, found.by_spacing) == ([], [])
    assert [(group.label, group.against_first.r.n) for group in found.by_setup] == [("a", 1)]


def test_scaling_out_without_a_plan_has_money_and_no_r() -> None:
    _, found = measured(scaled_out(5, [110, 120, 130]) + scaled_out(6, [110, 100]))
    first, last = found.total.against_first, found.total.against_last
    assert (first.r.n, first.positive.part, first.positive.whole) == (0, 1, 2)
    assert [each.total for each in first.sums] == [pytest.approx(30 - 10)]
    assert [each.total for each in last.sums] == [pytest.approx(-30 + 10)]


def test_only_the_trades_asked_about_count() -> None:
    book, _ = measured(ladder(5, 120) + ladder(6, 110) + scaled_out(9, [110, 120]))
    found = measure_scaling(book, np.array([1]))
    assert [each.total for each in found.total.scale_in.sums] == [10]
    assert found.total.against_first.positive.whole == 0
    assert measure_scaling(book, np.zeros(0, np.int64)).depth == []


def test_tranche_by_tranche() -> None:
    missed = (
        ladder(6, 110).replace("2026-01-07T11:00:00Z fill AAA-USD buy 1 @ 95 fee 0 USD\n", "")
    ).replace("sell 2", "sell 1")  # fmt: skip
    _, found = measured(ladder(5, 90) + missed)
    first, second = found.depth
    assert (first.planned, first.filled.part, second.planned, second.filled.part) == (2, 2, 2, 1)
    # 100 to 90 and 110; 95 to 90; on 15 R
    assert (first.r.mean, second.r.mean) == (pytest.approx(0), pytest.approx(-5 / 15))
    assert (first.paid.part, first.paid.whole, second.paid.part) == (1, 2, 0)
    assert [(line.tranches, line.trades, line.r.mean) for line in found.by_filled] == [
        (1, 1, pytest.approx(10 / 15)),
        (2, 1, pytest.approx(-1)),
    ]
    assert [line.gaps for line in found.gaps] == [0, 1]
    assert found.gaps[1].actual_fraction == pytest.approx(0.05)
    assert (found.gaps[1].minutes, found.gaps[0].sizes, found.gaps[1].sizes) == (60, 2, 1)


def test_it_can_be_written_as_json() -> None:
    _, found = measured(ladder(5, 120) + scaled_out(6, [110, 100]))
    written = json.loads(json.dumps(asdict(found), allow_nan=False))
    assert written["total"]["scale_in"]["sums"][0]["total"] == 15


def test_frames() -> None:
    book = book_of(HEAD + ladder(5, 120, "#a") + scaled_out(6, [110, 120]))
    columns = scaling_columns(book, np.arange(2))
    found = summarised(book, columns)
    compared = comparisons_frame(found).set_index(["by", "label", "comparison"])
    assert compared.loc[("setup", "a", "scale_in"), "mean_r"] == pytest.approx(1)
    assert np.isnan(compared.loc[("setup", "a", "scale_in"), "low"])
    assert compared.loc[("all", "all", "against_first"), "known"] == 1
    trades = scaled_trades_frame(book, columns).set_index("trade")
    assert trades.index.tolist() == ["T1", "T4"]
    assert trades.loc["T1", "scale_in"] == pytest.approx(15)
    assert trades.loc["T1", ["tranches", "bucket"]].tolist() == [2, "4% to 8%"]
    assert trades.loc["T4", "against_last"] == pytest.approx(-10)
    assert trades.loc["T4", ["tranches", "bucket", "scale_in"]].isna().all()
    tranches = filled_tranches_frame(book, columns)
    assert tranches["result"].tolist() == [20, 25]
    assert np.isnan(tranches["actual_fraction"][0])
    assert tranches["actual_fraction"][1] == pytest.approx(0.05)
    assert depth_frame(found)["filled"].tolist() == [1, 1]
    assert by_filled_frame(found)["mean_r"].tolist() == [pytest.approx(45 / 15)]
    assert gaps_frame(found)["minutes"].tolist()[1] == 60


def test_frames_of_nothing_have_their_columns() -> None:
    book = book_of(HEAD)
    columns = scaling_columns(book, np.zeros(0, np.int64))
    found = summarised(book, columns)
    assert comparisons_frame(found)["n"].tolist() == [0, 0, 0]
    full = book_of(HEAD + ladder(5, 120))
    of_full = scaling_columns(full, np.zeros(1, np.int64))
    for make in (depth_frame, by_filled_frame, gaps_frame):
        assert len(make(found)) == 0
        assert list(make(found)) == list(make(summarised(full, of_full)))
    for of_trades in (scaled_trades_frame, filled_tranches_frame):
        assert len(of_trades(book, columns)) == 0
        assert list(of_trades(book, columns)) == list(of_trades(full, of_full))
