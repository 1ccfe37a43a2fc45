"""Adds outside the plan: entries on top of a position with quantity that matched no tranche."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.tables import Book
from journal.book.verdicts import Subject, Verdicts


def unmatched_adds(book: Book, breaks: Callable[[Floats, Floats], Bools]) -> Verdicts:
    """Judge every add; `breaks(gain, 0)` says which side of the average counts.

    The gain is s x (price - average before), both taken before the add's order group.
    """
    fills = book.fills
    adds = fills.is_entry & fills.is_fill & (fills.had_position | ~fills.opening_known)
    unmatched = fills.unplanned_quantity - fills.excess_quantity
    before, price = fills.group_average_before, fills.group_price
    return Verdicts.of(
        Subject.FILL,
        applies=adds & book.trades.is_judged[fills.trade],
        known=fills.opening_known & ~np.isnan(before),
        broken=breaks(fills.direction * price, fills.direction * before) & (unmatched > 0),
        evidence={"average_before": before, "price": price, "unmatched_quantity": unmatched},
        claim=unmatched,
    )
