"""Every fill with what it did: its trade, its tranche, the position and the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from journal.book.clock import to_datetime, written_date
from journal.book.comparison import Ints
from journal.book.evidence import number_text
from journal.book.keys import fill_key, trade_key
from journal.book.tables import Book
from journal.reporting.fill_roles import exit_class
from journal.reporting.values import known
from journal.usecases.selection import Selection


@dataclass(frozen=True, slots=True)
class FillLine:
    """One fill part. Facts are exact texts, what is derived is a number; None is not known.

    `filled_on` is the date, where no time of day was written: `at` is then where that day begins.
    `fee` is what was charged, `fee_settled` the same in the settlement currency. `tranche` is
    the entry tranche it went to first, `target` the exit; `exit_as` says what an exit of a
    planned trade mostly was. `position_after` is signed.
    """

    id: str
    trade: str
    account: str
    instrument: str
    at: datetime
    filled_on: date | None
    side: str
    is_entry: bool
    quantity: str | None
    price: str
    fee: str | None
    fee_currency: str | None
    fee_settled: float | None
    tranche: int | None
    target: int | None
    exit_as: str | None
    unplanned_quantity: float
    position_after: float
    average_entry_after: float | None
    realised_gross: float | None
    realised_net: float | None
    currency: str
    venue_id: str | None


def list_fills(book: Book, selection: Selection) -> list[FillLine]:
    """Return the selected fill parts in the order they happened; openings are none."""
    fills = book.fills
    chosen = fills.is_fill & selection.chooses(book, fills.account, fills.instrument)
    chosen &= fills.at >= selection.since
    rows = np.flatnonzero(chosen)
    return fill_lines(book, rows[np.lexsort((fills.row[rows], fills.at[rows]))])


def fill_lines(book: Book, rows: Ints) -> list[FillLine]:
    """Return these parts, each as a line."""
    return [_line(book, int(row)) for row in rows]


def _line(book: Book, row: int) -> FillLine:
    fills, facts = book.fills, book.facts.fills
    fact, part = int(fills.row[row]), float(fills.share[row])
    instrument = book.instruments.known[fills.instrument[row]]
    is_entry = bool(fills.is_entry[row])
    after = float(fills.position_after[row])
    return FillLine(
        id=fill_key(book, row),
        trade=trade_key(book, int(fills.trade[row])),
        account=book.accounts[fills.account[row]],
        instrument=instrument.symbol,
        at=to_datetime(int(fills.at[row])),
        filled_on=written_date(facts.at[fact], facts.at_precision[fact]),
        side=facts.side[fact],
        is_entry=is_entry,
        quantity=facts.quantity[fact] if part == 1 else number_text(fills.quantity[row]),
        price=facts.price[fact],
        fee=_part_of(facts.fee[fact], part),
        fee_currency=facts.fee_currency[fact],
        fee_settled=known(fills.fee[row]),
        tranche=int(fills.tranche[row]) or None,
        target=int(fills.target[row]) or None,
        exit_as=exit_class(book, row),
        unplanned_quantity=float(fills.unplanned_quantity[row]),
        position_after=after,
        average_entry_after=known(fills.average_entry_after[row]) if after else None,
        realised_gross=None if is_entry else known(fills.realised_gross[row]),
        realised_net=None if is_entry else known(fills.realised_net[row]),
        currency=instrument.settlement,
        venue_id=facts.venue_id[fact],
    )


def _part_of(fee: str | None, part: float) -> str | None:
    """Return a fee as charged; a fill through zero shares it between its two parts."""
    return fee if fee is None or part == 1 else number_text(float(fee) * part)
