"""The book as pandas frames: what reviews are measured from, and notebooks work with.

Frames hold floats with NaN for what is not known, and UTC times with NaT for what has not come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pandas as pd

from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.reporting.trade_lines import TradeLine
from journal.reporting.violation_lines import ViolationLine


def trades_frame(lines: Sequence[TradeLine]) -> pd.DataFrame:
    """Return trades, one a row."""
    frame = _frame(TradeLine, lines)
    for name in ("opened_at", "closed_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    numbers = ("quantity", "average_entry", "average_exit", "gross_pnl", "fees", "funding")
    for name in (*numbers, "net_pnl", "planned_risk", "r_multiple"):
        frame[name] = frame[name].astype(float)
    return frame


def violations_frame(lines: Sequence[ViolationLine]) -> pd.DataFrame:
    """Return violations, one a row."""
    frame = _frame(ViolationLine, lines)
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    for name in ("cost", "cost_r"):
        frame[name] = frame[name].astype(float)
    return frame


def _frame(kind: type[TradeLine | ViolationLine], lines: Sequence[object]) -> pd.DataFrame:
    """Return lines as columns; pandas itself would copy each line, and all that it holds, first."""
    names = [each.name for each in fields(kind)]
    return pd.DataFrame({name: [getattr(line, name) for line in lines] for name in names})


def results_frame(book: Book) -> pd.DataFrame:
    """Return what was booked and when: each exit net of its fees, each funding payment."""
    exits = _exits(book)
    funding = _funding(book)
    frame = pd.concat([exits, funding], ignore_index=True) if len(funding) else exits
    return frame.sort_values("at", kind="stable", ignore_index=True)


def _exits(book: Book) -> pd.DataFrame:
    fills = book.fills
    rows = np.flatnonzero(~fills.is_entry)
    keys = {trade: trade_key(book, trade) for trade in np.unique(fills.trade[rows]).tolist()}
    known = book.instruments.known
    return pd.DataFrame(
        {
            "at": pd.to_datetime(np.take(fills.at, rows), unit="us", utc=True),
            "account": [book.accounts[code] for code in fills.account[rows]],
            "currency": [known[code].settlement for code in fills.instrument[rows]],
            "trade": [keys[trade] for trade in fills.trade[rows].tolist()],
            "net_pnl": fills.realised_net[rows],
        }
    )


def _funding(book: Book) -> pd.DataFrame:
    """Return funding payments in the settlement currency; NaN where no rate is known."""
    paid, known = book.payments, book.instruments.known
    return pd.DataFrame(
        {
            "at": pd.to_datetime(paid.at, unit="us", utc=True),
            "account": [book.accounts[code] for code in paid.account],
            "currency": [known[code].settlement for code in paid.instrument],
            "trade": [trade_key(book, trade) if trade >= 0 else None for trade in paid.trade],
            "net_pnl": paid.amount,
        }
    )
