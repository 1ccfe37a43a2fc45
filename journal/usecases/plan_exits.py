"""What a plan's exits take, and what they would make if the whole ladder filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.tables import Book
from journal.reporting.values import known
from journal.usecases.ladder import Ladder


@dataclass(frozen=True, slots=True)
class ExitLine:
    """One exit of the fully filled ladder; `price` is None for a trail.

    `net_pnl` is this exit's own: its gross result less its share of the entry fees and its own
    fee, None where the fees are not known; `r_multiple` is that over the planned risk.
    """

    number: int
    price: float | None
    trail: float | None
    trail_after: int | None
    quantity: float | None
    gross_pnl: float | None
    net_pnl: float | None
    r_multiple: float | None


def exit_rows(book: Book, version: int) -> range:
    """Return the rows of a version's exits."""
    first = int(book.versions.first_exit[version])
    return range(first, first + int(book.versions.exit_count[version]))


def planned_quantities(book: Book, version: int, entered: float) -> list[float]:
    """Return what each exit of a version takes of a quantity entered; `rest` takes what is left."""
    versions, exits = book.versions, book.exits
    inverse = book.instruments.is_inverse[versions.instrument[version]]
    left = entered
    found = []
    for row in exit_rows(book, version):
        if exits.is_rest[row]:
            wanted = left
        elif not np.isnan(exits.fraction[row]):
            wanted = float(exits.fraction[row]) * entered
        elif not np.isnan(exits.units[row]):
            wanted = float(exits.units[row])
        else:
            price = 1.0 if inverse else exits.target[row]
            wanted = float(exits.money[row] / price / versions.multiplier[version])
        found.append(min(wanted, left))
        left = max(left - wanted, 0.0)
    return found


def exit_lines(book: Book, version: int) -> list[ExitLine]:
    """Return every exit of a version with its result when all entry tranches filled."""
    ladder, exits = Ladder.of(book, version), book.exits
    rows = np.array(exit_rows(book, version), np.int64)
    quantity = np.array(planned_quantities(book, version, ladder.total))
    target = exits.target[rows]
    gross = ladder.gains(quantity, np.full(len(rows), ladder.averages()[-1:]), target)
    paid_in = ladder.fees(ladder.quantity, ladder.price).sum() * quantity / ladder.total
    net = gross - paid_in - ladder.fees(quantity, target)
    risk = float(book.versions.planned_risk[version])
    r_multiple = net / risk if risk > 0 else np.full(len(rows), np.nan)
    return [
        ExitLine(
            number=int(exits.number[row]),
            price=known(target[place]),
            trail=known(exits.trail[row]),
            trail_after=int(exits.trail_after[row]) or None,
            quantity=known(quantity[place]),
            gross_pnl=known(gross[place]),
            net_pnl=known(net[place]),
            r_multiple=known(r_multiple[place]),
        )
        for place, row in enumerate(rows)
    ]


def average_target(book: Book, version: int) -> float:
    """Return the quantity-weighted target; a trail counts at the last fixed target.

    NaN where there is none.
    """
    targets = book.exits.target[list(exit_rows(book, version))]
    fixed = targets[~np.isnan(targets)]
    total = float(book.versions.planned_quantity[version])
    planned = np.array(planned_quantities(book, version, total))
    if not len(fixed) or not planned.sum() > 0:
        return np.nan
    valued = np.where(np.isnan(targets), fixed[-1], targets)
    return float((valued * planned).sum() / planned.sum())
