"""Plans, versions, tranches, exits and skips as columns."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np

from journal.book.clock import NEVER, microseconds, widths
from journal.book.comparison import Floats, Ints
from journal.book.facts import Facts
from journal.book.grouping import starts_of
from journal.book.instruments import Instruments
from journal.book.parts import day_aware
from journal.book.tables import ALIVE, Exits, Fills, Plans, Skips, Tranches, Versions
from journal.book.versions import effective_times

_DIRECTIONS = {"long": 1, "short": -1}


def numbers(texts: Sequence[str | None]) -> Floats:
    """Return decimal texts as floats, None as NaN."""
    return np.array([np.nan if text is None else float(text) for text in texts], np.float64)


def counts(values: Sequence[int | None]) -> Ints:
    """Return optional counts as integers, None as 0."""
    return np.array([value or 0 for value in values], np.int64)


def _rows_of(ids: Sequence[int], asked: Sequence[int]) -> Ints:
    """Return the row of each asked id; ids come in the order they were written."""
    return np.searchsorted(np.array(ids, np.int64), np.array(asked, np.int64))


def _first_and_count(owner: Ints, owners: int) -> tuple[Ints, Ints]:
    count = np.bincount(owner, minlength=owners).astype(np.int64)
    return np.cumsum(count) - count, count


def read_plans(facts: Facts, accounts: dict[str, int], instruments: Instruments) -> Plans:
    """Return plans as locked; when and why they ended is filled in by binding."""
    codes = {symbol: code for code, symbol in enumerate(instruments.symbols)}
    columns, count = facts.plans, len(facts.plans.id)
    return Plans(
        id=np.array(columns.id, np.int64),
        account=np.array([accounts[name] for name in columns.account], np.int64),
        instrument=np.array([codes[symbol] for symbol in columns.symbol], np.int64),
        direction=np.array([_DIRECTIONS[name] for name in columns.direction], np.int64),
        first_version=np.zeros(count, np.int64),
        last_version=np.zeros(count, np.int64),
        locked_at=np.zeros(count, np.int64),
        trade=np.full(count, -1, np.int64),
        cancelled_at=np.full(count, NEVER, np.int64),
        ended_at=np.full(count, NEVER, np.int64),
        end=np.full(count, ALIVE, np.int64),
    )


def read_versions(
    facts: Facts, plans: Plans, instruments: Instruments, zones: tuple[ZoneInfo, ...]
) -> Versions:
    """Return versions in order of plan and number, and point each plan at its own."""
    columns = facts.versions
    plan = _rows_of(facts.plans.id, columns.plan_id)
    number = np.array(columns.number, np.int64)
    order = np.lexsort((number, plan))
    plan, number = plan[order], number[order]
    account, instrument = plans.account[plan], plans.instrument[plan]
    at = day_aware(
        microseconds(columns.at)[order], _picked(columns.at_precision, order), account, zones
    )
    recorded_at = microseconds(columns.recorded_at)[order]
    maximum = numbers(columns.maximum)[order]
    in_units = np.array([unit == "units" for unit in columns.maximum_unit], bool)[order]
    rows = np.flatnonzero(starts_of(plan)) if len(plan) else plan
    plans.first_version = rows
    plans.last_version = np.append(rows[1:], len(plan)) - 1
    effective_at = effective_times(at, recorded_at)
    plans.locked_at = effective_at[rows]
    nothing = np.zeros(len(plan), np.int64)
    return Versions(
        id=np.array(columns.id, np.int64)[order],
        row=order,
        plan=plan,
        number=number,
        at=at,
        at_width=widths(columns.at_precision)[order],
        recorded_at=recorded_at,
        effective_at=effective_at,
        account=account,
        instrument=instrument,
        direction=plans.direction[plan],
        multiplier=instruments.multiplier[instrument],
        maximum_units=np.where(in_units, maximum, np.nan),
        maximum_money=np.where(in_units, np.nan, maximum),
        invalidation=numbers(columns.invalidation)[order],
        stop=numbers(columns.stop)[order],
        breakeven_after=counts(columns.breakeven_after)[order],
        enter_until_exit=counts(columns.enter_until_exit)[order],
        leverage=numbers(columns.leverage)[order],
        is_cross=np.array([margin == "cross" for margin in columns.margin], bool)[order],
        liquidation=numbers(columns.liquidation)[order],
        until=_until(columns.until)[order],
        first_tranche=nothing,
        tranche_count=nothing,
        first_exit=nothing,
        exit_count=nothing,
    )


def _picked(values: list[str], order: Ints) -> list[str]:
    return [values[row] for row in order]


def _until(texts: Sequence[str | None]) -> Ints:
    at = microseconds(texts)
    return np.where([text is None for text in texts], NEVER, at) if len(texts) else at


def read_tranches(
    facts: Facts, versions: Versions, plans: Plans, skips: Skips, instruments: Instruments
) -> Tranches:
    """Return entry tranches with their planned units, money / price / multiplier where given so."""
    columns = facts.entry_tranches
    version = _version_rows(versions, columns.version_id)
    number = np.array(columns.number, np.int64)
    order = np.lexsort((number, version))
    version, number = version[order], number[order]
    versions.first_tranche, versions.tranche_count = _first_and_count(version, len(versions))
    amount, price = numbers(columns.amount)[order], numbers(columns.price)[order]
    in_money = np.array([unit == "money" for unit in columns.unit], bool)[order]
    instrument = versions.instrument[version]
    per_unit = np.where(
        instruments.is_inverse[instrument],
        instruments.multiplier[instrument],
        price * instruments.multiplier[instrument],
    )
    return Tranches(
        id=np.array(columns.id, np.int64)[order],
        version=version,
        number=number,
        price=price,
        quantity=np.where(in_money, amount / per_unit, amount),
        money=np.where(in_money, amount, np.nan),
        skipped_at=_skip_times(skips, versions.plan[version], number, len(plans)),
    )


def _version_rows(versions: Versions, asked: Sequence[int]) -> Ints:
    by_id = np.argsort(versions.id)
    return by_id[np.searchsorted(versions.id[by_id], np.array(asked, np.int64))]


def _skip_times(skips: Skips, plan: Ints, number: Ints, plans: int) -> Ints:
    """Return when each tranche was first skipped, `NEVER` where it was not."""
    width = int(max(number.max(initial=0), skips.tranche.max(initial=0))) + 1
    first = np.full(plans * width, NEVER, np.int64)
    np.minimum.at(first, skips.plan * width + skips.tranche, skips.effective_at)
    times: Ints = first[plan * width + number]
    return times


def read_exits(facts: Facts, versions: Versions) -> Exits:
    """Return exit tranches, each in the unit it was written in."""
    columns = facts.exit_tranches
    version = _version_rows(versions, columns.version_id)
    number = np.array(columns.number, np.int64)
    order = np.lexsort((number, version))
    versions.first_exit, versions.exit_count = _first_and_count(version[order], len(versions))
    amount = numbers(columns.amount)[order]
    units = np.array(columns.unit, object)[order]
    return Exits(
        id=np.array(columns.id, np.int64)[order],
        version=version[order],
        number=number[order],
        target=numbers(columns.target)[order],
        units=np.where(units == "units", amount, np.nan),
        fraction=np.where(units == "fraction", amount, np.nan),
        money=np.where(units == "money", amount, np.nan),
        is_rest=np.asarray(units == "rest", bool),
        trail=numbers(columns.trail)[order],
        trail_after=counts(columns.trail_after)[order],
    )


def read_skips(facts: Facts) -> Skips:
    """Return skips in the order they were written."""
    columns = facts.skips
    at, recorded_at = microseconds(columns.at), microseconds(columns.recorded_at)
    return Skips(
        id=np.array(columns.id, np.int64),
        plan=_rows_of(facts.plans.id, columns.plan_id),
        tranche=np.array(columns.tranche, np.int64),
        at=at,
        recorded_at=recorded_at,
        effective_at=effective_times(at, recorded_at),
    )


def read_cancellations(facts: Facts, plans: Plans) -> None:
    """Put on each plan when it was cancelled first."""
    columns = facts.cancellations
    at = effective_times(microseconds(columns.at), microseconds(columns.recorded_at))
    np.minimum.at(plans.cancelled_at, _rows_of(facts.plans.id, columns.plan_id), at)


def planned_prices(fills: Fills, versions: Versions, tranches: Tranches) -> Floats:
    """Return the price of the tranche each part went to first, in its version; else NaN."""
    some = np.flatnonzero(fills.tranche > 0)
    prices = np.full(len(fills), np.nan)
    place = versions.first_tranche[fills.version[some]] + fills.tranche[some] - 1
    prices[some] = tranches.price[place]
    return prices
