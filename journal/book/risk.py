"""What a plan risks: planned risk, filled risk and break-even (rule contract, section 2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.instruments import Instruments
from journal.book.policies import Policies
from journal.book.tables import Fills, Trades, Tranches, Versions


class LadderRisk(NamedTuple):
    """What whole ladders risk: a row a version, a row a tranche, and where costs are in it."""

    planned: Floats
    by_tranche: Floats
    costs_known: Bools


class AssumedCosts(NamedTuple):
    """The rates a risk figure of each version assumes; all 0 where no taker rate is known."""

    known: Bools
    taker: Floats
    slippage: Floats
    minimum_fee: Floats


def assumed_costs(versions: Versions, policies: Policies, at: Ints) -> AssumedCosts:
    """Return the costs in force at an instant, for every version of plans."""
    taker = policies.value("taker", versions.account, at)
    known = ~np.isnan(taker)
    slippage = np.where(known, policies.value("slippage", versions.account, at), 0.0)
    floor = np.where(known, policies.value("minimum_fee", versions.account, at), 0.0)
    return AssumedCosts(known, np.nan_to_num(taker), slippage, floor)


def plan_risk(
    versions: Versions, tranches: Tranches, instruments: Instruments, policies: Policies
) -> None:
    """Fill in each version's totals and its planned risk, by the policy at its lock."""
    count, owner = len(versions), tranches.version
    inverse = instruments.is_inverse[versions.instrument]
    size = tranches.quantity * versions.multiplier[owner]
    risk = ladder_risk(versions, tranches, instruments, policies, versions.effective_at)
    versions.planned_risk, versions.costs_known = risk.planned, risk.costs_known
    versions.planned_quantity = _sum(tranches.quantity, owner, count)
    versions.planned_money = _sum(quote_value(size, tranches.price, inverse[owner]), owner, count)
    versions.planned_average = average(
        versions.planned_quantity,
        _sum(_weight(tranches.quantity, tranches.price, inverse[owner]), owner, count),
        inverse,
    )


def ladder_risk(
    versions: Versions, tranches: Tranches, instruments: Instruments, policies: Policies, at: Ints
) -> LadderRisk:
    """Return what every version risks by the policy at an instant.

    Per tranche: the loss at the invalidation, never below zero, the taker fee in and out, and
    slippage on the way out. NaN without an invalidation, a price or a size. Without a taker rate
    the costs are left out. A minimum fee on the way out is paid once, and is of no tranche.
    """
    count, owner = len(versions), tranches.version
    costs_known, rate, slippage, floor = assumed_costs(versions, policies, at)
    inverse = instruments.is_inverse[versions.instrument][owner]
    stop_out = versions.invalidation[owner]
    size = tranches.quantity * versions.multiplier[owner]
    lost = loss(versions.direction[owner], size, tranches.price, stop_out, inverse)
    fees_in = np.maximum(value(size, tranches.price, inverse) * rate[owner], floor[owner])
    entering, leaving = np.maximum(lost, 0.0) + fees_in, value(size, stop_out, inverse)
    out = _sum(leaving, owner, count)
    planned = _sum(entering, owner, count) + np.maximum(out * rate, floor) + out * slippage
    return LadderRisk(
        planned=np.where(versions.tranche_count > 0, planned, np.nan),
        by_tranche=entering + leaving * (rate + slippage)[owner],
        costs_known=costs_known,
    )


def value(size: Floats, price: Floats, inverse: Bools) -> Floats:
    """Return the settlement value of a size (quantity x multiplier) at a price."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(inverse, size / price, size * price)


def quote_value(size: Floats, price: Floats, inverse: Bools) -> Floats:
    """Return the quote money of a size (quantity x multiplier) at a price."""
    return np.where(inverse, size, size * price)


def _weight(quantity: Floats, price: Floats, inverse: Bools) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(inverse, quantity / price, quantity * price)


def average(quantity: Floats, weight: Floats, inverse: Bools) -> Floats:
    """Return the average price of a total: weighted, or harmonic for inverse contracts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(inverse, quantity / weight, weight / quantity)


def loss(direction: Ints, size: Floats, entry: Floats, out: Floats, inverse: Bools) -> Floats:
    """Return what is lost between two prices; negative where it would be a gain."""
    with np.errstate(divide="ignore", invalid="ignore"):
        reciprocal = direction * size * (1 / out - 1 / entry)
    return np.where(inverse, reciprocal, direction * size * (entry - out))


def _sum(values: Floats, owner: Ints, owners: int) -> Floats:
    result: Floats = np.bincount(owner, values, minlength=owners).astype(np.float64)
    return result


def filled_risk(
    fills: Fills, trades: Trades, versions: Versions, instruments: Instruments, policies: Policies
) -> Floats:
    """Return the risk of what really filled, with real prices and fees, at the frozen invalidation.

    Unplanned quantity is included.
    """
    invalidation, known = _frozen_invalidation(trades, versions)
    account, at = trades.account, trades.opened_latest
    taker = np.nan_to_num(policies.value("taker", account, at))
    slippage = policies.value("slippage", account, at)
    trade = fills.trade
    inverse = instruments.is_inverse[fills.instrument]
    size = fills.held_quantity * fills.multiplier
    out = invalidation[trade]
    lost = np.maximum(loss(fills.direction, size, fills.price, out, inverse), 0.0)
    leaving = value(size, out, inverse) * (taker + slippage)[trade]
    each = np.where(fills.is_entry, lost + fills.fee + leaving, 0.0)
    total = _sum(each, trade, len(trades))
    return np.where(known & trades.opening_known, total, np.nan)


def _frozen_invalidation(trades: Trades, versions: Versions) -> tuple[Floats, Bools]:
    known = trades.risk_version >= 0
    prices = versions.invalidation if len(versions) else np.full(1, np.nan)
    return np.where(known, prices[trades.risk_version], np.nan), known


def break_even(
    direction: Ints,
    average_entry: Floats,
    fee_paid: Floats,
    entry_value: Floats,
    taker: Floats,
    inverse: Bools,
) -> Floats:
    """Return the exit price that covers the costs of both sides.

    Long: average x (1 + entry fee rate) / (1 - taker); short: average x (1 - entry fee rate) /
    (1 + taker). The entry fee rate is what was paid on the entry value, else the taker rate. For
    inverse contracts, whose profit follows 1/price, the two rates change places.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        paid = fee_paid / entry_value
    rate = np.where(np.isnan(paid), taker, paid)
    above, below = np.where(inverse, taker, rate), np.where(inverse, rate, taker)
    result: Floats = average_entry * (1 + direction * above) / (1 - direction * below)
    return result
