"""Notes beside the trades they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.notes import noted
from journal.book.tables import Book

BAD_WIN = "bad-win"
"""The tag of a word on a trade that won without discipline."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Words about a trade, at a time when it was open."""

    at: datetime
    text: str
    tags: tuple[str, ...]


def notes_of(book: Book, trade: int) -> list[NoteLine]:
    """Return the notes on a trade, in the order written."""
    return notes_by_trade(book).get(trade, [])


def notes_by_trade(book: Book) -> dict[int, list[NoteLine]]:
    """Return the notes on every trade that has any, in the order written."""
    notes = book.facts.notes
    trades, at = noted(book, range(len(notes.text)))
    found: dict[int, list[NoteLine]] = {}
    for row in np.flatnonzero(trades >= 0).tolist():
        note = NoteLine(to_datetime(int(at[row])), notes.text[row], tuple(notes.tags[row].split()))
        found.setdefault(int(trades[row]), []).append(note)
    return found


def bad_win_notes(book: Book) -> dict[int, list[str]]:
    """Return, by trade, what was written on it as on one that won without discipline."""
    return {
        trade: texts
        for trade, notes in notes_by_trade(book).items()
        if (texts := [note.text for note in notes if BAD_WIN in note.tags])
    }
