"""Adds outside the plan: entries on top of a position with quantity that matched no tranche."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.grouping import group_sum
from journal.book.tables import Book
from journal.book.verdicts import Column, Subject, Verdicts


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
        known=~np.isnan(before + price + unmatched),
        broken=broken,
        evidence={
            "average_before": before,
            "price": price,
            "unmatched_quantity": group_sum(unmatched, fills.group),
            "nearest_tranche": _nearest_tranche(book, broken),
        },
        claim=unmatched,
    )


def _nearest_tranche(book: Book, broken: Bools) -> Column:
    """Return the number of the tranche nearest to each broken add's price; None without a plan."""
    fills, versions, tranches = book.fills, book.versions, book.tranches
    nearest: Column = np.full(len(fills), None, object)
    row = np.flatnonzero(broken & (fills.version >= 0))
    count = versions.tranche_count[fills.version[row]]
    owner = np.repeat(np.arange(len(row)), count)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    place = versions.first_tranche[fills.version[row[owner]]] + number
    distance = np.abs(tranches.price[place] - fills.group_price[row[owner]])
    order = np.lexsort((-number, -distance, owner))
    order = order[~np.isnan(distance[order])]
    nearest[row[owner[order]]] = number[order] + 1
    return nearest
