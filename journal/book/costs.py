"""What a breach cost: signed money; each entry unit is owned by one rule (contract, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journal.book.comparison import Floats
from journal.book.grouping import sums_before
from journal.book.risk import loss
from journal.book.tables import Book

ENTRY_OWNERS = (
    "SCALE306",
    "SCALE303",
    "EXIT401",
    "SCALE304",
    "SCALE301",
    "SCALE302",
    "PLAN104",
    "PLAN102",
    "PLAN101",
)
"""Who answers for an entry unit that several rules claim: the first of them."""


def entry_cost_per_unit(book: Book) -> Floats:
    """Return, per entry part, what one executed unit lost against the exits after it, with fees.

    quantity x multiplier x s x (fill price - average price of the exits after it), plus the
    unit's share of the entry fee and those exits' fee per unit. NaN while the trade is open, or
    where a fee is not known.
    """
    fills, trades = book.fills, book.trades
    inverse = book.instruments.is_inverse[fills.instrument]
    with np.errstate(divide="ignore", invalid="ignore"):
        entered = np.where(inverse, 1 / fills.price, fills.price) * fills.multiplier
    exited = _after(book, fills.quantity)
    worth = _after(book, fills.quantity * entered)
    exit_fees = _after(book, fills.fee)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(inverse, -1.0, 1.0) * (entered - worth / exited)
        lost = fills.direction * difference + exit_fees / exited
        per_unit = lost * fills.held_quantity / fills.quantity + fills.fee / fills.quantity
    closed = ~trades.is_open[fills.trade] & fills.is_entry
    result: Floats = np.where(closed & fills.opening_known, per_unit, np.nan)
    return result


def exit_cost(book: Book, quantity: Floats) -> Floats:
    """Return what a quantity of each exit gave away against the average of the exits after it.

    s x (average price of the exits after it - price) x quantity; NaN while the trade is open or
    where nothing was left to sell later.
    """
    fills, trades = book.fills, book.trades
    inverse = book.instruments.is_inverse[fills.instrument]
    with np.errstate(divide="ignore", invalid="ignore"):
        measure = np.where(inverse, 1 / fills.price, fills.price)
        mean = _after(book, fills.quantity * measure) / _after(book, fills.quantity)
        later = np.where(inverse, 1 / mean, mean)
    given = -loss(fills.direction, quantity * fills.multiplier, fills.price, later, inverse)
    result: Floats = np.where(trades.is_open[fills.trade], np.nan, given)
    return result


def _after(book: Book, values: Floats) -> Floats:
    """Return the sum over the exits of the same trade that come after each part."""
    exits = np.where(book.fills.is_entry, 0.0, values)
    return sums_before(exits[::-1], book.fills.trade[::-1])[::-1]


def owned_quantities(
    book: Book, claims: Sequence[tuple[str, Floats]]
) -> list[tuple[Floats, Floats]]:
    """Return for each claim the units it owns and the units that other rules took first.

    `claims` are (rule code, quantity per fill part); a rule that claims stands in `ENTRY_OWNERS`.
    """
    order = sorted(range(len(claims)), key=lambda place: ENTRY_OWNERS.index(claims[place][0]))
    free = book.fills.quantity.copy()
    owned = {}
    for place in order:
        claim = claims[place][1]
        taken = np.minimum(claim, free)
        free -= taken
        owned[place] = (taken, claim - taken)
    return [owned[place] for place in range(len(claims))]
