"""Trades as lines: planned against made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import Ints
from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.reporting.plan_names import plan_label, plan_tags
from journal.reporting.values import direction_word, known, moment


@dataclass(frozen=True, slots=True)
class TradeLine:
    """One trade; money in `currency`, `quantity` what was entered, None where not known."""

    trade: str
    account: str
    instrument: str
    direction: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    quantity: float
    average_entry: float | None
    average_exit: float | None
    gross_pnl: float | None
    fees: float | None
    funding: float | None
    net_pnl: float | None
    planned_risk: float | None
    r_multiple: float | None
    violations: int
    plan: str | None
    tags: tuple[str, ...]
    currency: str
    opening_known: bool


def in_order(book: Book, trades: Ints) -> Ints:
    """Return trades in the order they were opened, those of one instant as they were written."""
    written = book.fills.row[book.trades.first[trades]]
    return trades[np.lexsort((written, book.trades.opened_at[trades]))]


def trade_lines(judgement: Judgement, rows: Ints) -> list[TradeLine]:
    """Return these trades, each as a line with the number of its violations."""
    broken = Counter(violation.trade for violation in judgement.violations())
    return [_line(judgement.book, int(row), broken[int(row)]) for row in rows]


def _line(book: Book, row: int, violations: int) -> TradeLine:
    trades = book.trades
    instrument = book.instruments.known[trades.instrument[row]]
    plan = int(trades.plan[row])
    return TradeLine(
        trade=trade_key(book, row),
        account=book.accounts[trades.account[row]],
        instrument=instrument.symbol,
        direction=direction_word(trades.direction[row]),
        state="open" if trades.is_open[row] else "closed",
        opened_at=to_datetime(int(trades.opened_at[row])),
        closed_at=moment(int(trades.closed_at[row])),
        quantity=float(trades.quantity[row]),
        average_entry=known(trades.average_entry[row]),
        average_exit=known(trades.average_exit[row]),
        gross_pnl=known(trades.gross[row]),
        fees=known(trades.fees[row]),
        funding=known(trades.funding[row]),
        net_pnl=known(trades.net[row]),
        planned_risk=known(trades.planned_risk[row]),
        r_multiple=known(trades.r_multiple[row]),
        violations=violations,
        plan=plan_label(book, plan),
        tags=plan_tags(book, plan),
        currency=instrument.settlement,
        opening_known=bool(trades.opening_known[row]),
    )
