"""When a plan's promise to bring the stop to break-even falls due."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints
from journal.book.grouping import group_last
from journal.book.tables import Book


def breakeven_trigger(book: Book) -> Ints:
    """Return the last part of the first group that took quantity at the plan's exit K, or -1."""
    fills, versions, allocations = book.fills, book.versions, book.allocations
    row = allocations.fill
    after = np.append(versions.breakeven_after, 0)[fills.version[row]]
    hits = row[~allocations.is_entry & (after > 0) & (allocations.tranche == after)]
    first = np.full(len(book.trades), -1, np.int64)
    hits = hits[fills.target_quantity[hits] > 0][::-1]
    first[fills.trade[hits]] = hits
    return np.where(first >= 0, np.append(group_last(fills.group), -1)[first], -1)
