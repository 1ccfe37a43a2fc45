"""Adds outside the plan: entries on top of a position with quantity that matched no tranche."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.tables import Book
from journal.book.verdicts import Subject, Verdicts


def unmatched_adds(book: Book, breaks: Callable[[Floats, Floats], Bools]) -> Verdicts:
    """Judge every add by `breaks(price, average before)`, both turned so that higher is better.

    Price and average are those before the add's order group.
    """
    fills = book.fills
    adds = fills.is_entry & fills.is_fill & (fills.had_position | ~fills.opening_known)
    unmatched = fills.unplanned_quantity - fills.excess_quantity
    before, price = fills.group_average_before, fills.group_price
    broken = breaks(fills.direction * price, fills.direction * before) & (unmatched > 0)
    return Verdicts.of(
        Subject.FILL,
        applies=adds & book.trades.is_judged[fills.trade],
        known=fills.opening_known & ~np.isnan(before + price + unmatched),
        broken=broken & fills.opening_known,
        evidence={"average_before": before, "price": price, "unmatched_quantity": unmatched},
        claim=unmatched,
    )
