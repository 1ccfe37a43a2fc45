"""Where a trade was meant to get out: the next target, and whether all of them were filled."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, reaches
from journal.book.grouping import sums_before
from journal.book.tables import Book


def next_target(book: Book, asked: Bools) -> Floats:
    """Return, per asked part, the nearest open target that its price had not reached; else NaN."""
    fills, versions = book.fills, book.versions
    result = np.full(len(fills), np.nan)
    rows = np.flatnonzero(asked)
    count = versions.exit_count[fills.version[rows]]
    part = np.repeat(rows, count)
    number = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count) + 1
    target = book.exits.target[versions.first_exit[fills.version[part]] + number - 1]
    ahead = fills.direction[part] * (target - fills.price[part])
    chosen = np.flatnonzero((ahead > 0) & ~_is_filled(book, part, number))
    order = chosen[np.argsort(-ahead[chosen], kind="stable")]
    result[part[order]] = target[order]
    return result


def _is_filled(book: Book, part: Ints, number: Ints) -> Bools:
    """Return whether an exit had taken its quantity before a part; the rest never has."""
    fills, trades, found = book.fills, book.trades, book.allocations
    chosen = np.flatnonzero(~found.is_entry)
    width = int(max(number.max(initial=0), found.tranche[chosen].max(initial=0))) + 1

    def place(row: Ints, exit_number: Ints, until: Ints | int) -> Ints:
        key: Ints = (fills.trade[row] * width + exit_number) * (len(fills) + 1) + until
        return key

    row = found.fill[chosen]
    key = place(row, found.tranche[chosen], row)
    order = np.argsort(key, kind="stable")
    total = np.concatenate(([0.0], np.cumsum(found.quantity[chosen][order])))
    begin, end = (np.searchsorted(key[order], place(part, number, until)) for until in (0, part))
    share = book.policies.value("quantity_tolerance", trades.account, trades.opened_latest)
    whole = planned_units(book, part, number) * (1 - share[fills.trade[part]])
    return reaches(total[end] - total[begin], whole)


def entered_so_far(book: Book) -> Floats:
    """Return, per part, what its trade had bought (short: sold) before it."""
    fills = book.fills
    return sums_before(np.where(fills.is_entry, fills.quantity, 0.0), fills.trade)


def planned_units(book: Book, part: Ints, number: Ints) -> Floats:
    """Return the units that an exit was to take at a part; NaN for the rest."""
    fills, exits = book.fills, book.exits
    place = book.versions.first_exit[fills.version[part]] + number - 1
    inverse = book.instruments.is_inverse[fills.instrument[part]]
    unit = np.where(inverse, 1.0, exits.target[place]) * fills.multiplier[part]
    share = exits.fraction[place] * entered_so_far(book)[part]
    result: Floats = np.fmax(np.fmax(exits.units[place], share), exits.money[place] / unit)
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
