"""What a breach cost: signed money; each entry unit is owned by one rule (contract, section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats
from journal.book.grouping import group_last, sums_before
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
    exited = exits_after(book, fills.quantity)
    worth = exits_after(book, fills.quantity * entered)
    exit_fees = exits_after(book, fills.fee)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(inverse, -1.0, 1.0) * (entered - worth / exited)
        lost = fills.direction * difference + exit_fees / exited
        per_unit = lost * fills.held_quantity / fills.quantity + fills.fee / fills.quantity
    closed = ~trades.is_open[fills.trade] & fills.is_entry
    result: Floats = np.where(closed & fills.opening_known, per_unit, np.nan)
    return result


def exit_cost(book: Book, quantity: Floats) -> Floats:
    """Return what a quantity of each exit gave away against the average of the exits after it.

    s x (average price of the exits after its order - price) x quantity, so that an order filled
    in many parts costs what it would have in one; NaN while the trade is open or where nothing
    was left to sell later.
    """
    fills, trades = book.fills, book.trades
    inverse = book.instruments.is_inverse[fills.instrument]
    with np.errstate(divide="ignore", invalid="ignore"):
        measure = np.where(inverse, 1 / fills.price, fills.price)
        mean = (exits_after(book, fills.quantity * measure) / exits_after(book, fills.quantity))[
            group_last(fills.group)
        ]
        later = np.where(inverse, 1 / mean, mean)
    given = -loss(fills.direction, quantity * fills.multiplier, fills.price, later, inverse)
    result: Floats = np.where(trades.is_open[fills.trade], np.nan, given)
    return result


def exits_after(book: Book, values: Floats) -> Floats:
    """Return the sum over the exits of the same trade that come after each part."""
    exits = np.where(book.fills.is_entry, 0.0, values)
    return sums_before(exits[::-1], book.fills.trade[::-1])[::-1]


@dataclass(frozen=True, slots=True)
class Owned:
    """A claim settled, per fill part: the units it owns, and those that each other rule took."""

    taken: Floats
    ceded: Mapping[str, Floats]


def owned_quantities(book: Book, claims: Sequence[tuple[str, Floats]]) -> list[Owned]:
    """Settle claims of (rule code, quantity per fill part), so that no unit is owned twice.

    A rule that claims stands in `ENTRY_OWNERS`. Which units of a part are meant: what the plan
    had no room for came last, so claims count from the part's end and cover each other; only
    those of PLAN104 are planned units and lie before what is unplanned.
    """
    unplanned = np.nan_to_num(book.fills.unplanned_quantity)
    settled: dict[int, Owned] = {}
    spans: list[tuple[str, Floats, Floats]] = []
    covered = np.zeros(len(book.fills))
    for place in sorted(range(len(claims)), key=lambda each: ENTRY_OWNERS.index(claims[each][0])):
        code, claim = claims[place]
        begin = np.where(claim > 0, unplanned, 0.0) if code == "PLAN104" else np.zeros(len(claim))
        end = begin + claim
        own_from = np.maximum(begin, covered)
        ceded: dict[str, Floats] = {}
        for owner, since, until in spans:
            shared = np.clip(np.minimum(end, until) - np.maximum(begin, since), 0.0, None)
            if shared.any():
                ceded[owner] = shared
        settled[place] = Owned(np.clip(end - own_from, 0.0, None), ceded)
        spans.append((code, own_from, np.maximum(end, own_from)))
        # The unplanned units that PLAN104 steps over are nobody's further down the line.
        covered = np.maximum(covered, np.where(claim > 0, end, 0.0))
    return [settled[place] for place in range(len(claims))]
