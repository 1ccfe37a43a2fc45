"""What became of each entry tranche: open, filled, partial, skipped, not reached, missed, unfilled.

States are given to the tranches of a plan's newest version. While the plan is alive a tranche is
open, filled, partial or skipped; at the end what was not filled is told apart by the path.
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER, UNKNOWN_TIME
from journal.book.comparison import Bools, Floats, Ints, reaches
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
    lapsed_at = np.minimum(versions.until, _exit_taken_at(book))[own]
    begin, stood = _standing(book, plan, np.minimum(end, lapsed_at))
    through, held = _reached(book, begin, stood)
    unfilled = np.where(through, MISSED, np.where(held, NOT_REACHED, UNFILLED))
    state = np.where(over | (lapsed_at < book.as_of), unfilled, OPEN)
    state = np.where(skipped, SKIPPED, state)
    state = np.where(tranches.filled_quantity > 0, PARTIAL, state)
    tranches.state = np.where(filled, FILLED, state)
    _mark_reached(book, begin, stood)


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


def _exit_taken_at(book: Book) -> Ints:
    """Return, per version, when the exit that ends its ladder first took quantity, else never."""
    versions, fills, found = book.versions, book.fills, book.allocations
    chosen = np.flatnonzero(~found.is_entry)
    row, number = found.fill[chosen], found.tranche[chosen]
    width = int(max(number.max(initial=0), versions.enter_until_exit.max(initial=0))) + 1
    first = np.full(len(book.plans) * width, NEVER, np.int64)
    np.minimum.at(first, fills.plan[row] * width + number, fills.at[row])
    taken: Ints = first[versions.plan * width + versions.enter_until_exit]
    return np.where(versions.enter_until_exit > 0, taken, NEVER)


def _standing(book: Book, plan: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the rows of the path, from and until before, in which each tranche stood."""
    instrument = book.versions.instrument[book.tranches.version]
    since = _standing_since(book, plan)
    last = np.where(end >= since, book.path.latest(instrument, end), -1)
    return book.path.since(instrument, since), last + 1


def _reached(book: Book, begin: Ints, end: Ints) -> tuple[Bools, Bools]:
    """Return where the path traded beyond the tranche price, and where bars prove it did not.

    The path holds no bars yet, so nothing is ever proved untouched while the version stood.
    """
    tranches = book.tranches
    low, high = book.path.extremes_between(begin, end)
    tranches.reached_at_price = np.where(_signs(book) > 0, low, high)
    return _through(book, slice(None), tranches.reached_at_price), np.zeros(len(begin), bool)


def _signs(book: Book) -> Ints:
    signs: Ints = book.versions.direction[book.tranches.version]
    return signs


def _through(book: Book, rows: slice | int, price: Floats) -> Bools:
    """Return where a price is beyond a tranche's by a tick, or at all where none is known."""
    tranches, versions = book.tranches, book.versions
    own = tranches.version[rows]
    beyond = versions.direction[own] * (tranches.price[rows] - price)
    tick = book.instruments.tick[versions.instrument[own]]
    return np.where(np.isnan(tick), beyond > 0, reaches(beyond, np.nan_to_num(tick)))


def _mark_reached(book: Book, begin: Ints, end: Ints) -> None:
    """Put on each missed tranche when it was first traded through."""
    tranches = book.tranches
    missed = np.flatnonzero(tranches.state == MISSED)
    row = book.path.first_where(
        begin[missed],
        end[missed],
        lambda place, prices: _through(book, int(missed[place]), prices),
    )
    tranches.reached_at = np.full(len(tranches), UNKNOWN_TIME, np.int64)
    tranches.reached_at[missed] = book.path.at[row]


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
