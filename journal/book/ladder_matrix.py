"""Ladders of equal depth side by side: one row a plan version, one column a tranche number.

Trades are put into buckets by the depth of their plan, so that one plan of a hundred tranches
does not widen the rows of all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints
from journal.book.tables import Exits, Trades, Tranches, Versions


@dataclass(slots=True)
class Bucket:
    """Trades whose plans fit one width; `version_row` maps a version to its row, else 0."""

    trades: Ints
    versions: Ints
    version_row: Ints
    entries: int
    exits: int


def buckets(planned: Ints, trades: Trades, versions: Versions) -> Iterator[Bucket]:
    """Split trades that have a plan by the depth of its ladder, in powers of four."""
    if not len(planned):
        return
    depth = np.maximum(versions.tranche_count, versions.exit_count)
    deepest = np.zeros(int(versions.plan.max()) + 1, np.int64)
    np.maximum.at(deepest, versions.plan, depth)
    power = np.ceil(np.log(np.maximum(deepest, 1)) / np.log(4)).astype(np.int64)
    for level in np.flatnonzero(np.bincount(power[trades.plan[planned]])):
        chosen = planned[power[trades.plan[planned]] == level]
        wanted = np.zeros(len(deepest), bool)
        wanted[trades.plan[chosen]] = True
        own = np.flatnonzero(wanted[versions.plan])
        version_row = np.zeros(len(versions), np.int64)
        version_row[own] = np.arange(len(own))
        yield Bucket(
            trades=chosen,
            versions=own,
            version_row=version_row,
            entries=max(1, int(versions.tranche_count[own].max(initial=0))),
            exits=max(1, int(versions.exit_count[own].max(initial=0))),
        )


def _matrix(
    owner: Ints, number: Ints, values: np.ndarray, shape: tuple[int, int], nothing: object
) -> np.ndarray:
    result = np.full(shape, nothing, values.dtype)
    result[owner, number - 1] = values
    return result


@dataclass(slots=True)
class EntryMatrix:
    """Entry tranches: planned price, units, money (NaN where not so written), skip time."""

    width: int
    numbers: Ints
    exists: Bools
    price: Floats
    quantity: Floats
    money: Floats
    skipped_at: Ints
    until: Ints
    enter_until_exit: Ints

    @classmethod
    def of(cls, versions: Versions, tranches: Tranches, own: Ints, width: int) -> EntryMatrix:
        """Lay out the tranches of these versions."""
        row = np.full(len(versions), -1, np.int64)
        row[own] = np.arange(len(own))
        rung = np.flatnonzero(row[tranches.version] >= 0)
        owner, number, shape = row[tranches.version[rung]], tranches.number[rung], (len(own), width)
        return cls(
            width=width,
            numbers=np.arange(1, width + 1)[None, :],
            exists=_matrix(owner, number, np.ones(len(rung), bool), shape, nothing=False),
            price=_matrix(owner, number, tranches.price[rung], shape, np.nan),
            quantity=_matrix(owner, number, tranches.quantity[rung], shape, np.nan),
            money=_matrix(owner, number, tranches.money[rung], shape, np.nan),
            skipped_at=_matrix(owner, number, tranches.skipped_at[rung], shape, NEVER),
            until=versions.until[own],
            enter_until_exit=versions.enter_until_exit[own],
        )

    def lapsed(self, version: Ints, took_at: Ints) -> Bools:
        """Return where `enter until exit K` has ended the ladder: exit K has taken quantity."""
        after = self.enter_until_exit[version]
        column = np.minimum(np.maximum(after - 1, 0), took_at.shape[1] - 1)
        took = took_at[np.arange(len(version)), column] >= 0
        return np.asarray((after > 0) & took)[:, None]

    def shares_per_unit(
        self, version: Ints, price: Floats, multiplier: Floats, inverse: Bools
    ) -> tuple[Floats, Floats]:
        """Return the fraction of each tranche that one unit uses up: of its units, of its money.

        A tranche in units has no money of its own: both are the same. A tranche without a size
        takes everything.
        """
        money = self.money[version]
        unit_money = np.where(inverse, 1.0, price) * multiplier
        with np.errstate(divide="ignore", invalid="ignore"):
            by_units = np.nan_to_num(1 / self.quantity[version])
            by_money = np.where(np.isnan(money), by_units, unit_money[:, None] / money)
        return by_units, by_money


@dataclass(slots=True)
class ExitMatrix:
    """Exit tranches: target or trail, and the size in the unit it was written in."""

    width: int
    exists: Bools
    target: Floats
    units: Floats
    fraction: Floats
    money: Floats
    is_rest: Bools
    trail: Floats
    trail_after: Ints

    @classmethod
    def of(cls, versions: Versions, exits: Exits, own: Ints, width: int) -> ExitMatrix:
        """Lay out the exits of these versions."""
        row = np.full(len(versions), -1, np.int64)
        row[own] = np.arange(len(own))
        rung = np.flatnonzero(row[exits.version] >= 0)
        owner, number, shape = row[exits.version[rung]], exits.number[rung], (len(own), width)
        return cls(
            width=width,
            exists=_matrix(owner, number, np.ones(len(rung), bool), shape, nothing=False),
            target=_matrix(owner, number, exits.target[rung], shape, np.nan),
            units=_matrix(owner, number, exits.units[rung], shape, np.nan),
            fraction=_matrix(owner, number, exits.fraction[rung], shape, np.nan),
            money=_matrix(owner, number, exits.money[rung], shape, np.nan),
            is_rest=_matrix(owner, number, exits.is_rest[rung], shape, nothing=False),
            trail=_matrix(owner, number, exits.trail[rung], shape, np.nan),
            trail_after=_matrix(owner, number, exits.trail_after[rung], shape, 0),
        )

    def planned(self, version: Ints, entered: Floats, multiplier: Floats, inverse: Bools) -> Floats:
        """Return the units each exit is to take of what was entered so far; NaN for the rest."""
        fraction = self.fraction[version] * entered[:, None]
        unit_money = np.where(inverse[:, None], 1.0, self.target[version]) * multiplier[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            money = self.money[version] / unit_money
        return np.fmax(np.fmax(self.units[version], fraction), money)
