"""What a breach cost: signed money; each entry unit is owned by one rule (contract, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journal.book.comparison import Floats
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
    last = (trades.first + trades.count - 1)[fills.trade]
    exited = fills.exited_so_far[last] - fills.exited_so_far
    worth = fills.exit_value_so_far[last] - fills.exit_value_so_far
    exit_fees = fills.exit_fees_so_far[last] - fills.exit_fees_so_far
    inverse = book.instruments.is_inverse[fills.instrument]
    with np.errstate(divide="ignore", invalid="ignore"):
        entered = np.where(inverse, 1 / fills.price, fills.price) * fills.multiplier
        difference = np.where(inverse, -1.0, 1.0) * (entered - worth / exited)
        lost = fills.direction * difference + exit_fees / exited
        per_unit = lost * fills.held_quantity / fills.quantity + fills.fee / fills.quantity
    closed = ~trades.is_open[fills.trade] & fills.is_entry
    result: Floats = np.where(closed & fills.opening_known, per_unit, np.nan)
    return result


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
