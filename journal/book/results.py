"""What trades made: averages, gross and net P&L, R, and what is still open."""

from __future__ import annotations

import numpy as np

from journal.book.clock import microseconds
from journal.book.comparison import Bools, Floats, Ints
from journal.book.facts import Facts
from journal.book.instruments import Instruments
from journal.book.ladders import numbers
from journal.book.parts import day_aware
from journal.book.path import Path
from journal.book.policies import Policies
from journal.book.rates import rates
from journal.book.risk import average, break_even
from journal.book.tables import Fills, Payments, Trades, Versions
from journal.book.versions import latest

_DIRECTIONS = {"long": 1, "short": -1, None: 0}


def settle(
    fills: Fills, trades: Trades, versions: Versions, instruments: Instruments, policies: Policies
) -> None:
    """Fill in what each trade bought, sold, paid and made so far; funding is already there."""
    last = trades.first + trades.count - 1
    harmonic = instruments.is_inverse[trades.instrument]
    trades.quantity = _sum(fills, fills.is_entry, fills.quantity, len(trades))
    trades.exited = fills.exited_so_far[last]
    per_contract = trades.multiplier
    trades.average_entry = average(
        trades.quantity, fills.entry_value_so_far[last] / per_contract, harmonic
    )
    trades.average_exit = average(
        trades.exited, fills.exit_value_so_far[last] / per_contract, harmonic
    )
    trades.held = np.abs(fills.position_after[last])
    moved = np.where(fills.is_entry, fills.held_quantity, -fills.held_quantity)
    trades.dust = np.where(trades.held == 0, _dust(fills, moved, trades), 0.0)
    trades.average_held = fills.average_entry_after[last]
    trades.gross = _sum(fills, ~fills.is_entry, fills.realised_gross, len(trades))
    trades.fees = fills.entry_fees_so_far[last] + fills.exit_fees_so_far[last]
    trades.net = trades.gross - trades.fees + trades.funding
    unknown = ~trades.opening_known
    for column in (trades.gross, trades.net, trades.average_entry):
        column[unknown] = np.nan
    account, at = trades.account, trades.opened_latest
    trades.break_even = break_even(
        trades.direction,
        trades.average_held,
        fills.entry_fees_so_far[last],
        fills.entry_value_so_far[last],
        policies.value("taker", account, at),
        harmonic,
    )
    risks = versions.planned_risk if len(versions) else np.full(1, np.nan)
    trades.planned_risk = np.where(trades.risk_version >= 0, risks[trades.risk_version], np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        r_multiple = trades.net / trades.planned_risk
    trades.r_multiple = np.where(trades.planned_risk > 0, r_multiple, np.nan)


def _sum(fills: Fills, chosen: Bools, values: Floats, trades: int) -> Floats:
    picked = np.where(chosen, values, 0.0)
    result: Floats = np.bincount(fills.trade, picked, minlength=trades).astype(np.float64)
    return result


def _dust(fills: Fills, moved: Floats, trades: Trades) -> Floats:
    """Return what was left below one lot when a trade closed; float noise of an exact zero is 0."""
    left = np.bincount(fills.trade, moved, minlength=len(trades))
    noise = 1e-12 * np.maximum(trades.quantity, trades.exited)
    return np.where(np.abs(left) > noise, left, 0.0)


def mark_open(trades: Trades, instruments: Instruments, path: Path, as_of: int) -> None:
    """Fill in the last known price of what is held, and what it would make at that price."""
    index = path.latest(trades.instrument, np.full(len(trades), as_of))
    known = (index >= 0) & (trades.held > 0)
    prices, times = np.append(path.price, np.nan), np.append(path.at, 0)
    trades.mark = np.where(known, prices[index], np.nan)
    trades.mark_at = np.where(known, times[index], 0)
    size = trades.direction * trades.held * trades.multiplier
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = size * (1 / trades.average_held - 1 / trades.mark)
    straight = size * (trades.mark - trades.average_held)
    trades.unrealised = np.where(instruments.is_inverse[trades.instrument], inverse, straight)


def read_funding(
    facts: Facts,
    accounts: dict[str, int],
    trades: Trades,
    instruments: Instruments,
    policies: Policies,
    path: Path,
) -> Payments:
    """Add each payment to the trade that was open then; what met no open trade stays apart."""
    columns = facts.funding
    codes = {symbol: code for code, symbol in enumerate(instruments.symbols)}
    account = np.array([accounts[name] for name in columns.account], np.int64)
    instrument = np.array([codes[symbol] for symbol in columns.symbol], np.int64)
    side = np.array([_DIRECTIONS[name] for name in columns.direction], np.int64)
    at = day_aware(microseconds(columns.at), columns.at_precision, account, policies.zones)
    amount = _settled(
        columns.currency, numbers(columns.amount), instrument, at, (instruments, policies, path)
    )
    trade = open_trade(trades, account, instrument, side, at)
    some = trade >= 0
    trades.funding = np.zeros(len(trades))
    np.add.at(trades.funding, trade[some], amount[some])
    return Payments(account, instrument, at, amount, trade)


def open_trade(trades: Trades, account: Ints, instrument: Ints, side: Ints, at: Ints) -> Ints:
    """Return the trade open at each instant, or -1; side 0 takes the one opened last."""
    best = np.full(len(at), -1, np.int64)
    for direction in (-1, 1):
        own = np.flatnonzero(trades.direction == direction)
        key = trades.account[own] * (1 << 31) + trades.instrument[own]
        order = np.lexsort((trades.opened_at[own], key))
        own = own[order]
        found = latest(key[order], trades.opened_at[own], account * (1 << 31) + instrument, at)
        trade = np.where(found >= 0, own[found], -1) if len(own) else found
        fits = (trade >= 0) & (side != -direction)
        if len(trades):
            fits &= at <= trades.closed_latest[trade]
            newer = (best < 0) | (trades.opened_at[trade] > trades.opened_at[best])
            best = np.where(fits & newer, trade, best)
    return best


def _settled(
    currency: list[str],
    amount: Floats,
    instrument: Ints,
    at: Ints,
    known: tuple[Instruments, Policies, Path],
) -> Floats:
    instruments, policies, path = known
    result = amount.copy()
    own = np.array([instruments.known[code].settlement for code in instrument], object)
    coins = np.array(currency, object)
    for coin, settlement in sorted(set(zip(coins.tolist(), own.tolist(), strict=True))):
        if coin == settlement or frozenset((coin, settlement)) in policies.parity:
            continue
        rows = np.flatnonzero((coins == coin) & (own == settlement))
        result[rows] *= rates(coin, settlement, at[rows], path, instruments)
    return result
