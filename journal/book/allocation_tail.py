"""One trade allocated fill by fill in plain floats: tails of long trades, and amended plans.

Stepping arrays of one row costs a hundred times more than this, and an amendment made while the
trade is open counts what was filled anew. The arithmetic is that of `entry_allocation` and
`exit_allocation`, and a test holds them together.
"""

from __future__ import annotations

import math
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from journal.book.allocating import Found, Limits, State
from journal.book.comparison import SLACK
from journal.book.entry_allocation import SAME_DISTANCE
from journal.book.ladder_matrix import Bucket, EntryMatrix, ExitMatrix
from journal.book.tables import Fills


class Part(NamedTuple):
    """What one fill part brings to the ladder."""

    row: int
    price: float
    quantity: float
    at: int
    at_latest: int
    average: float
    named: int
    opens: bool
    protective: bool


class Rung(NamedTuple):
    """An entry tranche of one version, by column."""

    column: int
    price: float
    quantity: float
    money: float
    skipped_at: int


class Way(NamedTuple):
    """An exit of one version, by column."""

    column: int
    target: float
    units: float
    fraction: float
    money: float
    is_rest: bool
    trail: float
    trail_after: int


def _reaches(value: float, limit: float) -> bool:
    return value - limit >= -SLACK * max(abs(value), abs(limit))


class Tail:
    """One trade's ladder and state as lists, from where stepping stopped."""

    def __init__(
        self,
        fills: Fills,
        limits: Limits,
        bucket: Bucket,
        ladders: tuple[EntryMatrix, ExitMatrix],
        state: State,
        one: int,
        opened_at: int,
    ) -> None:
        self.fills = fills
        self.limits = limits
        self.version_row = bucket.version_row
        self.entry, self.exit = ladders
        self.used: list[float] = state.used[one].tolist()
        self.by_units: list[float] = state.by_units[one].tolist()
        self.by_money: list[float] = state.by_money[one].tolist()
        self.taken: list[float] = state.taken[one].tolist()
        self.took_at: list[int] = state.took_at[one].tolist()
        self.entered = float(state.entered[one])
        self.opened_at = opened_at
        self.rows: list[tuple[int, int, float]] = []
        self.filled: list[tuple[int, float, float]] = []
        self.version = -1
        self.trails: list[tuple[int, int, float, float]] = []
        self._rungs: dict[int, list[Rung]] = {}
        self._ways: dict[int, list[Way]] = {}

    def walk(self, rows: range, found: Found) -> None:
        """Allocate these rows in order and hand over what was found."""
        first = rows.start
        self.match = float(self.limits.match[first])
        self.near = float(self.limits.price[first])
        self.slack = float(self.limits.quantity[first])
        self.tick, self.lot = float(self.limits.tick[first]), float(self.limits.lot[first])
        self.inverse = bool(self.limits.inverse[first])
        self.sign = int(self.fills.direction[first])
        self.multiplier = float(self.fills.multiplier[first])
        span = slice(rows.start, rows.stop)
        fills = self.fills
        columns = zip(
            rows,
            fills.price[span].tolist(),
            fills.quantity[span].tolist(),
            fills.at[span].tolist(),
            fills.at_latest[span].tolist(),
            fills.average_entry_before[span].tolist(),
            fills.named_tranche[span].tolist(),
            (~fills.had_position[span] & ~fills.is_before_plan[span]).tolist(),
            self.limits.protective[span].tolist(),
            strict=True,
        )
        versions = fills.version[span].tolist()
        entries = fills.is_entry[span].tolist()
        skipped = (fills.is_before_plan[span] | ~fills.opening_known[span]).tolist()
        for values, version, is_entry, untold in zip(
            columns, versions, entries, skipped, strict=True
        ):
            part = Part(*values)
            if version >= 0 and self.version_row[version] != self.version:
                self._change_to(int(self.version_row[version]))
            if is_entry:
                if version >= 0:
                    self._enter(part, int(self.version_row[version]))
                self.entered += part.quantity
            elif version >= 0 and not untold:
                self._leave(part, int(self.version_row[version]))
        if self.rows:
            row, number, quantity = zip(*self.rows, strict=True)
            found.rows.append((np.array(row), np.array(number), np.array(quantity)))
        if self.trails:
            row, since, fraction, left = zip(*self.trails, strict=True)
            found.trails.append(
                (np.array(row), np.array(since), np.array(fraction), np.array(left))
            )

    def _enter(self, part: Part, version: int) -> None:
        left = part.quantity
        for rung in self._candidates(part, version):
            unit = min(self._shares_per_unit(rung, part.price))
            room = 1 - self.used[rung.column]
            fits = _reaches(room + self.slack, left * unit)
            taken = left if fits else (room / unit if room > SLACK else 0.0)
            left = 0.0 if fits else left - taken
            if taken > 0:
                self.rows.append((part.row, rung.column + 1, taken))
                self.filled.append((rung.column, taken, part.price))
                self._use(rung, taken, part.price)
                if self.fills.tranche[part.row] == 0:
                    self.fills.tranche[part.row] = rung.column + 1
            if left <= 0:
                break
        self.fills.planned_quantity[part.row] = part.quantity - left

    def _use(self, rung: Rung, taken: float, price: float) -> None:
        by_units, by_money = self._shares_per_unit(rung, price)
        self.used[rung.column] += taken * min(by_units, by_money)
        self.by_units[rung.column] += taken * by_units
        self.by_money[rung.column] += taken * by_money

    def _change_to(self, version: int) -> None:
        """Count what was filled against the tranches of another version."""
        if self.version >= 0:
            self.used, self.by_units, self.by_money = ([0.0] * self.entry.width for _ in range(3))
            rungs = {rung.column: rung for rung in self._rungs_of(version)}
            for column, taken, price in self.filled:
                if column in rungs:
                    self._use(rungs[column], taken, price)
        self.version = version

    def _candidates(self, part: Part, version: int) -> list[Rung]:
        rungs = self._rungs_of(version)
        if part.named:
            return [rung for rung in rungs if rung.column + 1 == part.named]
        after = int(self.entry.enter_until_exit[version])
        ended = part.at > int(self.entry.until[version])
        if ended or (after and after <= len(self.took_at) and self.took_at[after - 1] >= 0):
            return []
        by_nearness = sorted(
            (self._distance(rung, part.price), -self.sign * rung.price, rung)
            for rung in rungs
            if not math.isnan(rung.price)
            and rung.skipped_at > part.at_latest
            and not _reaches(
                max(self.by_units[rung.column], self.by_money[rung.column]), 1 - self.slack
            )
        )
        still_open = [rung for _, _, rung in by_nearness]
        near = [rung for rung in still_open if self._is_near(rung, part.price)]
        return near or (still_open[:1] if part.opens else [])

    def _distance(self, rung: Rung, price: float) -> int:
        return round(abs(price - rung.price) / (abs(price) * SAME_DISTANCE + 1e-300))

    def _is_near(self, rung: Rung, price: float) -> bool:
        worse = self.sign * (price - rung.price)
        limit = max(self.match * abs(rung.price), self.tick)
        return worse - limit <= SLACK * max(abs(worse), abs(limit))

    def _shares_per_unit(self, rung: Rung, price: float) -> tuple[float, float]:
        by_units = 0.0 if math.isnan(rung.quantity) else 1 / rung.quantity
        if math.isnan(rung.money):
            return by_units, by_units
        return by_units, (1.0 if self.inverse else price) * self.multiplier / rung.money

    def _leave(self, part: Part, version: int) -> None:
        ways = self._ways_of(version)
        planned = [self._planned(way) for way in ways]
        filled = [
            not way.is_rest and _reaches(self.taken[way.column], whole * (1 - self.slack))
            for way, whole in zip(ways, planned, strict=True)
        ]
        left = part.quantity
        reached = [
            (abs(way.target - part.average), way, whole)
            for way, whole, done in zip(ways, planned, filled, strict=True)
            if not done and self._is_reached(way, part.price)
        ]
        for _, way, whole in sorted(reached, key=itemgetter(0)):
            if left <= 0:
                break
            room = math.inf if way.is_rest else whole - self.taken[way.column]
            grace = self.lot if way.is_rest else max(whole * self.slack, self.lot)
            fits = _reaches(room + grace, left) if math.isfinite(room) else True
            took = left if fits else max(room, 0.0)
            left = 0.0 if fits else left - took
            if took > 0:
                self._take(part, way.column, took)
        self.fills.target_quantity[part.row] = part.quantity - left
        if left > 0 and not part.protective:
            self._trail(part, ways, filled, left)

    def _take(self, part: Part, column: int, took: float) -> None:
        self.taken[column] += took
        if self.took_at[column] < 0:
            self.took_at[column] = part.at
        self.rows.append((part.row, column + 1, took))
        if self.fills.target[part.row] == 0:
            self.fills.target[part.row] = column + 1

    def _trail(self, part: Part, ways: list[Way], filled: list[bool], left: float) -> None:
        pending = [way for way, done in zip(ways, filled, strict=True) if not done]
        if not pending or math.isnan(pending[0].trail):
            return
        way = pending[0]
        since = self.took_at[way.trail_after - 1] if way.trail_after else self.opened_at
        if since < 0:
            return
        self.taken[way.column] += left
        self.trails.append((part.row, since, way.trail, left))
        self.rows.append((part.row, way.column + 1, left))

    def _is_reached(self, way: Way, price: float) -> bool:
        if math.isnan(way.target):
            return False
        worse = self.sign * (way.target - price)
        limit = max(self.near * abs(way.target), self.tick)
        return worse - limit <= SLACK * max(abs(worse), abs(limit))

    def _planned(self, way: Way) -> float:
        if not math.isnan(way.units):
            return way.units
        if not math.isnan(way.fraction):
            return way.fraction * self.entered
        price = 1.0 if self.inverse else way.target
        return way.money / (price * self.multiplier)

    def _rungs_of(self, version: int) -> list[Rung]:
        if version not in self._rungs:
            entry = self.entry
            columns = (entry.price, entry.quantity, entry.money, entry.skipped_at)
            self._rungs[version] = [
                Rung(int(column), *(values[version, column].item() for values in columns))
                for column in np.flatnonzero(entry.exists[version])
            ]
        return self._rungs[version]

    def _ways_of(self, version: int) -> list[Way]:
        if version not in self._ways:
            exit_ = self.exit
            columns = (exit_.target, exit_.units, exit_.fraction, exit_.money)
            rest = (exit_.is_rest, exit_.trail, exit_.trail_after)
            self._ways[version] = [
                Way(int(column), *(values[version, column].item() for values in columns + rest))
                for column in np.flatnonzero(exit_.exists[version])
            ]
        return self._ways[version]
