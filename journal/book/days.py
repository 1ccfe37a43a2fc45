"""Account-days: calendar days of the account's time zone, from the policy's day start."""

from __future__ import annotations

import numpy as np

from journal.book.clock import DAY, local_days, to_datetime, to_microseconds
from journal.book.comparison import Floats, Ints
from journal.book.currency import account_rate
from journal.book.grouping import sums_before
from journal.book.tables import Book, Days


def account_day(book: Book, account: Ints, at: Ints) -> Ints:
    """Return the account's calendar day (days since 1970) of each instant."""
    days = np.zeros(len(at), np.int64)
    for code in np.flatnonzero(np.bincount(account)):
        rows = account == code
        days[rows] = local_days(at[rows], book.policies.zones[code], book.policies.day_starts[code])
    return days


def day_start(book: Book, account: Ints, at: Ints) -> Ints:
    """Return the instant at which the account-day of each instant began."""
    starts = np.zeros(len(at), np.int64)
    day = account_day(book, account, at)
    for code in np.flatnonzero(np.bincount(account)):
        rows = np.flatnonzero(account == code)
        zone = book.policies.zones[code]
        days, where = np.unique(day[rows], return_inverse=True)
        midnights = [
            to_microseconds(
                to_datetime(int(each) * DAY + book.policies.day_starts[code]).replace(tzinfo=zone)
            )
            for each in days
        ]
        starts[rows] = np.array(midnights, np.int64)[where]
    return starts


def policy_day_start(book: Book, account: Ints, at: Ints) -> Ints:
    """Return the instant whose policy holds for each instant's account-day: the day's start.

    On the day of the account's entry it is the entry, before which nothing was stated.
    """
    return np.maximum(day_start(book, account, at), book.policies.started_at[account])


def read_days(book: Book) -> Days:
    """Return the account-days on which judged trades begin.

    A trade that begins with an exit was opened before the journal, and does not count as opened.
    """
    trades = book.trades
    judged = np.flatnonzero(trades.is_judged)
    day = account_day(book, trades.account[judged], trades.opened_at[judged])
    key = trades.account[judged] * (1 << 31) + day
    _, first, where = np.unique(key, return_index=True, return_inverse=True)
    of_trade = np.full(len(trades), -1, np.int64)
    of_trade[judged] = where
    account = trades.account[judged][first]
    return Days(
        account=account,
        day=day[first],
        started_at=day_start(book, account, trades.opened_at[judged][first]),
        trades=np.bincount(where[trades.has_entry[judged]], minlength=len(first)),
        of_trade=of_trade,
    )


def realised_before(book: Book) -> Floats:
    """Return, per fill part, the net P&L its account-day had realised before it.

    All instruments together, funding included, in the account's currency; NaN where a fee or a
    rate before it is not known. Parts of one instant count in the order they were written.
    """
    fills, payments = book.fills, book.payments
    rate = account_rate(book, fills.account, fills.instrument, fills.at_latest)
    exits = ~fills.is_entry & fills.is_fill
    booked = np.where(exits, fills.realised_net * rate, 0.0)
    paid_rate = account_rate(book, payments.account, payments.instrument, payments.at)
    account = np.concatenate((fills.account, payments.account))
    at = np.concatenate((fills.at, payments.at))
    amount = np.concatenate((booked, payments.amount * paid_rate))
    written = np.concatenate((fills.id, np.zeros(len(payments.at), np.int64)))
    part = np.concatenate((fills.part, np.zeros(len(payments.at), np.int64)))
    day = account_day(book, account, at)
    order = np.lexsort((part, written, at, day, account))
    key = account[order] * (1 << 31) + day[order]
    _, owner = np.unique(key, return_inverse=True)
    before = np.zeros(len(order))
    before[order] = sums_before(amount[order], owner)
    return before[: len(fills)]
