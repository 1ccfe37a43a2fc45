"""Trades, plans and account-days of one book found again in another book of the same journal."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Ints
from journal.book.tables import Book

_PARTS = 4  # of one stored fill or opening: two parts each


def same_owners(book: Book, other: Book) -> Ints:
    """Return, for each owner (see `owner_of`), its number in the other book, -1 if it is gone.

    A trade goes by the first of its fills that is still there. Where trades became one, or one
    became several, only the first of them is the same.
    """
    trades, plans, days = _trades(book, other), _plans(book, other), _days(book, other)
    behind_trades = len(other.trades)
    behind_plans = behind_trades + len(other.plans)
    return np.concatenate(
        (
            trades,
            np.where(plans >= 0, behind_trades + plans, -1),
            np.where(days >= 0, behind_plans + days, -1),
        )
    )


def same_accounts(book: Book, other: Book) -> Ints:
    """Return the code of each account in the other book, -1 if nothing names it there."""
    codes = {name: code for code, name in enumerate(other.accounts)}
    return np.array([codes.get(name, -1) for name in book.accounts], np.int64)


def _trades(book: Book, other: Book) -> Ints:
    found = _place(_fill_keys(book), _fill_keys(other))
    there = np.flatnonzero(found >= 0)[::-1]  # the first fill is written last, and stays
    result = np.full(len(book.trades), -1, np.int64)
    result[book.fills.trade[there]] = other.fills.trade[found[there]]
    first = np.unique(result, return_index=True)[1]
    only = np.full(len(result), -1, np.int64)
    only[first] = result[first]
    return only


def _fill_keys(book: Book) -> Ints:
    fills = book.fills
    return fills.id * _PARTS + (fills.part - 1) * 2 + fills.is_fill


def _plans(book: Book, other: Book) -> Ints:
    return _place(book.plans.id, other.plans.id)


def _days(book: Book, other: Book) -> Ints:
    code = same_accounts(book, other)[book.days.account]
    key = np.where(code >= 0, _day_key(code, book.days.day), -1)
    return _place(key, _day_key(other.days.account, other.days.day))


def _day_key(account: Ints, day: Ints) -> Ints:
    return account * (1 << 31) + day


def _place(keys: Ints, others: Ints) -> Ints:
    """Return where each key stands among the others, -1 where it does not."""
    if not len(others):
        return np.full(len(keys), -1, np.int64)
    order = np.argsort(others, kind="stable")
    near = order[np.minimum(np.searchsorted(others[order], keys), len(others) - 1)]
    return np.where(others[near] == keys, near, -1)
