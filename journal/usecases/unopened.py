"""Positions whose beginning the journal never saw: more was sold than bought, or the reverse."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from journal.book.clock import to_datetime, written_date
from journal.book.comparison import Bools
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.domain.plan import Direction


@dataclass(frozen=True, slots=True)
class Unopened:
    """What must have been held before `before`, when the first of these trades began.

    `before_on` is the date, where no time of day was written.

    `quantity` is signed, as an opening states it; `position` is set in hedge mode only.
    `in_default` says that the account need not be named.
    """

    account: str
    in_default: bool
    instrument: str
    position: Direction | None
    quantity: float
    trades: list[str]
    before: datetime
    before_on: date | None


def unopened(book: Book, new: Bools, default: str) -> list[Unopened]:
    """Return what new fills took from positions beyond what the journal saw there, oldest first.

    One position is asked for once, however many of its trades were cut by what is missing: held
    from the start, the sum of all that was missing would have covered each of them. `default` is
    the account that is meant where none is named.
    """
    fills, trades = book.fills, book.trades
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for trade in np.unique(fills.trade[new & fills.oversold]).tolist():
        found[int(fills.lane[trades.first[trade]]), int(trades.direction[trade])].append(trade)
    asked = [_asked(book, numbers, default) for numbers in found.values()]
    return sorted(asked, key=lambda each: each.before)


def _asked(book: Book, numbers: list[int], default: str) -> Unopened:
    fills, trades, first = book.fills, book.trades, numbers[0]
    rows = np.flatnonzero(np.isin(fills.trade, numbers) & fills.oversold)
    missing = sum((_missing(book, int(row)) for row in rows), Decimal())
    account = book.accounts[trades.account[first]]
    side = book.facts.fills.position_side[int(fills.row[rows[0]])]
    return Unopened(
        account=account,
        in_default=account == default,
        instrument=book.instruments.symbols[trades.instrument[first]],
        position=Direction(side) if side else None,
        quantity=float(int(trades.direction[first]) * missing),
        trades=[trade_key(book, number) for number in numbers],
        before=to_datetime(int(trades.opened_at[first])),
        before_on=_date(book, int(trades.first[first])),
    )


def _date(book: Book, part: int) -> date | None:
    """Return the date of a fill or opening of which no time of day was written."""
    facts, row = book.facts, int(book.fills.row[part])
    if book.fills.is_fill[part]:
        return written_date(facts.fills.at[row], facts.fills.at_precision[row])
    row -= len(facts.fills.id)  # openings are numbered on from the fills
    return written_date(facts.openings.at[row], facts.openings.at_precision[row])


def _missing(book: Book, row: int) -> Decimal:
    """Return what one fill took too much; subtracted in decimals, since it is typed as printed."""
    quantity, held = (
        Decimal(f"{float(column[row]):.15g}")
        for column in (book.fills.quantity, book.fills.held_quantity)
    )
    return quantity - held
