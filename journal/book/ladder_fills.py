"""What the planned tranches of closed trades took: a row a tranche of the frozen version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Floats, Ints
from journal.book.costs import entry_cost_per_unit
from journal.book.tables import Book


@dataclass(slots=True)
class LadderFills:
    """Tranches of the versions whose risk is frozen, in order of trade and number.

    `trades` are rows of the book, `owner` indexes `trades`, `tranche` the book's tranches;
    `first` is each trade's row of tranche 1. What an amendment after the first fill added is no
    part of the frozen ladder and has no row.

    Sums over the fills allocated to a tranche, 0 where nothing filled: `units` as executed,
    `held` what was left of them after base-coin fees, `cost` what those cost (held x price, held /
    price for inverse contracts, per multiplier), `fee` their share of the entry fees (settlement
    currency, NaN where one is not known). `price` is their average fill price (harmonic for
    inverse contracts), NaN where nothing filled; `first_at` their first fill, else `NEVER`.
    `result` is what they made against the exits after each fill, fees of both sides included
    (the entry cost of the rule contract, with the other sign), NaN where it is not known.
    """

    trades: Ints
    first: Ints
    owner: Ints
    number: Ints
    tranche: Ints
    units: Floats
    held: Floats
    cost: Floats
    fee: Floats
    price: Floats
    first_at: Ints
    result: Floats

    def __len__(self) -> int:
        return len(self.owner)

    def per_trade(self, values: Floats) -> Floats:
        """Return the sum of the tranches of each trade."""
        return np.bincount(self.owner, values, minlength=len(self.trades)).astype(np.float64)


def laddered(book: Book, trades: Ints) -> Ints:
    """Return those of the trades that can tell about scaling in.

    Closed, with their opening known, and with a plan of two entry tranches or more locked before
    the first fill: a plan that came later decided nothing about how to enter.
    """
    table = book.trades
    planned = (table.plan >= 0) & ~table.is_late & (table.risk_version >= 0)
    chosen = planned & ~table.is_open & table.opening_known
    counts = np.append(book.versions.tranche_count, 0)[table.risk_version]
    kept: Ints = trades[(chosen & (counts > 1))[trades]]
    return kept


def ladder_fills(book: Book, trades: Ints) -> LadderFills:
    """Return what each tranche of these laddered trades took."""
    fills, versions, found = book.fills, book.versions, book.allocations
    version = book.trades.risk_version[trades]
    count = versions.tranche_count[version]
    first = np.cumsum(count) - count
    owner = np.repeat(np.arange(len(trades)), count)
    number = np.arange(len(owner)) - first[owner] + 1
    place = np.full(len(book.trades), -1, np.int64)
    place[trades] = np.arange(len(trades))
    own = place[fills.trade[found.fill]]
    frozen = found.is_entry & (own >= 0)
    frozen[frozen] = found.tranche[frozen] <= count[own[frozen]]
    rows = np.flatnonzero(frozen)
    fill, units = found.fill[rows], found.quantity[rows]
    target = first[own[rows]] + found.tranche[rows] - 1
    inverse = book.instruments.is_inverse[fills.instrument[fill]]
    share = units / fills.quantity[fill]
    held = fills.held_quantity[fill] * share
    measure = measured(fills.price[fill], inverse)

    def summed(values: Floats) -> Floats:
        return np.bincount(target, values, minlength=len(owner)).astype(np.float64)

    first_at = np.full(len(owner), NEVER, np.int64)
    np.minimum.at(first_at, target, fills.at[fill])
    total, weight = summed(units), summed(units * measure)
    harmonic = book.instruments.is_inverse[book.trades.instrument[trades]][owner]
    with np.errstate(divide="ignore", invalid="ignore"):
        price = measured(weight / total, harmonic)
    return LadderFills(
        trades=trades,
        first=first,
        owner=owner,
        number=number,
        tranche=versions.first_tranche[version][owner] + number - 1,
        units=total,
        held=summed(held),
        cost=summed(held * measure),
        fee=summed(fills.fee[fill] * share),
        price=price,
        first_at=first_at,
        result=np.where(total > 0, -summed(units * entry_cost_per_unit(book)[fill]), np.nan),
    )


def measured(price: Floats, inverse: np.ndarray) -> Floats:
    """Return what profit is a straight line of: the price, or 1 / price for inverse contracts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.where(inverse, 1 / price, price)
    return result
