"""Notes on a trade that is over: it goes by its key, and the note is about its last moment.

A note belongs to the trade that was open at the time it is about. When it was really written
stands in its recorded time, so that no reason for an exit comes out of hindsight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from journal.book.clock import NEVER, to_datetime, to_microseconds
from journal.book.results import open_trade
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.event import Event, Note, PlanName
from journal.domain.moment import Moment, Precision
from journal.domain.plan import Direction
from journal.storage.rows import Resolved
from journal.usecases.find_trade import trade_of_key

_MILLISECOND = timedelta(milliseconds=1)
_TRADE = re.compile(r"TO?\d+(\.2)?", re.ASCII)


def names_a_trade(event: Event) -> bool:
    """Tell whether a note goes to a trade by its key, such as T12."""
    body = event.body
    return isinstance(body, Note) and _TRADE.fullmatch(body.plan.name) is not None


def keyed_note(book: Book, event: Event) -> Resolved:
    """Return a note that names a trade by its key as one on that trade."""
    note, now = event.body, event.recorded
    if not isinstance(note, Note) or now is None:
        msg = f"{event} is no note typed just now"
        raise TypeError(msg)
    trade = trade_of_key(book, note.plan.name)
    if trade is None:
        raise InputError(
            f"there is no trade {note.plan.name}", hint="name it as in `journal trades`"
        )
    if event.at != now:
        raise InputError(
            f"{note.plan.name} says already when it was",
            hint="leave --at out, or name the symbol instead",
        )
    return note_on(book, trade, note.text, now, event.tags)


def note_on(book: Book, trade: int, text: str, now: Moment, tags: tuple[str, ...] = ()) -> Resolved:
    """Return a note on a row of the book's trades, to be recorded now."""
    trades = book.trades
    account = book.accounts[trades.account[trade]]
    symbol = book.instruments.symbols[trades.instrument[trade]]
    direction = Direction.LONG if trades.direction[trade] > 0 else Direction.SHORT
    event = Event(
        _moment_in(book, trade, now),
        Note(PlanName(symbol, direction), text),
        None if account == book.facts.default_account else account,
        recorded=now,
        tags=tags,
    )
    return Resolved(event, account=account, symbol=symbol, direction=direction)


def _moment_in(book: Book, trade: int, now: Moment) -> Moment:
    """Return a time at which this trade was open and no newer one of its side: its last, if so."""
    trades = book.trades
    for at in _instants(book, trade, now):
        found = open_trade(
            trades,
            trades.account[[trade]],
            trades.instrument[[trade]],
            trades.direction[[trade]].astype(np.int64),
            np.array([at], np.int64),
        )
        if int(found[0]) == trade:
            return now if at == to_microseconds(now.at) else _moment(at)
    raise InputError(
        "the trade began and ended in the instant in which another began",
        hint="write the note on the other one, and name both in it",
    )


def _instants(book: Book, trade: int, now: Moment) -> Iterator[int]:
    trades = book.trades
    closed = int(trades.closed_at[trade])
    yield to_microseconds(now.at) if closed == NEVER else closed
    first = int(trades.first[trade])
    rows = slice(first, first + int(trades.count[trade]))
    yield from book.fills.at[rows][::-1].tolist()


def _moment(at: int) -> Moment:
    """Return an instant written no finer than it has to be."""
    when = to_datetime(at)
    below_second = timedelta(microseconds=when.microsecond)
    if not below_second:
        return Moment(when, Precision.SECOND)
    fine = below_second % _MILLISECOND
    return Moment(when, Precision.MICROSECOND if fine else Precision.MILLISECOND)
