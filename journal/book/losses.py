"""Which closed trades were losses, and the last one that closed before another trade."""

from __future__ import annotations

import numpy as np

from journal.book.clock import UNKNOWN_TIME, dated_span
from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches
from journal.book.sequence import in_time
from journal.book.tables import Book
from journal.book.versions import latest


def closed_net(book: Book) -> Floats:
    """Return each trade's net P&L, NaN while it is open."""
    return np.where(book.trades.is_open, np.nan, book.trades.net)


def is_loss(book: Book) -> tuple[Bools, Bools]:
    """Return closed trades that count as a loss, and those whose result is not known.

    A loss is a net result of -loss_counts_from_r R or worse; any net loss where R is unknown.
    """
    trades, net = book.trades, closed_net(book)
    from_r = book.policies.value("loss_counts_from_r", trades.account, trades.opened_latest)
    by_r = reaches(-from_r, trades.r_multiple)
    lost = np.where(np.isnan(trades.r_multiple), exceeds(0.0, net), by_r)
    known = ~np.isnan(net)
    return np.asarray(lost & known), ~known & ~trades.is_open


def last_before_opening(book: Book, chosen: Bools) -> Ints:
    """Return, for each trade, which of chosen closed ones was the last before it opened.

    Both of one account; -1 where there is none. A flip closes its old side before it opens the
    new one.
    """
    first, closing, place = book.trades.first, _closing(book), in_time(book.fills)
    return _last(book, chosen, place[closing], place[first])


def last_before_lock(book: Book, chosen: Bools) -> Ints:
    """Return, for each trade, which of chosen closed ones was the last before its plan's lock.

    Both of one account; -1 where there is none. A lock within the clock slack of a close does not
    come after it; what only has a date closed at its midnight.
    """
    trades = book.trades
    locked = np.append(book.plans.locked_at, UNKNOWN_TIME + 1)[trades.plan]
    dated = dated_span(trades.closed_at, trades.closed_latest) > 0
    return _last(book, chosen, np.where(dated, trades.closed_at, trades.closed_latest), locked)


def _closing(book: Book) -> Ints:
    return book.trades.first + book.trades.count - 1


def _last(book: Book, chosen: Bools, closed: Ints, before: Ints) -> Ints:
    """Return the chosen one, of closed trades of the account, that closed last before each time."""
    trades = book.trades
    own = np.flatnonzero(chosen)
    own = own[np.argsort(in_time(book.fills)[_closing(book)[own]])]
    found = latest(trades.account[own], closed[own], trades.account, before - 1)
    last: Ints = np.append(own, -1)[found]
    return last
