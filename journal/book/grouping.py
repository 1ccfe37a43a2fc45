"""Runs inside sorted columns: order groups, and what came last or in total along a trade."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.stepping import steps
from journal.book.tables import Fills


def starts_of(values: Ints) -> Bools:
    """Return where a run of equal values begins."""
    result = np.ones(len(values), bool)
    result[1:] = values[1:] != values[:-1]
    return result


def mark_groups(fills: Fills) -> None:
    """Put a number on each order group: one order id, or one timestamp, on one side in a row.

    A trade's groups end with it, so the second part of a flip begins its own.
    """
    same = (fills.trade[1:] == fills.trade[:-1]) & (fills.side[1:] == fills.side[:-1])
    same &= fills.order[1:] == fills.order[:-1]
    same &= (fills.order[1:] >= 0) | (fills.at[1:] == fills.at[:-1])
    same &= fills.is_fill[1:] == fills.is_fill[:-1]
    begins = np.ones(len(fills), bool)
    begins[1:] = ~same
    fills.group = np.cumsum(begins) - 1
    fills.group_first = np.flatnonzero(begins)[fills.group] if len(fills) else fills.group
    fills.group_price = fills.price[fills.group_first]
    fills.had_position = fills.position_before[fills.group_first] != 0


def last_row_before(marked: Bools, trade: Ints) -> Ints:
    """Return, for each row, the last marked row of its trade before it, or -1."""
    rows = np.where(marked, np.arange(len(marked)), -1)
    last = np.concatenate(([-1], np.maximum.accumulate(rows)[:-1])) if len(rows) else rows
    own = (last >= 0) & (trade[last] == trade)
    return np.where(own, last, -1)


def group_any(marked: Bools, group: Ints) -> Bools:
    """Return where any row of the same group is marked."""
    if not len(group):
        return marked
    return np.bincount(group, marked, minlength=int(group[-1]) + 1)[group] > 0


def group_sum(values: Floats, group: Ints) -> Floats:
    """Return the sum of each row's group."""
    if not len(group):
        return values
    total = np.bincount(group, values, minlength=int(group[-1]) + 1)
    return total.astype(np.float64)[group]


def last_of_trade(trade: Ints) -> Ints:
    """Return each trade's last row; trades are contiguous and numbered from 0."""
    return np.flatnonzero(starts_of(trade[::-1])[::-1])


def group_last(group: Ints) -> Ints:
    """Return, for each row, the last row of its group."""
    ends = np.flatnonzero(starts_of(group[::-1])[::-1])
    return ends[group] if len(group) else group


def sums_before(values: Floats, owner: Ints) -> Floats:
    """Return the sum of the owner's values in the rows before each row; owners are contiguous.

    Each owner is added up on its own, so that a long journal costs no digits; a NaN stays with the
    rows after it.
    """
    counted = values != 0
    rows = np.flatnonzero(counted)
    begins = np.flatnonzero(starts_of(owner[rows]))
    so_far, sums = np.zeros(len(begins)), np.zeros(len(values) + 1)
    for group, place in steps(begins, np.diff(np.append(begins, len(rows))), to_the_end=True):
        so_far[group] += values[rows[place]]
        sums[rows[place]] = so_far[group]
    return sums[last_row_before(counted, owner)]
