"""Names of subjects that stay the same over re-runs and later imports.

They are built from the keys under which facts are stored: `F8` is the fill stored as number 8
(`F8.2` its part beyond zero), `T8` the trade it opened, `P3.1` a plan and version, `P3.1.2` a
tranche, `S4` a stop, `K2` a skip, `O1` an opening balance, `main.2026-01-05` an account-day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from journal.book.clock import DAY, to_datetime
from journal.book.tables import Book
from journal.book.verdicts import Subject


def fill_key(book: Book, row: int) -> str:
    """Return the key of a fill part."""
    fills = book.fills
    letter = "F" if fills.is_fill[row] else "O"
    part = "" if fills.part[row] == 1 else f".{fills.part[row]}"
    return f"{letter}{fills.id[row]}{part}"


def trade_key(book: Book, trade: int) -> str:
    """Return the key of a trade: that of its first fill, with a T."""
    key = fill_key(book, int(book.trades.first[trade]))
    return "T" + (key.removeprefix("F"))


def plan_key(book: Book, plan: int) -> str:
    """Return the key of a plan."""
    return f"P{book.plans.id[plan]}"


def version_key(book: Book, version: int) -> str:
    """Return the key of a plan version."""
    return f"{plan_key(book, int(book.versions.plan[version]))}.{book.versions.number[version]}"


def subject_key(book: Book, subject: Subject, row: int) -> str:
    """Return the key of any subject; a trade goes by its first fill."""
    return _KEYS[subject](book, row)


def owner_key(book: Book, owner: int) -> str:
    """Return the key of what verdicts roll up to (see `journal.book.verdicts.owner_of`)."""
    plan = owner - len(book.trades)
    if plan < 0:
        return trade_key(book, owner)
    day = plan - len(book.plans)
    return plan_key(book, plan) if day < 0 else _day_key(book, day)


def _first_fill_key(book: Book, trade: int) -> str:
    return fill_key(book, int(book.trades.first[trade]))


def _tranche_key(book: Book, row: int) -> str:
    tranches = book.tranches
    return f"{version_key(book, int(tranches.version[row]))}.{tranches.number[row]}"


def _skip_key(book: Book, row: int) -> str:
    return f"K{book.skips.id[row]}"


def _day_key(book: Book, row: int) -> str:
    """Return an account-day's key: the account's name and the date."""
    date = to_datetime(int(book.days.day[row]) * DAY).date()
    return f"{book.accounts[book.days.account[row]]}.{date}"


def _stop_key(book: Book, row: int) -> str:
    """Return a stop's key; a plan's own stop line goes by the version that holds it."""
    if book.stops.id[row] >= 0:
        return f"S{book.stops.id[row]}"
    return version_key(book, int(book.stops.version[row]))


_KEYS: Mapping[Subject, Callable[[Book, int], str]] = {
    Subject.FILL: fill_key,
    Subject.TRADE: _first_fill_key,
    Subject.VERSION: version_key,
    Subject.TRANCHE: _tranche_key,
    Subject.STOP: _stop_key,
    Subject.SKIP: _skip_key,
    Subject.DAY: _day_key,
}
