"""What an allocation works with: tolerances per part, the state of the ladders, what was found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds, tolerance
from journal.book.instruments import Instruments
from journal.book.policies import Policies
from journal.book.tables import Allocations, Fills, Trades


@dataclass(slots=True)
class Limits:
    """Per part: the tolerances in force when its trade opened, and its instrument's steps.

    `protective` marks exits at or past the invalidation or the stop in force, and liquidations.
    """

    match: Floats
    price: Floats
    quantity: Floats
    tick: Floats
    lot: Floats
    inverse: Bools
    protective: Bools


def read_limits(
    fills: Fills, trades: Trades, instruments: Instruments, policies: Policies
) -> Limits:
    """Return the tolerances of each part, by the policy in force when its trade opened."""
    account, at, trade = trades.account, trades.opened_latest, fills.trade
    tick = np.nan_to_num(instruments.tick[fills.instrument])
    price = policies.value("price_tolerance", account, at)[trade]
    protective = fills.is_liquidation.copy()
    for level in (fills.invalidation, fills.stop):
        protective |= protects(fills, level, price, tick)
    return Limits(
        match=policies.value("match_tolerance", account, at)[trade],
        price=price,
        quantity=policies.value("quantity_tolerance", account, at)[trade],
        tick=tick,
        lot=np.nan_to_num(instruments.lot[fills.instrument]),
        inverse=instruments.is_inverse[fills.instrument],
        protective=protective & ~fills.is_entry,
    )


def protects(fills: Fills, level: Floats, share: Floats, tick: Floats) -> Bools:
    """Return parts at or past a stop or an invalidation, within tolerance; NaN is False."""
    short_of = fills.direction * (fills.price - level)
    near = tolerance(level, share, tick)
    return ~exceeds(short_of, near) & ~np.isnan(short_of)


@dataclass(slots=True)
class State:
    """What the ladders of a bucket's trades have taken so far; one row a trade.

    `used` is the fraction of each entry tranche, the more lenient of its units and its money for
    every fill; `by_units` and `by_money` are the fractions of either alone, and the tranche is
    filled when one of the two is whole. `taken` is the units of each exit, `took_at` when an exit
    first took any (-1 before), `entered` the units bought or sold into the trade.
    """

    used: Floats
    by_units: Floats
    by_money: Floats
    entered: Floats
    taken: Floats
    took_at: Ints

    @classmethod
    def fresh(cls, trades: int, entries: int, exits: int) -> State:
        """Return the state before the first fill."""
        return cls(
            used=np.zeros((trades, entries)),
            by_units=np.zeros((trades, entries)),
            by_money=np.zeros((trades, entries)),
            entered=np.zeros(trades),
            taken=np.zeros((trades, exits)),
            took_at=np.full((trades, exits), -1, np.int64),
        )


@dataclass(slots=True)
class Trails:
    """Parts that a trailing exit may explain: since when it ran, and how far it trails."""

    row: Ints
    since: Ints
    fraction: Floats
    quantity: Floats


@dataclass(slots=True)
class Found:
    """Allocation rows (part, number, quantity) and pending trails as they are found, in chunks."""

    rows: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    trails: list[tuple[Ints, Ints, Floats, Floats]] = field(default_factory=list)

    def allocations(self, fills: Fills) -> Allocations:
        """Return all allocation rows in order of part."""
        if not self.rows:
            nothing = np.zeros(0, np.int64)
            return Allocations(nothing, nothing, np.zeros(0), np.zeros(0, bool))
        row, tranche, quantity = (
            np.concatenate(columns) for columns in zip(*self.rows, strict=True)
        )
        order = np.argsort(row, kind="stable")
        row = row[order]
        return Allocations(
            fill=row,
            tranche=tranche[order],
            quantity=quantity[order],
            is_entry=fills.is_entry[row],
        )

    def pending_trails(self) -> Trails:
        """Return the parts whose trail is still to be decided on the path of prices."""
        if not self.trails:
            nothing = np.zeros(0, np.int64)
            return Trails(nothing, nothing, np.zeros(0), np.zeros(0))
        row, since, fraction, quantity = (
            np.concatenate(columns) for columns in zip(*self.trails, strict=True)
        )
        return Trails(row, since, fraction, quantity)
