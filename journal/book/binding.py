"""Which plan a trade has, and which version of it each fill is judged by.

A plan binds to the first trade of its account, instrument and direction that opens while it is
locked; a trade that opened without one takes the first plan locked while it is open (late).
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Ints
from journal.book.tables import (
    CANCELLED,
    COMPLETED,
    EXPIRED,
    Fills,
    Plans,
    Trades,
    Versions,
)
from journal.book.versions import latest, side_key


def bind(trades: Trades, plans: Plans, versions: Versions) -> None:
    """Pair trades and plans, and say when and why each plan ended."""
    side_of_plan = side_key(plans.account, plans.instrument, plans.direction)
    side_of_trade = side_key(trades.account, trades.instrument, trades.direction)
    until = _until(plans, versions)
    # The first instant without the plan: its cancellation, or just after its `until`.
    over = np.minimum(plans.cancelled_at, np.minimum(until, NEVER - 1) + 1)
    taken = np.zeros(len(plans), bool)
    trade_order = np.lexsort((trades.opened_at, side_of_trade))
    # A plan locked during a planless trade belongs to that trade and not to the next, which can
    # leave the next without one: repeat until nothing changes (two rounds, but for odd journals).
    while True:
        in_force = _in_force(trades, plans, side_of_trade, side_of_plan, over, taken)
        late = _late(trades, plans, (side_of_trade, side_of_plan), over, in_force, trade_order)
        found = np.isin(np.arange(len(plans)), late)
        if not (found & ~taken).any():
            break
        taken |= found
    trades.plan = np.where(in_force >= 0, in_force, late)
    trades.is_late = (in_force < 0) & (late >= 0)
    bound = np.flatnonzero(trades.plan >= 0)
    plans.trade[trades.plan[bound]] = bound
    _end(trades, plans, until)


def _until(plans: Plans, versions: Versions) -> Ints:
    """Return when each plan expires, by the version in force then, should it wait that long."""
    if not len(plans):
        return plans.locked_at
    following = np.append(versions.effective_at[1:], NEVER)
    following[plans.last_version] = NEVER
    until = np.where(versions.until < following, versions.until, NEVER)
    return np.minimum.reduceat(until, plans.first_version)


def _in_force(
    trades: Trades, plans: Plans, side_of_trade: Ints, side_of_plan: Ints, over: Ints, taken: Bools
) -> Ints:
    """Return the newest free plan locked before each trade opened; its first trade gets it."""
    free = np.flatnonzero(~taken)
    found = latest(side_of_plan[free], plans.locked_at[free], side_of_trade, trades.opened_latest)
    plan = np.where(found >= 0, free[found], -1) if len(free) else found
    alive = (plan >= 0) & (over[plan] > trades.opened_at) if len(plans) else plan >= 0
    plan = np.where(alive & trades.has_entry, plan, -1)
    order = np.lexsort((trades.opened_at, plan))
    repeated = np.zeros(len(trades), bool)
    repeated[order[1:]] = plan[order[1:]] == plan[order[:-1]]
    return np.where(repeated, -1, plan)


def _late(
    trades: Trades,
    plans: Plans,
    sides: tuple[Ints, Ints],
    over: Ints,
    in_force: Ints,
    order: Ints,
) -> Ints:
    """Return, for trades without a plan, the first one locked while they were open."""
    late = np.full(len(trades), -1, np.int64)
    side_of_trade, side_of_plan = sides
    if not len(plans) or not len(trades):
        return late
    trade = latest(
        side_of_trade[order], trades.opened_latest[order], side_of_plan, plans.locked_at - 1
    )
    trade = np.where(trade >= 0, order[trade], -1)
    fits = (trade >= 0) & (in_force[trade] < 0) & trades.has_entry[trade]
    fits &= plans.locked_at < np.minimum(trades.closed_at[trade], over)
    candidates = np.flatnonzero(fits)[::-1]
    by_time = candidates[np.argsort(-plans.locked_at[candidates], kind="stable")]
    late[trade[by_time]] = by_time
    return late


def _end(trades: Trades, plans: Plans, until: Ints) -> None:
    ends_waiting = np.minimum(plans.cancelled_at, until)
    bound = plans.trade >= 0
    closed = np.where(bound, trades.closed_at[plans.trade], NEVER) if len(trades) else NEVER
    plans.ended_at = np.where(bound, closed, ends_waiting)
    why = np.where(plans.cancelled_at <= ends_waiting, CANCELLED, EXPIRED)
    why = np.where(bound, COMPLETED, why)
    plans.end = np.where(plans.ended_at == NEVER, plans.end, why)


def mark_versions(fills: Fills, trades: Trades, plans: Plans, versions: Versions) -> None:
    """Put on each part its plan and the version in force; before a late plan, its first one."""
    fills.plan = trades.plan[fills.trade]
    version = latest(versions.plan, versions.effective_at, fills.plan, fills.at_latest)
    fills.is_before_plan = (fills.plan >= 0) & (version < 0)
    first = plans.first_version[fills.plan] if len(plans) else version
    fills.version = np.where(fills.is_before_plan, first, version)
    known = fills.version >= 0
    limits = versions.invalidation if len(versions) else np.full(1, np.nan)
    fills.invalidation = np.where(known, limits[fills.version], np.nan)
