"""Which trade is meant: by its key, a plan, a symbol, or the id of a violation."""

from __future__ import annotations

import re

import numpy as np

from journal.book.judging import Judgement
from journal.book.keys import fill_key, plan_key, trade_key
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.money import clip

_VIOLATION = re.compile(r"[A-Z]+\d+-")


def find_trade(judgement: Judgement, name: str) -> int:
    """Return the trade named `T8`, by its plan (`P3` or its own name), a symbol or a violation.

    A symbol stands for its newest trade.
    """
    book = judgement.book
    plan = find_plan(book, name)
    if plan is not None:
        if book.plans.trade[plan] < 0:
            raise InputError(
                f"plan {clip(name)!r} has no trade yet",
                hint=f"look at the plan: `journal plan show {clip(name)}`",
            )
        return int(book.plans.trade[plan])
    found = trade_of_key(book, name)
    if found is None:
        found = _newest(book, name)
    if found is None and _VIOLATION.match(name):
        found = _violated(judgement, name)
    if found is None:
        raise InputError(
            f"there is no trade {clip(name)!r}",
            hint="name it as in `journal trades`, e.g. T8, or by plan, symbol or violation",
        )
    return found


def find_plan(book: Book, name: str) -> int | None:
    """Return the plan of this name or key."""
    for plan, own_name in enumerate(book.facts.plans.name):
        if name in (own_name, plan_key(book, plan)):
            return plan
    return None


def trade_of_key(book: Book, name: str) -> int | None:
    """Return the trade of a key such as T8, or of a fill such as F8.2."""
    match = re.fullmatch(r"(TO?|F)(\d+)((?:\.2)?)", name)
    if match is None:
        return None
    for row in np.flatnonzero(book.fills.id == int(match[2])):
        trade = int(book.fills.trade[row])
        if name in (trade_key(book, trade), fill_key(book, int(row))):
            return trade
    return None


def _newest(book: Book, symbol: str) -> int | None:
    if symbol not in book.instruments.symbols:
        return None
    code = book.instruments.symbols.index(symbol)
    rows = np.flatnonzero(book.trades.instrument == code)
    return int(rows[np.argmax(book.trades.opened_at[rows])]) if len(rows) else None


def _violated(judgement: Judgement, name: str) -> int | None:
    trades = [each.trade for each in judgement.violations() if each.id == name]
    return trades[0] if trades else None
