"""How far apart tranches were planned and bought, in which time, in what size."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import LADDER_A

from journal.book.ladder_fills import LadderFills, ladder_fills, laddered
from journal.book.spacing import (
    BUCKETS,
    gaps,
    planned_spacing,
    shrinking,
    size_fraction,
    spacing_bucket,
)
from journal.book.tables import Book


def ladders(text: str) -> tuple[Book, LadderFills]:
    book = book_of(text)
    return book, ladder_fills(book, laddered(book, np.arange(len(book.trades))))


BOUGHT = (
    "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 101 fee 0 USDT\n"
    "2026-01-05T16:00:00Z fill BTC-USDT buy 2 @ 96 fee 0 USDT\n"
    "2026-01-05T16:10:00Z fill BTC-USDT buy 1 @ 93 fee 0 USDT tranche 2\n"
    "2026-01-05T16:30:00Z fill BTC-USDT buy 3.260870 @ 92 fee 0 USDT\n"
    "2026-01-06T14:30:00Z fill BTC-USDT sell 9.260870 @ 110 fee 0 USDT\n"
)


def test_gaps_planned_and_bought() -> None:
    book, found = ladders(LADDER_A + BOUGHT)
    between = gaps(book, found)
    assert found.number[between.row].tolist() == [2, 3]
    assert between.planned_fraction.tolist() == [pytest.approx(0.04), pytest.approx(4 / 96)]
    # Tranche 2 filled at (2 x 96 + 93) / 3 = 95 on average.
    assert between.actual_fraction.tolist() == [pytest.approx(6 / 101), pytest.approx(3 / 95)]
    # From 100 to the invalidation at 88 is 12.
    assert between.planned_r.tolist() == [pytest.approx(4 / 12), pytest.approx(4 / 12)]
    assert between.actual_r.tolist() == [pytest.approx(6 / 12), pytest.approx(3 / 12)]
    assert between.minutes.tolist() == [90, 30]


def test_sizes_in_the_unit_of_the_tranche() -> None:
    book, found = ladders(LADDER_A + BOUGHT)
    # 2 @ 96 and 1 @ 93 are 285 of 300 USDT.
    assert size_fraction(book, found).tolist() == [
        1, pytest.approx(0.95), pytest.approx(3.260870 * 92 / 300),
    ]  # fmt: skip


def test_a_skipped_tranche_is_stepped_over_and_order_is_by_time() -> None:
    text = (
        LADDER_A + "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT\n"
        "2026-01-05T16:00:00Z fill BTC-USDT buy 1 @ 92 fee 0 USDT tranche 3\n"
        "2026-01-05T17:00:00Z fill BTC-USDT buy 1 @ 95 fee 0 USDT tranche 2\n"
        "2026-01-06T14:30:00Z fill BTC-USDT sell 5 @ 110 fee 0 USDT\n"
    )
    book, found = ladders(text)
    between = gaps(book, found)
    assert found.number[between.row].tolist() == [3, 2]
    assert between.planned_fraction.tolist() == [pytest.approx(0.08), pytest.approx(-4 / 92)]
    assert between.actual_fraction.tolist() == [pytest.approx(0.08), pytest.approx(-3 / 92)]


def test_a_short_is_better_priced_higher_up_and_no_invalidation_gives_no_r() -> None:
    text = (
        "2026-01-05T14:00:00Z plan ACME short\n  enter 2 @ 100\n  enter 2 @ 105\n"
        "2026-01-05T14:30:00Z fill ACME sell 2 @ 100 fee 0 USD\n"
        "2026-01-05T15:30:00Z fill ACME sell 2 @ 105 fee 0 USD\n"
        "2026-01-06T14:30:00Z fill ACME buy 4 @ 90 fee 0 USD\n"
    )
    between = gaps(*ladders(text))
    assert between.actual_fraction.tolist() == [pytest.approx(0.05)]
    assert np.isnan([*between.planned_r, *between.actual_r]).all()


@pytest.mark.parametrize(
    ("second", "third", "bucket"),
    [
        ("99.5", "98.5", "under 1%"),
        ("99", "98", "1% to 2%"),
        ("97", "96.1", "1% to 2%"),
        ("98", "96", "2% to 4%"),
        ("92", "96", "4% to 8%"),  # in whatever order they are written
        ("104", "108", "4% to 8%"),
        ("90", "84", "8% and more"),
    ],
)
def test_buckets_of_planned_spacing(second: str, third: str, bucket: str) -> None:
    text = (
        f"2026-01-05T14:00:00Z plan ACME long\n  enter 2 @ 100\n  enter 2 @ {second}\n"
        f"  enter 2 @ {third}\n"
        "2026-01-05T14:30:00Z fill ACME buy 2 @ 100 fee 0 USD\n"
        "2026-01-06T14:30:00Z fill ACME sell 2 @ 90 fee 0 USD\n"
    )
    spacing = planned_spacing(*ladders(text))
    lowest, highest = (pick(100, float(second), float(third)) for pick in (min, max))
    assert spacing.tolist() == [pytest.approx((highest - lowest) / 200)]
    assert BUCKETS[spacing_bucket(spacing)[0]] == bucket


def test_a_spacing_that_is_not_known_is_in_no_bucket() -> None:
    assert spacing_bucket(np.array([np.nan, 0.0])).tolist() == [-1, 0]


LADDER = (
    "2026-01-05T14:00:00Z plan ACME long\n"
    "  enter 1 @ 100\n  enter 1 @ 96\n  enter 1 @ 92\n  invalidation 80\n"
)


def bought_at(*prices: float, extra: str = "", ladder: str = LADDER) -> tuple[int, bool]:
    """Return how many buys were counted, and whether they came closer and closer."""
    fills = "".join(
        f"2026-01-05T15:{minute:02d}:00Z fill ACME buy 1 @ {price} fee 0 USD{extra}\n"
        for minute, price in enumerate(prices)
    )
    out = f"2026-01-06T14:30:00Z fill ACME sell {len(prices)} @ 90 fee 0 USD\n"
    found = shrinking(*ladders(ladder + fills + out))
    (buys,), (shrinks,) = found.buys.tolist(), found.shrinks.tolist()
    return buys, shrinks


def test_adds_that_come_closer_and_closer() -> None:
    # 3 and then 1 where 4 and 4 were planned: the last add belongs to no tranche any more.
    assert bought_at(100, 97, 96) == (3, True)
    assert bought_at(100, 97, 95, 94.5) == (4, True)


@pytest.mark.parametrize(
    "prices",
    [
        (100, 97, 94),  # 3 %, then 3.1 %
        (100, 96, 95),  # the first gap as planned
        (100, 97, 96, 94),  # closer, then farther
        (100, 97),
    ],
)
def test_adds_that_do_not(prices: tuple[float, ...]) -> None:
    assert bought_at(*prices) == (len(prices), False)


def test_each_gap_is_held_against_its_own_in_the_ladder() -> None:
    narrow = LADDER.replace("@ 92", "@ 95")
    # Planned 4 % and then 1 %: 3 % and 1.6 % came closer, and the second farther than planned.
    assert bought_at(100, 97, 95.5, ladder=narrow) == (3, False)
    assert bought_at(100, 97, 96.1, ladder=narrow) == (3, True)
    # A fourth buy is held against the ladder's last gap.
    assert bought_at(100, 97, 96.1, 95.3, ladder=narrow) == (4, True)


def test_parts_of_an_order_and_fills_of_one_tranche_are_one_buy() -> None:
    assert bought_at(100, 97, 96.9, extra=" order x") == (1, False)
    parts = (
        "2026-01-05T15:00:00Z fill ACME buy 1 @ 100 fee 0 USD\n"
        "2026-01-05T16:00:00Z fill ACME buy 0.5 @ 96 fee 0 USD\n"
        "2026-01-05T17:00:00Z fill ACME buy 0.5 @ 95.9 fee 0 USD\n"
        "2026-01-06T14:30:00Z fill ACME sell 2 @ 90 fee 0 USD\n"
    )
    assert shrinking(*ladders(LADDER + parts)).buys.tolist() == [2]


def test_the_trades_may_be_asked_about_in_any_order() -> None:
    one = (
        "2026-01-05T15:00:00Z fill ACME buy 1 @ 100 fee 0 USD\n"
        "2026-01-05T15:01:00Z fill ACME buy 1 @ 97 fee 0 USD\n"
        "2026-01-05T15:02:00Z fill ACME buy 1 @ 96 fee 0 USD\n"
        "2026-01-06T14:30:00Z fill ACME sell 3 @ 90 fee 0 USD\n"
    )
    two = one.replace("96 fee", "92 fee").replace("97 fee", "96 fee")
    second = (LADDER + two).replace("01-06", "01-09").replace("01-05", "01-08")
    book = book_of(LADDER + one + second)
    for order, expected in (((0, 1), [True, False]), ((1, 0), [False, True])):
        found = shrinking(book, ladder_fills(book, laddered(book, np.array(order))))
        assert found.shrinks.tolist() == expected
