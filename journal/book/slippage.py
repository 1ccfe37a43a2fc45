"""Slippage: what fills paid against the prices that were meant; positive is worse."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats
from journal.book.risk import loss
from journal.book.tables import Book


def against_plan(book: Book) -> Floats:
    """Return what each part paid above the tranche or the target it filled; below is negative.

    A trail has no target, and what was bought before a late plan had no tranche.
    """
    fills, found = book.fills, book.allocations
    meant = _planned_prices(book)
    chosen = ~fills.is_before_plan[found.fill] & (found.is_entry | ~np.isnan(meant))
    row, entry = found.fill[chosen], found.is_entry[chosen]
    side = np.where(entry, fills.direction[row], -fills.direction[row])
    size = found.quantity[chosen] * fills.multiplier[row]
    inverse = book.instruments.is_inverse[fills.instrument[row]]
    each = loss(side, size, fills.price[row], meant[chosen], inverse)
    return np.bincount(row, each, minlength=len(fills)).astype(np.float64)


def _planned_prices(book: Book) -> Floats:
    """Return, per allocation, the price of its tranche or target; NaN for a trail."""
    found, versions = book.allocations, book.versions
    version, entry = book.fills.version[found.fill], found.is_entry
    first = np.where(entry, versions.first_tranche[version], versions.first_exit[version])
    place = first + found.tranche - 1
    prices = np.full(len(entry), np.nan)
    prices[entry] = book.tranches.price[place[entry]]
    prices[~entry] = book.exits.target[place[~entry]]
    return prices


def against_stop(book: Book) -> Floats:
    """Return what each protective exit lost beyond the stop, or the invalidation without one.

    A liquidation without either has nothing to be measured against: not known.
    """
    fills = book.fills
    inverse = book.instruments.is_inverse[fills.instrument]
    level = np.where(np.isnan(fills.stop), fills.invalidation, fills.stop)
    size = fills.protective_quantity * fills.multiplier
    lost = loss(fills.direction, size, level, fills.price, inverse)
    return np.where(fills.protective_quantity == 0, 0.0, lost)
