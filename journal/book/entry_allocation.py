"""Entry fills to entry tranches, one part of many trades at a time (rule contract, section 2)."""

from __future__ import annotations

import numpy as np

from journal.book.allocating import Found, Limits, State
from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.ladder_matrix import EntryMatrix
from journal.book.tables import Fills

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
) -> tuple[Bools, Ints, Floats]:
    """Return the candidates of each part, in which order they are met, and the share of a unit.

    A tranche named by the fill is the only candidate. Otherwise those open and near enough are,
    nearest first; the first order of a trade takes the nearest open one at any distance.
    """
    price, sign = fills.price[row][:, None], fills.direction[row][:, None]
    planned = ladder.price[version]
    slack = limits.quantity[row][:, None]
    is_open = ladder.exists[version] & ~np.isnan(planned) & ~reaches(state.used[own], 1 - slack)
    is_open &= ladder.skipped_at[version] > fills.at_latest[row][:, None]
    is_open &= (fills.at[row] < ladder.until[version])[:, None]
    is_open &= ~ladder.lapsed(version, state.took_at[own])
    near = tolerance(planned, limits.match[row][:, None], limits.tick[row][:, None])
    candidate = is_open & ~exceeds(sign * (price - planned), near)
    distance = np.rint(np.abs(price - planned) / (np.abs(price) * SAME_DISTANCE + 1e-300))
    lonely = ~candidate.any(axis=1) & ~fills.had_position[row] & ~fills.is_before_plan[row]
    nearest = _first_in_order(np.where(is_open, distance, np.inf), sign * planned)
    candidate = np.where(lonely[:, None], nearest & is_open, candidate)
    named = fills.named_tranche[row][:, None]
    candidate = np.where(named > 0, ladder.exists[version] & (ladder.numbers == named), candidate)
    order = _order(np.where(candidate, distance, np.inf), sign * planned)
    inverse = limits.inverse[row]
    per_unit = ladder.share_per_unit(version, fills.price[row], fills.multiplier[row], inverse)
    return candidate, order, per_unit


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
    candidates: tuple[Bools, Ints, Floats],
    state: State,
    found: Found,
) -> None:
    """Let each quantity flow through its candidates in order, each to its room."""
    candidate, order, per_unit = candidates
    used, slack = state.used, limits.quantity[row]
    left, lines = fills.quantity[row].copy(), np.arange(len(row))
    for place in range(order.shape[1]):
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
        found.rows.append((row[some], column[some] + 1, taken[some], (taken * unit)[some]))
        first = some[fills.tranche[row[some]] == 0]
        fills.tranche[row[first]] = column[first] + 1
    fills.planned_quantity[row] = fills.quantity[row] - left
