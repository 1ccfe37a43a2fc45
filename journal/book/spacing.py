"""How far apart tranches were planned and really bought, in price, in R and in time.

A gap is signed: positive where the next tranche is better priced (lower for a long, higher for a
short), negative in a pyramid. As a fraction it is of the price of the tranche before; in R per
unit it is of |planned price of tranche 1 - invalidation|, so that 1 is the whole way to where the
idea is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches
from journal.book.grouping import starts_of
from journal.book.ladder_fills import LadderFills
from journal.book.risk import quote_value
from journal.book.tables import Book

EDGES = (0.01, 0.02, 0.04, 0.08)
"""Where the buckets of planned spacing part; a spacing at an edge is in the wider bucket."""

BUCKETS = ("under 1%", "1% to 2%", "2% to 4%", "4% to 8%", "8% and more")

_MINUTE = 60e6


@dataclass(slots=True)
class Gaps:
    """One row a filled tranche and the one filled before it in the same trade, by time.

    `row` and `before` are rows of `LadderFills`. Fractions and R per unit as the module says; NaN
    in R where the plan has no invalidation or it lies at tranche 1. `minutes` is from first fill
    to first fill.
    """

    row: Ints
    before: Ints
    planned_fraction: Floats
    actual_fraction: Floats
    planned_r: Floats
    actual_r: Floats
    minutes: Floats


def gaps(book: Book, ladders: LadderFills) -> Gaps:
    """Return the gaps between consecutive filled tranches."""
    filled = np.flatnonzero(ladders.units > 0)
    # One fill may serve two tranches: those follow each other by number.
    order = filled[
        np.lexsort((ladders.number[filled], ladders.first_at[filled], ladders.owner[filled]))
    ]
    same = ladders.owner[order][1:] == ladders.owner[order][:-1]
    before, row = order[:-1][same], order[1:][same]
    sign = book.trades.direction[ladders.trades][ladders.owner[row]]
    price = book.tranches.price[ladders.tranche]
    planned = sign * (price[before] - price[row])
    actual = sign * (ladders.price[before] - ladders.price[row])
    with np.errstate(divide="ignore", invalid="ignore"):
        whole_way = _whole_way(book, ladders)[ladders.owner[row]]
        return Gaps(
            row=row,
            before=before,
            planned_fraction=planned / price[before],
            actual_fraction=actual / ladders.price[before],
            planned_r=planned / whole_way,
            actual_r=actual / whole_way,
            minutes=(ladders.first_at[row] - ladders.first_at[before]) / _MINUTE,
        )


def _whole_way(book: Book, ladders: LadderFills) -> Floats:
    version = book.trades.risk_version[ladders.trades]
    first = book.tranches.price[ladders.tranche[ladders.first]]
    distance = np.abs(first - book.versions.invalidation[version])
    return np.where(distance > 0, distance, np.nan)


def size_fraction(book: Book, ladders: LadderFills) -> Floats:
    """Return filled / planned size of each tranche in the unit it was written in, 1 as planned.

    300 USDT at 95 for "300 USDT @ 96" is 1, however many units that bought. NaN where nothing
    filled.
    """
    tranches, own = book.tranches, ladders.tranche
    trade = ladders.trades[ladders.owner]
    inverse = book.instruments.is_inverse[book.trades.instrument[trade]]
    size = ladders.units * book.trades.multiplier[trade]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_money = quote_value(size, ladders.price, inverse) / tranches.money[own]
        by_units = ladders.units / tranches.quantity[own]
    fraction = np.where(np.isnan(tranches.money[own]), by_units, by_money)
    return np.where(ladders.units > 0, fraction, np.nan)


def planned_spacing(book: Book, ladders: LadderFills) -> Floats:
    """Return, per trade, the mean gap between neighbouring planned tranches, as a fraction.

    Of the price of tranche 1. Neighbours by price, so it is (highest - lowest) / (tranches - 1)
    whatever order they are written in; always >= 0, NaN where a price is missing.
    """
    price = book.tranches.price[ladders.tranche]
    count = len(ladders.trades)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, ladders.owner, price)
    np.maximum.at(high, ladders.owner, price)
    tranches = np.bincount(ladders.owner, minlength=count)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = (high - low) / (tranches - 1) / np.abs(price[ladders.first])
    return result


def spacing_bucket(spacing: Floats) -> Ints:
    """Return the index of each spacing's bucket in `BUCKETS`, -1 where it is not known."""
    over = sum((reaches(spacing, edge).astype(np.int64) for edge in EDGES), np.zeros(1, np.int64))
    return np.where(np.isnan(spacing), -1, over)


@dataclass(slots=True)
class Shrinking:
    """Per trade: how often it bought, and whether each time closer to the last than before."""

    buys: Ints
    shrinks: Bools


FEWEST_BUYS = 3
"""Two gaps are the fewest that can shrink."""


def shrinking(book: Book, ladders: LadderFills) -> Shrinking:
    """Return trades whose every gap is smaller than the one before it and smaller than planned.

    A sign of panic: adds come faster and closer the deeper the price goes. Unplanned adds count
    here, because an add much closer than planned belongs to no tranche any more. One buy is an
    order group; groups that fill the same tranche in a row are one. The k-th gap is held against
    the k-th of the ladder, gaps beyond the ladder against its last. Sizes of gaps, whichever way
    the ladder goes; false with fewer than `FEWEST_BUYS` buys.
    """
    owner, price = _buys(book, ladders)
    buys = np.bincount(owner, minlength=len(ladders.trades))
    same = owner[1:] == owner[:-1]
    gap, own = (np.abs(np.diff(price)) / np.abs(price[:-1]))[same], owner[1:][same]
    rows = np.arange(len(own))
    nth = rows - np.maximum.accumulate(np.where(starts_of(own), rows, 0))
    planned = _planned_gap(book, ladders, own, nth)
    narrower = exceeds(planned, gap)
    narrower[1:] &= exceeds(gap[:-1], gap[1:]) | (nth[1:] == 0)
    wide = np.bincount(own, ~narrower, minlength=len(ladders.trades))
    return Shrinking(buys=buys, shrinks=(wide == 0) & (buys >= FEWEST_BUYS))


def _planned_gap(book: Book, ladders: LadderFills, owner: Ints, nth: Ints) -> Floats:
    price = book.tranches.price[ladders.tranche]
    tranches = np.bincount(ladders.owner, minlength=len(ladders.trades))[owner]
    before = ladders.first[owner] + np.minimum(nth, tranches - 2)
    result: Floats = np.abs(price[before + 1] - price[before]) / np.abs(price[before])
    return result


def _buys(book: Book, ladders: LadderFills) -> tuple[Ints, Floats]:
    """Return the trade (an index of `ladders.trades`) and the average price of each buy."""
    fills = book.fills
    place = np.full(len(book.trades), -1, np.int64)
    place[ladders.trades] = np.arange(len(ladders.trades))
    rows = np.flatnonzero(fills.is_entry & (place[fills.trade] >= 0))
    trade, group, tranche = fills.trade[rows], fills.group[rows], fills.tranche[rows]
    begins = np.ones(len(rows), bool)
    begins[1:] = (trade[1:] != trade[:-1]) | (
        (group[1:] != group[:-1]) & ((tranche[1:] != tranche[:-1]) | (tranche[1:] == 0))
    )
    buy = np.cumsum(begins) - 1
    quantity = fills.quantity[rows]
    price = np.bincount(buy, quantity * fills.price[rows]) / np.bincount(buy, quantity)
    return place[trade[begins]], price
