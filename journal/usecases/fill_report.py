"""What a trader reads after logging a fill: where it went, what it broke, what is left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.keys import fill_key, trade_key
from journal.book.tables import Book
from journal.domain.money import canonical
from journal.reporting.values import direction_word, known
from journal.reporting.violation_lines import ViolationLine, violation_lines
from journal.usecases.log_fill import LoggedFill, fill_of
from journal.usecases.plan_left import PlanLeft, plan_left


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a fill went to one entry tranche or one exit."""

    number: int
    quantity: float


@dataclass(frozen=True, slots=True)
class FillReport:
    """A logged fill; the figures are those of its trade, the second one if it went through zero.

    `unplanned_quantity` is what no tranche planned, None on exits; `protective_quantity` what
    left at the stop or the invalidation, `early_quantity` what left before a target, None on
    entries. `net_pnl` is what this fill realised after fees; `trade_net_pnl` and `r_multiple`
    those of a trade it closed.
    """

    fill: str
    entry: int
    head: str
    at: str
    account: str
    instrument: str
    side: str
    quantity: str
    price: str
    fee: str | None
    fee_currency: str | None
    trade: str
    direction: str
    state: str
    currency: str
    tranches: list[Share]
    exits: list[Share]
    unplanned_quantity: float | None
    protective_quantity: float | None
    early_quantity: float | None
    position: float
    average_entry: float | None
    net_pnl: float | None
    trade_net_pnl: float | None
    r_multiple: float | None
    plan: PlanLeft
    violations: list[ViolationLine]


def fill_report(logged: LoggedFill) -> FillReport:
    """Return the report of a fill just logged."""
    book, fill = logged.judgement.book, fill_of(logged.event)
    parts, last = list(logged.parts), logged.parts[-1]
    trade = int(book.fills.trade[last])
    closed = not book.trades.is_open[trade]
    entries = [row for row in parts if book.fills.is_entry[row]]
    exits = [row for row in parts if not book.fills.is_entry[row]]
    instrument = book.instruments.known[book.fills.instrument[last]]
    return FillReport(
        fill=fill_key(book, parts[0]),
        entry=logged.receipt.number,
        head=logged.receipt.hash,
        at=str(logged.event.at),
        account=logged.account,
        instrument=fill.symbol,
        side=fill.side,
        quantity=canonical(fill.quantity),
        price=canonical(fill.price),
        fee=canonical(fill.fee.amount) if fill.fee else None,
        fee_currency=fill.fee.currency if fill.fee else None,
        trade=trade_key(book, trade),
        direction=direction_word(book.trades.direction[trade]),
        state="closed" if closed else "open",
        currency=instrument.settlement,
        tranches=_shares(book, entries),
        exits=_shares(book, exits),
        unplanned_quantity=known(book.fills.unplanned_quantity[entries].sum()) if entries else None,
        protective_quantity=known(book.fills.protective_quantity[exits].sum()) if exits else None,
        early_quantity=known(book.fills.early_quantity[exits].sum()) if exits else None,
        position=float(book.fills.position_after[last]),
        average_entry=known(book.fills.average_entry_after[last]),
        net_pnl=known(book.fills.realised_net[exits].sum()) if exits else None,
        trade_net_pnl=known(book.trades.net[trade]) if closed else None,
        r_multiple=known(book.trades.r_multiple[trade]) if closed else None,
        plan=plan_left(book, trade),
        violations=violation_lines(logged.judgement, logged.violations),
    )


def _shares(book: Book, parts: list[int]) -> list[Share]:
    found = book.allocations
    rows = np.flatnonzero(np.isin(found.fill, parts))
    return [Share(int(found.tranche[row]), float(found.quantity[row])) for row in rows]
