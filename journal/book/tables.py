"""The book: aligned columns for fill parts, trades, plan versions, tranches and stops.

Every field is an array with one element a row. Money is in the settlement currency of the row's
instrument, quantities in base units (contracts on derivatives), times in int64 microseconds UTC,
fractions 0..1. NaN is "not known"; index columns hold -1 for "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints
from journal.book.facts import Facts
from journal.book.instruments import Instruments
from journal.book.path import Path
from journal.book.policies import Policies


def _later() -> Any:  # noqa: ANN401 - stands for any column type
    """Leave a column to a later step of the build; reading it before is an AttributeError."""
    return field(init=False, repr=False)


@dataclass(slots=True)
class Fills:
    """Fill parts in order of account, instrument, position side and time.

    A fill through zero has two rows (`part` 1 and 2). Rows with `is_fill` False are opening
    balances: they move the position but nobody judges them. `group` numbers the order groups;
    `group_*` columns hold what was so before the group's first fill. `exit_*` and `*_quantity`
    columns come from allocation: planned + excess + unmatched + unplanned_otherwise = quantity on
    entries, target + protective + trail + excess + early + undecided = quantity on exits.
    """

    id: Ints
    row: Ints
    part: Ints
    is_fill: Bools
    account: Ints
    instrument: Ints
    lane: Ints
    trade: Ints
    at: Ints
    at_width: Ints
    recorded_at: Ints
    side: Ints
    direction: Ints
    is_entry: Bools
    is_liquidation: Bools
    share: Floats
    quantity: Floats
    held_quantity: Floats
    price: Floats
    multiplier: Floats
    position_before: Floats
    position_after: Floats
    oversold: Bools
    order: Ints
    named_tranche: Ints
    # once policies, trades and order groups are known
    at_latest: Ints = _later()
    opening_known: Bools = _later()
    group: Ints = _later()
    group_first: Ints = _later()
    group_price: Floats = _later()
    had_position: Bools = _later()
    # once fees are priced and averages stepped
    fee: Floats = _later()
    average_entry_before: Floats = _later()
    average_entry_after: Floats = _later()
    group_average_before: Floats = _later()
    entry_fee_share: Floats = _later()
    realised_gross: Floats = _later()
    realised_net: Floats = _later()
    entry_value_so_far: Floats = _later()
    entry_fees_so_far: Floats = _later()
    exited_so_far: Floats = _later()
    exit_value_so_far: Floats = _later()
    exit_fees_so_far: Floats = _later()
    exited_before_group: Floats = _later()
    last_exit_price: Floats = _later()
    last_exit_at: Ints = _later()
    # once plans are bound and stops are placed
    plan: Ints = _later()
    version: Ints = _later()
    is_before_plan: Bools = _later()
    invalidation: Floats = _later()
    stop: Floats = _later()
    # once tranches are allocated
    tranche: Ints = _later()
    planned_price: Floats = _later()
    planned_quantity: Floats = _later()
    excess_quantity: Floats = _later()
    unmatched_quantity: Floats = _later()
    unplanned_quantity: Floats = _later()
    target: Ints = _later()
    target_quantity: Floats = _later()
    protective_quantity: Floats = _later()
    trail_quantity: Floats = _later()
    exit_excess_quantity: Floats = _later()
    early_quantity: Floats = _later()
    undecided_quantity: Floats = _later()

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Trades:
    """Trades from flat to flat, in the order of their first part.

    `closed_at` is `NEVER` while open; `has_entry` False where only exits of something bought before
    the journal are known; `is_judged` False for trades from before the journal.
    `plan` is bound (or -1), `is_late` where it came after the first fill. `risk_version` is the
    version whose planned risk is frozen.
    """

    first: Ints
    count: Ints
    account: Ints
    instrument: Ints
    direction: Ints
    multiplier: Floats
    opened_at: Ints
    opened_latest: Ints
    closed_at: Ints
    closed_latest: Ints
    opening_known: Bools
    has_entry: Bools
    is_judged: Bools
    # once plans are bound
    plan: Ints = _later()
    is_late: Bools = _later()
    risk_version: Ints = _later()
    # results
    quantity: Floats = _later()
    exited: Floats = _later()
    held: Floats = _later()
    dust: Floats = _later()
    average_entry: Floats = _later()
    average_exit: Floats = _later()
    average_held: Floats = _later()
    gross: Floats = _later()
    fees: Floats = _later()
    funding: Floats = _later()
    net: Floats = _later()
    unrealised: Floats = _later()
    mark: Floats = _later()
    mark_at: Ints = _later()
    planned_risk: Floats = _later()
    r_multiple: Floats = _later()
    filled_risk: Floats = _later()
    break_even: Floats = _later()

    def __len__(self) -> int:
        return len(self.first)

    @property
    def is_open(self) -> Bools:
        """Where the position is not flat."""
        return np.equal(self.closed_at, NEVER)


@dataclass(slots=True)
class Plans:
    """Plans in order of id; `ended_at` is when they were cancelled, expired, or their trade closed.

    `end` says why: an index into `ENDS`.
    """

    id: Ints
    account: Ints
    instrument: Ints
    direction: Ints
    first_version: Ints
    last_version: Ints
    locked_at: Ints
    trade: Ints
    cancelled_at: Ints
    ended_at: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.id)


ENDS = ("alive", "cancelled", "expired", "completed")
ALIVE, CANCELLED, EXPIRED, COMPLETED = range(4)


@dataclass(slots=True)
class Versions:
    """Plan versions in order of plan and number; `plan` indexes `Plans`.

    `effective_at` is the later of claimed and recorded time. Planned quantity and money are the
    ladder's totals; `maximum_units` and `maximum_money` are NaN where not said in that unit.
    """

    id: Ints
    row: Ints
    plan: Ints
    number: Ints
    at: Ints
    at_width: Ints
    recorded_at: Ints
    effective_at: Ints
    account: Ints
    instrument: Ints
    direction: Ints
    multiplier: Floats
    maximum_units: Floats
    maximum_money: Floats
    invalidation: Floats
    stop: Floats
    breakeven_after: Ints
    enter_until_exit: Ints
    leverage: Floats
    is_cross: Bools
    liquidation: Floats
    until: Ints
    first_tranche: Ints
    tranche_count: Ints
    first_exit: Ints
    exit_count: Ints
    # once the ladder and the policy are known
    planned_quantity: Floats = _later()
    planned_money: Floats = _later()
    planned_average: Floats = _later()
    planned_risk: Floats = _later()
    costs_known: Bools = _later()

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Tranches:
    """Entry tranches of all versions, in order of version and number; `version` indexes rows.

    `quantity` is in units, `money` NaN unless the tranche was written in money. While a tranche
    stood, prices are known up to `reached_at_price` on its far side; `reached_at` is when a missed
    one was first traded through.
    """

    id: Ints
    version: Ints
    number: Ints
    price: Floats
    quantity: Floats
    money: Floats
    skipped_at: Ints
    # once fills are allocated
    filled_quantity: Floats = _later()
    used: Floats = _later()
    reached_at_price: Floats = _later()
    reached_at: Ints = _later()
    state: Ints = _later()

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Exits:
    """Exit tranches of all versions, in order of version and number.

    Exactly one of `units`, `fraction`, `money` is a number, or `is_rest` holds; `trail` is NaN
    where the exit has a target.
    """

    id: Ints
    version: Ints
    number: Ints
    target: Floats
    units: Floats
    fraction: Floats
    money: Floats
    is_rest: Bools
    trail: Floats
    trail_after: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Allocations:
    """Which part of a fill went to which tranche; `fill` indexes `Fills`, numbers are from 1."""

    fill: Ints
    tranche: Ints
    quantity: Floats
    is_entry: Bools


@dataclass(slots=True)
class Stops:
    """Stop events of trades in order of trade and time, those of plan lines included.

    `id` is -1 for a plan's own stop line, whose `version` is given; `price` NaN where the stop was
    removed. `at` is when it counts: never before its trade's first fill. `is_late` marks one
    recorded more than the log delay after the time it claims, `is_waiting` one logged while its
    trade's plan still waited.
    """

    id: Ints
    version: Ints
    trade: Ints
    at: Ints
    claimed_at: Ints
    recorded_at: Ints
    price: Floats
    is_late: Bools
    is_waiting: Bools

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Skips:
    """Skips in writing; `plan` indexes `Plans`."""

    id: Ints
    plan: Ints
    tranche: Ints
    at: Ints
    recorded_at: Ints
    effective_at: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(slots=True)
class Payments:
    """Funding payments in settlement money; `trade` is the one open then, or -1."""

    account: Ints
    instrument: Ints
    at: Ints
    amount: Floats
    trade: Ints


@dataclass(slots=True)
class Days:
    """Account-days on which trades begin, in order of account and day.

    `day` counts from 1970 in the account's zone, `trades` those opened that day since the journal
    began, `of_trade` maps each trade to its day's row, -1 where it is not judged.
    """

    account: Ints
    day: Ints
    started_at: Ints
    trades: Ints
    of_trade: Ints

    def __len__(self) -> int:
        return len(self.day)


@dataclass(slots=True)
class Book:
    """A journal as columns, as of an instant; everything judged, listed or drawn reads this."""

    as_of: int
    facts: Facts
    accounts: tuple[str, ...]
    instruments: Instruments
    policies: Policies
    path: Path
    fills: Fills
    trades: Trades
    plans: Plans
    versions: Versions
    tranches: Tranches
    exits: Exits
    allocations: Allocations
    stops: Stops
    skips: Skips
    payments: Payments
    days: Days = _later()
