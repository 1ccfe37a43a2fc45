"""Written exit reasons: notes tagged `#exit`, each for the next exit order of its trade."""

from __future__ import annotations

import numpy as np

from journal.book.clock import microseconds
from journal.book.comparison import Bools, Ints
from journal.book.parts import day_aware
from journal.book.tables import Book
from journal.book.versions import effective_times, latest

_DIRECTIONS = {"long": 1, "short": -1, None: 0}


def exit_reasons(book: Book) -> Bools:
    """Return exit parts whose order had a reason in writing by its time.

    A note covers the first exit order of its trade at or after it, and no other.
    """
    fills = book.fills
    covered = np.zeros(len(fills), bool)
    trade, at = _noted(book)
    if not len(trade):
        return covered
    exits = np.flatnonzero(~fills.is_entry)
    for owner, since in zip(trade, at, strict=True):
        own = exits[(fills.trade[exits] == owner) & (fills.at_latest[exits] >= since)]
        own = own[~covered[own]]
        if len(own):
            covered |= ~fills.is_entry & (fills.group == fills.group[own[0]])
    return covered


def _noted(book: Book) -> tuple[Ints, Ints]:
    """Return the trade and the effective time of every note tagged `#exit`."""
    notes = book.facts.notes
    tagged = [row for row, tags in enumerate(notes.tags) if "exit" in tags.split()]
    accounts = {name: code for code, name in enumerate(book.accounts)}
    codes = {symbol: code for code, symbol in enumerate(book.instruments.symbols)}
    account = np.array([accounts[notes.account[row]] for row in tagged], np.int64)
    instrument = np.array([codes[notes.symbol[row]] for row in tagged], np.int64)
    side = np.array([_DIRECTIONS[notes.direction[row]] for row in tagged], np.int64)
    precisions = [notes.at_precision[row] for row in tagged]
    at = day_aware(
        microseconds([notes.at[row] for row in tagged]), precisions, account, book.policies.zones
    )
    recorded = microseconds([notes.recorded_at[row] for row in tagged])
    trades = book.trades
    best = np.full(len(at), -1, np.int64)
    for direction in (-1, 1):
        own = np.flatnonzero(trades.direction == direction)
        own = own[np.argsort(trades.opened_at[own], kind="stable")]
        key = trades.account[own] * (1 << 31) + trades.instrument[own]
        found = latest(key, trades.opened_at[own], account * (1 << 31) + instrument, at)
        trade = np.where(found >= 0, np.append(own, -1)[found], -1)
        best = np.where((trade >= 0) & (side != -direction), np.maximum(best, trade), best)
    known = best >= 0
    return best[known], effective_times(at, recorded)[known]
