"""Fills to tranches: which planned slice each part of a fill used up (rule contract, section 2).

The k-th part of every trade is allocated at once; what a tranche has left travels from step to
step as a fraction of the tranche, so that it may be filled by its units or by its money. The tails
of a few very long trades are walked one by one, with the same arithmetic.
"""

from __future__ import annotations

import numpy as np

from journal.book.allocating import Found, Limits, State, Trails, read_limits
from journal.book.allocation_tail import Tail
from journal.book.comparison import Ints
from journal.book.entry_allocation import enter, pour
from journal.book.exit_allocation import leave
from journal.book.grouping import group_any
from journal.book.instruments import Instruments
from journal.book.ladder_matrix import Bucket, EntryMatrix, ExitMatrix, buckets
from journal.book.policies import Policies
from journal.book.stepping import left_over, steps
from journal.book.tables import Allocations, Exits, Fills, Trades, Tranches, Versions


def allocate(
    fills: Fills,
    trades: Trades,
    versions: Versions,
    tranches: Tranches,
    exits: Exits,
    instruments: Instruments,
    policies: Policies,
) -> tuple[Allocations, Trails]:
    """Fill in the allocation columns of the parts; return the rows behind them, and open trails."""
    limits = read_limits(fills, trades, instruments, policies)
    _clear(fills)
    found = Found()
    planned = np.flatnonzero(trades.plan >= 0)
    for bucket in buckets(planned, trades, versions):
        entry = EntryMatrix.of(versions, tranches, bucket.versions, bucket.entries)
        exit_ = ExitMatrix.of(versions, exits, bucket.versions, bucket.exits)
        _run(fills, limits, bucket, trades, (entry, exit_), found)
    _classify(fills, limits)
    return found.allocations(fills), found.pending_trails()


def _clear(fills: Fills) -> None:
    count = len(fills)
    fills.tranche, fills.target = np.zeros(count, np.int64), np.zeros(count, np.int64)
    fills.planned_quantity, fills.target_quantity = np.zeros(count), np.zeros(count)
    fills.trail_quantity = np.zeros(count)


def _run(
    fills: Fills,
    limits: Limits,
    bucket: Bucket,
    trades: Trades,
    ladders: tuple[EntryMatrix, ExitMatrix],
    found: Found,
) -> None:
    """Step through the parts of a bucket's trades, then walk what is left of the longest.

    Trades whose version changes between fills are walked from their first fill: their tranches
    count anew what was filled.
    """
    state = State.fresh(len(bucket.trades), ladders[0].width, ladders[1].width)
    first, count = trades.first[bucket.trades], trades.count[bucket.trades]
    amended = fills.version[first] != fills.version[first + count - 1]
    stepped = np.where(amended, 0, count)
    for trade, row in steps(first, stepped):
        _step(fills, limits, bucket, trades, ladders, (trade, row, state), found)
    walked = [
        (int(one), range(int(first[one]), int(first[one] + count[one])))
        for one in np.flatnonzero(amended)
    ]
    for one, rows in [*left_over(first, stepped), *walked]:
        opened_at = int(trades.opened_at[bucket.trades[one]])
        Tail(fills, limits, bucket, ladders, state, one, opened_at).walk(rows, found)


def _step(
    fills: Fills,
    limits: Limits,
    bucket: Bucket,
    trades: Trades,
    ladders: tuple[EntryMatrix, ExitMatrix],
    now: tuple[Ints, Ints, State],
    found: Found,
) -> None:
    trade, row, state = now
    version = bucket.version_row[fills.version[row]]
    judged = fills.version[row] >= 0
    entry, exit_ = ladders
    chosen = np.flatnonzero(judged & fills.is_entry[row])
    if len(chosen):
        at, own = row[chosen], trade[chosen]
        candidates = enter(fills, limits, at, own, version[chosen], entry, state)
        pour(fills, limits, at, own, candidates, state, found)
    state.entered[trade] += np.where(fills.is_entry[row], fills.quantity[row], 0.0)
    known = fills.opening_known[row] & ~fills.is_before_plan[row]
    chosen = np.flatnonzero(judged & ~fills.is_entry[row] & known)
    if len(chosen):
        at, own = row[chosen], trade[chosen]
        opened_at = trades.opened_at[fills.trade[at]]
        leave(fills, limits, at, own, version[chosen], exit_, state, found, opened_at)


def _classify(fills: Fills, limits: Limits) -> None:
    """Give every remainder its one class, by what the rest of its order group did."""
    planned = np.where(fills.is_before_plan, 0.0, fills.planned_quantity)
    left = np.where(fills.is_entry, fills.quantity - planned, 0.0)
    matched = group_any(
        ((fills.tranche > 0) | (fills.named_tranche > 0)) & fills.is_entry, fills.group
    )
    has_plan = (fills.plan >= 0) & ~fills.is_before_plan
    fills.planned_quantity = np.where(fills.is_entry, planned, 0.0)
    fills.unplanned_quantity = left
    fills.excess_quantity = np.where(has_plan & matched, left, 0.0)
    fills.unmatched_quantity = np.where(has_plan & ~matched, left, 0.0)
    out = np.where(fills.is_entry | ~has_plan, 0.0, fills.quantity - fills.target_quantity)
    at_target = group_any(fills.target_quantity > 0, fills.group)
    fills.protective_quantity = np.where(limits.protective & fills.opening_known, out, 0.0)
    # Of a position whose beginning is not known no share can be told.
    fills.undecided_quantity = np.where(fills.opening_known, 0.0, out)
    rest = np.where(limits.protective | ~fills.opening_known, 0.0, out)
    fills.exit_excess_quantity = np.where(at_target, rest, 0.0)
    fills.early_quantity = np.where(at_target, 0.0, rest)
