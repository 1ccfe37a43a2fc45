"""Entry fills to entry tranches, one part of many trades at a time (rule contract, section 2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from journal.book.allocating import Found, Limits, State
from journal.book.comparison import SLACK, Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.ladder_matrix import EntryMatrix
from journal.book.tables import Fills


class Candidates(NamedTuple):
    """Per part and column: whether it is a candidate, the order to try, and a unit's shares."""

    chosen: Bools
    order: Ints
    by_units: Floats
    by_money: Floats


SAME_DISTANCE = 1e-9
"""Distances to a tranche that differ by less than this share of the price are a tie."""


def enter(
    fills: Fills,
    limits: Limits,
    row: Ints,
    own: Ints,
    version: Ints,
    ladder: EntryMatrix,
    state: State,
) -> Candidates:
    """Return the candidates of each part, in which order they are met, and what a unit uses up.

    A tranche named by the fill is the only candidate. Otherwise those open and near enough are,
    nearest first; the first order of a trade takes the nearest open one at any distance.
    """
    price, sign = fills.price[row][:, None], fills.direction[row][:, None]
    planned = ladder.price[version]
    slack = limits.quantity[row][:, None]
    whole = np.maximum(state.by_units[own], state.by_money[own])
    is_open = ladder.exists[version] & ~np.isnan(planned) & ~reaches(whole, 1 - slack)
    is_open &= ladder.skipped_at[version] > fills.at_latest[row][:, None]
    is_open &= (fills.at[row] <= ladder.until[version])[:, None]
    is_open &= ~ladder.lapsed(version, state.took_at[own])
    near = tolerance(planned, limits.match[row][:, None], limits.tick[row][:, None])
    candidate = is_open & ~exceeds(sign * (price - planned), near)
    distance = np.rint(np.abs(price - planned) / (np.abs(price) * SAME_DISTANCE + 1e-300))
    lonely = ~candidate.any(axis=1) & ~fills.had_position[row] & ~fills.is_before_plan[row]
    nearest = _first_in_order(np.where(is_open, distance, np.inf), sign * planned)
    candidate = np.where(lonely[:, None], nearest & is_open, candidate)
    named = fills.named_tranche[row][:, None]
    candidate = np.where(named > 0, ladder.exists[version] & (ladder.numbers == named), candidate)
    # Named by the fill, a tranche without a price has no distance.
    order = _order(np.where(candidate, np.nan_to_num(distance), np.inf), sign * planned)
    inverse = limits.inverse[row]
    shares = ladder.shares_per_unit(version, fills.price[row], fills.multiplier[row], inverse)
    return Candidates(candidate, order, *shares)


def _order(distance: Floats, met: Floats) -> Ints:
    """Return columns by distance; of two as near, the one the price meets first, then by number."""
    by_number = np.broadcast_to(np.arange(distance.shape[1]), distance.shape)
    return np.lexsort((by_number, -met, distance), axis=1)


def _first_in_order(distance: Floats, met: Floats) -> Bools:
    first = np.zeros(distance.shape, bool)
    first[np.arange(len(distance)), _order(distance, met)[:, 0]] = True
    return first


def pour(
    fills: Fills,
    limits: Limits,
    row: Ints,
    own: Ints,
    candidates: Candidates,
    state: State,
    found: Found,
) -> None:
    """Let each quantity flow through its candidates in order, each to its room."""
    order = candidates.order
    per_unit = np.minimum(candidates.by_units, candidates.by_money)
    used, slack = state.used, limits.quantity[row]
    left, lines = fills.quantity[row].copy(), np.arange(len(row))
    for place in range(order.shape[1]):
        column = order[:, place]
        active = candidates.chosen[lines, column] & (left > 0)
        if not active.any():
            break
        unit = per_unit[lines, column]
        room = 1 - used[own, column]
        fits = reaches(room + slack, left * unit)
        with np.errstate(divide="ignore", invalid="ignore"):
            partly = np.where(room > SLACK, room / unit, 0.0)
        taken = np.where(active, np.where(fits, left, partly), 0.0)
        used[own, column] += taken * unit
        state.by_units[own, column] += taken * candidates.by_units[lines, column]
        state.by_money[own, column] += taken * candidates.by_money[lines, column]
        left = np.where(active & fits, 0.0, left - taken)
        some = np.flatnonzero(taken > 0)
        found.rows.append((row[some], column[some] + 1, taken[some]))
        first = some[fills.tranche[row[some]] == 0]
        fills.tranche[row[first]] = column[first] + 1
    fills.planned_quantity[row] = fills.quantity[row] - left
