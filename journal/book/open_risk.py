"""What all plans of an account that had not ended risked together, at each plan version."""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints
from journal.book.currency import account_rate
from journal.book.tables import Book


def open_risk(book: Book) -> tuple[Floats, Ints]:
    """Return, per plan version, the planned risk of all unended plans in account currency.

    Each plan counts with its newest version before its first fill and with the frozen one after;
    NaN where any of them has no planned risk or no rate. Also how many plans there were.
    """
    versions, plans, trades = book.versions, book.plans, book.trades
    count = len(versions)
    rate = account_rate(book, versions.account, versions.instrument, versions.effective_at)
    risk = versions.planned_risk * rate
    opened = np.append(trades.opened_at, NEVER)[plans.trade]
    counts = _counting(book, opened)
    begin = versions.effective_at
    following = np.full(count, NEVER, np.int64)
    places = np.flatnonzero(counts)
    same = versions.plan[places[1:]] == versions.plan[places[:-1]]
    following[places[:-1][same]] = begin[places[1:][same]]
    end = np.minimum(following, plans.ended_at[versions.plan])
    return _overlapping(versions.account, begin, end, np.where(counts, risk, 0.0), counts)


def _counting(book: Book, opened: Ints) -> Bools:
    """Return versions whose planned risk ever counts: until the first fill, then the frozen one."""
    versions, plans, trades = book.versions, book.plans, book.trades
    frozen = np.append(trades.risk_version, -1)[plans.trade]
    before: Bools = versions.effective_at <= np.append(opened, NEVER)[versions.plan]
    is_frozen: Bools = np.arange(len(versions)) == np.append(frozen, -1)[versions.plan]
    return before | is_frozen


def _overlapping(
    account: Ints, begin: Ints, end: Ints, risk: Floats, counts: Bools
) -> tuple[Floats, Ints]:
    """Sum the risks whose interval [begin, end) holds each begin, account by account."""
    count = len(begin)
    chosen = np.flatnonzero(counts & (end > begin))
    owner = np.concatenate((account[chosen], account[chosen], account))
    at = np.concatenate((end[chosen], begin[chosen], begin))
    kind = np.repeat([0, 1, 2], [len(chosen), len(chosen), count])
    known = ~np.isnan(risk[chosen])
    amount = np.where(known, risk[chosen], 0.0)
    change = np.concatenate((-amount, amount, np.zeros(count)))
    unknown = np.concatenate((-(~known * 1), ~known * 1, np.zeros(count, np.int64)))
    number = np.concatenate((-np.ones(len(chosen)), np.ones(len(chosen)), np.zeros(count)))
    order = np.lexsort((kind, at, owner))
    result, plans = np.zeros(count), np.zeros(count, np.int64)
    asked = order >= 2 * len(chosen)
    which = order[asked] - 2 * len(chosen)
    sums = [np.cumsum(column[order])[asked] for column in (change, unknown, number)]
    result[which] = np.where(sums[1] > 0, np.nan, sums[0])
    plans[which] = np.rint(sums[2]).astype(np.int64)
    return result, plans
