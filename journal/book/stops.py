"""Stop events placed on the trades they protect, and the stop in force at each part.

A plan's stop line counts as a stop at the first fill, an amended one from its amendment. A stop
logged while the plan still waits is in force from the first fill as well.
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import UNKNOWN_TIME, microseconds, widths
from journal.book.comparison import Bools, Floats, Ints
from journal.book.facts import Facts
from journal.book.instruments import Instruments
from journal.book.ladders import numbers
from journal.book.parts import day_aware
from journal.book.policies import Policies
from journal.book.tables import Fills, Plans, Stops, Trades, Versions
from journal.book.versions import latest, side_key

_DIRECTIONS = {"long": 1, "short": -1}


def read_stops(
    facts: Facts,
    accounts: dict[str, int],
    instruments: Instruments,
    policies: Policies,
    trades: Trades,
    plans: Plans,
    versions: Versions,
) -> Stops:
    """Return every stop event that belongs to a trade, in order of trade and time."""
    logged = _logged(facts, accounts, instruments, policies, trades, plans)
    lines = _plan_lines(trades, plans, versions)
    joined = [np.concatenate(pair) for pair in zip(lines, logged, strict=True)]
    ids, version, trade, at, claimed_at, recorded_at, price, late, waiting = joined
    order = np.lexsort((np.arange(len(ids)), at, trade))
    return Stops(
        id=ids[order],
        version=version[order],
        trade=trade[order],
        at=at[order],
        claimed_at=claimed_at[order],
        recorded_at=recorded_at[order],
        price=price[order],
        is_late=late[order],
        is_waiting=waiting[order],
    )


Columns = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Floats, Bools, Bools]


def _logged(
    facts: Facts,
    accounts: dict[str, int],
    instruments: Instruments,
    policies: Policies,
    trades: Trades,
    plans: Plans,
) -> Columns:
    columns = facts.stops
    codes = {symbol: code for code, symbol in enumerate(instruments.symbols)}
    account = np.array([accounts[name] for name in columns.account], np.int64)
    instrument = np.array([codes[symbol] for symbol in columns.symbol], np.int64)
    direction = np.array([_DIRECTIONS[name] for name in columns.direction], np.int64)
    at = day_aware(microseconds(columns.at), columns.at_precision, account, policies.zones)
    recorded_at = microseconds(columns.recorded_at)
    delay = policies.span("log_delay", account, at)
    late = (recorded_at != UNKNOWN_TIME) & (recorded_at - at > delay)
    trade, counts_at, waiting = _owner(
        (account, instrument, direction), at, widths(columns.at_precision), trades, plans
    )
    kept = np.flatnonzero(trade >= 0)
    ids = np.array(columns.id, np.int64)
    price = numbers(columns.price)
    none = np.full(len(kept), -1, np.int64)
    return (
        ids[kept],
        none,
        trade[kept],
        counts_at[kept],
        at[kept],
        recorded_at[kept],
        price[kept],
        late[kept],
        waiting[kept],
    )


def _owner(
    side: tuple[Ints, Ints, Ints], at: Ints, width: Ints, trades: Trades, plans: Plans
) -> tuple[Ints, Ints, Bools]:
    """Return the trade open at each instant, or the next one whose plan already waited.

    With it come the time from which the stop counts there, and whether the plan still waited.
    """
    if not len(trades) or not len(at):
        return np.full(len(at), -1, np.int64), at, np.zeros(len(at), bool)
    key = side_key(*side)
    trade_key = side_key(trades.account, trades.instrument, trades.direction)
    order = np.lexsort((trades.opened_at, trade_key))
    # Written to the minute, a stop may stand seconds before the fill it belongs to.
    found = latest(trade_key[order], trades.opened_at[order], key, at + width)
    trade = np.where(found >= 0, order[found], -1)
    is_open = (trade >= 0) & (at <= trades.closed_latest[trade])
    following = np.where(found >= 0, found + 1, np.searchsorted(trade_key[order], key))
    after = order[np.minimum(following, len(order) - 1)]
    waiting = (following < len(order)) & (trade_key[after] == key)
    plan = trades.plan[after]
    waiting &= (plan >= 0) & ~trades.is_late[after]
    if len(plans):
        waiting &= plans.locked_at[plan] <= at
    owner = np.where(is_open, trade, np.where(waiting, after, -1))
    counts_at = np.where(owner >= 0, np.maximum(at, trades.opened_at[owner]), at)
    return owner, counts_at, ~is_open


def _plan_lines(trades: Trades, plans: Plans, versions: Versions) -> Columns:
    """Return the stop lines of bound plans: at the first fill, then wherever they changed."""
    bound = _while_open(trades, plans, versions)
    plan, price = versions.plan[bound], versions.stop[bound]
    trade, effective = plans.trade[plan], versions.effective_at[bound]
    same_plan = np.zeros(len(bound), bool)
    same_plan[1:] = plan[1:] == plan[:-1]
    before = np.concatenate(([np.nan], price[:-1])) if len(bound) else price
    unchanged = same_plan & ((price == before) | (np.isnan(price) & np.isnan(before)))
    first_without = ~same_plan & np.isnan(price)
    kept = np.flatnonzero(~unchanged & ~first_without)
    in_time = effective <= trades.opened_latest[trade]
    at = np.where(in_time, trades.opened_at[trade], effective)
    count = len(kept)
    return (
        np.full(count, -1, np.int64),
        bound[kept],
        trade[kept],
        at[kept],
        at[kept],
        versions.recorded_at[bound][kept],
        price[kept],
        np.zeros(count, bool),
        np.zeros(count, bool),
    )


def _while_open(trades: Trades, plans: Plans, versions: Versions) -> Ints:
    """Return the versions of bound plans in force while their trade was open.

    What was amended while the plan waited never was a stop: of those the last counts.
    """
    bound = np.flatnonzero(plans.trade[versions.plan] >= 0)
    plan, effective = versions.plan[bound], versions.effective_at[bound]
    trade = plans.trade[plan]
    outdated = np.zeros(len(bound), bool)
    outdated[:-1] = (plan[1:] == plan[:-1]) & (effective <= trades.opened_latest[trade])[1:]
    return bound[~outdated & (effective <= trades.closed_at[trade])]


def mark_stops(fills: Fills, stops: Stops) -> None:
    """Put on each part the stop in force at its time, NaN where none stood."""
    found = latest(stops.trade, stops.at, fills.trade, fills.at_latest)
    prices = stops.price if len(stops) else np.full(1, np.nan)
    fills.stop = np.where(found >= 0, prices[found], np.nan)
