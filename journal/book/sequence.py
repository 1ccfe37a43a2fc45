"""What happened before what, over all accounts and instruments."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints
from journal.book.tables import Fills


def in_time(fills: Fills) -> Ints:
    """Return each part's place in time; of one instant in the order they were written."""
    order = np.lexsort((fills.id, fills.at))
    place = np.empty(len(fills), np.int64)
    place[order] = np.arange(len(fills))
    return place
