"""Fills to tranches: which planned slice each part of a fill used up (rule contract, section 2).

The k-th part of every trade is allocated at once; what a tranche has left travels from step to
step as a fraction of the tranche, so that it may be filled by its units or by its money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.grouping import group_any
from journal.book.ladder_matrix import EntryMatrix, ExitMatrix, buckets
from journal.book.policies import Policies
from journal.book.stepping import steps
from journal.book.tables import (
    Allocations,
    Exits,
    Fills,
    Instruments,
    Trades,
    Tranches,
    Versions,
)


@dataclass(slots=True)
class Limits:
    """Per part: the tolerances in force when its trade opened, and its instrument's steps."""

    match: Floats
    price: Floats
    quantity: Floats
    tick: Floats
    lot: Floats
    inverse: Bools
    protective: Bools


@dataclass(slots=True)
class Trails:
    """Parts that a trailing exit may explain: since when it ran, and how far it trails."""

    row: Ints
    since: Ints
    fraction: Floats
    quantity: Floats


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
    work = _Work(fills, limits)
    planned = np.flatnonzero(trades.plan >= 0)
    for bucket in buckets(planned, trades, versions):
        entry = EntryMatrix.of(versions, tranches, bucket.versions, bucket.entries)
        exit_ = ExitMatrix.of(versions, exits, bucket.versions, bucket.exits)
        work.run(bucket.trades, trades, bucket.version_row, entry, exit_)
    _classify(fills, limits)
    return work.allocations(), work.open_trails()


def read_limits(
    fills: Fills, trades: Trades, instruments: Instruments, policies: Policies
) -> Limits:
    """Return the tolerances of each part, by the policy in force when its trade opened."""
    account, at, trade = trades.account, trades.opened_latest, fills.trade
    tick = np.nan_to_num(instruments.tick[fills.instrument])
    price = policies.value("price_tolerance", account, at)[trade]
    sign = fills.direction
    protective = fills.is_liquidation.copy()
    for level in (fills.invalidation, fills.stop):
        past = ~exceeds(sign * (fills.price - level), tolerance(level, price, tick))
        protective |= past & ~np.isnan(level)
    return Limits(
        match=policies.value("match_tolerance", account, at)[trade],
        price=price,
        quantity=policies.value("quantity_tolerance", account, at)[trade],
        tick=tick,
        lot=np.nan_to_num(instruments.lot[fills.instrument]),
        inverse=instruments.is_inverse[fills.instrument],
        protective=protective & ~fills.is_entry,
    )


def _clear(fills: Fills) -> None:
    count = len(fills)
    fills.tranche, fills.target = np.zeros(count, np.int64), np.zeros(count, np.int64)
    fills.planned_price = np.full(count, np.nan)
    fills.planned_quantity, fills.target_quantity = np.zeros(count), np.zeros(count)
    fills.trail_quantity = np.zeros(count)


class _Work:
    """The state of an allocation: what each tranche and exit has taken so far."""

    def __init__(self, fills: Fills, limits: Limits) -> None:
        self.fills = fills
        self.limits = limits
        self.found: list[tuple[Ints, Ints, Floats, Floats]] = []
        self.trails: list[tuple[Ints, Ints, Floats, Floats]] = []

    def run(
        self, bucket: Ints, trades: Trades, version_row: Ints, entry: EntryMatrix, exit_: ExitMatrix
    ) -> None:
        """Step through the parts of these trades."""
        fills = self.fills
        used = np.zeros((len(bucket), entry.width))
        entered = np.zeros(len(bucket))
        taken = np.zeros((len(bucket), exit_.width))
        took_at = np.full((len(bucket), exit_.width), -1, np.int64)
        for trade, row in steps(trades.first[bucket], trades.count[bucket], to_the_end=True):
            version = version_row[fills.version[row]]
            judged = fills.version[row] >= 0
            goes_in = judged & fills.is_entry[row]
            if goes_in.any():
                at, plan = row[goes_in], version[goes_in]
                lapsed = entry.lapsed(plan, took_at[trade[goes_in]])
                self._enter(at, plan, trade[goes_in], used, lapsed, entry)
            entered[trade] += np.where(fills.is_entry[row], fills.quantity[row], 0.0)
            goes_out = judged & ~fills.is_entry[row] & ~fills.is_before_plan[row]
            if goes_out.any():
                at, own = row[goes_out], trade[goes_out]
                self._leave(at, version[goes_out], own, (entered, taken, took_at), exit_, trades)

    def _enter(
        self, row: Ints, version: Ints, own: Ints, used: Floats, lapsed: Bools, entry: EntryMatrix
    ) -> None:
        """Allocate entry parts: steps 1 to 5 of the contract."""
        fills, limits = self.fills, self.limits
        price, sign = fills.price[row][:, None], fills.direction[row][:, None]
        planned = entry.price[version]
        slack = limits.quantity[row][:, None]
        is_open = entry.exists[version] & ~lapsed & ~reaches(used[own], 1 - slack)
        is_open &= (entry.skipped_at[version] > fills.at_latest[row][:, None]) & ~np.isnan(planned)
        is_open &= (fills.at[row] < entry.until[version])[:, None]
        near = tolerance(planned, limits.match[row][:, None], limits.tick[row][:, None])
        candidate = is_open & ~exceeds(sign * (price - planned), near)
        distance = np.rint(np.abs(price - planned) / (np.abs(price) * 1e-9 + 1e-300))
        nearest = np.zeros_like(candidate)
        closest = np.where(is_open, distance, np.inf)
        nearest[np.arange(len(row)), np.argmin(closest, axis=1)] = True
        opening = ~fills.had_position[row] & ~candidate.any(axis=1) & ~fills.is_before_plan[row]
        candidate = np.where(opening[:, None], nearest & is_open, candidate)
        named = fills.named_tranche[row]
        by_name = entry.exists[version] & (entry.numbers == named[:, None])
        candidate = np.where((named > 0)[:, None], by_name, candidate)
        order = np.lexsort(
            (np.broadcast_to(entry.numbers, planned.shape), -sign * planned,
             np.where(candidate, distance, np.inf)), axis=1,
        )  # fmt: skip
        per_unit = entry.share_per_unit(version, fills.price[row], fills.multiplier[row],
                                        limits.inverse[row])  # fmt: skip
        self._pour(row, own, used, candidate, order, per_unit, entry)
        chosen = np.flatnonzero(fills.tranche[row] > 0)
        fills.planned_price[row[chosen]] = planned[chosen, fills.tranche[row[chosen]] - 1]

    def _pour(
        self, row: Ints, own: Ints, used: Floats, candidate: Bools, order: Ints, per_unit: Floats,
        entry: EntryMatrix,
    ) -> None:  # fmt: skip
        """Let each quantity flow through its candidates, nearest first, each to its room."""
        fills, slack = self.fills, self.limits.quantity[row]
        left, lines = fills.quantity[row].copy(), np.arange(len(row))
        for place in range(entry.width):
            column = order[:, place]
            active = candidate[lines, column] & (left > 0)
            if not active.any():
                break
            unit = per_unit[lines, column]
            room = 1 - used[own, column]
            fits = reaches(room + slack, left * unit)
            with np.errstate(divide="ignore", invalid="ignore"):
                partly = np.where(room > 0, room / unit, 0.0)
            taken = np.where(active, np.where(fits, left, partly), 0.0)
            used[own, column] += taken * unit
            left = np.where(active & fits, 0.0, left - taken)
            some = np.flatnonzero(taken > 0)
            share = taken[some] * unit[some]
            self.found.append((row[some], column[some] + 1, taken[some], share))
            first = some[fills.tranche[row[some]] == 0]
            fills.tranche[row[first]] = column[first] + 1
        fills.planned_quantity[row] = fills.quantity[row] - left

    def _leave(
        self, row: Ints, version: Ints, own: Ints, state: tuple[Floats, Floats, Ints],
        exit_: ExitMatrix, trades: Trades,
    ) -> None:  # fmt: skip
        """Allocate exit parts to the targets they reached, nearest to the entry first."""
        fills, limits = self.fills, self.limits
        entered, taken, took_at = state
        lines = np.arange(len(row))
        sign = fills.direction[row][:, None]
        target = exit_.target[version]
        near = tolerance(target, limits.price[row][:, None], limits.tick[row][:, None])
        reached = exit_.exists[version] & ~np.isnan(target)
        reached &= ~exceeds(sign * (target - fills.price[row][:, None]), near)
        planned = exit_.planned(version, entered[own], fills.multiplier[row], limits.inverse[row])
        slack = limits.quantity[row][:, None]
        rest = exit_.is_rest[version]
        filled = ~rest & reaches(taken[own], planned * (1 - slack))
        order = np.argsort(np.where(reached, sign * target, np.inf), axis=1, kind="stable")
        left = fills.quantity[row].copy()
        for place in range(exit_.width):
            column = order[:, place]
            active = reached[lines, column] & ~filled[lines, column] & (left > 0)
            if not active.any():
                continue
            whole = planned[lines, column]
            room = np.where(rest[lines, column], np.inf, whole - taken[own, column])
            grace = np.fmax(np.nan_to_num(whole) * limits.quantity[row], limits.lot[row])
            fits = reaches(room + grace, left)
            took = np.where(active, np.where(fits, left, np.maximum(room, 0.0)), 0.0)
            taken[own, column] += took
            left = np.where(active & fits, 0.0, left - took)
            some = np.flatnonzero(took > 0)
            fresh = some[took_at[own[some], column[some]] < 0]
            took_at[own[fresh], column[fresh]] = fills.at[row[fresh]]
            self.found.append((row[some], column[some] + 1, took[some], np.zeros(len(some))))
            first = some[fills.target[row[some]] == 0]
            fills.target[row[first]] = column[first] + 1
        fills.target_quantity[row] = fills.quantity[row] - left
        opened = trades.opened_at[fills.trade[row]]
        self._trail((row, own, left), version, filled, (taken, took_at), exit_, opened)

    def _trail(
        self, moved: tuple[Ints, Ints, Floats], version: Ints, filled: Bools,
        state: tuple[Floats, Ints], exit_: ExitMatrix, opened: Ints,
    ) -> None:  # fmt: skip
        """Note the remainders that the next open exit, if it trails and runs, may explain."""
        row, own, left = moved
        taken, took_at = state
        lines = np.arange(len(row))
        pending = exit_.exists[version] & ~filled
        following = np.argmax(pending, axis=1)
        after = exit_.trail_after[version][lines, following]
        since = np.where(after > 0, took_at[own, np.maximum(after - 1, 0)], opened)
        fraction = exit_.trail[version][lines, following]
        runs = pending.any(axis=1) & ~np.isnan(fraction) & (since >= 0) & (left > 0)
        runs &= ~self.limits.protective[row]
        some = np.flatnonzero(runs)
        taken[own[some], following[some]] += left[some]
        self.trails.append((row[some], since[some], fraction[some], left[some]))
        self.found.append((row[some], following[some] + 1, left[some], np.zeros(len(some))))

    def allocations(self) -> Allocations:
        """Return all allocation rows in order of part."""
        if not self.found:
            nothing = np.zeros(0, np.int64)
            return Allocations(nothing, nothing, np.zeros(0), np.zeros(0), np.zeros(0, bool))
        row, tranche, quantity, share = (
            np.concatenate(columns) for columns in zip(*self.found, strict=True)
        )
        order = np.argsort(row, kind="stable")
        row = row[order]
        return Allocations(
            fill=row,
            tranche=tranche[order],
            quantity=quantity[order],
            share=share[order],
            is_entry=self.fills.is_entry[row],
        )

    def open_trails(self) -> Trails:
        """Return the parts whose trail is still to be decided on the path of prices."""
        if not self.trails:
            nothing = np.zeros(0, np.int64)
            return Trails(nothing, nothing, np.zeros(0), np.zeros(0))
        row, since, fraction, quantity = (
            np.concatenate(columns) for columns in zip(*self.trails, strict=True)
        )
        return Trails(row, since, fraction, quantity)


def _classify(fills: Fills, limits: Limits) -> None:
    """Give every remainder its one class, by what the rest of its order group did."""
    planned = np.where(fills.is_before_plan, 0.0, fills.planned_quantity)
    left = np.where(fills.is_entry, fills.quantity - planned, 0.0)
    matched = group_any((fills.tranche > 0) & fills.is_entry, fills.group)
    has_plan = (fills.plan >= 0) & ~fills.is_before_plan
    fills.planned_quantity = np.where(fills.is_entry, planned, 0.0)
    fills.unplanned_quantity = left
    fills.excess_quantity = np.where(has_plan & matched, left, 0.0)
    fills.unmatched_quantity = np.where(has_plan & ~matched, left, 0.0)
    out = np.where(fills.is_entry | ~has_plan, 0.0, fills.quantity - fills.target_quantity)
    at_target = group_any(fills.target_quantity > 0, fills.group)
    fills.protective_quantity = np.where(limits.protective, out, 0.0)
    rest = np.where(limits.protective, 0.0, out)
    fills.exit_excess_quantity = np.where(at_target, rest, 0.0)
    fills.early_quantity = np.where(at_target, 0.0, rest)
    fills.undecided_quantity = np.zeros(len(fills))
