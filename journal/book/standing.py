"""Over a trade's life: whether a stop stood all along, and when the invalidation first traded."""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.grouping import starts_of
from journal.book.tables import Book
from journal.book.versions import latest


def stop_at(book: Book, trade: Ints, at: Ints, counted: Bools) -> Floats:
    """Return the stop in force in a trade at an instant by the events that are counted, or NaN."""
    stops = book.stops
    found = latest(stops.trade[counted], stops.at[counted], trade, at)
    return np.append(stops.price[counted], np.nan)[found]


def with_and_without_late(book: Book) -> tuple[Bools, Bools]:
    """Return which stop events count: as claimed all of them, as proven those recorded in time.

    What holds both ways is decided; where the two differ, a late record decides, and nobody knows.
    """
    return np.ones(len(book.stops), bool), ~book.stops.is_late


def removed_again(trade: Ints, price: Floats) -> Bools:
    """Return stop events that remove what was removed already."""
    removed = np.isnan(price)
    again = np.zeros(len(trade), bool)
    again[1:] = removed[1:] & removed[:-1] & (trade[1:] == trade[:-1])
    return again


def stop_stood_throughout(book: Book) -> tuple[Bools, Bools]:
    """Return trades with a stop at the invalidation or better from the stop grace to the end.

    Once as claimed and once as proven. In a trade shorter than the grace, the stop must have
    stood at its end.
    """
    claimed, proven = (_stood(book, counted) for counted in with_and_without_late(book))
    return claimed, proven


def _stood(book: Book, counted: Bools) -> Bools:
    trades, stops, versions = book.trades, book.stops, book.versions
    grace = book.policies.span("stop_grace", trades.account, trades.opened_latest)
    last = np.maximum(trades.closed_at - 1, trades.opened_at)
    begin = np.minimum(trades.opened_at + grace, last)
    bound = np.flatnonzero(book.plans.trade[versions.plan] >= 0)
    # A stop is good as long as neither it nor the invalidation moves.
    trade = np.concatenate(
        (np.arange(len(trades)), stops.trade, book.plans.trade[versions.plan[bound]])
    )
    at = np.concatenate((begin, stops.at, versions.effective_at[bound]))
    inside = (at >= begin[trade]) & (at <= last[trade])
    trade, at = trade[inside], at[inside]
    sign = trades.direction[trade]
    good = reaches(
        sign * stop_at(book, trade, at, counted), sign * invalidation_at(book, trade, at)
    )
    return np.asarray(np.bincount(trade, ~good, minlength=len(trades)) == 0)


def invalidation_at(book: Book, trade: Ints, at: Ints) -> Floats:
    """Return the invalidation in force in a trade at an instant; before its plan the first."""
    versions, plan = book.versions, book.trades.plan[trade]
    found = latest(versions.plan, versions.effective_at, plan, at)
    first = np.append(book.plans.first_version, -1)[plan]
    return np.append(versions.invalidation, np.nan)[np.where(found >= 0, found, first)]


def first_traded_past(book: Book) -> tuple[Ints, Floats]:
    """Return when a price past the invalidation by more than tolerance first traded, and which.

    -1 and NaN where none is known while the trade was open and its plan locked. Each known price
    is held against the version in force at its time.
    """
    trades, versions, path = book.trades, book.versions, book.path
    version, start, end = _spans(book)
    trade, level = book.plans.trade[versions.plan[version]], versions.invalidation[version]
    sign, instrument = trades.direction[trade], trades.instrument[trade]
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    slack = tolerance(level, share[trade], book.instruments.tick[instrument])

    def past(span: Ints | int, price: Floats) -> Bools:
        return exceeds(sign[span] * (level[span] - price), slack[span])

    begin, beyond = path.since(instrument, start), path.latest(instrument, end) + 1
    low, high = path.extremes_between(begin, beyond)
    some = np.flatnonzero(past(np.arange(len(trade)), np.where(sign > 0, low, high)))[::-1]
    row = path.first_where(
        begin[some], beyond[some], lambda place, prices: past(int(some[place]), prices)
    )
    first_at, first_price = np.full(len(trades), -1, np.int64), np.full(len(trades), np.nan)
    first_at[trade[some]] = path.at[row]
    first_price[trade[some]] = path.price[row]
    return first_at, first_price


def _spans(book: Book) -> tuple[Ints, Ints, Ints]:
    """Return the versions of bound plans, and from when to when each held for the open trade."""
    trades, versions = book.trades, book.versions
    version = np.flatnonzero(book.plans.trade[versions.plan] >= 0)
    plan, effective = versions.plan[version], versions.effective_at[version]
    trade = book.plans.trade[plan]
    first = starts_of(plan)
    # A plan locked within the clock's tolerance of the first fill holds from that fill.
    known_from = np.where(first & ~trades.is_late[trade], trades.opened_at[trade], effective)
    until = np.append(np.where(first[1:], NEVER, effective[1:] - 1), NEVER)[: len(version)]
    return (
        version,
        np.maximum(known_from, trades.opened_at[trade]),
        np.minimum(until, trades.closed_at[trade]),
    )
