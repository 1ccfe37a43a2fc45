"""Written exit reasons: notes tagged `#exit`, each for the next exit order of its trade."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journal.book.clock import NEVER, microseconds
from journal.book.comparison import Bools, Ints
from journal.book.parts import day_aware
from journal.book.results import open_trade
from journal.book.tables import Book
from journal.book.versions import effective_times, latest

_DIRECTIONS = {"long": 1, "short": -1, None: 0}


def exit_reasons(book: Book) -> Bools:
    """Return exit parts that had a reason in writing by their time.

    A note is for the first exit order of its trade at or after it and for no other; what that
    order sold before the note is not covered.
    """
    fills = book.fills
    trade, since = _noted(book)
    backwards = np.flatnonzero(~fills.is_entry)[::-1]
    # The first exit from an instant on is the last one before it, with time running backwards.
    found = latest(fills.trade[backwards], -fills.at_latest[backwards], trade, -since)
    noted = np.flatnonzero(found >= 0)
    covered_from = np.full(len(fills), NEVER, np.int64)
    np.minimum.at(covered_from, fills.group[backwards[found[noted]]], since[noted])
    return fills.at_latest >= covered_from[fills.group]


def _noted(book: Book) -> tuple[Ints, Ints]:
    """Return the trade open at every note tagged `#exit`, and the note's effective time."""
    notes = book.facts.notes
    tagged = [row for row, tags in enumerate(notes.tags) if "exit" in tags.split()]
    trade, at = noted(book, tagged)
    recorded = microseconds([notes.recorded_at[row] for row in tagged])
    known = trade >= 0
    return trade[known], effective_times(at, recorded)[known]


def noted(book: Book, rows: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the trade that was open at the time of each of these notes, or -1, and that time."""
    notes = book.facts.notes
    accounts = {name: code for code, name in enumerate(book.accounts)}
    codes = {symbol: code for code, symbol in enumerate(book.instruments.symbols)}
    account = np.array([accounts[notes.account[row]] for row in rows], np.int64)
    instrument = np.array([codes[notes.symbol[row]] for row in rows], np.int64)
    side = np.array([_DIRECTIONS[notes.direction[row]] for row in rows], np.int64)
    precisions = [notes.at_precision[row] for row in rows]
    at = day_aware(
        microseconds([notes.at[row] for row in rows]), precisions, account, book.policies.zones
    )
    return open_trade(book.trades, account, instrument, side, at), at
