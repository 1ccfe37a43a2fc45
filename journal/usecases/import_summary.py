"""What an import adds up to: fills, trades, trades without a plan, new violations."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Ints
from journal.book.facts import Facts
from journal.book.judging import judge
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.rules import RULES
from journal.storage.directory import read_directory
from journal.storage.entries import last_entry
from journal.storage.reading import read_facts
from journal.usecases.unopened import Unopened, unopened
from journal.usecases.window import book_of, keep_checkpoints


@dataclass(frozen=True, slots=True)
class Summary:
    """`trades` are those that the new fills belong to, `without_plan` those of them planless.

    `unopened` are positions whose beginning is missing; their verdicts stay unknown. `unstated`
    are accounts with planless trades that were never added, and so began with their first fill.
    """

    fills: int
    trades: int
    without_plan: int
    new_violations: int
    unopened: list[Unopened]
    unstated: list[str]


NOTHING = Summary(0, 0, 0, 0, [], [])


def summarised(connection: sqlite3.Connection, before: Facts, now: Moment) -> Summary:
    """Compare the journal with what it was before, and note where positions are flat."""
    if last_entry(connection)[1] == before.head:
        return NOTHING
    book = book_of(read_facts(connection), now)
    new = book.fills.is_fill & (book.fills.id > max(before.fills.id, default=0))
    _check_tranches(book, new)
    keep_checkpoints(connection, book)
    known = _violations(book_of(before, now)) if before.fills.id or before.plans.id else set()
    trades = np.unique(book.fills.trade[new])
    directory = read_directory(connection, plans=False)
    return Summary(
        fills=len(np.unique(book.fills.id[new])),
        trades=len(trades),
        without_plan=int((book.trades.plan[trades] < 0).sum()),
        new_violations=len(_violations(book) - known),
        unopened=unopened(book, new, directory.default_account),
        unstated=[each for each in _planless(book, trades) if each not in directory.accounts],
    )


def _planless(book: Book, trades: Ints) -> list[str]:
    """Return the accounts of those of these trades that have no plan."""
    accounts = book.trades.account[trades[book.trades.plan[trades] < 0]]
    return [book.accounts[account] for account in np.unique(accounts)]


def _violations(book: Book) -> set[str]:
    return judge(book, RULES).violation_ids()


def _check_tranches(book: Book, new: Bools) -> None:
    """Refuse a fill that names a tranche its plan lacks; one recorded live was let through."""
    fills = book.fills
    counts = np.append(book.versions.tranche_count, 0)[fills.version]
    wrong = new & fills.is_entry & (fills.named_tranche > counts)
    for row in np.flatnonzero(wrong).tolist():
        fact = int(fills.row[row])
        columns = book.facts.fills
        if columns.recorded_at[fact] is None:
            raise InputError(
                f"the fill of {columns.symbol[fact]} at {columns.at[fact]} UTC names tranche "
                f"{columns.tranche[fact]}, which no plan in force has",
                hint="nothing was imported; correct the number or leave it out",
            )
