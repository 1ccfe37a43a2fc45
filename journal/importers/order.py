"""The order of rows: many venues print the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from journal.importers.reading import Row


def oldest_first(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in file order, reversed if the file runs backwards in time.

    The file is turned around as a whole, never sorted: fills of one instant keep the venue's
    order, which decides what opened and what closed.
    """
    times = [row.event.at.at for row in rows]
    falls = sum(later < earlier for earlier, later in pairwise(times))
    rises = sum(later > earlier for earlier, later in pairwise(times))
    return list(reversed(rows)) if falls > rises else list(rows)
