"""Which part of a journal a list shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.clock import UNKNOWN_TIME, local_midnights, to_microseconds
from journal.book.comparison import Bools, Ints
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.moment import Moment, Precision
from journal.domain.money import clip


@dataclass(frozen=True, slots=True)
class Selection:
    """One account, one instrument, and a time to begin with (microseconds); None takes all."""

    account: str | None = None
    instrument: str | None = None
    since: int = UNKNOWN_TIME

    def chooses(self, book: Book, account: Ints, instrument: Ints) -> Bools:
        """Return where rows of these account and instrument codes are wanted."""
        chosen = np.ones(len(account), bool)
        if self.account is not None:
            chosen &= account == account_code(book, self.account)
        if self.instrument is not None:
            chosen &= instrument == instrument_code(book, self.instrument)
        return chosen


def account_code(book: Book, name: str) -> int:
    """Return an account's code, or refuse a name the journal does not have."""
    if name not in book.accounts:
        raise InputError(
            f"there is no account {clip(name)!r}", hint="accounts: " + ", ".join(book.accounts)
        )
    return book.accounts.index(name)


def instrument_code(book: Book, symbol: str) -> int:
    """Return an instrument's code, or refuse a symbol the journal does not have."""
    symbols = book.instruments.symbols
    if symbol not in symbols:
        raise InputError(
            f"the journal has nothing of {clip(symbol)!r}",
            hint="instruments: " + (", ".join(symbols[:8]) or "none yet"),
        )
    return symbols.index(symbol)


def instant_of(book: Book, text: str | None, account: str | None = None) -> int:
    """Return the instant a `--since` means: a date is its first moment in the account's zone."""
    if text is None:
        return UNKNOWN_TIME
    zone = book.policies.zones[0 if account is None else account_code(book, account)]
    moment = Moment.parse(text, zone)
    at = to_microseconds(moment.at)
    if moment.precision is Precision.DAY:
        return int(local_midnights(np.array([at]), zone)[0])
    return at
