"""What became of each entry tranche: open, filled, partial, skipped, not reached, missed, unfilled.

States are given to the tranches of a plan's newest version. While the plan is alive a tranche is
open, filled, partial or skipped; at the end what was not filled is told apart by the path.
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, Ints, reaches
from journal.book.tables import Book

STATES = ("open", "filled", "partial", "skipped", "not reached", "missed", "unfilled")
OPEN, FILLED, PARTIAL, SKIPPED, NOT_REACHED, MISSED, UNFILLED = range(7)


def read_states(book: Book) -> None:
    """Fill in how much of each tranche was used, and its state."""
    tranches, versions, plans = book.tranches, book.versions, book.plans
    plan = versions.plan[tranches.version] if len(tranches) else tranches.version
    tranches.filled_quantity, used_money = _used(book, plan)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_units = tranches.filled_quantity / tranches.quantity
        by_money = used_money / tranches.money
    tranches.used = np.fmax(by_units, by_money)
    own = tranches.version
    account, at = versions.account[own], versions.effective_at[own]
    enough = 1 - book.policies.value("quantity_tolerance", account, at)
    filled = reaches(np.nan_to_num(tranches.used), enough)
    skipped = (tranches.skipped_at <= plans.ended_at[plan]) & (tranches.skipped_at <= book.as_of)
    over = plans.ended_at[plan] <= book.as_of
    end = np.where(over, plans.ended_at[plan], book.as_of)
    lapsed = over | (versions.until[own] < book.as_of)
    reached, held = _reached(book, plan, np.minimum(end, versions.until[own]))
    unfilled = np.where(reached, MISSED, np.where(held, NOT_REACHED, UNFILLED))
    state = np.where(lapsed, unfilled, OPEN)
    state = np.where(skipped, SKIPPED, state)
    state = np.where(tranches.filled_quantity > 0, PARTIAL, state)
    tranches.state = np.where(filled, FILLED, state)


def _used(book: Book, plan: Ints) -> tuple[Floats, Floats]:
    """Return units and money taken by each tranche's number over all versions of its plan."""
    allocations, fills, tranches = book.allocations, book.fills, book.tranches
    chosen = np.flatnonzero(allocations.is_entry)
    row = allocations.fill[chosen]
    number = allocations.tranche[chosen]
    quantity = allocations.quantity[chosen]
    width = int(max(number.max(initial=0), tranches.number.max(initial=0))) + 1
    key = fills.plan[row] * width + number
    size = len(book.plans) * width
    units = np.bincount(key, quantity, minlength=size)
    inverse = book.instruments.is_inverse[fills.instrument[row]]
    price = np.where(inverse, 1.0, fills.price[row])
    money = np.bincount(key, quantity * fills.multiplier[row] * price, minlength=size)
    asked = plan * width + tranches.number
    return units[asked], money[asked]


def _reached(book: Book, plan: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return where the path traded beyond the tranche price, and where bars prove it did not.

    The path holds no bars yet, so nothing is ever proved untouched while the version stood.
    """
    tranches, versions = book.tranches, book.versions
    own = tranches.version
    instrument, sign = versions.instrument[own], versions.direction[own]
    low, high = book.path.extremes(instrument, _standing_since(book, plan), end)
    tranches.reached_at_price = np.where(sign > 0, low, high)
    beyond = sign * (tranches.price - tranches.reached_at_price)
    tick = book.instruments.tick[instrument]
    through = np.where(np.isnan(tick), beyond > 0, reaches(beyond, np.nan_to_num(tick)))
    return np.asarray(through), np.zeros(len(own), bool)


def _standing_since(book: Book, plan: Ints) -> Ints:
    """Return since when each tranche has stood at its price, over the versions that kept it."""
    tranches, versions = book.tranches, book.versions
    since = versions.effective_at[tranches.version].copy()
    order = np.lexsort((tranches.version, tranches.number, plan))
    same = np.zeros(len(order), bool)
    same[1:] = (plan[order][1:] == plan[order][:-1]) & (
        tranches.number[order][1:] == tranches.number[order][:-1]
    )
    same[1:] &= tranches.price[order][1:] == tranches.price[order][:-1]
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(order)))) if len(order) else order
    since[order] = since[order][first]
    return since
