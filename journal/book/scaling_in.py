"""Does scaling in help: the planned tranches that filled against all-in at tranche 1.

Both sides are the same decision with the same money at risk: the trade's frozen planned risk, its
entry at tranche 1 as it really filled, its invalidation and its exits. What differs is only that
one waits with a part of the size for better prices, and may never get them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats, Ints, difference
from journal.book.ladder_fills import LadderFills, measured
from journal.book.risk import assumed_costs, loss, value
from journal.book.tables import Book


@dataclass(slots=True)
class ScaleIn:
    """One row a trade in which tranche 1 filled; money in its settlement currency.

    `trades` are rows of the book. `scaled` is the result of the planned quantity that filled,
    `all_in` that of `quantity` units at tranche 1; `value` = scaled - all_in, positive where
    scaling in helped, and `value_r` the same / planned risk. NaN is not known: a fee or the
    planned risk is missing, or no size at tranche 1 would spend the risk, because it lies past the
    invalidation or the minimum fees alone are more.

    Funding is on neither side: it depends on how long which size was held.
    """

    trades: Ints
    quantity: Floats
    scaled: Floats
    all_in: Floats
    value: Floats
    value_r: Floats


def scale_in(book: Book, ladders: LadderFills) -> ScaleIn:
    """Return what scaling in was worth in each trade whose tranche 1 filled at all.

    A result is quantity held x (average exit of the trade - entry), with the entry fees those
    fills paid and the exit fees of the trade per unit sold. Unplanned quantity is on neither side;
    it moves neither the entry nor, per unit, the exits. Dust that was left counts as sold.
    """
    price, fee = _exits(book)
    own = ladders.trades
    table = book.trades
    sign = np.where(book.instruments.is_inverse[table.instrument], -1.0, 1.0) * table.direction
    a_unit = (sign * table.multiplier)[own][ladders.owner]
    out, fee_out = price[own][ladders.owner], fee[own][ladders.owner]
    made = a_unit * (ladders.held * out - ladders.cost) - ladders.fee - ladders.held * fee_out
    units, at_first = ladders.units[ladders.first], made[ladders.first]
    quantity = all_in_quantity(book, own)
    with np.errstate(divide="ignore", invalid="ignore"):
        all_in = at_first * (quantity / units)
    scaled = ladders.per_trade(made)
    gained = difference(scaled, all_in)
    risk = table.planned_risk[own]
    some = units > 0
    return ScaleIn(
        trades=own[some],
        quantity=quantity[some],
        scaled=scaled[some],
        all_in=all_in[some],
        value=gained[some],
        value_r=(gained / np.where(risk > 0, risk, np.nan))[some],
    )


def _exits(book: Book) -> tuple[Floats, Floats]:
    """Return, per trade, the average exit (1 / price for inverse contracts) and fee per unit."""
    fills = book.fills
    left = np.where(fills.is_entry, 0.0, fills.held_quantity)
    worth = left * measured(fills.price, book.instruments.is_inverse[fills.instrument])
    paid = np.where(fills.is_entry, 0.0, fills.fee)
    count = len(book.trades)
    units, total, fees = (
        np.bincount(fills.trade, values, minlength=count) for values in (left, worth, paid)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return total / units, fees / units


def all_in_quantity(book: Book, trades: Ints) -> Floats:
    """Return how many units at tranche 1 risk what the whole ladder of each trade does.

    The planned risk of the rule contract, of a single tranche at the planned price of tranche 1,
    solved for its quantity. The two minimum fees make that risk the largest of four rising lines
    of the quantity, so the quantity is the smallest at which one of them meets the risk.
    """
    versions = book.versions
    version = book.trades.risk_version[trades]
    _, taker, slippage, floor = (
        rates[version] for rates in assumed_costs(versions, book.policies, versions.effective_at)
    )
    first = book.tranches.price[versions.first_tranche[version]]
    out, size = versions.invalidation[version], versions.multiplier[version]
    inverse = book.instruments.is_inverse[versions.instrument[version]]
    lost = loss(versions.direction[version], size, first, out, inverse)
    leaving = value(size, out, inverse)
    slope = lost + leaving * slippage
    fee_in, fee_out = value(size, first, inverse) * taker, leaving * taker
    risk = book.trades.planned_risk[trades]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossings = [
            (risk - 2 * floor) / slope,
            (risk - floor) / (slope + fee_in),
            (risk - floor) / (slope + fee_out),
            risk / (slope + fee_in + fee_out),
        ]
    quantity = np.minimum.reduce(crossings)
    result: Floats = np.where((lost > 0) & (quantity > 0), quantity, np.nan)
    return result
