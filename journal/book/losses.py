"""Which closed trades were losses, and the last one that closed before an instant."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Ints, exceeds, reaches
from journal.book.tables import Book
from journal.book.versions import latest


def is_loss(book: Book) -> tuple[Bools, Bools]:
    """Return closed trades that count as a loss, and those whose result is known.

    A loss is a net result of -loss_counts_from_r R or worse; any net loss where R is unknown.
    """
    trades = book.trades
    from_r = book.policies.value("loss_counts_from_r", trades.account, trades.opened_latest)
    by_r = reaches(-from_r, trades.r_multiple)
    lost = np.where(np.isnan(trades.r_multiple), exceeds(0.0, trades.net), by_r)
    known = ~np.isnan(trades.net) & ~trades.is_open
    return np.asarray(lost & known), np.asarray(known | trades.is_open)


def last_close(book: Book, chosen: Bools, account: Ints, at: Ints, itself: Ints) -> Ints:
    """Return the chosen trade that closed last at or before each instant on an account, or -1.

    A trade is never its own predecessor.
    """
    trades = book.trades
    closed = np.flatnonzero(chosen & ~trades.is_open)
    closed = closed[np.lexsort((trades.first[closed], trades.closed_at[closed]))]
    found = latest(trades.account[closed], trades.closed_at[closed], account, at)
    trade = np.where(found >= 0, np.append(closed, -1)[found], -1)
    own = trade == itself
    return np.where(own, -1, trade)
