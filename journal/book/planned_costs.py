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
    gain = np.where(quantity == 0, 0.0, gain)

    def summed(owner: np.ndarray, values: Floats) -> Floats:
        return np.bincount(owner, values, minlength=count).astype(np.float64)

    total = summed(out, quantity)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(inverse[out], quantity / price, quantity * price)
        mean = summed(out, np.where(quantity == 0, 0.0, weight)) / total
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

    N % is of the planned total, the rest what the exits before leave, never more than is left; a
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
    before = sums_before(np.nan_to_num(asked), own)
    left = np.maximum(total - before, 0.0)
    quantity = np.where(exits.is_rest, left, np.minimum(asked, left))
    fixed = np.where(np.isnan(exits.target), -1, np.arange(len(own)))
    last = np.full(len(versions), -1, np.int64)
    np.maximum.at(last, own, fixed)
    fallback = np.append(exits.target, np.nan)[last[own]]
    return quantity, np.where(np.isnan(exits.target), fallback, exits.target)


def by_tranche(book: Book) -> tuple[Floats, Floats, Bools]:
    """Return each tranche's fees in and out at the average target, what it makes, and if known."""
    versions, tranches = book.versions, book.tranches
    own = tranches.version
    account, at = versions.account, versions.effective_at
    taker = book.policies.value("taker", account, at)[own]
    minimum = book.policies.value("minimum_fee", account, at)[own]
    inverse = book.instruments.is_inverse[versions.instrument[own]]
    target = round_trip(book).target[own]
    size = tranches.quantity * versions.multiplier[own]
    costs = np.maximum(value(size, tranches.price, inverse) * taker, minimum)
    costs = costs + np.maximum(value(size, target, inverse) * taker, minimum)
    profit = -loss(versions.direction[own], size, tranches.price, target, inverse)
    return costs, profit, ~np.isnan(costs) & ~np.isnan(profit)
