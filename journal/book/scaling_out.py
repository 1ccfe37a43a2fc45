"""Does scaling out help: the exits as made against all at the first, and all at the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, difference
from journal.book.costs import exits_after
from journal.book.grouping import starts_of
from journal.book.ladder_fills import measured
from journal.book.tables import Book


@dataclass(slots=True)
class ScaleOut:
    """One row a trade that was left in two order groups or more; `trades` are rows of the book.

    `against_first` is what the exits brought, net of their fees, minus what everything would have
    brought at the average price and the fee per unit of the first exit group; `against_last` the
    same of the last group. Settlement currency, positive where scaling out helped; `_r` is the same
    / planned risk. NaN is not known: the fee of an exit, or of `_r` the planned risk.
    """

    trades: Ints
    against_first: Floats
    against_first_r: Floats
    against_last: Floats
    against_last_r: Floats


def scale_out(book: Book, trades: Ints) -> ScaleOut:
    """Return what scaling out was worth in those closed trades that did it, planned or not.

    Everything is all units entered. Those entered after the first exit cannot have been sold
    there: they keep the average of the exits after their entry, as in the cost of a breach, on
    both sides of the comparison.
    """
    fills, table = book.fills, book.trades
    rows = np.flatnonzero(~fills.is_entry)
    begins = starts_of(fills.group[rows])
    groups = np.bincount(fills.trade[rows], begins, minlength=len(table))
    own: Ints = trades[((groups > 1) & ~table.is_open & table.opening_known)[trades]]
    left = np.where(fills.is_entry, 0.0, fills.held_quantity)
    brought = np.where(fills.is_entry, 0.0, _brought(book))
    units, actual = (_per_trade(book, values) for values in (left, brought))
    first, last = _ends(fills.trade[rows], rows, len(table))
    per_unit = _per_unit_of_group(fills.group, brought, left)
    late = fills.is_entry & (np.arange(len(fills)) > first[fills.trade])
    kept, kept_units = _kept(book, late, brought, left)
    at_first = (units - kept_units)[own] * per_unit[first[own]] + kept[own]
    against_first = difference(actual[own], at_first)
    against_last = difference(actual[own], units[own] * per_unit[last[own]])
    risk = np.where(table.planned_risk > 0, table.planned_risk, np.nan)[own]
    return ScaleOut(
        trades=own,
        against_first=against_first,
        against_first_r=against_first / risk,
        against_last=against_last,
        against_last_r=against_last / risk,
    )


def _brought(book: Book) -> Floats:
    """Return what each part, as an exit, brought net of its fee, counted from a price of zero."""
    fills = book.fills
    inverse = book.instruments.is_inverse[fills.instrument]
    size = fills.direction * fills.held_quantity * fills.multiplier
    result: Floats = np.where(inverse, -size, size) * measured(fills.price, inverse) - fills.fee
    return result


def _per_trade(book: Book, values: Floats) -> Floats:
    total = np.bincount(book.fills.trade, values, minlength=len(book.trades))
    return total.astype(np.float64)


def _ends(trade: Ints, rows: Ints, trades: int) -> tuple[Ints, Ints]:
    """Return the first and the last exit of each trade, row 0 where it has none yet."""
    first, last = np.zeros((2, trades), np.int64)
    begins = starts_of(trade)
    first[trade[begins]] = rows[begins]
    ends = starts_of(trade[::-1])[::-1]
    last[trade[ends]] = rows[ends]
    return first, last


def _per_unit_of_group(group: Ints, brought: Floats, units: Floats) -> Floats:
    """Return, for each row, what a unit brought on average in its order group."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = (np.bincount(group, brought) / np.bincount(group, units))[group]
    return result


def _kept(book: Book, late: Bools, brought: Floats, left: Floats) -> tuple[Floats, Floats]:
    """Return, per trade, what its late entries brought at the exits after them, and their units."""
    units = np.where(late, book.fills.held_quantity, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = units * (exits_after(book, brought) / exits_after(book, left))
    return _per_trade(book, np.where(late, worth, 0.0)), _per_trade(book, units)
