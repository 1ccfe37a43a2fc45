"""Since when an invalidation has stood: versions that leave it alone do not make it new."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints
from journal.book.tables import Book


def standing_since(book: Book) -> Ints:
    """Return, per plan version, when its invalidation took effect."""
    versions = book.versions
    same = np.zeros(len(versions), bool)
    same[1:] = versions.plan[1:] == versions.plan[:-1]
    level = versions.invalidation
    same[1:] &= (level[1:] == level[:-1]) | np.isnan(level[1:])
    if not len(same):
        return versions.effective_at
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
    return versions.effective_at[first]
