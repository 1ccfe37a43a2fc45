"""What is left of a plan while its trade runs: the next tranche, room, stop and break-even."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.states import OPEN, PARTIAL
from journal.book.tables import Book
from journal.reporting.plan_names import plan_label
from journal.reporting.values import known


@dataclass(frozen=True, slots=True)
class NextTranche:
    """The open tranche the price meets first, and what it still takes."""

    number: int
    quantity: float | None
    price: float | None


@dataclass(frozen=True, slots=True)
class PlanLeft:
    """A trade's plan from here on.

    `room` to the maximum is in `room_unit`, units or the quote currency; below zero it is
    exceeded. A part that the plan or the journal does not say is None.
    """

    plan: str | None
    next_tranche: NextTranche | None
    room: float | None
    room_unit: str
    stop: float | None
    break_even: float | None


def plan_left(book: Book, trade: int) -> PlanLeft:
    """Return what is left of the plan of a trade: nothing once it is closed."""
    plan = int(book.trades.plan[trade])
    if not book.trades.is_open[trade]:
        return PlanLeft(plan_label(book, plan), None, None, "units", None, None)
    room, unit = _room(book, trade, plan) if plan >= 0 else (None, "units")
    return PlanLeft(
        plan=plan_label(book, plan),
        next_tranche=next_tranche(book, plan) if plan >= 0 else None,
        room=room,
        room_unit=unit,
        stop=_stop(book, trade),
        break_even=known(book.trades.break_even[trade]),
    )


def next_tranche(book: Book, plan: int) -> NextTranche | None:
    """Return the open tranche of a plan that the price meets first."""
    tranches, version = book.tranches, int(book.plans.last_version[plan])
    first = int(book.versions.first_tranche[version])
    rows = np.arange(first, first + int(book.versions.tranche_count[version]))
    rows = rows[np.isin(tranches.state[rows], (OPEN, PARTIAL))]
    if not len(rows):
        return None
    # A falling price meets a long's highest tranche first.
    order = np.lexsort((rows, -book.versions.direction[version] * tranches.price[rows]))
    row = int(rows[order[0]])
    return NextTranche(
        number=int(tranches.number[row]),
        quantity=known(tranches.quantity[row] - tranches.filled_quantity[row]),
        price=known(tranches.price[row]),
    )


def _room(book: Book, trade: int, plan: int) -> tuple[float | None, str]:
    versions, trades = book.versions, book.trades
    version = int(book.plans.last_version[plan])
    instrument = book.instruments.known[trades.instrument[trade]]
    held = float(trades.held[trade])
    if np.isnan(versions.maximum_money[version]):
        stated = versions.maximum_units[version]
        most = versions.planned_quantity[version] if np.isnan(stated) else stated
        return known(most - held), "units"
    inverse = book.instruments.is_inverse[trades.instrument[trade]]
    price = 1.0 if inverse else trades.average_held[trade]
    cost = held * trades.multiplier[trade] * price if held else 0.0
    return known(versions.maximum_money[version] - cost), instrument.quote


def _stop(book: Book, trade: int) -> float | None:
    stops = book.stops
    rows = np.flatnonzero((stops.trade == trade) & (stops.at <= book.as_of))
    return known(stops.price[rows[-1]]) if len(rows) else None
