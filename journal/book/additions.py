"""What amendments added to their ladders, and the units that filled of it."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.grouping import sums_before
from journal.book.tables import Book


def units_added(book: Book, amends: Bools) -> tuple[Floats, Ints]:
    """Return, per fill part, the units that marked versions added to its tranches, and which did.

    A unit is added when it fills its tranche beyond the size before the amendment. Of several
    amendments that added to one part, the newest answers for it.
    """
    fills, versions, found = book.fills, book.versions, book.allocations
    plan = np.where(found.is_entry, fills.plan[found.fill], -1)
    order = np.lexsort((found.tranche, plan))
    by_tranche = plan[order] * (1 << 31) + found.tranche[order]
    so_far = np.zeros(len(order))
    so_far[order] = sums_before(found.quantity[order], by_tranche)
    added, by = np.zeros(len(order)), np.full(len(fills), -1, np.int64)
    for version in np.flatnonzero(amends):
        first, last = np.searchsorted(plan[order], versions.plan[version] + np.arange(2))
        own = order[first:last]
        own = own[fills.version[found.fill[own]] >= version]
        before = _sizes(book, int(version) - 1, found.tranche[own])
        beyond = np.clip(so_far[own] + found.quantity[own] - before, 0.0, found.quantity[own])
        added[own] = np.fmax(added[own], beyond)
        by[found.fill[own[beyond > 0]]] = version
    return np.bincount(found.fill, added, minlength=len(fills)).astype(np.float64), by


def _sizes(book: Book, version: int, numbers: Ints) -> Floats:
    """Return the units that tranches of these numbers had in a version, 0 where it had none."""
    versions = book.versions
    there = numbers <= versions.tranche_count[version]
    place = np.where(there, versions.first_tranche[version] + numbers - 1, 0)
    return np.where(there, book.tranches.quantity[place], 0.0)
