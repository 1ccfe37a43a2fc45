"""Over a trade's life: whether a stop stood all along, and when the invalidation first traded."""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.tables import Book
from journal.book.versions import latest


def stop_stood_throughout(book: Book) -> Bools:
    """Return trades with a stop at the invalidation or better from the stop grace to the end.

    A stop recorded longer after its claimed time than the log delay proves nothing.
    """
    trades, stops = book.trades, book.stops
    grace = book.policies.span("stop_grace", trades.account, trades.opened_latest)
    begin = trades.opened_at + grace
    every = np.arange(len(trades))
    at_begin = latest(stops.trade, stops.at, every, begin)
    level = _invalidation_at(book, stops.trade, stops.at)
    sign = trades.direction[stops.trade]
    good = reaches(sign * stops.price, sign * level) & ~stops.is_late
    ended = np.minimum(trades.closed_at, book.as_of)
    inside = (stops.at > begin[stops.trade]) & (stops.at < ended[stops.trade])
    failing = np.bincount(stops.trade, inside & ~good, minlength=len(trades)) > 0
    stood = (at_begin >= 0) & np.append(good, False)[at_begin]
    short = ended <= begin
    any_good = np.bincount(stops.trade, good, minlength=len(trades)) > 0
    return np.where(short, any_good & ~failing, stood & ~failing)


def _invalidation_at(book: Book, trade: Ints, at: Ints) -> Floats:
    """Return the invalidation in force in a trade at an instant."""
    versions = book.versions
    plan = book.trades.plan[trade]
    found = latest(versions.plan, versions.effective_at, plan, at)
    first = np.append(book.plans.first_version, -1)[plan]
    version = np.where(found >= 0, found, first)
    return np.append(versions.invalidation, np.nan)[np.where(plan >= 0, version, -1)]


def first_traded_past(book: Book) -> tuple[Ints, Floats]:
    """Return when a price past the invalidation by more than tolerance first traded, and which.

    -1 and NaN where none is known while the trade was open. Each known price is held against the
    version in force at its time.
    """
    trades, path = book.trades, book.path
    nothing = np.full(len(trades), -1, np.int64), np.full(len(trades), np.nan)
    if not len(path.at) or not len(trades):
        return nothing
    first_at, first_price = nothing
    for direction in (-1, 1):
        own = np.flatnonzero((trades.direction == direction) & (trades.plan >= 0))
        for account in np.flatnonzero(np.bincount(trades.account[own])):
            chosen = own[trades.account[own] == account]
            order = np.argsort(trades.opened_at[chosen], kind="stable")
            chosen = chosen[order]
            found = latest(
                trades.instrument[chosen], trades.opened_at[chosen], path.instrument, path.at
            )
            trade = np.where(found >= 0, chosen[found], -1)
            held = (trade >= 0) & (path.at <= trades.closed_at[trade])
            level = _invalidation_at(book, trade, path.at)
            share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
            tick = np.nan_to_num(book.instruments.tick[path.instrument])
            slack = tolerance(level, share[trade], tick)
            past = held & exceeds(direction * (level - path.price), slack)
            rows = np.flatnonzero(past)[::-1]
            first_at[trade[rows]] = path.at[rows]
            first_price[trade[rows]] = path.price[rows]
    return first_at, first_price
