"""Where a trade was meant to get out: the next target, and whether all of them were filled."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.tables import Book


def next_target(book: Book) -> Floats:
    """Return, per part, the nearest target of its version that its price had not reached."""
    fills, exits, versions = book.fills, book.exits, book.versions
    result = np.full(len(fills), np.nan)
    rows = np.flatnonzero(~fills.is_entry & (fills.version >= 0))
    count = versions.exit_count[fills.version[rows]]
    part = np.repeat(rows, count)
    place = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    target = exits.target[versions.first_exit[fills.version[part]] + place]
    ahead = fills.direction[part] * (target - fills.price[part])
    chosen = np.flatnonzero(ahead > 0)
    order = chosen[np.argsort(-ahead[chosen], kind="stable")]
    result[part[order]] = target[order]
    return result


def all_targets_filled(book: Book) -> Bools:
    """Return trades whose every exit took quantity, none of it early, in excess or undecided."""
    fills, trades, found = book.fills, book.trades, book.allocations
    row, number = found.fill[~found.is_entry], found.tranche[~found.is_entry]
    width = int(number.max(initial=0)) + 1
    taken = np.bincount(fills.trade[row] * width + number, minlength=len(trades) * width) > 0
    used = taken.reshape(len(trades), width).sum(axis=1)
    last = trades.first + trades.count - 1
    planned = np.append(book.versions.exit_count, 0)[fills.version[last]]
    astray = ~fills.is_entry & (fills.target_quantity + fills.trail_quantity < fills.quantity)
    strayed = np.bincount(fills.trade, astray, minlength=len(trades)) > 0
    return np.asarray((planned > 0) & (used >= planned) & ~strayed)
