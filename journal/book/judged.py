"""Which plans are judged: not those that were bound to a trade from before the journal."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools
from journal.book.tables import Book


def judged_versions(book: Book) -> Bools:
    """Return plan versions whose trade, if there is one, opened since the journal began."""
    judged = np.append(book.trades.is_judged, True)
    return np.asarray(judged[book.plans.trade[book.versions.plan]], bool)
