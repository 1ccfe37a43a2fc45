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
    notes = book.facts.notes
    trades, at = noted(book, range(len(notes.text)))
    return [
        NoteLine(to_datetime(int(at[row])), notes.text[row], tuple(notes.tags[row].split()))
        for row in np.flatnonzero(trades == trade).tolist()
    ]


def bad_win_notes(book: Book, trade: int) -> list[str]:
    """Return what was written on a trade as on one that won without discipline."""
    return [note.text for note in notes_of(book, trade) if BAD_WIN in note.tags]
