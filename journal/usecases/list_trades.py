"""Every trade from flat to flat."""

from __future__ import annotations

import numpy as np

from journal.book.judging import Judgement
from journal.reporting.trade_lines import TradeLine, in_order, trade_lines
from journal.usecases.selection import Selection


def list_trades(
    judgement: Judgement, selection: Selection, *, open_only: bool = False
) -> list[TradeLine]:
    """Return the selected trades in the order they were opened."""
    book = judgement.book
    trades = book.trades
    chosen = selection.chooses(book, trades.account, trades.instrument)
    chosen &= trades.opened_at >= selection.since
    if open_only:
        chosen &= trades.is_open
    return trade_lines(judgement, in_order(book, np.flatnonzero(chosen)))
