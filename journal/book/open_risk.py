"""Which plans and which trades without one were open on an account when a plan version began."""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Ints
from journal.book.tables import EXPIRED, Book

Pairs = tuple[Ints, Ints]


def plans_open(book: Book) -> Pairs:
    """Return (version, version it counts) for every plan that had not ended, its own included.

    Each plan counts with its newest version before its first fill and with the frozen one after.
    """
    versions, plans = book.versions, book.plans
    begin = versions.effective_at
    places = np.flatnonzero(_counting(book))
    same = versions.plan[places[1:]] == versions.plan[places[:-1]]
    following = np.full(len(versions), NEVER, np.int64)
    following[places[:-1][same]] = begin[places[1:][same]]
    # At its very `until` a plan has not passed it yet.
    over = plans.ended_at + (plans.end == EXPIRED)
    end = np.minimum(following, over[versions.plan])[places]
    asking, counted = _held_by(versions.account[places], begin[places], end, book)
    return asking, places[counted]


def unplanned_open(book: Book) -> Pairs:
    """Return (version, trade) for every trade without a plan that was open then."""
    trades = book.trades
    rows = np.flatnonzero(trades.plan < 0)
    asking, found = _held_by(
        trades.account[rows], trades.opened_at[rows], trades.closed_at[rows], book
    )
    return asking, rows[found]


def _counting(book: Book) -> Bools:
    """Return versions whose planned risk ever counts: until the first fill, then the frozen one."""
    versions, plans, trades = book.versions, book.plans, book.trades
    opened = np.append(trades.opened_at, NEVER)[plans.trade]
    frozen = np.append(trades.risk_version, -1)[plans.trade]
    before: Bools = versions.effective_at <= opened[versions.plan]
    is_frozen: Bools = np.arange(len(versions)) == frozen[versions.plan]
    return before | is_frozen


def _held_by(owner: Ints, begin: Ints, end: Ints, book: Book) -> Pairs:
    """Return (version, span) where a span [begin, end) of its account holds its effective time."""
    versions = book.versions
    asking, found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for account in np.flatnonzero(np.bincount(versions.account)):
        asked = np.flatnonzero(versions.account == account)
        asked = asked[np.argsort(versions.effective_at[asked], kind="stable")]
        own = np.flatnonzero(owner == account)
        first = np.searchsorted(versions.effective_at[asked], begin[own])
        count = np.searchsorted(versions.effective_at[asked], end[own]) - first
        count = np.maximum(count, 0)
        nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        asking.append(asked[np.repeat(first, count) + nth])
        found.append(np.repeat(own, count))
    return np.concatenate(asking), np.concatenate(found)
