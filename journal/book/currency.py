"""Settlement money in the account's currency, by the rates the journal knows."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.rates import rates
from journal.book.tables import Book


def account_rate(book: Book, account: Ints, instrument: Ints, at: Ints) -> Floats:
    """Return what one unit of each row's settlement currency is worth in its account's currency.

    1 where they are the same or the policy lists the pair in `parity`; NaN where no price at most
    24 h old is known, or the account's currency was never stated.
    """
    result = np.full(len(account), np.nan)
    pairs = set(zip(account.tolist(), instrument.tolist(), strict=True))
    for owner, code in sorted(pairs):
        own = book.policies.currencies[owner]
        settlement = book.instruments.known[code].settlement
        rows = np.flatnonzero((account == owner) & (instrument == code))
        if own is None:
            continue
        if settlement == own or frozenset((settlement, own)) in book.policies.parity:
            result[rows] = 1.0
        else:
            result[rows] = rates(settlement, own, at[rows], book.path, book.instruments)
    return result


def equity(book: Book, account: Ints, at: Ints) -> Floats:
    """Return the equity each account stated last; NaN where it stated none."""
    return book.policies.stated("equity", account, at)


def equity_stated_at(book: Book, account: Ints, at: Ints) -> Ints:
    """Return when each account stated the equity in force; `UNKNOWN_TIME` where it stated none."""
    return book.policies.terms["equity"].since(account, at)
