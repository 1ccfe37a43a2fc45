"""What a plan would pay and make if all of it filled: fees of the round trip, gross profit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.grouping import sums_before
from journal.book.risk import loss, value
from journal.book.tables import Book


@dataclass(slots=True)
class RoundTrip:
    """One row a plan version. `target` is the quantity-weighted price of all exits.

    `known` is False where a trail has no fixed target to be valued at, or a price, size or
    multiplier is missing.
    """

    costs: Floats
    profit: Floats
    target: Floats
    has_exits: Bools
    taker_known: Bools
    known: Bools


def round_trip(book: Book) -> RoundTrip:
    """Return the fees and the gross profit of each version's whole ladder at its targets."""
    versions, tranches, exits = book.versions, book.tranches, book.exits
    count = len(versions)
    account, at = versions.account, versions.effective_at
    taker = book.policies.value("taker", account, at)
    minimum = book.policies.value("minimum_fee", account, at)
    inverse = book.instruments.is_inverse[versions.instrument]
    own = tranches.version
    size = tranches.quantity * versions.multiplier[own]
    entering = np.maximum(value(size, tranches.price, inverse[own]) * taker[own], minimum[own])
    quantity, price = exit_plan(book)
    out = exits.version
    sold = quantity * versions.multiplier[out]
    leaving = np.maximum(value(sold, price, inverse[out]) * taker[out], minimum[out])
    leaving = np.where(quantity == 0, 0.0, leaving)
    gain = -loss(versions.direction[out], sold, versions.planned_average[out], price, inverse[out])

    def summed(owner: np.ndarray, values: Floats) -> Floats:
        return np.bincount(owner, values, minlength=count).astype(np.float64)

    total = summed(out, quantity)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(inverse[out], quantity / price, quantity * price)
        mean = summed(out, weight) / total
        target = np.where(inverse, 1 / mean, mean)
    costs, profit = summed(own, entering) + summed(out, leaving), summed(out, gain)
    return RoundTrip(
        costs=costs,
        profit=profit,
        target=target,
        has_exits=(versions.exit_count > 0) & (versions.tranche_count > 0),
        taker_known=~np.isnan(taker),
        known=~np.isnan(costs) & ~np.isnan(profit),
    )


def exit_plan(book: Book) -> tuple[Floats, Floats]:
    """Return each exit's units of the planned total, and the price it is valued at.

    N % is of the planned total, the rest what all other exits leave, never more than is left; a
    trail is valued at the last fixed target of its version.
    """
    versions, exits = book.versions, book.exits
    own = exits.version
    total = versions.planned_quantity[own]
    inverse = book.instruments.is_inverse[versions.instrument[own]]
    unit = np.where(inverse, 1.0, exits.target) * versions.multiplier[own]
    with np.errstate(divide="ignore", invalid="ignore"):
        money = exits.money / unit
    asked = np.fmax(np.fmax(exits.units, exits.fraction * total), money)
    asked = np.where(exits.is_rest, 0.0, asked)
    all_asked = np.bincount(own, asked, minlength=len(versions))[own]
    left = np.maximum(total - np.where(exits.is_rest, all_asked, sums_before(asked, own)), 0.0)
    quantity = np.where(exits.is_rest, left, np.minimum(asked, left))
    fixed = np.where(np.isnan(exits.target), -1, np.arange(len(own)))
    last = np.full(len(versions), -1, np.int64)
    np.maximum.at(last, own, fixed)
    fallback = np.append(exits.target, np.nan)[last[own]]
    return quantity, np.where(np.isnan(exits.target), fallback, exits.target)


def by_tranche(book: Book, target: Floats) -> tuple[Floats, Floats]:
    """Return each tranche's fees in and out, and what it makes, at its own version's target."""
    versions, tranches = book.versions, book.tranches
    own = tranches.version
    account, at = versions.account, versions.effective_at
    taker = book.policies.value("taker", account, at)[own]
    minimum = book.policies.value("minimum_fee", account, at)[own]
    inverse = book.instruments.is_inverse[versions.instrument[own]]
    size = tranches.quantity * versions.multiplier[own]
    entering = np.maximum(value(size, tranches.price, inverse) * taker, minimum)
    leaving = np.maximum(value(size, target[own], inverse) * taker, minimum)
    profit = -loss(versions.direction[own], size, tranches.price, target[own], inverse)
    return entering + leaving, profit
